// How a value of a result is written and aligned; must not know how values are fetched or drawn.
import type { CellValue } from '../../engine/contract.ts';

const NUMBER_TYPES =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|VARINT|FLOAT|DOUBLE|REAL|DECIMAL(?:\(.*\))?)$/i;

/** True for engine types whose values are right-aligned. */
export function isNumberType(type: string): boolean {
  return NUMBER_TYPES.test(type.trim());
}

/** The value as written in full; NULL as the word. */
export function valueText(value: CellValue): string {
  return value === null ? 'NULL' : String(value);
}

/** Longest text put into a grid cell; the whole value stands in the inspector. */
const CELL_TEXT_LENGTH = 300;

function withSigns(text: string): string {
  return text
    .replaceAll('\r\n', '↵')
    .replace(/[\r\n]/g, '↵')
    .replaceAll('\t', '⇥');
}

/** One line for a grid cell: line breaks and tabs as visible signs, cut where no eye would follow. */
export function cellText(value: CellValue): string {
  return withSigns(valueText(value).slice(0, CELL_TEXT_LENGTH));
}

/** Whether the value, whole, holds a text sought, as a search in the engine finds it; the word NULL is no value. */
export function showsSought(value: CellValue, lowerText: string): boolean {
  if (value === null) return false;
  const text = String(value).toLowerCase();
  return (/[↵⇥]/.test(lowerText) ? withSigns(text) : text).includes(lowerText);
}

function tsvField(value: CellValue): string {
  if (value === null) return '';
  const text = String(value);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Tab-separated text as spreadsheets paste it: NULL is empty, a field with a tab, quote or line break is quoted. */
export function toTsv(names: readonly string[] | null, rows: readonly (readonly CellValue[])[]): string {
  const lines = names === null ? rows : [names, ...rows];
  return lines.map((row) => row.map(tsvField).join('\t')).join('\n');
}

function csvField(value: CellValue): string {
  if (value === null) return '';
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated text (RFC 4180): NULL is empty, empty text is quoted, so that the two are told apart. */
export function toCsv(names: readonly string[] | null, rows: readonly (readonly CellValue[])[]): string {
  const lines = names === null ? rows : [names, ...rows];
  return lines.map((row) => row.map(csvField).join(',')).join('\r\n');
}

/** Width in px at a root font size of 16 px for a column, from its name and a sample of its values. */
export function columnWidth(
  header: {
    readonly name: string;
    readonly type: string;
    readonly hasTag: boolean;
    readonly badge: string | null;
  },
  sample: readonly CellValue[],
): number {
  const lengths = sample.map((value) => cellText(value).length).sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
  const badge = header.badge === null ? 0 : (header.type.length + header.badge.length) * 0.82 + 4;
  const characters = Math.max(
    usual,
    header.name.length + (header.hasTag ? 9 : 0),
    header.type.length * 0.9,
    badge,
  );
  return Math.round(Math.min(Math.max(characters * 7.4 + 26, 76), 320));
}
