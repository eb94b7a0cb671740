// Lines of a delimited file with values that a type somebody asked for would change: named, and left out of the rows; must not create tables.
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { ColumnType } from '../../../src/lib/engine/contract.ts';
import { cutReason, cutSql, widerType } from './asked-types.ts';
import { readCsvCall, tableName, type CsvDialect } from './csv-dialect.ts';
import type { SeenFields } from './lossy-columns.ts';
import { lineNumbers, MOST_LISTED, type Rejects } from './rejected-lines.ts';

interface WideColumn extends ColumnType {
  readonly wider: string;
}

function wideColumns(dialect: CsvDialect, seen: SeenFields): readonly WideColumn[] {
  const cut = new Set(seen?.cutColumns);
  return dialect.columns.flatMap((column, index) => {
    const wider = cut.has(index) ? widerType(column.type) : null;
    return wider === null ? [] : [{ ...column, wider }];
  });
}

/** Reads the columns concerned by types that keep everything, and takes the rows in which nothing is lost by the types asked for. */
export function selectUncut(
  path: string,
  dialect: CsvDialect,
  seen: SeenFields,
  expression: (column: ColumnType) => string,
  extra: readonly string[],
): string {
  const wide = wideColumns(dialect, seen);
  const widerOf = (name: string): string | undefined => wide.find((column) => column.name === name)?.wider;
  const columns = dialect.columns.map(({ name, type }) => ({ name, type: widerOf(name) ?? type }));
  const list = dialect.columns.map((column) => {
    const inFile = quoteIdentifier(column.name);
    if (widerOf(column.name) === undefined) return expression(column);
    return `TRY_CAST(${inFile} AS ${column.type}) AS ${quoteIdentifier(tableName(dialect, column.name))}`;
  });
  const kept = wide.map(({ name, type, wider }) => {
    const inFile = quoteIdentifier(name);
    const isRead = `(${inFile} IS NULL OR TRY_CAST(${inFile} AS ${type}) IS NOT NULL)`;
    return `${isRead} AND NOT ${cutSql(inFile, wider, type)}`;
  });
  const where = kept.length === 0 ? '' : ` WHERE ${kept.join(' AND ')}`;
  return `SELECT ${list.join(', ')} FROM ${readCsvCall(path, { ...dialect, columns }, extra)}${where}`;
}

/** All that is left out: what could not be read, and what would have been changed; `leftOut` counts the rows of the latter. */
export async function withCutLines(
  rejects: Rejects,
  seen: SeenFields,
  dialect: CsvDialect,
  text: Blob,
  leftOut: number,
): Promise<Rejects> {
  const cut = seen?.cut ?? [];
  const numbers = await lineNumbers(
    text,
    cut.map(({ byte }) => byte),
  );
  const known = new Set(rejects.listed.map(({ line }) => line));
  const added = cut.flatMap(({ column, text: value }, index) => {
    const { name = '', type = '' } = dialect.columns[column] ?? {};
    const line = numbers[index] ?? 0;
    return known.has(line) ? [] : [{ line, column: name, reason: cutReason(type), text: value }];
  });
  const listed = [...rejects.listed, ...added].sort((one, other) => one.line - other.line);
  return { listed: listed.slice(0, MOST_LISTED), count: rejects.count + leftOut };
}
