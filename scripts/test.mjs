// `npm test`: sets everything up, browser included, and runs every check and test there is.
import { ensureBrowser, ensureBuild, ensureDependencies, runTool } from './setup.mjs';
import { clearResults, closingLine, resultFile, vitestReporters } from './test-results.mjs';

ensureDependencies();
clearResults();
const SLUICE_CHROMIUM = ensureBrowser();
runTool('node', ['scripts/verify.mjs']);
ensureBuild();
runTool('vitest', ['run', '--config', 'vitest.browser.config.ts', ...vitestReporters('chromium')], {
  SLUICE_CHROMIUM,
});
runTool('playwright', ['test', '--reporter=list,json'], {
  SLUICE_CHROMIUM,
  PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile('journeys'),
});
console.log(closingLine());
