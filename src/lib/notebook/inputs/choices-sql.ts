// The statement that asks a column for what can be chosen; must not know the engine.
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { ColumnOptions } from './input-types.ts';

/** Distinct values in their order, without NULL. */
export function choicesSql({ of, column }: ColumnOptions, limit: number): string {
  const name = quoteIdentifier(column);
  return `SELECT DISTINCT ${name} FROM ${quoteIdentifier(of)} WHERE ${name} IS NOT NULL ORDER BY 1 LIMIT ${limit}`;
}
