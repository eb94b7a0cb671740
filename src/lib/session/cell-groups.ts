// Verbs for several cells of any kind, each one step to undo; results that no longer fit become stale. Must not know how cells run.
import type { CellFold } from '../notebook/cell-flags.ts';
import type { Edit } from '../notebook/edit-types.ts';
import { nameOfCell } from '../notebook/names.ts';
import type { Cell, CellId } from '../notebook/notebook-types.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellGroups } from './cell-group-types.ts';
import { makeCellId, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';

interface GroupParts {
  readonly desk: NotebookDesk;
  readonly edits: NotebookEditor;
  readonly board: CellBoard;
}

function count(ids: readonly CellId[]): string {
  return ids.length === 1 ? '1 cell' : `${ids.length} cells`;
}

export class GroupEditor implements CellGroups {
  readonly #parts: GroupParts;

  constructor(parts: GroupParts) {
    this.#parts = parts;
  }

  get #cells(): readonly Cell[] {
    return this.#parts.desk.notebook.cells;
  }

  #inOrder(ids: readonly CellId[]): readonly Cell[] {
    return this.#cells.filter((cell) => ids.includes(cell.id));
  }

  #several(words: string, edits: readonly Edit[]): boolean {
    const [only] = edits;
    if (only === undefined) return false;
    const edit: Edit = edits.length === 1 ? only : { kind: 'several', words, edits };
    return this.#parts.edits.apply(edit) === null;
  }

  remove(ids: readonly CellId[]): void {
    const { board } = this.#parts;
    const removed = this.#inOrder(ids);
    const edits = removed.map(({ id }): Edit => ({ kind: 'remove-cell', id }));
    if (!this.#several(`${count(ids)} deleted`, edits)) return;
    board.markStale(removed.flatMap((cell) => nameOfCell(cell) ?? []));
    for (const cell of removed) if (cell.kind === 'sql') void board.release(cell);
  }

  move(ids: readonly CellId[], by: -1 | 1): void {
    const cells = this.#cells;
    const places = this.#inOrder(ids).map((cell) => cells.indexOf(cell));
    const [first, last] = [places[0], places.at(-1)];
    if (first === undefined || last === undefined) return;
    const isApart = last - first + 1 !== places.length;
    const at = by < 0 ? first - 2 : last + 1;
    if (isApart) return this.moveTo(ids, cells[by < 0 ? first - 1 : last]?.id ?? null);
    if (by < 0 && first === 0) return;
    if (by > 0 && last === cells.length - 1) return;
    this.#moveAfter(ids, cells[at]?.id ?? null);
  }

  moveTo(ids: readonly CellId[], after: CellId | null): void {
    const cells = this.#cells;
    let at = cells.findIndex((cell) => cell.id === after);
    // What lies before the place, and is not moved itself, is what they come after.
    while (at >= 0 && ids.includes(cells[at]?.id ?? ('' as CellId))) at -= 1;
    this.#moveAfter(ids, cells[at]?.id ?? null);
  }

  #moveAfter(ids: readonly CellId[], after: CellId | null): void {
    this.#parts.edits.apply({ kind: 'move-cells', ids, after });
  }

  duplicate(ids: readonly CellId[]): readonly CellId[] {
    const cells = this.#inOrder(ids);
    const last = cells.at(-1);
    if (last === undefined) return [];
    const copies = cells.map((cell) => ({ id: cell.id, newId: makeCellId() }));
    const made = copies.map(({ id, newId }): Edit => ({ kind: 'duplicate-cell', id, newId }));
    const newIds = copies.map(({ newId }) => newId);
    const gathered: readonly Edit[] =
      cells.length === 1 ? [] : [{ kind: 'move-cells', ids: newIds, after: last.id }];
    return this.#several(`${count(ids)} duplicated`, [...made, ...gathered]) ? newIds : [];
  }

  fold(ids: readonly CellId[], fold: CellFold): void {
    this.#parts.edits.apply({ kind: 'change-flags', ids, change: { fold } });
  }

  disable(ids: readonly CellId[], disabled: boolean): void {
    const { board, edits } = this.#parts;
    edits.apply({ kind: 'change-flags', ids, change: { disabled } });
    board.markStale(this.#inOrder(ids).flatMap((cell) => nameOfCell(cell) ?? []));
  }

  split(id: CellId, texts: readonly string[]): void {
    const [first, ...others] = texts;
    if (first === undefined) return;
    const ids = [id, ...others.map(() => makeCellId())];
    const added = others.flatMap((sql, index): Edit[] => {
      const [after, own] = [ids[index], ids[index + 1]];
      return after && own ? [{ kind: 'add-cell', id: own, cell: { kind: 'sql', sql }, after }] : [];
    });
    this.#several(`split into ${count(ids)}`, [{ kind: 'change-text', id, text: first }, ...added]);
    this.#parts.board.markStale([]);
  }
}
