// How values on an axis fall together: as they are, in equal steps, or by calendar; must not know the chart.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue, ColumnType } from '../engine/contract.ts';
import { kindOf } from '../profile/column-kind.ts';
import { axisKindOf } from './chart-fault.ts';

/** First look at the column of an axis, as the engine told. */
export interface AxisFacts {
  /** Rows with a value that can be drawn. */
  readonly usable: number;
  readonly distinct: number;
  readonly min: CellValue;
  readonly max: CellValue;
}

/** Buckets of the width `mantissa` · 10^`exponent`, each from one of its multiples to before the next. */
export interface StepBucket {
  readonly kind: 'step';
  readonly mantissa: number;
  readonly exponent: number;
  /** Counted in whole numbers, which keeps every digit; else in DOUBLE. */
  readonly isWhole: boolean;
}

export type Bucket =
  { readonly kind: 'exact' } | StepBucket | { readonly kind: 'calendar'; readonly unit: string };

/** Approximate lengths in milliseconds; calendar arithmetic is left to the engine. */
const UNITS: readonly (readonly [string, number])[] = [
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
  ['week', 7 * 86_400_000],
  ['month', 30.4 * 86_400_000],
  ['quarter', 91.3 * 86_400_000],
  ['year', 365.2 * 86_400_000],
  ['decade', 3652 * 86_400_000],
  ['century', 36_525 * 86_400_000],
];

const MOMENT = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?/;

/** Milliseconds since 1970 (UTC) of a DATE or TIMESTAMP as pages give it; null beyond the years 0 to 9999. */
export function momentOf(value: CellValue): number | null {
  const match = typeof value === 'string' && !value.includes('BC') ? MOMENT.exec(value) : null;
  if (!match) return null;
  const [, year = '0', month = '1', day = '1', hour = '0', minute = '0', second = '0', part = '0'] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Math.floor(Number(`0.${part}`) * 1000));
  return date.getTime();
}

/** A width is 1, 2 or 5 times a power of ten, at least `width`. */
function niceStep(width: number): { readonly mantissa: number; readonly exponent: number } {
  const exponent = Math.floor(Math.log10(width));
  for (const mantissa of [1, 2, 5])
    if (Number(`${mantissa}e${exponent}`) >= width * (1 - 1e-9)) return { mantissa, exponent };
  return { mantissa: 1, exponent: exponent + 1 };
}

/** Steps from zero up to which neighbouring multiples are told apart safely in DOUBLE. */
const MOST_STEPS = 2 ** 50;
/** Beyond it a step more could leave DOUBLE or HUGEINT. */
const LARGEST_STEP = 5e307;
const LARGEST_WHOLE = 2 ** 126;

/** Whole numbers come in all their digits, where a difference of DOUBLE could be 0. */
function rangeOf({ min, max }: AxisFacts, parts: number, isInteger: boolean): number {
  if (isInteger && min !== null && max !== null)
    return Number(BigInt(String(max)) - BigInt(String(min))) / parts;
  return Number(max) / parts - Number(min) / parts;
}

function numberSteps(facts: AxisFacts, wanted: number, isInteger: boolean): Bucket {
  const range = rangeOf(facts, wanted, isInteger);
  if (!(range > 0)) return { kind: 'exact' };
  const [least, most] = [Number(facts.min), Number(facts.max)];
  const farthest = Math.max(Math.abs(least), Math.abs(most));
  const isWhole = isInteger && farthest < LARGEST_WHOLE;
  const width = Math.max(range, isWhole ? 1 : farthest / MOST_STEPS);
  return { kind: 'step', ...niceStep(Math.min(width, LARGEST_STEP)), isWhole };
}

function calendar({ min, max }: AxisFacts, wanted: number, isDate: boolean): Bucket {
  const [least, most] = [momentOf(min), momentOf(max)];
  if (least === null || most === null || most <= least) return { kind: 'exact' };
  const units = isDate ? UNITS.slice(3) : UNITS;
  const unit = units.find(([, length]) => (most - least) / length <= wanted) ?? units.at(-1);
  return { kind: 'calendar', unit: unit?.[0] ?? 'year' };
}

