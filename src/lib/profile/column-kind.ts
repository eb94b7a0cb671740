// Sorts engine types into the kinds that are measured alike; knows nothing of values.
import type { ColumnKind } from './profile-types.ts';

const INTEGER = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;

const BY_NAME: Readonly<Record<string, ColumnKind>> = {
  BIGNUM: 'decimal',
  FLOAT: 'float',
  DOUBLE: 'float',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIME: 'time',
  INTERVAL: 'interval',
  VARCHAR: 'text',
  UUID: 'category',
  BLOB: 'bytes',
  BIT: 'other',
};

export function kindOf(type: string): ColumnKind {
  if (type.endsWith(']') || /^(?:STRUCT|MAP|UNION)\b/.test(type)) return 'nested';
  if (INTEGER.test(type)) return 'integer';
  if (type.startsWith('DECIMAL')) return 'decimal';
  if (type.startsWith('ENUM')) return 'category';
  if (type.startsWith('TIMESTAMP')) return 'timestamp';
  return BY_NAME[type] ?? 'other';
}

export function isNumber(kind: ColumnKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'float';
}

export function isTemporal(kind: ColumnKind): boolean {
  return kind === 'date' || kind === 'time' || kind === 'timestamp';
}

/** Whether NaN or infinities can stand in such a column. */
export function canBeInfinite(kind: ColumnKind): boolean {
  return kind === 'float' || kind === 'date' || kind === 'timestamp';
}
