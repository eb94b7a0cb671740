// Edits of several cells at once: move together, fold, disable, and a state of before made the present one; must not know single edits.
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { withFlags } from './cell-flags.ts';
import { completeNotebook } from './complete.ts';
import type { ChangeFlags, MoveCells, Restore } from './edit-types.ts';
import { foldName, nameOfCell } from './names.ts';
import type { Cell, CellId, Notebook, NotebookSpec } from './notebook-types.ts';

const GONE = {
  code: 'edit-no-cell',
  message: 'One of these cells is not there any more.',
  hint: 'Undo brings it back.',
};

export function moveCells(notebook: Notebook, { ids, after }: MoveCells): Result<Notebook> {
  const moved = notebook.cells.filter((cell) => ids.includes(cell.id));
  const rest = notebook.cells.filter((cell) => !ids.includes(cell.id));
  if (moved.length !== new Set(ids).size) return fail(GONE);
  const at = after === null ? 0 : rest.findIndex((cell) => cell.id === after) + 1;
  if (after !== null && at === 0) return fail(GONE);
  const cells = rest.toSpliced(at, 0, ...moved);
  const isSame = cells.every((cell, index) => cell === notebook.cells[index]);
  return succeed(isSame ? notebook : { ...notebook, cells });
}

export function changeFlags(notebook: Notebook, { ids, change }: ChangeFlags): Result<Notebook> {
  const cells = notebook.cells.map((cell) => (ids.includes(cell.id) ? withFlags(cell, change) : cell));
  const isSame = cells.every((cell, index) => cell === notebook.cells[index]);
  return succeed(isSame ? notebook : { ...notebook, cells });
}

export function restore(_: Notebook, { notebook }: Restore): Result<Notebook> {
  return succeed(notebook);
}

/** What makes a cell of before the same cell as one of now: its name, or all it says. */
function likenessOf(cell: Cell): string {
  const name = nameOfCell(cell);
  if (name !== null) return `name ${foldName(name)}`;
  const { id: _, ...spec } = cell;
  return JSON.stringify(spec);
}

/** An earlier state as an open notebook; cells that are there now keep their identity, and with it their results. */
export function reviveNotebook(spec: NotebookSpec, now: Notebook, makeId: () => string): Notebook {
  const free = new Map<string, CellId[]>();
  for (const cell of now.cells) {
    const key = likenessOf(cell);
    free.set(key, [...(free.get(key) ?? []), cell.id]);
  }
  const revived = completeNotebook(spec, makeId);
  return {
    ...revived,
    cells: revived.cells.map((cell) => ({ ...cell, id: free.get(likenessOf(cell))?.shift() ?? cell.id })),
  };
}
