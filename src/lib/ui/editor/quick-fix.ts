// What a problem's hint proposes, as changes of the text; must not know editors.
import type { Problem } from '../../base/result.ts';
import { writeName } from './completion-relations.ts';
import { problemRange } from './problem-range.ts';

export interface QuickFix {
  /** `Write email`. */
  readonly words: string;
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The names in `Did you mean "a", "b"?`. */
function proposedNames(hint: string): readonly string[] {
  const proposal = /Did you mean ([^?]+)\?/.exec(hint)?.[1];
  if (proposal === undefined) return [];
  return proposal
    .split(/, | or /)
    .map((name) => name.trim().replace(/^["“`]|["”`]$/g, ''))
    .filter((name) => name !== '');
}

/** A qualified name is proposed whole by the engine; only what stands behind its last dot is written. */
function lastPart(name: string): string {
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : name;
}

/**
 * Where the hint says "did you mean", the name in place of the word the problem points at; behind the last dot where that
 * is a qualified one.
 */
export function quickFixes(text: string, problem: Problem): readonly QuickFix[] {
  const names = proposedNames(problem.hint ?? '');
  const range = problemRange(text, problem);
  if (names.length === 0 || range === null) return [];
  const qualified = /^(?:\s*\.\s*(?:"[^"]*"|[\p{L}\p{N}_]+))+/u.exec(text.slice(range.to))?.[0] ?? '';
  const to = range.to + qualified.length;
  const word = /(?:"[^"]*"|[\p{L}\p{N}_]+)$/u.exec(text.slice(range.from, to))?.[0] ?? '';
  const from = to - word.length;
  if (word === '') return [];
  return [...new Set(names.map(lastPart))].map((name) => ({
    words: `Write ${name}`,
    from,
    to,
    insert: writeName(name),
  }));
}
