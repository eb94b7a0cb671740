// Joins stretches of Arrow columns into one column with buffers of its own; must not know where they come from or go to.
import { BufferType, Data, DataType, Type, Uint8 as Uint8Type } from 'apache-arrow';
import type { Bool, Field } from 'apache-arrow';

/** `count` rows of `data`, from row `start` on. */
export interface Stretch {
  readonly data: Data;
  readonly start: number;
  readonly count: number;
}

type NumericArray = Int32Array | Uint8Array | Uint32Array | Float64Array | BigInt64Array;

const FIXED_WIDTH: ReadonlySet<Type> = new Set([
  Type.Int,
  Type.Float,
  Type.Decimal,
  Type.Date,
  Type.Time,
  Type.Timestamp,
  Type.Interval,
  Type.FixedSizeBinary,
]);

function rowsOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, stretch) => sum + stretch.count, 0);
}

function copyBits(target: Uint8Array, at: number, source: Uint8Array, from: number, count: number): void {
  if (at % 8 === 0 && from % 8 === 0) {
    target.set(source.subarray(from >> 3, (from + count + 7) >> 3), at >> 3);
    const end = at + count;
    if (end % 8 !== 0) target[end >> 3] = (target[end >> 3] ?? 0) & ((1 << (end % 8)) - 1);
    return;
  }
  for (let i = 0; i < count; i += 1) {
    const bit = ((source[(from + i) >> 3] ?? 0) >> ((from + i) % 8)) & 1;
    target[(at + i) >> 3] = (target[(at + i) >> 3] ?? 0) | (bit << ((at + i) % 8));
  }
}

function setBits(target: Uint8Array, at: number, count: number): void {
  for (let i = at; i < at + count; i += 1) target[i >> 3] = (target[i >> 3] ?? 0) | (1 << (i % 8));
}

function hasNulls(data: Data): boolean {
  return data.nullCount > 0 && data.nullBitmap.byteLength > 0;
}

/** Bitmap and number of NULLs; no bitmap where there are none. */
function joinValidity(
  stretches: readonly Stretch[],
  rows: number,
): { bitmap: Uint8Array | null; nullCount: number } {
  if (!stretches.some(({ data }) => hasNulls(data))) return { bitmap: null, nullCount: 0 };
  const bitmap = new Uint8Array((rows + 7) >> 3);
  let at = 0;
  for (const { data, start, count } of stretches) {
    if (hasNulls(data)) copyBits(bitmap, at, data.nullBitmap, data.offset + start, count);
    else setBits(bitmap, at, count);
    at += count;
  }
  let valid = 0;
  for (let byte of bitmap) for (; byte !== 0; byte &= byte - 1) valid += 1;
  return valid === rows ? { bitmap: null, nullCount: 0 } : { bitmap, nullCount: rows - valid };
}

function joinFixedWidth(stretches: readonly Stretch[], rows: number): NumericArray {
  const first = stretches[0] as Stretch;
  const stride = first.data.stride;
  const sample = first.data.values as NumericArray;
  const values = new (sample.constructor as new (length: number) => NumericArray)(rows * stride);
  let at = 0;
  for (const { data, start, count } of stretches) {
    const part = (data.values as NumericArray).subarray(start * stride, (start + count) * stride);
    values.set(part as never, at);
    at += count * stride;
  }
  return values;
}

function joinOffsets(stretches: readonly Stretch[], rows: number): Int32Array {
  const offsets = new Int32Array(rows + 1);
  let row = 0;
  for (const { data, start, count } of stretches) {
    const shift = (offsets[row] ?? 0) - (data.valueOffsets[start] ?? 0);
    for (let i = 1; i <= count; i += 1) offsets[row + i] = (data.valueOffsets[start + i] ?? 0) + shift;
    row += count;
  }
  return offsets;
}

function joinBytes(stretches: readonly Stretch[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { data, start, count } of stretches) {
    const part = (data.values as Uint8Array).subarray(
      data.valueOffsets[start],
      data.valueOffsets[start + count],
    );
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

function joinBooleans(stretches: readonly Stretch[], rows: number): Uint8Array {
  const bits = new Uint8Array((rows + 7) >> 3);
  let at = 0;
  for (const { data, start, count } of stretches) {
    copyBits(bits, at, data.values as Uint8Array, data.offset + start, count);
    at += count;
  }
  return bits;
}

/** Elements of the lists in each stretch, as stretches of the child column. */
function childStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.map(({ data, start, count }) => {
    const from = data.valueOffsets[start] ?? 0;
    return {
      data: data.children[0] as Data,
      start: from,
      count: (data.valueOffsets[start + count] ?? 0) - from,
    };
  });
}

function fieldStretches(stretches: readonly Stretch[], field: number): readonly Stretch[] {
  return stretches.map(({ data, start, count }) => ({ data: data.children[field] as Data, start, count }));
}

/**
 * One column of all the stretches' rows, with NULL bitmap only where there is a NULL, so that equal rows are equal
 * buffers however they were cut before. Needs at least one stretch; all of one type.
 * @throws TypeError for Arrow types an export never yields (dictionary, union, large or view types).
 */
export function joinColumn(type: DataType, stretches: readonly Stretch[]): Data {
  const rows = rowsOf(stretches);
  const { bitmap, nullCount } = joinValidity(stretches, rows);
  const validity = bitmap === null ? {} : { [BufferType.VALIDITY]: bitmap };
  if (FIXED_WIDTH.has(type.typeId)) {
    return new Data(type, 0, rows, nullCount, {
      ...validity,
      [BufferType.DATA]: joinFixedWidth(stretches, rows),
    });
  }
  if (DataType.isBool(type)) {
    // The Arrow writer leaves the bits of an all-NULL boolean column out, which the Parquet library refuses to read;
    // as bytes of the same length they are written.
    const written = nullCount === rows ? new Uint8Type() : type;
    return new Data<Uint8Type | Bool>(written, 0, rows, nullCount, {
      ...validity,
      [BufferType.DATA]: joinBooleans(stretches, rows),
    });
  }
  if (DataType.isUtf8(type) || DataType.isBinary(type)) {
    const offsets = joinOffsets(stretches, rows);
    const bytes = joinBytes(stretches, offsets[rows] ?? 0);
    return new Data(type, 0, rows, nullCount, {
      ...validity,
      [BufferType.OFFSET]: offsets,
      [BufferType.DATA]: bytes,
    });
  }
  if (DataType.isList(type) || DataType.isMap(type)) {
    const child = joinColumn((type.children[0] as Field).type, childStretches(stretches));
    const offsets = joinOffsets(stretches, rows);
    return new Data(type, 0, rows, nullCount, { ...validity, [BufferType.OFFSET]: offsets }, [child]);
  }
  if (DataType.isStruct(type)) {
    const children = type.children.map((field, i) => joinColumn(field.type, fieldStretches(stretches, i)));
    return new Data(type, 0, rows, nullCount, validity, children);
  }
  throw new TypeError(`Arrow type ${String(type)} has no place in an export`);
}
