// What the test runners counted, added up: `npm test` closes with one line for all of them.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const FOLDER = join(ROOT, '.cache', 'test-results');

/** Forgets the counts of an earlier run. */
export function clearResults() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
}

/** Where a runner writes its counts, as JSON. @param {'unit' | 'chromium' | 'journeys'} run */
export function resultFile(run) {
  return join(FOLDER, `${run}.json`);
}

/** Vitest's arguments for its usual report and the counts beside it. @param {'unit' | 'chromium'} run */
export function vitestReporters(run) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile(run)}`];
}

const read = (run) => JSON.parse(readFileSync(resultFile(run), 'utf8'));

function vitestCounts(run) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read(run);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** A journey that passed at its second try passed; the runner's own report names it as flaky. */
function journeyCounts() {
  const { expected, flaky, unexpected, skipped } = read('journeys').stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
}

/** @returns {string} `Tests: 4200 passed, 0 failed, 2 skipped` */
export function closingLine() {
  const all = [vitestCounts('unit'), vitestCounts('chromium'), journeyCounts()];
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  return `Tests: ${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`;
}
