// Whether a change of a cell's live form would change anything; must not know who makes it.
import type { CellRun } from './cell-run-types.ts';

/** True where a run says all of a change already. */
export function isSaid(run: CellRun, change: Partial<CellRun>): boolean {
  return Object.entries(change).every(
    ([key, value]) => JSON.stringify(Reflect.get(run, key)) === JSON.stringify(value),
  );
}
