// DuckDB values as JSON-safe cell values: a cast in SQL for each type, then plain values from Arrow; must not know statements or tables.
import { tableFromIPC } from 'apache-arrow';
import { quoteIdentifier } from '../../src/lib/base/sql-text.ts';
import type { CellValue, ColumnType } from '../../src/lib/engine/contract.ts';

const PLAIN = new Set([
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'DOUBLE',
  'VARCHAR',
]);
const WIDE_INTEGER = new Set(['BIGINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT']);

/** The expression that brings a column of this type across as something `readCells` understands, without an alias. */
export function cellExpression(column: ColumnType): string {
  const name = quoteIdentifier(column.name);
  if (PLAIN.has(column.type)) return name;
  if (column.type === 'BLOB') return `lower(hex(${name}))`;
  return `CAST(${name} AS VARCHAR)`;
}

/** `SELECT`-list for all columns in order; names are made unique so that Arrow keeps them apart. */
export function cellSelectList(columns: readonly ColumnType[]): string {
  return columns.map((column, index) => `${cellExpression(column)} AS "c${index}"`).join(', ');
}

type Decode = (value: unknown) => CellValue;

const asText: Decode = (value) => (value === null || value === undefined ? null : String(value));

const asNumber: Decode = (value) => {
  if (value === null || value === undefined) return null;
  const number = Number(typeof value === 'string' ? value.replace(/^(-?)inf$/, '$1Infinity') : value);
  return Number.isFinite(number)
    ? number
    : Number.isNaN(number)
      ? 'NaN'
      : number > 0
        ? 'Infinity'
        : '-Infinity';
};

const asWideInteger: Decode = (value) => {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
};

/** `2016-02-03 07:55:29+00` → `2016-02-03T07:55:29Z` (ISO 8601); what is no such text (`infinity`) stays. */
const asTimestamp: Decode = (value) => {
  const text = asText(value);
  if (typeof text !== 'string') return text;
  return text.replace(/^(\S+) (\d\d:)/, '$1T$2').replace(/\+00$/, 'Z');
};

function decoderOf(type: string): Decode {
  if (type === 'BOOLEAN') return (value) => (value === null || value === undefined ? null : value === true);
  if (WIDE_INTEGER.has(type)) return asWideInteger;
  if (type === 'FLOAT' || (PLAIN.has(type) && type !== 'VARCHAR')) return asNumber;
  if (type.startsWith('TIMESTAMP') && !type.endsWith(']')) return asTimestamp;
  return asText;
}

/** Rows of a result that was selected with `cellSelectList(columns)`. */
export function readCells(ipc: Uint8Array, columns: readonly ColumnType[]): CellValue[][] {
  const table = tableFromIPC(ipc);
  const rows: CellValue[][] = Array.from({ length: table.numRows }, () => []);
  columns.forEach((column, index) => {
    const vector = table.getChildAt(index);
    const decode = decoderOf(column.type);
    for (let row = 0; row < rows.length; row++) rows[row]?.push(decode(vector?.get(row) ?? null));
  });
  return rows;
}

/** A result of text columns as rows of text, for statements Sluice writes itself. */
export function readTextRows(ipc: Uint8Array): (string | null)[][] {
  const table = tableFromIPC(ipc);
  const width = table.schema.fields.length;
  return Array.from({ length: table.numRows }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const value: unknown = table.getChildAt(column)?.get(row) ?? null;
      return value === null ? null : String(value);
    }),
  );
}
