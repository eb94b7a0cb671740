// Edits of the open notebook as a person makes them: kept, noted in the log, or said why not; undo; must not know what is shown.
import type { Edit } from '../notebook/edit-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';
import type { RunMode } from '../notebook/run-mode.ts';
import { sqlCellsOf } from '../run/replay.ts';
import type { AuditDesk } from './audit-desk.svelte.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { Edits, PolicyChange } from './edit-verb-types.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

interface EditorParts {
  readonly desk: NotebookDesk;
  readonly board: CellBoard;
  readonly shelf: SourceShelf;
  readonly audit: AuditDesk;
  readonly announce: (text: string) => void;
  /** After every edit, undo and redo (null). */
  readonly edited?: (edit: Edit | null, before: Notebook, after: Notebook) => void;
}

export class NotebookEditor implements Edits {
  readonly #parts: EditorParts;

  constructor(parts: EditorParts) {
    this.#parts = parts;
  }

  get canUndo(): boolean {
    return this.#parts.desk.canUndo && !this.#parts.desk.isReadOnly;
  }
  get canRedo(): boolean {
    return this.#parts.desk.canRedo && !this.#parts.desk.isReadOnly;
  }

  /** Why the edit cannot be made, or null where it was. */
  apply(edit: Edit): string | null {
    const { desk, audit, announce } = this.#parts;
    const before = desk.notebook;
    const edited = desk.edit(edit);
    if (edited.ok) {
      audit.noteEdit(edit, before, edited.value);
      this.#parts.edited?.(edit, before, edited.value);
      return null;
    }
    announce(edited.error.message);
    return edited.error.message;
  }

  /** What is typed from now on is a step of its own, for undo and for the log. */
  settle(): void {
    this.#parts.desk.settle();
    this.#parts.audit.settle();
  }

  changeTitle(title: string): void {
    this.apply({ kind: 'change-title', title });
  }

  changePolicy(change: PolicyChange): void {
    this.apply({ kind: 'change-policy', change });
  }

  changeMode(mode: RunMode): void {
    this.apply({ kind: 'change-mode', mode });
    this.#parts.announce(mode === 'auto' ? 'Cells run by themselves.' : 'Cells run when asked.');
  }

  changeTimezone(timezone: string): string | null {
    return this.apply({ kind: 'change-timezone', timezone });
  }

  /** An earlier state becomes the present one, as a step that can be undone; bound files and results follow. */
  restore(notebook: Notebook): void {
    this.settle();
    const before = this.#parts.desk.notebook;
    this.apply({ kind: 'restore', notebook });
    this.#follow(before);
  }

  undo(): void {
    this.#step(() => this.#parts.desk.undo(), 'the last change was undone');
  }

  redo(): void {
    this.#step(() => this.#parts.desk.redo(), 'a change was made again');
  }

  #step(move: () => void, words: string): void {
    const { desk } = this.#parts;
    const before = desk.notebook;
    move();
    this.#noteStep(words);
    this.#follow(before);
    if (desk.notebook !== before) this.#parts.edited?.(null, before, desk.notebook);
  }

  #noteStep(change: string): void {
    this.#parts.audit.note({ action: 'notebook-changed', subject: null, details: { change } });
  }

  /** After undo, redo and restore: results and bound files follow the notebook. */
  #follow(before: Notebook): void {
    const { board } = this.#parts;
    const gone = sqlCellsOf(before).filter(
      ({ id, name }) => !board.cells.some((cell) => cell.id === id && cell.name === name),
    );
    board.markStale(gone.map(({ name }) => name));
    for (const cell of gone) void board.release(cell);
    void this.#parts.shelf.reconcile();
  }
}
