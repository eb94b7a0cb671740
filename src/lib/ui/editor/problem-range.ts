// Which stretch of a cell's SQL a problem points at; must not know editors.
import type { Problem } from '../../base/result.ts';

export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Where the cell's text lies in the SQL that failed (it may have been wrapped), or null where it is not in it. */
function offsetOfCell(text: string, sql: string | undefined): number | null {
  if (sql === undefined || sql === text) return 0;
  const at = sql.indexOf(text.trim());
  return at < 0 ? null : at - (text.length - text.trimStart().length);
}

/**
 * The word at the problem's position, as offsets into `text`; the rest of the line's last character where the position
 * is at the end. Null where the problem has no position in this text.
 */
export function problemRange(text: string, problem: Problem | null): TextRange | null {
  if (problem === null || problem.position === undefined || text.trim() === '') return null;
  const offset = offsetOfCell(text, problem.sql);
  if (offset === null) return null;
  const at = problem.position - offset;
  if (at < 0 || at > text.length) return null;
  const word = /^(?:"(?:[^"]|"")*"|'(?:[^']|'')*'|[\p{L}\p{N}_]+|\S)/u.exec(text.slice(at));
  if (word !== null) return { from: at, to: at + word[0].length };
  const before = text.slice(0, at).trimEnd().length;
  return before === 0 ? null : { from: before - 1, to: before };
}
