// An export plan as JSON objects, one row a line; must not know Parquet or modules.
import { Vector } from 'apache-arrow';
import type { Data, RecordBatch } from 'apache-arrow';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { DuckPort } from '../duck-port.ts';
import type { WrittenFile } from './byte-chunks.ts';
import { joinChunks } from './byte-chunks.ts';
import type { EngineType } from './engine-type.ts';
import { printEngineType } from './engine-type.ts';
import type { ExportPlan } from './export-plan.ts';
import { freshName } from './export-plan.ts';
import { openResult, type WriteWatch } from './result-stream.ts';

/** JSON text of the value in one row of a column. */
type Write = (column: Vector, row: number) => string;

/** How a type is fetched from the engine and written. */
interface JsonForm {
  readonly fetched: EngineType;
  readonly write: Write;
}

const TEXT: EngineType = { kind: 'plain', name: 'VARCHAR', parameters: '' };
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

function writeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"';
}

/** Beyond 2^53 as text, since most JSON readers would round it. */
function writeInteger(value: bigint): string {
  return value <= SAFE && value >= -SAFE ? String(value) : `"${value}"`;
}

/** The engine's `nan` and `inf` as JavaScript reads them. */
function readFloatText(text: string): number {
  return text === 'nan' || text === '-nan' ? NaN : Number(text.replace('inf', 'Infinity'));
}

function toHexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function nullable(write: Write): Write {
  return (column, row) => (column.isValid(row) ? write(column, row) : 'null');
}

const PLAIN_FORMS: Readonly<Record<string, { readonly asText: boolean; readonly write: Write }>> = {
  BOOLEAN: { asText: false, write: (column, row) => String(column.get(row)) },
  BIGINT: { asText: false, write: (column, row) => writeInteger(column.get(row)) },
  UBIGINT: { asText: false, write: (column, row) => writeInteger(column.get(row)) },
  DOUBLE: { asText: false, write: (column, row) => writeNumber(column.get(row)) },
  FLOAT: { asText: true, write: (column, row) => writeNumber(readFloatText(column.get(row))) },
  BLOB: { asText: false, write: (column, row) => `"${toHexText(column.get(row))}"` },
  TIMESTAMP: {
    asText: true,
    write: (column, row) => JSON.stringify((column.get(row) as string).replace(/^(\S+) (?=\d)/, '$1T')),
  },
};
for (const name of ['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'USMALLINT', 'UINTEGER']) {
  Object.assign(PLAIN_FORMS, {
    [name]: { asText: false, write: (column: Vector, row: number) => String(column.get(row)) },
  });
}

function plainForm(type: EngineType & { kind: 'plain' }): JsonForm {
  const known = PLAIN_FORMS[type.name];
  if (known !== undefined) return { fetched: known.asText ? TEXT : type, write: nullable(known.write) };
  return { fetched: TEXT, write: nullable((column, row) => JSON.stringify(column.get(row))) };
}

function writeRange(column: Vector, row: number, write: (child: Vector, at: number) => string): string {
  const { data, index } = locate(column, row);
  const child = new Vector([data.children[0] as Data]);
  const parts: string[] = [];
  for (let at = data.valueOffsets[index] as number; at < (data.valueOffsets[index + 1] as number); at += 1) {
    parts.push(write(child, at));
  }
  return `[${parts.join(',')}]`;
}

/** A batch's column is one piece of data. */
function locate(column: Vector, row: number): { readonly data: Data; readonly index: number } {
  return { data: column.data[0] as Data, index: row };
}

function structForm(fields: readonly { readonly name: string; readonly form: JsonForm }[]): Write {
  return (column, row) => {
    const { data, index } = locate(column, row);
    const members = fields.map(
      ({ name, form }, i) =>
        `${JSON.stringify(name)}:${form.write(new Vector([data.children[i] as Data]), index)}`,
    );
    return `{${members.join(',')}}`;
  };
}

/** Lists are arrays, structs objects, maps arrays of `{ "key", "value" }`, since keys need not be text. */
function jsonForm(type: EngineType): JsonForm {
  switch (type.kind) {
    case 'plain':
      return plainForm(type);
    case 'list':
    case 'array': {
      const element = jsonForm(type.element);
      return {
        fetched: { kind: 'list', element: element.fetched },
        write: nullable((column, row) => writeRange(column, row, element.write)),
      };
    }
    case 'struct': {
      const fields = type.fields.map((field) => ({ ...field, form: jsonForm(field.type) }));
      return {
        fetched: {
          kind: 'struct',
          fields: fields.map(({ name, written, form }) => ({ name, written, type: form.fetched })),
        },
        write: nullable(structForm(fields)),
      };
    }
    case 'map': {
      const [key, value] = [jsonForm(type.key), jsonForm(type.value)];
      const entry = structForm([
        { name: 'key', form: key },
        { name: 'value', form: value },
      ]);
      return {
        fetched: { kind: 'map', key: key.fetched, value: value.fetched },
        write: nullable((column, row) => writeRange(column, row, entry)),
      };
    }
  }
}

const FRAMES = {
  array: { open: '[', first: '\n', between: ',\n', close: '\n]\n' },
  lines: { open: '', first: '', between: '\n', close: '\n' },
} as const;

/**
 * UTF-8; one object a line, as an array or with nothing around (NDJSON). Integers beyond 2^53, DECIMAL and non-finite
 * numbers are text, dates and times ISO 8601, BLOB lower-case hex; a member for every column in every row, null where
 * NULL.
 * @throws DuckCancelled
 */
export async function writeJsonFile(
  port: DuckPort,
  plan: ExportPlan,
  layout: 'array' | 'lines' = 'array',
  watch?: WriteWatch,
): Promise<WrittenFile> {
  const forms = plan.columns.map((column) => jsonForm(column.type));
  const stem = freshName(plan.columns, '_sl_value');
  const casts = plan.columns.map((column, i) => {
    const fetched = printEngineType((forms[i] as JsonForm).fetched);
    return `CAST(${quoteIdentifier(column.name)} AS ${fetched}) AS ${quoteIdentifier(`${stem}${i}`)}`;
  });
  const result = await openResult(port, `SELECT ${casts.join(', ')} ${plan.orderedFrom}`, watch);
  const keys = plan.columns.map((column) => `${JSON.stringify(column.name)}:`);
  const frame = FRAMES[layout];
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [encoder.encode(frame.open)];
  let rowCount = 0;
  for await (const batch of result.batches) {
    if (batch.numRows === 0) continue;
    const lead = rowCount === 0 ? frame.first : frame.between;
    chunks.push(encoder.encode(lead + writeRows(batch, keys, forms).join(frame.between)));
    rowCount += batch.numRows;
    watch?.onRows?.(rowCount);
  }
  if (rowCount > 0 || layout === 'array') chunks.push(encoder.encode(frame.close));
  return { bytes: joinChunks(chunks), rowCount };
}

function writeRows(batch: RecordBatch, keys: readonly string[], forms: readonly JsonForm[]): string[] {
  const columns = forms.map((_, i) => new Vector([batch.data.children[i] as Data]));
  return Array.from({ length: batch.numRows }, (_, row) => {
    const members = forms.map((form, i) => `${keys[i]}${form.write(columns[i] as Vector, row)}`);
    return `{${members.join(',')}}`;
  });
}
