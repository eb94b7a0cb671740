// One JSON record as a value in which no number has lost a digit and no member is overlooked; must not know records' places.
import { ExactNumber } from './value-shape.ts';

/** Numbers that JSON.parse may round or overflow; texts with such digits only cost time. */
const LONG_NUMBER = /[\d.]{16,}|\d[eE][+-]?\d{3}/;

/** ECMAScript's JSON.parse source text access, which TypeScript's library leaves out. */
type ReviveWithSource = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

function withoutPadding(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

const keepDigits: ReviveWithSource = (_, value, context) => {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const { source } = context;
  if (Number.isSafeInteger(value) && /^-?\d+$/.test(source)) return value;
  if (String(value) === withoutPadding(source))
    return Number.isInteger(value) ? new ExactNumber(source) : value;
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/^-?0*\.?0*/, '')
    .replace('.', '');
  return digits.length <= 15 && Number.isFinite(value) ? value : new ExactNumber(source);
};

/** @throws SyntaxError */
export function parseRecord(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : (JSON.parse(text) as unknown);
}

/** How many members the text names; `JSON.parse` keeps the last of two of one name. */
export function countMembers(text: string): number {
  let members = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?/g)) if (token.endsWith(':')) members++;
  return members;
}

/** False only where a slow count may be spared: as many `":` as members were seen. */
export function mayNameTwice(text: string, members: number): boolean {
  let marks = 0;
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) marks++;
  return marks !== members && countMembers(text) !== members;
}
