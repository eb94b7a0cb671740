// Ends of ranges as SQL that keeps every digit: whole numbers within their type, dates and moments; must not know columns' names.
import { textLiteral } from '../base/sql-text.ts';
import type { CellValue } from '../engine/contract.ts';
import type { FilterClause } from './filter-types.ts';
import { fitsType, integerLimits } from './typed-literal.ts';

type RangeClause = Extract<FilterClause, { kind: 'range' }>;

/** A DOUBLE; null where the value is no number. */
export function numberBound(value: CellValue): string | null {
  if (value === null || !fitsType(value, 'DOUBLE')) return null;
  return `CAST(${textLiteral(String(value))} AS DOUBLE)`;
}

/** A DATE where both are whole days, else a moment; TIMESTAMP_S and _MS are compared with microseconds. */
export function momentBound(value: CellValue, type: string): string | null {
  if (value === null || !fitsType(value, type)) return null;
  const text = String(value);
  const hasTime = /\d\d:\d\d/.test(text);
  const asType =
    type === 'DATE'
      ? hasTime
        ? 'TIMESTAMP'
        : 'DATE'
      : /^TIMESTAMP_(?:S|MS)$/.test(type)
        ? 'TIMESTAMP'
        : type;
  return `CAST(${textLiteral(text)} AS ${asType})`;
}

const WHOLE = /^[+-]?\d+$/;

/** The least whole number ≥ value, exactly where it is written as one. */
function wholeAbove(value: CellValue): bigint | null {
  const text = String(value);
  if (WHOLE.test(text)) return BigInt(text);
  const number = Number(text);
  return Number.isFinite(number) ? BigInt(Math.ceil(number)) : null;
}

function wholeAboveStrictly(value: CellValue): bigint | null {
  const above = wholeAbove(value);
  if (above === null) return null;
  const isWhole = WHOLE.test(String(value)) || Number.isInteger(Number(value));
  return isWhole ? above + 1n : above;
}

/** `first` ≤ value < `end` in whole numbers; an end that the type cannot hold is none. Null where an end is no number. */
export function integerRange(clause: RangeClause, name: string, type: string): string | null {
  const [least, greatest] = integerLimits(type) ?? [0n, 0n];
  const first = clause.low === null ? least : wholeAbove(clause.low);
  const end =
    clause.high === null
      ? greatest + 1n
      : clause.includesHigh
        ? wholeAboveStrictly(clause.high)
        : wholeAbove(clause.high);
  if (first === null || end === null) return null;
  if (first > greatest || end <= least || first >= end) return 'FALSE';
  const parts = [
    ...(first > least ? [`${name} >= CAST('${first}' AS ${type})`] : []),
    ...(end <= greatest ? [`${name} < CAST('${end}' AS ${type})`] : []),
  ];
  if (parts.length === 0) return `${name} IS NOT NULL`;
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' AND ')})`;
}
