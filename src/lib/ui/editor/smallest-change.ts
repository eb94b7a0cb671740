// The shortest single replacement that turns one text into another; knows nothing of editors.

export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Null where the texts are equal. Offsets are UTF-16 code units into `before`. */
export function smallestChange(before: string, after: string): TextChange | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}
