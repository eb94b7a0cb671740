// JSON as Sluice writes it (an array, one object a line) as Arrow text columns; must not know the engine.
import {
  BufferType,
  Data,
  Field,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import { joinChunks } from './byte-chunks.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';

const LINE_FEED = 0x0a;
const encoder = new TextEncoder();

type Row = Readonly<Record<string, unknown>>;

function notJson(reason: string): ProblemError {
  return new ProblemError({
    code: 'read-back-json',
    message: `The file cannot be read as a JSON array with one object a line: ${reason}.`,
    hint: 'The file is damaged or was changed after it was written; publish it again from its notebook.',
  });
}

const WINDOW_BYTES = 1 << 20;

/** Lines without their ends, decoded about a megabyte at a time. */
function* linesOf(bytes: Uint8Array): Generator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let start = 0; start < bytes.byteLength;) {
    const found = bytes.indexOf(LINE_FEED, Math.min(start + WINDOW_BYTES, bytes.byteLength - 1));
    const end = found === -1 ? bytes.byteLength : found + 1;
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(start, end));
    } catch {
      throw notJson('it is not UTF-8');
    }
    yield* (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
    start = end;
  }
}

function parseRow(line: string, number: number): Row {
  try {
    const value: unknown = JSON.parse(line.endsWith(',') ? line.slice(0, -1) : line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  } catch {
    // Said below, without the line's content.
  }
  throw notJson(`line ${number} is not an object`);
}

/** Between the first line `[` and the last `]`. */
function* rowsOf(bytes: Uint8Array): Generator<Row, void, undefined> {
  let number = 0;
  let isClosed = false;
  for (const line of linesOf(bytes)) {
    number += 1;
    if (isClosed) throw notJson(`there is more after the end, on line ${number}`);
    if (number === 1 && line !== '[') throw notJson('it does not begin with “[” on a line of its own');
    if (number === 1) continue;
    if (line === ']') isClosed = true;
    else yield parseRow(line, number);
  }
  if (!isClosed) throw notJson('it ends before the closing “]”');
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Texts as one Arrow column: encoded together where all are ASCII, else value by value. */
export function textData(values: readonly (string | null)[]): Data {
  const validity = new Uint8Array((values.length + 7) >> 3);
  const offsets = new Int32Array(values.length + 1);
  let bytes = encoder.encode(values.join(''));
  let [units, nullCount] = [0, 0];
  for (const [row, value] of values.entries()) {
    if (value === null) nullCount += 1;
    else validity[row >> 3] = (validity[row >> 3] ?? 0) | (1 << (row % 8));
    units += value?.length ?? 0;
    offsets[row + 1] = units;
  }
  if (units !== bytes.byteLength) {
    const parts = values.map((value) => encoder.encode(value ?? ''));
    for (const [row, part] of parts.entries()) offsets[row + 1] = (offsets[row] ?? 0) + part.byteLength;
    bytes = joinChunks(parts);
  }
  return new Data(new Utf8(), 0, values.length, nullCount, {
    [BufferType.VALIDITY]: validity,
    [BufferType.OFFSET]: offsets,
    [BufferType.DATA]: bytes,
  });
}

function toIpc(names: readonly string[], columns: readonly (readonly (string | null)[])[]): Uint8Array {
  const schema = new Schema(names.map((name) => new Field(name, new Utf8(), true)));
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  const rows = columns[0]?.length ?? 0;
  if (rows > 0) {
    const children = columns.map(textData);
    writer.write(new RecordBatch(schema, new Data(new Struct(schema.fields), 0, rows, 0, {}, children)));
  }
  return writer.finish().toUint8Array(true);
}

/**
 * Arrow IPC streams of at most `rowsPerChunk` rows, all columns text; at least one, which makes the table.
 * @throws ProblemError `read-back-json`, also where a row has other members than the first
 */
export async function* jsonChunks(
  bytes: Uint8Array,
  rowsPerChunk: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let names: readonly string[] = [];
  let columns: readonly (string | null)[][] = [];
  let chunks = 0;
  for (const row of rowsOf(bytes)) {
    if (chunks === 0 && columns.length === 0) names = Object.keys(row);
    if (columns.length === 0) columns = names.map(() => []);
    if (names.length === 0 || Object.keys(row).length !== names.length) throw unequalRows();
    for (const [i, name] of names.entries()) {
      if (!Object.hasOwn(row, name)) throw unequalRows();
      columns[i]?.push(textOf(row[name]));
    }
    if ((columns[0]?.length ?? 0) < rowsPerChunk) continue;
    yield toIpc(names, columns);
    chunks += 1;
    columns = [];
  }
  if (columns.length > 0) yield toIpc(names, columns);
  else if (chunks === 0) yield toIpc(['json'], []);
}

function unequalRows(): ProblemError {
  return notJson('its objects do not all have the same members');
}
