// What a component asks of an editor, without any editor library.
import type { Problem } from '../../base/result.ts';
import type { CompletionScope } from './sql-completion.ts';

export interface CodeEditorOptions {
  readonly language: 'sql' | 'markdown';
  readonly text: string;
  /** Accessible name. */
  readonly label: string;
  /** Id of the element that tells how to leave the editor. */
  readonly describedBy?: string;
  readonly placeholder: string;
  /** Asked only when something is being completed. */
  readonly readScope: () => CompletionScope;
  /** CodeMirror key name (`Mod-Enter`) to what it does; these win over the editor's own keys. */
  readonly keys: Readonly<Record<string, () => void>>;
  onchange(text: string): void;
  onfocuschange?(hasFocus: boolean): void;
}

export interface CodeEditor {
  focus(): void;
  /** Takes over a text that was changed elsewhere, keeping the caret where it can. */
  setText(text: string): void;
  setLabel(label: string): void;
  setProblem(problem: Problem | null): void;
  setReadOnly(isReadOnly: boolean): void;
  moveCaretToEnd(): void;
  destroy(): void;
}
