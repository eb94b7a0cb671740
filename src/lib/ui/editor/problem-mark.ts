// Underlines what is wrong in the text, says why on hover and on F8, and offers the mend; must not know cells.
import { forEachDiagnostic, linter, lintKeymap, nextDiagnostic, setDiagnostics } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import type { EditorView } from '@codemirror/view';
import type { Problem } from '../../base/result.ts';
import { problemRange } from './problem-range.ts';
import { quickFixes, type QuickFix } from './quick-fix.ts';

export interface ShownProblem {
  readonly problem: Problem;
  /** `warning`: seen in the text before it ran. */
  readonly severity: 'error' | 'warning';
}

function write(view: EditorView, { from, to, insert }: Pick<QuickFix, 'from' | 'to' | 'insert'>): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.fix',
    scrollIntoView: true,
  });
  view.focus();
}

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

function describe(problem: Problem): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-sluice-tip';
  dom.append(paragraph(problem.message));
  if (problem.hint !== undefined) dom.append(paragraph(problem.hint));
  return dom;
}

function diagnose(text: string, { problem, severity }: ShownProblem): readonly Diagnostic[] {
  const range = problemRange(text, problem);
  if (range === null) return [];
  const actions = quickFixes(text, problem).map((fix) => ({
    name: fix.words,
    // The text may have been edited since: what stands at the mark now is replaced, if it is what was meant.
    apply: (view: EditorView, from: number, to: number) => {
      const before = text.slice(fix.from, fix.to);
      const at = view.state.sliceDoc(from, to).indexOf(before);
      const start = at < 0 ? fix.from : from + at;
      if (view.state.sliceDoc(start, start + before.length) === before)
        write(view, { from: start, to: start + before.length, insert: fix.insert });
    },
  }));
  const message = [problem.message, problem.hint ?? ''].join(' ').trim();
  return [{ ...range, severity, message, renderMessage: () => describe(problem), actions }];
}

/** Takes the first mend offered at the caret, else the first there is; false where there is none. */
export function takeQuickFix(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  const found: { diagnostic: Diagnostic; from: number; to: number }[] = [];
  forEachDiagnostic(view.state, (diagnostic, from, to) => found.push({ diagnostic, from, to }));
  const mendable = found.filter(({ diagnostic }) => (diagnostic.actions ?? []).length > 0);
  const chosen = mendable.find(({ from, to }) => from <= head && head <= to) ?? mendable[0];
  if (chosen === undefined) return false;
  chosen.diagnostic.actions?.[0]?.apply(view, chosen.from, chosen.to);
  return true;
}

export const PROBLEM_MARK: Extension = [
  linter(null, { tooltipFilter: (diagnostics) => [...diagnostics] }),
  keymap.of([
    { key: 'F8', run: nextDiagnostic },
    { key: 'Mod-.', run: takeQuickFix, preventDefault: true },
    ...lintKeymap,
  ]),
];

/** Underlines where the problem points, or takes the underline away. */
export function markProblem(view: EditorView, shown: ShownProblem | null): void {
  const diagnostics = shown === null ? [] : diagnose(view.state.doc.toString(), shown);
  view.dispatch(setDiagnostics(view.state, [...diagnostics]));
}
