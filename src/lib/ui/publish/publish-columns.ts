// Which columns a relation offers to a publication; must not know how they come about.
import type { Sensitivity } from '../../base/sensitivity-level.ts';
import type { Cell } from '../../notebook/notebook-types.ts';
import type { CellRun } from '../../session/cell-run-types.ts';
import type { SourceView } from '../../session/source-view-types.ts';

export interface PublishColumn {
  readonly name: string;
  readonly type: string;
  readonly sensitivity: Sensitivity | null;
}

/** Columns of the source or SQL cell of that name; null where they are not known (yet). */
export function columnsOfRelation(
  relation: string,
  sources: readonly SourceView[],
  cells: readonly Cell[],
  runOf: (cell: Cell) => CellRun,
): readonly PublishColumn[] | null {
  const source = sources.find((each) => each.name === relation);
  if (source !== undefined) return source.columns.length === 0 ? null : source.columns;
  const cell = cells.find((each) => each.kind === 'sql' && each.name === relation);
  const columns = cell === undefined ? [] : runOf(cell).columns;
  return columns.length === 0 ? null : columns;
}

/** What can be published: SQL cells first, as the prepared data, then raw sources. */
export function publishableRelations(
  sources: readonly SourceView[],
  cells: readonly Cell[],
): readonly { readonly name: string; readonly kind: 'cell' | 'source' }[] {
  const named = new Map<string, 'cell' | 'source'>();
  for (const cell of cells) if (cell.kind === 'sql') named.set(cell.name, 'cell');
  for (const source of sources) if (!named.has(source.name)) named.set(source.name, 'source');
  return [...named].map(([name, kind]) => ({ name, kind }));
}

/** Words separated by commas, without blanks and repeats. */
export function splitWords(text: string): readonly string[] {
  const words = text.split(',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}
