// An export plan as RFC 4180 text; must not know Parquet or modules.
import type { Data } from 'apache-arrow';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { DuckPort } from '../duck-port.ts';
import type { WrittenFile } from './byte-chunks.ts';
import { joinChunks } from './byte-chunks.ts';
import type { ExportColumn, ExportPlan } from './export-plan.ts';
import { freshName } from './export-plan.ts';
import { openResult } from './result-stream.ts';

/** Types whose text never holds a comma, a quote or a line break. */
const PLAIN_TEXT_TYPES: ReadonlySet<string> = new Set([
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'DECIMAL',
  'FLOAT',
  'DOUBLE',
  'DATE',
  'TIME',
  'TIMESTAMP',
]);

/** SQL text of one field; NULL is nothing at all, the empty text is `""`. */
function fieldSql(column: ExportColumn): string {
  const identifier = quoteIdentifier(column.name);
  const name = column.type.kind === 'plain' ? column.type.name : '';
  if (name === 'BLOB') return `coalesce(lower(hex(${identifier})), '')`;
  const text = name === 'VARCHAR' ? identifier : `CAST(${identifier} AS VARCHAR)`;
  if (PLAIN_TEXT_TYPES.has(name)) return `coalesce(${text}, '')`;
  return (
    `CASE WHEN ${text} IS NULL THEN '' WHEN ${text} = '' OR regexp_matches(${text}, '[",\\r\\n]') ` +
    `THEN concat('"', replace(${text}, '"', '""'), '"') ELSE ${text} END`
  );
}

function quoteHeader(name: string): string {
  return name === '' || /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/**
 * UTF-8 without a byte order mark, CRLF, one header line. Numbers and times are the engine's own text (shortest text
 * that reads back as the same DOUBLE), BLOB is lower-case hex, nested values are the engine's text. Values are written
 * as they are: one that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, and the module's README says so.
 */
export async function writeCsvFile(port: DuckPort, plan: ExportPlan): Promise<WrittenFile> {
  const line = plan.columns.map(fieldSql).join(`, ',', `);
  const alias = quoteIdentifier(freshName(plan.columns, '_sl_line'));
  const result = await openResult(port, `SELECT concat(${line}, E'\\r\\n') AS ${alias} ${plan.orderedFrom}`);
  const header = `${plan.columns.map((column) => quoteHeader(column.name)).join(',')}\r\n`;
  const chunks: Uint8Array[] = [new TextEncoder().encode(header)];
  let rowCount = 0;
  for await (const batch of result.batches) {
    const lines = batch.data.children[0] as Data;
    const start = lines.valueOffsets[0] as number;
    const end = lines.valueOffsets[lines.length] as number;
    chunks.push((lines.values as Uint8Array).slice(start, end));
    rowCount += batch.numRows;
  }
  return { bytes: joinChunks(chunks), rowCount };
}
