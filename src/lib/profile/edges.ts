// Where the bins of a histogram begin and end: readable numbers and calendar units, at most 41 bins; must not know SQL.
import { civilFromDays, DAY_MICROS, daysFromCivil } from './calendar.ts';
import type { ColumnKind, Histogram } from './profile-types.ts';

const MOST_BINS = 40;

export interface BinPlan {
  readonly rule: Histogram['rule'];
  /** Ascending, one more than bins; empty where all values are one. */
  readonly edges: readonly number[];
}

export interface Spread {
  readonly low: number;
  readonly high: number;
  readonly interquartileRange: number;
  /** Values that are neither NULL nor infinite. */
  readonly count: number;
}

/**
 * Number of bins by the width 2·IQR·n^(−1/3) (Freedman & Diaconis 1981); where the middle half is one value, ⌈log2 n⌉ + 1
 * (Sturges 1926).
 */
function countBins({
  low,
  high,
  interquartileRange,
  count,
}: Spread): Pick<BinPlan, 'rule'> & { bins: number } {
  const width = 2 * (interquartileRange / Math.cbrt(count));
  const [rule, bins] =
    width > 0
      ? (['freedman-diaconis', Math.ceil(high / width - low / width)] as const)
      : (['sturges', Math.ceil(Math.log2(count)) + 1] as const);
  return { rule, bins: Math.max(1, Math.min(MOST_BINS, bins)) };
}

/** The smallest of 1, 2, 5 × 10^n that is at least `width` (Heckbert, "Nice Numbers for Graph Labels", 1990). */
function niceStep(width: number): { readonly mantissa: number; readonly exponent: number } {
  const exponent = Math.floor(Math.log10(width));
  for (const mantissa of [1, 2, 5]) {
    if (Number(`${mantissa}e${exponent}`) >= width) return { mantissa, exponent };
  }
  return { mantissa: 1, exponent: exponent + 1 };
}

/** Within the range of doubles, each once, the first bin not empty. */
function tidy(edges: readonly number[], low: number): readonly number[] {
  const within = edges.map((edge) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, edge)));
  const distinct = within.filter((edge, index) => edge !== within[index - 1]);
  const first = distinct.findLastIndex((edge) => edge <= low);
  return distinct.slice(Math.max(0, first));
}

/** Multiples of a step from at most `low` to above `high`; the quotient may be off by one in its last digit. */
function multiples(
  low: number,
  high: number,
  step: (index: number) => number,
  size: number,
): readonly number[] {
  const first = Math.floor(low / size) - 1;
  const edges: number[] = [];
  for (let index = first; index <= first + MOST_BINS + 3; index++) {
    edges.push(step(index));
    if (step(index) > high) break;
  }
  return tidy(edges, low);
}

function numberEdges(low: number, high: number, bins: number, least: number): readonly number[] {
  const width = Math.max(least, high / bins - low / bins);
  if (!Number.isFinite(width)) return [low, high];
  const { mantissa, exponent } = niceStep(width);
  const decimal = (index: number) => Number(`${BigInt(index) * BigInt(mantissa)}e${exponent}`);
  const size = Number(`${mantissa}e${exponent}`);
  // Beyond 2^53 steps from zero, neighbouring multiples cannot be told apart: plain fractions of the range instead.
  if (Math.max(Math.abs(low), Math.abs(high)) / size > Number.MAX_SAFE_INTEGER) return [low, high];
  return multiples(low, high, decimal, size);
}

const SECOND = 1_000_000;
const CLOCK_STEPS = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map((s) => s * SECOND);
const DAY_STEPS = [1, 2, 7];
const MONTH_STEPS = [1, 3, 6];
const MONTH_DAYS = 30.436875;
/** A Monday, at which weeks begin (ISO 8601). */
const MONDAY = 4;

function monthEdges(low: number, high: number, width: number): readonly number[] {
  const months = width / MONTH_DAYS;
  const { mantissa, exponent } = niceStep(Math.max(1, months / 12));
  const step = MONTH_STEPS.find((size) => size >= months) ?? 12 * mantissa * 10 ** exponent;
  const monthOf = (day: number) => {
    const { year, month } = civilFromDays(Math.floor(day));
    return year * 12 + month - 1;
  };
  const dayOf = (month: number) =>
    daysFromCivil({ year: Math.floor(month / 12), month: month - Math.floor(month / 12) * 12 + 1, day: 1 });
  const edges = [Math.floor(monthOf(low) / step) * step];
  while (dayOf(edges.at(-1) ?? 0) <= high) edges.push((edges.at(-1) ?? 0) + step);
  return edges.map(dayOf);
}

/** Edges in days; weeks begin on Monday, months and years on their first day. */
function dayEdges(low: number, high: number, bins: number): readonly number[] {
  const width = (high - low) / bins;
  const size = DAY_STEPS.find((days) => days >= width);
  if (size === undefined) return monthEdges(low, high, width);
  const offset = size === 7 ? MONDAY : 0;
  return multiples(low - offset, high - offset, (index) => index * size, size).map((edge) => edge + offset);
}

/** Edges in microseconds. */
function momentEdges(low: number, high: number, bins: number): readonly number[] {
  const width = (high - low) / bins;
  if (width <= SECOND / 2) return numberEdges(low, high, bins, 1);
  const size = CLOCK_STEPS.find((micros) => micros >= width);
  if (size !== undefined) return multiples(low, high, (index) => index * size, size);
  return dayEdges(low / DAY_MICROS, high / DAY_MICROS, bins).map((day) => day * DAY_MICROS);
}

/** Bins of equal width (of equal calendar length for months and years) that hold every value. */
export function planBins(kind: ColumnKind, spread: Spread): BinPlan {
  const { low, high } = spread;
  if (low === high) return { rule: 'single-value', edges: [] };
  const { rule, bins } = countBins(spread);
  if (kind === 'date') return { rule, edges: dayEdges(low, high, bins) };
  if (kind === 'timestamp' || kind === 'time') return { rule, edges: momentEdges(low, high, bins) };
  return { rule, edges: numberEdges(low, high, bins, kind === 'integer' ? 1 : 0) };
}
