// Verbs that need more than one edit or a parse: new cells, renaming everywhere, mends of findings; must not know the engine.
import type { Finding } from '../gate/gate-types.ts';
import { renameReferences } from '../lineage/rename-references.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { Edit } from '../notebook/edit-types.ts';
import { freeName, namesOf } from '../notebook/names.ts';
import type { CellId, CellSpec, Notebook } from '../notebook/notebook-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import { sqlCellsOf } from '../run/replay.ts';

/** A new cell with the defaults that most often fit: SQL reads the first source, publish and check take the last SQL cell. */
export function newCell(
  kind: 'sql' | 'markdown' | 'publish' | 'check' | 'chart',
  notebook: Notebook,
  text: string,
): CellSpec {
  if (kind === 'markdown') return { kind, text };
  const [source] = Object.keys(notebook.sources);
  if (kind === 'sql') return { kind, sql: text || (source ? `SELECT * FROM ${source}` : '') };
  const of = sqlCellsOf(notebook).at(-1)?.name ?? source ?? '';
  if (kind === 'chart') return { kind, of, mark: 'bar' };
  if (kind === 'check') return { kind, of, checks: [{ kind: 'row_count_between', parameters: { min: 1 } }] };
  return { kind, of, namespace: 'main', module: of || 'module', formats: ['parquet'], order: [] };
}

/** One edit that renames a cell and rewrites the SQL of every cell that reads it. */
export async function renameEverywhere(
  notebook: Notebook,
  id: CellId,
  name: string,
  parse: AsyncParse,
): Promise<Edit> {
  const cells = sqlCellsOf(notebook);
  const from = cells.find((cell) => cell.id === id)?.name ?? '';
  const rewritten = new Map<CellId, string>();
  for (const cell of cells) {
    const tree = cell.id === id ? null : await parse(cell.sql);
    if (!tree?.ok) continue;
    const sql = renameReferences(cell.sql, tree.value, from, name);
    if (sql !== cell.sql) rewritten.set(cell.id, sql);
  }
  return { kind: 'rename-cell', id, name, rewritten };
}

function protectedSelect(of: string, column: string, expression: string): string {
  return `SELECT * REPLACE (${expression} AS ${quoteIdentifier(column)}) FROM ${of}`;
}

/**
 * Edits that settle a finding: a declared quasi-identifier, or an expression in place of a column. The expression goes into the
 * `* REPLACE (…)` of a protecting cell that stands between what was published and the publish cell; one is made where there is
 * none yet. Answers why not, where there is nothing to apply.
 */
export function mendNotebook(notebook: Notebook, cellId: CellId, finding: Finding): readonly Edit[] | string {
  const { mend, column } = finding;
  if (mend.declareQuasi)
    return [
      {
        kind: 'change-policy',
        change: { quasi: [...new Set([...notebook.policy.quasi, mend.declareQuasi])] },
      },
    ];
  if (!mend.expression || !column) return 'This finding has to be settled by hand.';
  const publish = notebook.cells.find((candidate) => candidate.id === cellId);
  if (publish?.kind !== 'publish') return 'The publish cell is gone.';
  const cell = sqlCellsOf(notebook).find(
    (candidate) => candidate.name.toLowerCase() === publish.of.toLowerCase(),
  );
  const extended = cell ? extendReplace(cell.sql, column, mend.expression) : null;
  if (cell && extended) return [{ kind: 'change-text', id: cell.id, text: extended }];
  const id = crypto.randomUUID() as CellId;
  const name = freeName(`${publish.of}_safe`, namesOf(notebook));
  const before = notebook.cells[notebook.cells.indexOf(publish) - 1];
  return [
    {
      kind: 'add-cell',
      id,
      cell: { kind: 'sql', name, sql: protectedSelect(publish.of, column, mend.expression) },
      after: before?.id ?? null,
    },
    { kind: 'change-publish', id: publish.id, change: { of: name } },
  ];
}

const PROTECTING_CELL = /^SELECT \* REPLACE \(([\s\S]*)\) FROM (\w+)$/;

/** Adds to the list of a protecting cell made by `protectedSelect`; null for any other statement. */
function extendReplace(sql: string, column: string, expression: string): string | null {
  const match = PROTECTING_CELL.exec(sql.trim());
  if (!match || match[1]?.includes(` AS ${quoteIdentifier(column)}`)) return null;
  return `SELECT * REPLACE (${match[1]},\n  ${expression} AS ${quoteIdentifier(column)}) FROM ${match[2]}`;
}
