// JavaScript values as Arrow columns of a planned type; must not know how the types were found.
import {
  Bool,
  BufferType,
  Data,
  DateDay,
  Field,
  Float64,
  Int64,
  List,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { textData } from '../export/json-read-back.ts';
import type { ColumnPlan } from './column-plan.ts';
import { ExactNumber, type PlainObject } from './value-shape.ts';

const DAY_MS = 86_400_000;

export function arrowType(plan: ColumnPlan): DataType {
  switch (plan.kind) {
    case 'boolean':
      return new Bool();
    case 'bigint':
      return new Int64();
    case 'double':
      return new Float64();
    case 'text':
      return new Utf8();
    case 'date':
      return new DateDay();
    case 'timestamp':
      return new TimestampMicrosecond();
    case 'struct':
      return new Struct(plan.fields.map(({ name, plan: each }) => new Field(name, arrowType(each), true)));
    case 'list':
      return new List(new Field('item', arrowType(plan.item), true));
  }
}

/** JSON text in which long numbers keep their digits. */
function jsonText(value: unknown): string {
  if (value instanceof ExactNumber) return value.text;
  if (value instanceof Date) return JSON.stringify(dateText(value));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`)
    .join(',')}}`;
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return 'invalid date';
  const text = value.toISOString();
  return value.getTime() % DAY_MS === 0 ? text.slice(0, 10) : text.slice(0, 23).replace('T', ' ');
}

/** A value as text: texts as they are, nested values as JSON. */
export function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return dateText(value);
  return typeof value === 'object' ? jsonText(value) : String(value);
}

/** Microseconds since 1970 of an ISO 8601 timestamp. */
function micros(text: string): bigint {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const whole = text.replace(/\.\d+/, '').replace(' ', 'T');
  const zone = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.exec(whole.slice(10))?.[0] ?? '';
  const bare = zone === '' ? whole : whole.slice(0, -zone.length);
  const utc =
    zone === '' || zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
  return BigInt(Date.parse(`${bare}${utc}`)) * 1000n + BigInt(fraction.padEnd(6, '0') || '0');
}

interface Filling {
  readonly validity: Uint8Array;
  nulls: number;
}

/** Runs `put` for every value that is there, and keeps account of the others. */
function fill(values: readonly unknown[], put: (row: number, value: unknown) => void): Filling {
  const filling = { validity: new Uint8Array((values.length + 7) >> 3), nulls: 0 };
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null || value === undefined) filling.nulls++;
    else {
      filling.validity[row >> 3] = (filling.validity[row >> 3] ?? 0) | (1 << (row & 7));
      put(row, value);
    }
  }
  return filling;
}

function fixedData(plan: ColumnPlan, values: readonly unknown[]): Data {
  const type = arrowType(plan);
  const rows = values.length;
  const column = fixedColumn(plan, rows);
  const { validity, nulls } = fill(values, column.put);
  return new Data(type, 0, rows, nulls, { [BufferType.VALIDITY]: validity, [BufferType.DATA]: column.data });
}

interface FixedColumn {
  readonly data: Uint8Array | Float64Array | Int32Array | BigInt64Array;
  readonly put: (row: number, value: unknown) => void;
}

function fixedColumn(plan: ColumnPlan, rows: number): FixedColumn {
  if (plan.kind === 'boolean') {
    const data = new Uint8Array((rows + 7) >> 3);
    const put = (row: number, value: unknown): void => {
      if (value === true) data[row >> 3] = (data[row >> 3] ?? 0) | (1 << (row & 7));
    };
    return { data, put };
  }
  if (plan.kind === 'double') {
    const data = new Float64Array(rows);
    const put = (row: number, value: unknown): void => {
      data[row] = value instanceof ExactNumber ? Number(value.text) : Number(value);
    };
    return { data, put };
  }
  if (plan.kind === 'date') {
    const data = new Int32Array(rows);
    const put = (row: number, value: unknown): void => {
      data[row] = (value instanceof Date ? value.getTime() : Date.parse(String(value))) / DAY_MS;
    };
    return { data, put };
  }
  const data = new BigInt64Array(rows);
  const whole = (value: unknown): bigint => BigInt(value instanceof ExactNumber ? value.text : Number(value));
  const instant = (value: unknown): bigint =>
    value instanceof Date ? BigInt(Math.round(value.getTime())) * 1000n : micros(String(value));
  const convert = plan.kind === 'bigint' ? whole : instant;
  return { data, put: (row, value) => (data[row] = convert(value)) };
}

/** A member of an object that is its own: `constructor` is none unless the file says so. */
function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return Object.hasOwn(value, key) ? (value as PlainObject)[key] : null;
}

function nestedData(plan: ColumnPlan & { kind: 'struct' | 'list' }, values: readonly unknown[]): Data {
  const type = arrowType(plan);
  if (plan.kind === 'struct') {
    const children = plan.fields.map(({ key, plan: each }) =>
      columnData(
        each,
        values.map((value) => memberOf(value, key)),
      ),
    );
    const { validity, nulls } = fill(values, () => {});
    return new Data(type, 0, values.length, nulls, { [BufferType.VALIDITY]: validity }, children);
  }
  const offsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  let next = 0;
  const { validity, nulls } = fill(values, (row, value) => {
    while (next <= row) offsets[next++] = items.length;
    for (const item of value as readonly unknown[]) items.push(item);
  });
  while (next <= values.length) offsets[next++] = items.length;
  const buffers = { [BufferType.VALIDITY]: validity, [BufferType.OFFSET]: offsets };
  return new Data(type, 0, values.length, nulls, buffers, [columnData(plan.item, items)]);
}

export function columnData(plan: ColumnPlan, values: readonly unknown[]): Data {
  if (plan.kind === 'struct' || plan.kind === 'list') return nestedData(plan, values);
  return plan.kind === 'text' ? textData(values.map(valueText)) : fixedData(plan, values);
}

/** An Arrow IPC stream with one batch. */
export function arrowStream(
  columns: readonly { readonly name: string; readonly plan: ColumnPlan }[],
  values: readonly (readonly unknown[])[],
  rows: number,
): Uint8Array {
  const schema = new Schema(columns.map(({ name, plan }) => new Field(name, arrowType(plan), true)));
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  if (rows > 0) {
    const children = columns.map(({ plan }, index) => columnData(plan, values[index] ?? []));
    writer.write(new RecordBatch(schema, new Data(new Struct(schema.fields), 0, rows, 0, {}, children)));
  }
  return writer.finish().toUint8Array(true);
}
