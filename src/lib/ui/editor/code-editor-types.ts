// What a component asks of an editor, without any editor library.
import type { ShownProblem } from './problem-mark.ts';
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
  /** A name whose definition is wanted; false where nothing is known of it. */
  ongoto?(name: string): boolean;
  /** Escape, where nothing in the editor takes it. */
  onleave?(): void;
}

export interface EditorPlace {
  readonly caret: number;
  readonly selected: string;
}

export interface CodeEditor {
  focus(): void;
  /** Takes over a text that was changed elsewhere, keeping the caret where it can. */
  setText(text: string): void;
  setLabel(label: string): void;
  setProblem(problem: ShownProblem | null): void;
  /** Where the caret is, and what is selected (empty where nothing is). */
  place(): EditorPlace;
  /** In place of the selection, the caret behind it. */
  insert(text: string): void;
  /** To the definition of the name at the caret. */
  goToDefinition(): void;
  /** The first mend at the caret, or at all. */
  takeFix(): boolean;
  setReadOnly(isReadOnly: boolean): void;
  moveCaretToEnd(): void;
  destroy(): void;
}
