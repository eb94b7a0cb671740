// The editor that had the focus last, for what is inserted from elsewhere; must not know cells.
import type { CodeEditor } from './code-editor-types.ts';

class LastEditor {
  #editor: CodeEditor | null = null;

  remember(editor: CodeEditor): void {
    this.#editor = editor;
  }

  forget(editor: CodeEditor): void {
    if (this.#editor === editor) this.#editor = null;
  }

  /** False where there is none any more. */
  insert(text: string): boolean {
    this.#editor?.insert(text);
    return this.#editor !== null;
  }

  get isThere(): boolean {
    return this.#editor !== null;
  }
}

export const lastEditor = new LastEditor();
