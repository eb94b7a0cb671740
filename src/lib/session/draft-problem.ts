// What can be said to be wrong with a cell's text before it runs; must not know the engine.
import { nearestName } from '../base/nearest-name.ts';
import type { Problem } from '../base/result.ts';
import { writtenOffset } from '../notebook/inputs/bind-inputs.ts';
import type { CellAnalysis } from '../run/notebook-analysis.ts';

const NO_COLUMN = /^there is no column (?:.*\.)?([^.]+)$/;

/**
 * What stops the cell from running, else a column that nothing it reads has, with the nearest that is there; null where
 * nothing is known to be wrong. `columnsOf`: the columns of a relation, where all of them are known.
 */
export function draftProblem(
  sql: string,
  known: CellAnalysis | undefined,
  columnsOf: (relation: string) => readonly string[],
): Problem | null {
  if (known === undefined || sql.trim() === '') return null;
  if (known.problem) return known.problem;
  const unknown = known.lineage?.unknown;
  const name = NO_COLUMN.exec(unknown?.reason ?? '')?.[1];
  if (!unknown || name === undefined || unknown.position === null) return null;
  const columns = known.reads.map(columnsOf);
  if (columns.length === 0 || columns.some((names) => names.length === 0)) return null;
  const near = nearestName(name, columns.flat());
  return {
    code: 'draft-column',
    message: `Column “${name}” not found.`,
    hint: near === null ? `There are ${columns.flat().slice(0, 8).join(', ')}.` : `Did you mean "${near}"?`,
    sql,
    position: writtenOffset(known.bound, unknown.position),
  };
}
