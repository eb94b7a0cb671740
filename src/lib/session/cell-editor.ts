// What a person does to cells: add, remove, move, rename, change; results that no longer fit become stale. Must not know how cells run.
import type { Edit } from '../notebook/edit-types.ts';
import { namesOf } from '../notebook/names.ts';
import type { CellId, Notebook, PublishSettings } from '../notebook/notebook-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { Cells } from './edit-verb-types.ts';
import { makeCellId, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import { newCell, renameEverywhere } from './notebook-verbs.ts';

interface CellEditorParts {
  readonly desk: NotebookDesk;
  readonly edits: NotebookEditor;
  readonly board: CellBoard;
  readonly parse: AsyncParse;
}

export class CellEditor implements Cells {
  readonly #parts: CellEditorParts;

  constructor(parts: CellEditorParts) {
    this.#parts = parts;
  }

  add(kind: 'sql' | 'markdown' | 'publish' | 'check' | 'chart', after: CellId | null, text = ''): CellId {
    const { desk, edits } = this.#parts;
    const id = makeCellId();
    edits.apply({ kind: 'add-cell', id, cell: newCell(kind, desk.notebook, text), after });
    return id;
  }

  remove(id: CellId): void {
    const { desk, edits, board } = this.#parts;
    const cell = desk.notebook.cells.find((candidate) => candidate.id === id);
    if (edits.apply({ kind: 'remove-cell', id }) !== null || cell?.kind !== 'sql') return;
    board.markStale([cell.name]);
    void board.release(cell);
  }

  move(id: CellId, by: -1 | 1): void {
    this.#parts.edits.apply({ kind: 'move-cell', id, by });
  }

  duplicate(id: CellId): void {
    this.#parts.edits.apply({ kind: 'duplicate-cell', id, newId: makeCellId() });
  }

  changeText(id: CellId, text: string): void {
    this.#parts.edits.apply({ kind: 'change-text', id, text });
    this.#parts.board.markStale([]);
  }

  async rename(id: CellId, name: string): Promise<string | null> {
    const { desk, edits, board, parse } = this.#parts;
    const cell = board.cells.find((candidate) => candidate.id === id);
    const isOther = cell !== undefined && cell.name !== name;
    // The table first, so that nobody looks for one that is not there yet.
    // A name that is taken is refused below, and its table must stay.
    const isFree = namesOf(desk.notebook).every(
      (taken) => taken.toLowerCase() !== name.toLowerCase() || taken === cell?.name,
    );
    const canMove = isOther && isFree && board.currentResults().has(id);
    const isMoved = canMove && (await board.moveResult(cell.name, name));
    let before: Notebook;
    let edit: Edit;
    do {
      before = desk.notebook;
      edit = await renameEverywhere(before, id, name, parse);
    } while (before !== desk.notebook);
    const kept = board.currentResults();
    const refused = edits.apply(edit);
    if (isOther && refused === null) {
      if (isMoved) board.keepResults(kept, cell);
      else await board.release(cell);
    } else if (isMoved) await board.moveResult(name, cell.name);
    return refused;
  }

  changePublish(id: CellId, change: Partial<PublishSettings>): void {
    // Columns to order by belong to the relation that was published before.
    const order = change.of !== undefined && change.order === undefined ? { order: [] } : {};
    this.#parts.edits.apply({ kind: 'change-publish', id, change: { ...change, ...order } });
  }
}
