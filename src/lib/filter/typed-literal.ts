// A value of a page as a SQL literal of its column's type; must not know conditions.
import { quoteLiteral, textLiteral } from '../base/sql-text.ts';
import type { CellValue } from '../engine/contract.ts';
import { kindOf } from '../profile/column-kind.ts';

const INTEGER_BITS: Readonly<Record<string, number>> = {
  TINYINT: 8,
  SMALLINT: 16,
  INTEGER: 32,
  BIGINT: 64,
  HUGEINT: 128,
};

/** Least and greatest value of an integer type; null for any other. */
export function integerLimits(type: string): readonly [bigint, bigint] | null {
  const isUnsigned = type.startsWith('U');
  const bits = INTEGER_BITS[isUnsigned ? type.slice(1) : type];
  if (bits === undefined) return null;
  if (isUnsigned) return [0n, 2n ** BigInt(bits) - 1n];
  return [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const NOT_FINITE = /^(?:NaN|[+-]?Infinity)$/;
const BOUND_MOMENT =
  /^(?:-?infinity|\d{4,}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z?)?(?: \(BC\))?(?: \d\d:[\d:.]+)?)$/i;

/** Whether the value can be one of the column's: else no row has it, and no literal may be made. */
export function fitsType(value: CellValue, type: string): boolean {
  if (value === null) return false;
  const text = String(value);
  switch (kindOf(type)) {
    case 'integer': {
      const limits = integerLimits(type);
      if (limits === null || !/^-?\d+$/.test(text)) return false;
      return BigInt(text) >= limits[0] && BigInt(text) <= limits[1];
    }
    case 'decimal':
      return NUMBER.test(text);
    case 'float':
      return NUMBER.test(text) || NOT_FINITE.test(text);
    case 'boolean':
      return typeof value === 'boolean' || /^(?:true|false)$/i.test(text);
    case 'date':
    case 'timestamp':
      return BOUND_MOMENT.test(text);
    case 'bytes':
      return /^(?:[0-9a-f]{2})*$/i.test(text);
    default:
      return true;
  }
}

/** `CAST('…' AS TYPE)`, or plain text for text and what compares as text. Call `fitsType` before. */
export function typedLiteral(value: Exclude<CellValue, null>, type: string): string {
  const text = String(value);
  switch (kindOf(type)) {
    case 'text':
    case 'category':
    case 'nested':
    case 'other':
      return textLiteral(text);
    case 'boolean':
      return text.toLowerCase() === 'true' ? 'TRUE' : 'FALSE';
    case 'bytes':
      return `unhex(${quoteLiteral(text)})`;
    default:
      return `CAST(${textLiteral(text)} AS ${type})`;
  }
}
