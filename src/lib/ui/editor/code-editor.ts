// Makes one CodeMirror editor for SQL or Markdown; loaded only when an editor is needed. Must not know cells or session.
import {
  autocompletion,
  closeCompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import type { CompletionSource } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown } from '@codemirror/lang-markdown';
import { keywordCompletionSource, schemaCompletionSource } from '@codemirror/lang-sql';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import type { KeyBinding } from '@codemirror/view';
import { DUCKDB_DIALECT, KEYWORD_DIALECT } from './duckdb-dialect.ts';
import type { CodeEditor, CodeEditorOptions } from './code-editor-types.ts';
import { EDITOR_THEME } from './editor-theme.ts';
import { goToDefinition, goToDefinitionOnClick } from './go-to-definition.ts';
import { nameTips } from './name-tips.ts';
import { markProblem, PROBLEM_MARK, takeQuickFix } from './problem-mark.ts';
import type { ShownProblem } from './problem-mark.ts';
import { smallestChange } from './smallest-change.ts';
import { namePosition } from './new-name.ts';
import { completeFromScope, completionNamespace, relationsFor } from './sql-completion.ts';
import type { CompletionScope } from './sql-completion.ts';

/** Marks a change that came from outside, so that it is not reported back. */
const fromOutside = Annotation.define<boolean>();

function bindKeys(options: CodeEditorOptions): Extension {
  const bindings = Object.entries(options.keys).map(([key, act]): KeyBinding => ({
    key,
    preventDefault: true,
    stopPropagation: true,
    run: (view) => {
      // What is offered would lie over what comes of it.
      closeCompletion(view);
      act();
      return true;
    },
  }));
  return Prec.highest(keymap.of(bindings));
}

/** Tables and columns by the syntax tree; rebuilt only when the scope is another one. */
function completeSchema(readScope: () => CompletionScope): CompletionSource {
  let built: {
    readonly relations: CompletionScope['relations'];
    readonly source: CompletionSource;
  } | null = null;
  return (context) => {
    const relations = relationsFor(context.state.doc.toString(), readScope());
    if (built?.relations !== relations) {
      const schema = completionNamespace({ relations });
      built = { relations, source: schemaCompletionSource({ dialect: DUCKDB_DIALECT, schema }) };
    }
    return built.source(context);
  };
}

/** Keywords in capitals and types, after all that has a name; functions come from the engine's own list. */
const completeKeywords = keywordCompletionSource(KEYWORD_DIALECT, true, (label, type) => ({
  label: type === 'keyword' ? label : label.toLowerCase(),
  type,
  boost: -40,
}));

/** A keyword of which one letter is written is as likely an alias, which Enter would overwrite. */
const LEAST_KEYWORD = 2;

/** Only asked for by key where the statement makes the name itself. */
function exceptNewNames(source: CompletionSource, isKeyword = false): CompletionSource {
  return (context) => {
    const word = context.matchBefore(/[\p{L}\p{N}_]+/u);
    const before = context.state.sliceDoc(0, word?.from ?? context.pos);
    const position = context.explicit ? null : namePosition(before);
    const isLong = (word?.text.length ?? 0) >= LEAST_KEYWORD;
    if (position === null || (position === 'alias' && isKeyword && isLong)) return source(context);
    return null;
  };
}

function completeSql(readScope: () => CompletionScope): Extension {
  return autocompletion({
    override: [
      exceptNewNames(completeFromScope(readScope)),
      exceptNewNames(completeSchema(readScope)),
      exceptNewNames(completeKeywords, true),
    ],
    icons: false,
    maxRenderedOptions: 60,
  });
}

function reportChanges(options: CodeEditorOptions): Extension {
  return EditorView.updateListener.of((update) => {
    const isOwn = update.transactions.some((transaction) => transaction.annotation(fromOutside) === true);
    if (update.docChanged && !isOwn) options.onchange(update.state.doc.toString());
    if (update.focusChanged) options.onfocuschange?.(update.view.hasFocus);
  });
}

/** Where a table is defined within the text, else asked of whoever owns the editor. */
function followNames(options: CodeEditorOptions): Extension {
  const ask = (name: string): boolean => options.ongoto?.(name) ?? false;
  return [goToDefinitionOnClick(ask), keymap.of([{ key: 'F12', run: (view) => goToDefinition(view, ask) }])];
}

function leaveOnEscape(options: CodeEditorOptions): Extension {
  const leave = (): boolean => {
    options.onleave?.();
    return options.onleave !== undefined;
  };
  return Prec.lowest(keymap.of([{ key: 'Escape', run: leave }]));
}

function describeEditor(options: CodeEditorOptions): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': options.label,
    spellcheck: options.language === 'markdown' ? 'true' : 'false',
    ...(options.describedBy === undefined ? {} : { 'aria-describedby': options.describedBy }),
  });
}

function commonExtensions(options: CodeEditorOptions): Extension[] {
  return [
    bindKeys(options),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    placeholder(options.placeholder),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EDITOR_THEME,
    reportChanges(options),
    leaveOnEscape(options),
  ];
}

/** The editor inside `parent`; the caller destroys it. */
export function createCodeEditor(parent: HTMLElement, options: CodeEditorOptions): CodeEditor {
  const description = new Compartment();
  const writing = new Compartment();
  const language: Extension =
    options.language === 'sql'
      ? [
          DUCKDB_DIALECT.extension,
          completeSql(options.readScope),
          PROBLEM_MARK,
          nameTips(options.readScope),
          followNames(options),
        ]
      : markdown();
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        commonExtensions(options),
        description.of(describeEditor(options)),
        writing.of([]),
        language,
      ],
    }),
  });
  return {
    focus: () => view.focus(),
    setText: (text: string) => {
      const changes = smallestChange(view.state.doc.toString(), text);
      if (changes !== null) view.dispatch({ changes, annotations: fromOutside.of(true) });
    },
    setLabel: (label: string) => {
      view.dispatch({ effects: description.reconfigure(describeEditor({ ...options, label })) });
    },
    place: () => {
      const { main } = view.state.selection;
      return { caret: main.head, selected: view.state.sliceDoc(main.from, main.to) };
    },
    insert: (text: string) => {
      view.dispatch(view.state.replaceSelection(text), { userEvent: 'input' });
      view.focus();
    },
    goToDefinition: () => void goToDefinition(view, (name) => options.ongoto?.(name) ?? false),
    takeFix: () => takeQuickFix(view),
    setProblem: (problem: ShownProblem | null) => {
      if (options.language === 'sql') markProblem(view, problem);
    },
    setReadOnly: (isReadOnly: boolean) => {
      const locked = [EditorState.readOnly.of(true), EditorView.editable.of(false)];
      view.dispatch({ effects: writing.reconfigure(isReadOnly ? locked : []) });
    },
    moveCaretToEnd: () => view.dispatch({ selection: { anchor: view.state.doc.length } }),
    destroy: () => view.destroy(),
  };
}
