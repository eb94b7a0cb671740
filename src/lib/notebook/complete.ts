// Saved form ⇄ completed form of a notebook; knows nothing of text or running.
import { nameCells } from './cell-names.ts';
import type { Cell, CellId, CellSpec, Notebook, NotebookSpec } from './notebook-types.ts';

/** Gives every cell an id and every unnamed SQL cell a free name `cell_1`, `cell_2`, … in order. */
export function completeNotebook(spec: NotebookSpec, makeId: () => string): Notebook {
  const cells = nameCells(spec).map((cell) => completeCell(cell, makeId() as CellId));
  return { ...spec, cells };
}

/** `cell` with its identity; an unnamed SQL cell must have been named before. */
export function completeCell(cell: CellSpec, id: CellId): Cell {
  if (cell.kind !== 'sql') return { ...cell, id };
  return { ...cell, id, name: cell.name ?? '' };
}

/** What is saved of an open notebook: everything but the ids. */
export function specOf(notebook: Notebook): NotebookSpec {
  return { ...notebook, cells: notebook.cells.map(specOfCell) };
}

export function specOfCell(cell: Cell): CellSpec {
  const { id: _, ...spec } = cell;
  return spec;
}
