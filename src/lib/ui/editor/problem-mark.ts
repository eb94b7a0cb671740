// Underlines a stretch of the editor and tells on hover what is wrong with it; must not know cells.
import { StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, hoverTooltip } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import type { Problem } from '../../base/result.ts';
import { problemRange } from './problem-range.ts';

interface Marked {
  readonly decorations: DecorationSet;
  readonly problem: Problem | null;
}

const setProblem = StateEffect.define<Problem | null>();

const UNDERLINE = Decoration.mark({ class: 'cm-sluice-problem', attributes: { 'aria-invalid': 'true' } });

const problemField = StateField.define<Marked>({
  create: () => ({ decorations: Decoration.none, problem: null }),
  update(marked, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setProblem)) continue;
      const range = problemRange(transaction.newDoc.toString(), effect.value);
      if (range === null) return { decorations: Decoration.none, problem: null };
      return { decorations: Decoration.set([UNDERLINE.range(range.from, range.to)]), problem: effect.value };
    }
    if (!transaction.docChanged) return marked;
    return { decorations: marked.decorations.map(transaction.changes), problem: marked.problem };
  },
  provide: (field) => EditorView.decorations.from(field, (marked) => marked.decorations),
});

function paragraph(text: string): HTMLParagraphElement {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}

const problemTip = hoverTooltip((view, position) => {
  const { decorations, problem } = view.state.field(problemField);
  const found: { from: number; to: number }[] = [];
  decorations.between(position, position, (from, to) => void found.push({ from, to }));
  const range = found[0];
  if (problem === null || range === undefined) return null;
  return {
    pos: range.from,
    end: range.to,
    above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'cm-sluice-tip';
      dom.append(paragraph(problem.message));
      if (problem.hint !== undefined) dom.append(paragraph(problem.hint));
      return { dom };
    },
  };
});

export const PROBLEM_MARK: Extension = [problemField, problemTip];

/** Underlines where the problem points, or takes the underline away. */
export function markProblem(view: EditorView, problem: Problem | null): void {
  view.dispatch({ effects: setProblem.of(problem) });
}
