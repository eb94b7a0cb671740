// Which columns have values that can be chosen, and the type these are compared as; must not know what is chosen.
import type { InputChoice } from './input-types.ts';

const PLAIN =
  /^(?:BOOLEAN|U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(\d{1,2},\d{1,2}\)|VARCHAR|UUID|DATE|TIME|TIMESTAMP(?:_S|_MS|_NS)?|(?:TIME|TIMESTAMP) WITH TIME ZONE)$/;

/**
 * The type to which a choice among the values of a column of this DuckDB type is cast, which is safe to be written into
 * SQL as it is; null for what has no text that reads back as the same value (BLOB, BIT, INTERVAL, nested types).
 */
export function choiceTypeOf(type: string): string | null {
  if (type.startsWith('ENUM(')) return type.endsWith(']') ? null : 'VARCHAR';
  return PLAIN.test(type) ? type : null;
}

/** Numbers that a notebook cannot keep as numbers are texts, which the cast to the column's type reads. */
export function choiceFrom(value: unknown): InputChoice {
  const isKept = typeof value === 'number' && Number.isFinite(value);
  return isKept && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : String(value);
}
