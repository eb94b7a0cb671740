// Values of a check's settings as SQL literals in the type of a column; must not know any kind of check.
import { quoteLiteral } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { CheckValue } from '../notebook/notebook-types.ts';
import { refuseCheck } from './compiled-check.ts';

const NUMBER =
  /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|BIGNUM|VARINT|FLOAT|DOUBLE|REAL|DECIMAL\b.*)$/;
const FLOAT = /^(?:FLOAT|DOUBLE|REAL)$/;
const CASTABLE =
  /^(?:DATE|TIME|TIMESTAMP(?:_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE|TIMETZ|TIME WITH TIME ZONE|INTERVAL|UUID)$/;
const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

export function isNumeric(type: string): boolean {
  return NUMBER.test(type);
}

export function isFloat(type: string): boolean {
  return FLOAT.test(type);
}

export function isMoment(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

function refuse(value: CheckValue, { name, type }: ColumnType): never {
  return refuseCheck(
    'value',
    `“${String(value)}” cannot be compared with ${name}, which is ${type}.`,
    'Give a value of the type of the column.',
  );
}

/** @throws ProblemError `check-value` where the value is not of the column's kind; a text never becomes SQL. */
export function writeLiteral(value: CheckValue, column: ColumnType): string {
  const { type } = column;
  if (typeof value === 'object') return refuse(value, column);
  if (isNumeric(type)) {
    const text = String(value).trim();
    return typeof value !== 'boolean' && NUMERAL.test(text) ? text : refuse(value, column);
  }
  if (type === 'BOOLEAN')
    return typeof value === 'boolean' ? String(value).toUpperCase() : refuse(value, column);
  if (CASTABLE.test(type))
    return typeof value === 'string' ? `CAST(${quoteLiteral(value)} AS ${type})` : refuse(value, column);
  if (type === 'VARCHAR' || type.startsWith('ENUM')) return quoteLiteral(String(value));
  return refuse(value, column);
}

/** @throws ProblemError `check-type` where figures cannot be computed of the column. */
export function requireNumeric(column: ColumnType): ColumnType {
  if (isNumeric(column.type)) return column;
  return refuseCheck(
    'type',
    `${column.name} is ${column.type}, not a number.`,
    'Cast the column in a cell, and check that.',
  );
}
