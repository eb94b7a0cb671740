// Which rows of a large relation stand for all: chosen by the hash of the row's number, never by chance; must not know the statistics.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';

/** About so many rows are looked at where a statistic of all would take too long. */
export const SAMPLE_ROWS = 200_000;

/** The same rows in the same order give the same sample. @returns what can follow FROM */
export function sampleOf(relation: string, rows: number, columns: readonly ColumnType[]): string {
  const stride = Math.ceil(rows / SAMPLE_ROWS);
  const names = new Set(columns.map((column) => column.name.toLowerCase()));
  const table = quoteIdentifier(relation);
  if (!names.has('rowid')) return `(SELECT * FROM ${table} WHERE hash(rowid) % ${stride} = 0)`;
  let number = '_sl_row';
  while (names.has(number)) number += '_';
  return `(SELECT * FROM (SELECT *, row_number() OVER () AS ${number} FROM ${table}) WHERE hash(${number}) % ${stride} = 0)`;
}
