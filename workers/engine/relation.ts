// Tables as relations: columns, row count, pages by row number; must not know how they were filled.
import { quoteIdentifier } from '../../src/lib/base/sql-text.ts';
import type { ColumnType, Page, PageRequest } from '../../src/lib/engine/contract.ts';
import { ProblemError } from '../../src/lib/base/result.ts';
import { cellSelectList, readCells, readTextRows } from './cell-values.ts';
import { DuckError, type DuckPort } from './duck-port.ts';

export const MOST_ROWS = 1_000;

function tableName(relation: string): string {
  return `main.${quoteIdentifier(relation)}`;
}

function missing(relation: string): ProblemError {
  return new ProblemError({
    code: 'engine-relation-missing',
    message: `There is no table “${relation}” in the engine.`,
    hint: 'Run the cell or import the source that makes it.',
  });
}

/** @throws ProblemError `engine-relation-missing` */
export async function describeColumns(port: DuckPort, relation: string): Promise<ColumnType[]> {
  try {
    const rows = readTextRows(
      await port.query(`SELECT column_name, column_type FROM (DESCRIBE ${tableName(relation)})`),
    );
    return rows.map((row) => ({ name: row[0] ?? '', type: row[1] ?? '' }));
  } catch (error) {
    if (error instanceof DuckError && /does not exist/.test(error.message)) throw missing(relation);
    throw error;
  }
}

/** @throws ProblemError `engine-relation-missing` */
export async function describeTable(
  port: DuckPort,
  relation: string,
): Promise<{ readonly columns: readonly ColumnType[]; readonly rowCount: number }> {
  const columns = await describeColumns(port, relation);
  const rows = readTextRows(await port.query(`SELECT CAST(count(*) AS VARCHAR) FROM ${tableName(relation)}`));
  return { columns, rowCount: Number(rows[0]?.[0] ?? 0) };
}

/** @throws ProblemError `engine-column-missing` */
export function chooseColumns(
  columns: readonly ColumnType[],
  wanted: readonly string[] | undefined,
): readonly ColumnType[] {
  if (wanted === undefined) return columns;
  return wanted.map((name) => {
    const column = columns.find((each) => each.name === name);
    if (column !== undefined) return column;
    throw new ProblemError({
      code: 'engine-column-missing',
      message: `There is no column “${name}”.`,
      hint: `Choose among: ${columns.map((each) => each.name).join(', ')}.`,
    });
  });
}

/** A column of the table's own called `rowid`, in whatever case, hides the engine's numbers, which run from 0: rows are counted instead. */
export function numberedTable(
  columns: readonly ColumnType[],
  /** As SQL names it. */
  table: string,
): { readonly from: string; readonly number: string } {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  if (!names.has('rowid')) return { from: table, number: 'rowid' };
  let number = '_sl_row';
  while (names.has(number)) number += '_';
  return { from: `(SELECT *, row_number() OVER () - 1 AS ${number} FROM ${table})`, number };
}

/** Rows by their number: tables are only ever made whole, so row ids run from 0 without gaps and a page is a range scan. */
export async function readPage(port: DuckPort, request: PageRequest): Promise<Page> {
  const all = await describeColumns(port, request.relation);
  const columns = chooseColumns(all, request.columns);
  const offset = Math.max(0, Math.trunc(request.offset));
  const limit = Math.min(MOST_ROWS, Math.max(0, Math.trunc(request.limit)));
  if (limit === 0 || columns.length === 0) return { columns, offset, rows: [] };
  const { from, number } = numberedTable(all, tableName(request.relation));
  const sql = `SELECT ${cellSelectList(columns)} FROM ${from}
    WHERE ${number} BETWEEN ${offset} AND ${offset + limit - 1} ORDER BY ${number}`;
  return { columns, offset, rows: readCells(await port.query(sql), columns) };
}

export async function renameTable(port: DuckPort, relation: string, to: string): Promise<void> {
  if (relation.toLowerCase() === to.toLowerCase()) return;
  await dropTable(port, to);
  await port.query(`ALTER TABLE ${tableName(relation)} RENAME TO ${quoteIdentifier(to)}`);
}

export async function dropTable(port: DuckPort, relation: string): Promise<void> {
  await port.query(`DROP TABLE IF EXISTS ${tableName(relation)}`);
}
