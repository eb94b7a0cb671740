// `npm run bench`: sets everything up, browser included, and measures the product beside raw DuckDB.
import { ensureBrowser, ensureBuild, ensureDependencies, runTool } from './setup.mjs';

ensureDependencies();
const SLUICE_CHROMIUM = ensureBrowser();
const options = process.argv.slice(2);
if (!options.includes('--no-app')) ensureBuild();
runTool('node', ['tests/bench/run.ts', ...options], { SLUICE_CHROMIUM });
