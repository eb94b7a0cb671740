// Gives unnamed SQL cells their names; knows nothing of ids or text.
import { cellNamer, namesOf } from './names.ts';
import type { CellSpec, NotebookSpec } from './notebook-types.ts';

/** The cells with every SQL cell named: `cell_1`, `cell_2`, … in order, leaving out what is taken. */
export function nameCells(notebook: Pick<NotebookSpec, 'sources' | 'cells'>): readonly CellSpec[] {
  const nextName = cellNamer(namesOf(notebook));
  return notebook.cells.map((cell) =>
    cell.kind === 'sql' && cell.name === undefined ? { ...cell, name: nextName() } : cell,
  );
}