/** About `wanted` buckets of a column of numbers or times. */
export function chooseBucket(column: ColumnType, facts: AxisFacts, wanted: number): Bucket {
  const kind = kindOf(column.type);
  return axisKindOf(column) === 'time'
    ? calendar(facts, wanted, kind === 'date')
    : numberSteps(facts, wanted, kind === 'integer');
}

export function numberLiteral(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}

/** The column as the engine computes with it: DOUBLE, DATE or TIMESTAMP, or text. */
export function plainValue(column: ColumnType): string {
  const name = quoteIdentifier(column.name);
  if (/^TIMESTAMP.*TIME ZONE|^TIMESTAMPTZ/.test(column.type)) return `make_timestamp(epoch_us(${name}))`;
  switch (axisKindOf(column)) {
    case 'number':
      return `TRY_CAST(${name} AS DOUBLE)`;
    case 'time':
      return name;
    case 'category':
      return `CAST(${name} AS VARCHAR)`;
  }
}

/** As `plainValue`, but numbers as they are, in all their digits. */
export function ownValue(column: ColumnType): string {
  return axisKindOf(column) === 'number' ? quoteIdentifier(column.name) : plainValue(column);
}

/** Only values that have a place on an axis: no NULL, NaN or infinity. */
export function isUsable(column: ColumnType, expression: string): string {
  return axisKindOf(column) === 'category' ? `${expression} IS NOT NULL` : `isfinite(${expression})`;
}

/** Powers of ten up to this one are whole numbers in DOUBLE, so that a quotient by them is the decimal it is written as. */
const MOST_EXACT_POWER = 22;

function sizeOf({ mantissa, exponent }: StepBucket): number {
  return Number(`${mantissa}e${exponent}`);
}

function isQuotient({ exponent }: StepBucket): boolean {
  return exponent < 0 && exponent >= -MOST_EXACT_POWER;
}

/** The multiple of a step, computed as `stepSql` computes it, to the last bit. */
function stepEdge(bucket: StepBucket, index: number): number {
  return isQuotient(bucket)
    ? (index * bucket.mantissa) / Number(`1e${-bucket.exponent}`)
    : index * sizeOf(bucket);
}

/** The nearest multiple, or the one before where the nearest lies above: a quotient may be off in its last digit. */
function stepSql(bucket: StepBucket, column: ColumnType): string {
  if (bucket.isWhole) {
    const [value, size] = [`CAST(${quoteIdentifier(column.name)} AS HUGEINT)`, BigInt(sizeOf(bucket))];
    return size === 1n ? value : `${value} - (${value} % ${size} + ${size}) % ${size}`;
  }
  const value = plainValue(column);
  const nearest = `round(${value} / ${numberLiteral(sizeOf(bucket))})`;
  const edge = (index: string): string =>
    isQuotient(bucket)
      ? `${index} * ${bucket.mantissa} / ${numberLiteral(Number(`1e${-bucket.exponent}`))}`
      : `${index} * ${numberLiteral(sizeOf(bucket))}`;
  return `CASE WHEN ${edge(nearest)} <= ${value} THEN ${edge(nearest)} ELSE ${edge(`(${nearest} - 1)`)} END`;
}

/** The start of the bucket that a column's value falls into. */
export function bucketSql(bucket: Bucket, column: ColumnType): string {
  switch (bucket.kind) {
    case 'exact':
      return ownValue(column);
    case 'calendar':
      return `date_trunc('${bucket.unit}', ${plainValue(column)})`;
    case 'step':
      return stepSql(bucket, column);
  }
}

/** Where the bucket of numbers that starts at `from`, as the engine gave it, ends; text where a number would lose digits. */
export function stepEnd(bucket: StepBucket, from: number | string): number | string {
  if (!bucket.isWhole) return stepEdge(bucket, Math.round(Number(from) / sizeOf(bucket)) + 1);
  const end = BigInt(from) + BigInt(sizeOf(bucket));
  return Number.isSafeInteger(Number(end)) ? Number(end) : String(end);
}

/** Where the bucket of times that starts at `from` ends, both in milliseconds. */
export function calendarEnd(unit: string, from: number): number {
  const date = new Date(from);
  const months = { month: 1, quarter: 3, year: 12, decade: 120, century: 1200 }[unit];
  if (months !== undefined) return date.setUTCMonth(date.getUTCMonth() + months);
  return from + (UNITS.find(([each]) => each === unit)?.[1] ?? 0);
}
