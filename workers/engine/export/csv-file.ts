// An export plan as delimited text (RFC 4180 and its relatives); must not know Parquet.
import type { Data } from 'apache-arrow';
import { quoteIdentifier, quoteLiteral } from '../../../src/lib/base/sql-text.ts';
import type { Delimiter, DelimitedSettings } from '../../../src/lib/engine/save-types.ts';
import type { DuckPort } from '../duck-port.ts';
import type { WrittenFile } from './byte-chunks.ts';
import { joinChunks } from './byte-chunks.ts';
import type { ExportColumn, ExportPlan } from './export-plan.ts';
import { freshName } from './export-plan.ts';
import { MODULE_CSV } from './module-csv.ts';
import { openResult, type WriteWatch } from './result-stream.ts';

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

const FRACTION_TYPES: ReadonlySet<string> = new Set(['DECIMAL', 'FLOAT', 'DOUBLE']);

/** Texts that a spreadsheet reads as a formula (OWASP, CSV injection); read by RE2 and by JavaScript alike. */
const FORMULA_START = '^[=+\\-@\\t\\r]';

const LINE_ENDS = { crlf: '\r\n', lf: '\n' } as const;

/** Within a class of an RE2 pattern. */
const DELIMITER_PATTERN: Readonly<Record<Delimiter, string>> = { ',': ',', ';': ';', '\t': '\\t', '|': '|' };

function quoted(text: string): string {
  return `concat('"', replace(${text}, '"', '""'), '"')`;
}

function valueSql(identifier: string, type: string, settings: DelimitedSettings): string {
  if (type === 'BLOB') return `lower(hex(${identifier}))`;
  if (type === 'VARCHAR') {
    if (!settings.guardFormulas) return identifier;
    return `CASE WHEN regexp_matches(${identifier}, '${FORMULA_START}') THEN concat('''', ${identifier}) ELSE ${identifier} END`;
  }
  const text = `CAST(${identifier} AS VARCHAR)`;
  return settings.decimalComma && FRACTION_TYPES.has(type) ? `replace(${text}, '.', ',')` : text;
}

/** SQL text of one field, never NULL. A text that could be taken for NULL or be cut in two stands in quotes. */
function fieldSql(column: ExportColumn, settings: DelimitedSettings): string {
  const type = column.type.kind === 'plain' ? column.type.name : '';
  const nothing = quoteLiteral(settings.nullText);
  const text = valueSql(quoteIdentifier(column.name), type, settings);
  if (settings.quoteAll) return `CASE WHEN ${text} IS NULL THEN ${nothing} ELSE ${quoted(text)} END`;
  const isPlain = PLAIN_TEXT_TYPES.has(type) || type === 'BLOB';
  if (isPlain && settings.nullText === '' && !settings.decimalComma) return `coalesce(${text}, '')`;
  const pattern = `'["\\r\\n${DELIMITER_PATTERN[settings.delimiter]}]'`;
  return (
    `CASE WHEN ${text} IS NULL THEN ${nothing} ` +
    `WHEN ${text} = '' OR ${text} = ${nothing} OR regexp_matches(${text}, ${pattern}) ` +
    `THEN ${quoted(text)} ELSE ${text} END`
  );
}

function quoteHeader(name: string, settings: DelimitedSettings): string {
  const text = settings.guardFormulas && new RegExp(FORMULA_START).test(name) ? `'${name}` : name;
  const isHard = text === '' || /["\r\n]/.test(text) || text.includes(settings.delimiter);
  return settings.quoteAll || isHard ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * UTF-8. Numbers and times are the engine's own text (shortest text that reads back as the same DOUBLE), BLOB is
 * lower-case hex, nested values are the engine's text; the empty text is `""`. Without `guardFormulas` values are
 * written as they are: one that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, and a module's README
 * says so.
 * @throws DuckCancelled
 */
export async function writeCsvFile(
  port: DuckPort,
  plan: ExportPlan,
  settings: DelimitedSettings = MODULE_CSV,
  watch?: WriteWatch,
): Promise<WrittenFile> {
  const end = LINE_ENDS[settings.lineEnd];
  const line = plan.columns
    .map((column) => fieldSql(column, settings))
    .join(`, ${quoteLiteral(settings.delimiter)}, `);
  const alias = quoteIdentifier(freshName(plan.columns, '_sl_line'));
  const sql = `SELECT concat(${line}, ${quoteLiteral(end)}) AS ${alias} ${plan.orderedFrom}`;
  const result = await openResult(port, sql, watch);
  const mark = settings.byteOrderMark ? '\uFEFF' : '';
  const names = plan.columns.map((column) => quoteHeader(column.name, settings)).join(settings.delimiter);
  const chunks: Uint8Array[] = [new TextEncoder().encode(settings.header ? `${mark}${names}${end}` : mark)];
  let rowCount = 0;
  for await (const batch of result.batches) {
    const lines = batch.data.children[0] as Data;
    const from = lines.valueOffsets[0] as number;
    const to = lines.valueOffsets[lines.length] as number;
    chunks.push((lines.values as Uint8Array).slice(from, to));
    rowCount += batch.numRows;
    watch?.onRows?.(rowCount);
  }
  return { bytes: joinChunks(chunks), rowCount };
}
