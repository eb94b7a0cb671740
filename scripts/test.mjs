// `npm test`: sets everything up, browser included, and runs every check and test there is.
import { ensureBrowser, ensureBuild, ensureDependencies, runTool } from './setup.mjs';

ensureDependencies();
const SLUICE_CHROMIUM = ensureBrowser();
runTool('node', ['scripts/verify.mjs']);
ensureBuild();
runTool('vitest', ['run', '--config', 'vitest.browser.config.ts'], { SLUICE_CHROMIUM });
runTool('playwright', ['test'], { SLUICE_CHROMIUM });
