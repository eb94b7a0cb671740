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

export type Bucket =
  | { readonly kind: 'exact' }
  | { readonly kind: 'step'; readonly start: number; readonly step: number; readonly digits: number }
  | { readonly kind: 'calendar'; readonly unit: string };

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

/** 1, 2 or 5 times a power of ten, at least `width`. */
function niceStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 5, 10].find((each) => each * power >= width * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function digitsOf(step: number): number {
  return Math.min(15, Math.max(0, -Math.floor(Math.log10(step)) + 1));
}

function numberSteps({ min, max }: AxisFacts, wanted: number, isWhole: boolean): Bucket {
  const [least, most] = [Number(min), Number(max)];
  const width = (most - least) / wanted;
  if (!Number.isFinite(width) || width <= 0) return { kind: 'exact' };
  const step = isWhole ? Math.max(1, niceStep(width)) : niceStep(width);
  return { kind: 'step', start: Math.floor(least / step) * step, step, digits: digitsOf(step) };
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

/** Only values that have a place on an axis: no NULL, NaN or infinity. */
export function isUsable(column: ColumnType, expression: string): string {
  return axisKindOf(column) === 'category' ? `${expression} IS NOT NULL` : `isfinite(${expression})`;
}

/** The start of the bucket that an expression falls into. */
export function bucketSql(bucket: Bucket, expression: string): string {
  if (bucket.kind === 'exact') return expression;
  if (bucket.kind === 'calendar') return `date_trunc('${bucket.unit}', ${expression})`;
  const { start, step, digits } = bucket;
  const [from, width] = [numberLiteral(start), numberLiteral(step)];
  return `round(${from} + floor((${expression} - ${from}) / ${width}) * ${width}, ${digits})`;
}

/** Where the bucket that starts at `from` ends; milliseconds for times. */
export function bucketEnd(bucket: Bucket, from: number): number {
  if (bucket.kind === 'step') return Number((from + bucket.step).toFixed(bucket.digits));
  if (bucket.kind === 'exact') return from;
  const date = new Date(from);
  const months = { month: 1, quarter: 3, year: 12, decade: 120, century: 1200 }[bucket.unit];
  if (months !== undefined) return date.setUTCMonth(date.getUTCMonth() + months);
  return from + (UNITS.find(([unit]) => unit === bucket.unit)?.[1] ?? 0);
}
