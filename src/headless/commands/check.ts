// `sluice check NOTEBOOK`: runs the notebook's checks and what they need, and nothing else; publishes nothing.
import { writeFileSync } from 'node:fs';
import { isBlocking } from '../../lib/quality/check-types.ts';
import { checkCellsOf } from '../../lib/run/replay-checks.ts';
import { describeCheck, writeCheckLine } from '../check-report.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';
import { writeJunit } from '../junit.ts';
import { prepareNotebook, runCells, type BindOptions } from './run.ts';

export interface CheckOptions extends BindOptions {
  /** File that takes the outcomes as JUnit XML. */
  readonly junit?: string;
}

function keepJunit(path: string, xml: string): void {
  try {
    writeFileSync(path, xml);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw wrongUse(`${path} cannot be written: ${why}`, 'Name a file in a folder that is there.');
  }
}

/**
 * Exit 0 where no check of severity fail failed or could not run, else 1.
 * @throws ProblemError where the notebook has no checks, or it, a source or the key cannot be read.
 */
export async function checkNotebookFile(path: string, options: CheckOptions): Promise<CommandOutcome> {
  const prepared = await prepareNotebook(path, options, false);
  const cells = checkCellsOf(prepared.notebook);
  if (!cells.some((cell) => cell.checks.length > 0))
    throw wrongUse('The notebook has no checks.', 'Add a check cell.');
  const startedAt = prepared.base.effects.now();
  const { checks } = await runCells(
    prepared,
    cells.map((cell) => cell.of),
  );
  if (options.junit !== undefined) keepJunit(options.junit, writeJunit(checks, startedAt));
  const passed = !checks.some(isBlocking);
  const lines = checks.map(writeCheckLine);
  return {
    exitCode: passed ? 0 : 1,
    json: { passed, checks: checks.map(describeCheck) },
    text: [...lines, passed ? 'Passed.' : 'Not passed.'].join('\n'),
  };
}
