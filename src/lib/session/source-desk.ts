// What a person does to the sources of the open notebook: bind, remove, declare; must not know how files are imported.
import type { ColumnDeclaration } from '../notebook/notebook-types.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteDeclaration } from './audit-notes.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { ImportDesk } from './import-desk.svelte.ts';
import type { NotebookEditor } from './notebook-editor.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';
import type { Sources, SourceView } from './source-view-types.ts';

interface SourceDeskParts {
  readonly bindings: SourceBindings;
  readonly shelf: SourceShelf;
  readonly imports: ImportDesk;
  readonly edits: NotebookEditor;
  readonly board: CellBoard;
  readonly audit: AuditLog;
}

export class SourceDesk implements Sources {
  readonly #parts: SourceDeskParts;

  constructor(parts: SourceDeskParts) {
    this.#parts = parts;
  }

  get all(): readonly SourceView[] {
    return this.#parts.bindings.views;
  }

  bind(name: string, file: File): Promise<void> {
    return this.#parts.imports.add(file, name);
  }

  cancel(name: string): Promise<void> {
    return this.#parts.shelf.cancel(name);
  }

  async remove(name: string): Promise<void> {
    const { edits, board, shelf } = this.#parts;
    if (edits.apply({ kind: 'remove-source', name }) !== null) return;
    board.markStale([name]);
    await shelf.drop(name);
  }

  declare(source: string, column: string, declaration: ColumnDeclaration | null): void {
    const { bindings, edits, audit } = this.#parts;
    const find = () => bindings.find(source)?.columns.find((candidate) => candidate.name === column);
    const before = find();
    if (edits.apply({ kind: 'declare-column', source, column, declaration }) !== null) return;
    audit.note(noteDeclaration(source, column, before, find()));
  }
}
