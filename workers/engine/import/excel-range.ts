// The range of cells that is read, from what a person wrote; must not know workbooks.
import { ProblemError } from '../../../src/lib/base/result.ts';

/** Zero-based, both ends included. */
export interface CellRange {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export const WHOLE_SHEET: CellRange = {
  firstRow: 0,
  lastRow: Number.MAX_SAFE_INTEGER,
  firstColumn: 0,
  lastColumn: Number.MAX_SAFE_INTEGER,
};

const RANGE = /^\$?([A-Z]{1,3})\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?$/i;

/** From 0: `A` is 0. */
export function columnNumber(letters: string): number {
  return (
    [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + (letter.codePointAt(0) ?? 0) - 64, 0) - 1
  );
}

/** `B3:F200`, `B3:F`, `B:F`, `B3`; the ends that are left out are open. @throws ProblemError `import-range` */
export function parseRange(text: string | undefined): CellRange {
  if (text === undefined || text.trim() === '') return WHOLE_SHEET;
  const found = RANGE.exec(text.trim());
  const [, left, top, right, bottom] = found ?? [];
  const range = {
    firstColumn: left === undefined ? 0 : columnNumber(left),
    firstRow: top === undefined ? 0 : Number(top) - 1,
    lastColumn: right === undefined ? Number.MAX_SAFE_INTEGER : columnNumber(right),
    lastRow: bottom === undefined ? Number.MAX_SAFE_INTEGER : Number(bottom) - 1,
  };
  const isRight = found !== null && range.firstRow >= 0 && range.lastRow >= range.firstRow;
  if (isRight && range.lastColumn >= range.firstColumn) return range;
  throw new ProblemError({
    code: 'import-range',
    message: `“${text}” is no range of cells.`,
    hint: 'Write it like B3:F200, or B3:F where the end is open.',
  });
}

/** `A`, `B`, …, `AA`: the name of a column that has none. */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
