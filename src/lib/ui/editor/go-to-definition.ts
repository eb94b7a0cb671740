// From a name in a statement to where it is defined: within the text, or wherever the owner of the editor says; must not know cells.
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { isCode, sqlTokens } from '../../base/sql-tokens.ts';
import { nameAt } from './name-facts.ts';

/** Where `name AS (` of a WITH clause stands; null where the text defines no such name. */
export function definitionInText(text: string, name: string): number | null {
  const code = sqlTokens(text).filter(isCode);
  const folded = name.toLowerCase();
  const at = code.findIndex((token, index) => {
    const written = token.kind === 'quoted' ? token.text.slice(1, -1) : token.text;
    const next = code[index + 1]?.text.toLowerCase();
    const before = code[index - 1]?.text.toLowerCase();
    const opensList = before === 'with' || before === ',' || before === 'recursive';
    return written.toLowerCase() === folded && opensList && (next === 'as' || next === '(');
  });
  return code[at]?.from ?? null;
}

/** False where nothing is known of the name at the place. */
export function goToDefinition(
  view: EditorView,
  ask: (name: string) => boolean,
  at = view.state.selection.main.head,
): boolean {
  const text = view.state.doc.toString();
  const found = nameAt(text, at);
  if (found === null) return false;
  const own = definitionInText(text, found.name);
  if (own === null) return ask(found.name);
  view.dispatch({ selection: { anchor: own }, scrollIntoView: true });
  view.focus();
  return true;
}

export function goToDefinitionOnClick(ask: (name: string) => boolean): Extension {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (!event.ctrlKey && !event.metaKey) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
      if (at === null || !goToDefinition(view, ask, at)) return false;
      event.preventDefault();
      return true;
    },
  });
}
