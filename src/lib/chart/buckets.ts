// How values on an axis fall together: as they are, in equal steps, or by calendar; must not know the chart.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue, ColumnType } from '../engine/contract.ts';
import { daysFromCivil, formatDay, formatDayTime } from '../profile/calendar.ts';
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
  | { readonly kind: 'exact' }
  | StepBucket
  | {
      readonly kind: 'calendar';
      readonly unit: string;
      /** Whether years before 1 are among the values: the engine cuts them towards the year 0. */
      readonly hasBefore: boolean;
    };

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
  ['millennium', 365_243 * 86_400_000],
];

const DAY = 86_400_000;
/** What a Date can be, either way from 1970. */
const LARGEST_DATE = 8.64e15;
const MOMENT = /^(\d{4,})-(\d\d)-(\d\d)( \(BC\))?(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?/;

/** Milliseconds since 1970 (UTC) of any DATE or TIMESTAMP as pages give it; null for infinity and what is none. */
function epochOf(value: CellValue): number | null {
  const match = typeof value === 'string' ? MOMENT.exec(value) : null;
  if (!match) return null;
  const [, year = '0', month = '1', day = '1', bc, hour = '0', minute = '0', second = '0', part = '0'] =
    match;
  const days = daysFromCivil({
    year: bc === undefined ? Number(year) : 1 - Number(year),
    month: Number(month),
    day: Number(day),
  });
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  return days * DAY + seconds * 1000 + Math.floor(Number(`0.${part}`) * 1000);
}

/** As `epochOf`; null too for what no Date can be: years beyond 271,821 BC and 275,760. */
export function momentOf(value: CellValue): number | null {
  const epoch = epochOf(value);
  return epoch === null || Math.abs(epoch) > LARGEST_DATE ? null : epoch;
}

/** `2016-02-03 07:55:29`, as the engine reads it; years before 1 as `0044-03-15 (BC) 00:00:00`. */
export function momentText(moment: number): string {
  const days = Math.floor(moment / DAY);
  return `${formatDay(days)} ${formatDayTime(Math.floor((moment - days * DAY) / 1000) * 1_000_000)}`;
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

const YEAR_1 = daysFromCivil({ year: 1, month: 1, day: 1 }) * DAY;

function calendar({ min, max }: AxisFacts, wanted: number, isDate: boolean): Bucket {
  const [least, most] = [epochOf(min), epochOf(max)];
  if (least === null || most === null || most <= least) return { kind: 'exact' };
  const units = isDate ? UNITS.slice(3) : UNITS;
  const unit = units.find(([, length]) => (most - least) / length <= wanted) ?? units.at(-1);
  return { kind: 'calendar', unit: unit?.[0] ?? 'year', hasBefore: least < YEAR_1 };
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

const YEARS: Readonly<Record<string, number>> = { decade: 10, century: 100, millennium: 1000 };

/** NULL for what no Date can be, DATEs beyond the range of TIMESTAMP among it. */
function calendarSql({ unit, hasBefore }: Extract<Bucket, { kind: 'calendar' }>, column: ColumnType): string {
  const plain = plainValue(column);
  const value = column.type === 'DATE' ? `TRY_CAST(${plain} AS TIMESTAMP)` : plain;
  const years = YEARS[unit];
  if (years === undefined || !hasBefore) return `date_trunc('${unit}', ${value})`;
  const earlier = `WHEN year(${value}) > -271000 THEN ${value} - INTERVAL ${years - 1} YEAR`;
  return `date_trunc('${unit}', CASE WHEN year(${value}) >= 0 THEN ${value} ${earlier} END)`;
}

/** The start of the bucket that a column's value falls into. */
export function bucketSql(bucket: Bucket, column: ColumnType): string {
  switch (bucket.kind) {
    case 'exact':
      return ownValue(column);
    case 'calendar':
      return calendarSql(bucket, column);
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
  const months = { month: 1, quarter: 3, year: 12 }[unit] ?? (YEARS[unit] ?? 0) * 12;
  const end =
    months === 0
      ? from + (UNITS.find(([each]) => each === unit)?.[1] ?? 0)
      : date.setUTCMonth(date.getUTCMonth() + months);
  return end <= LARGEST_DATE ? end : LARGEST_DATE;
}
