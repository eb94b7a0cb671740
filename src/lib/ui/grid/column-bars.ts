// The bars over a column: bins or top values, what else there is, NULLs; and the filter that choosing some of them makes. Must not know how they are drawn.
import type { CellValue } from '../../engine/contract.ts';
import type { FilterClause } from '../../filter/filter-types.ts';
import type { ColumnProfile } from '../../profile/profile-types.ts';
import type { ColumnFigures } from '../../session/look-view-types.ts';
import { formatCount } from '../primitives/figures.ts';
import { valueWords } from './value-words.ts';

export interface Bar {
  /** `present`: everything but NULL, where values are not counted one by one. */
  readonly kind: 'bin' | 'value' | 'other' | 'present' | 'null';
  readonly label: string;
  /** Rows of the whole result. */
  readonly count: number;
  /** Rows that the filters on other columns leave; null where there are none. */
  readonly left: number | null;
  /** Ends of a bin, or twice the value. */
  readonly from: CellValue;
  readonly to: CellValue;
  /** The last bin holds its upper end. */
  readonly isLast: boolean;
}

function plainBar(kind: Bar['kind'], label: string, count: number, left: number | null): Bar {
  return { kind, label, count, left, from: null, to: null, isLast: false };
}

type BarCount = Pick<Bar, 'count' | 'left'>;

function binBars({ histogram }: ColumnProfile, { filtered }: ColumnFigures): readonly Bar[] {
  const bins = histogram?.bins ?? [];
  return bins.map(({ from, to, count }, index) => ({
    kind: 'bin',
    label: from === to ? valueWords(from) : `${valueWords(from)} to ${valueWords(to)}`,
    count,
    left: filtered === null ? null : (filtered.bins[index] ?? 0),
    from,
    to,
    isLast: index === bins.length - 1,
  }));
}

/** Numbers and times are shown by their histogram; everything else by its most frequent values. */
function hasHistogram({ histogram }: ColumnProfile): boolean {
  return histogram !== null && histogram.bins.length > 0;
}

function valueBars(profile: ColumnProfile, { filtered, whole }: ColumnFigures): readonly Bar[] {
  const bars = profile.top.map(({ value, count }, index): Bar => ({
    kind: 'value',
    label: valueWords(value),
    count: whole?.top[index] ?? count,
    left: filtered === null ? null : (filtered.top[index] ?? 0),
    from: value,
    to: value,
    isLast: false,
  }));
  const sum = (of: (bar: BarCount) => number) => bars.reduce((all, bar) => all + of(bar), 0);
  const present = profile.rows - profile.nulls;
  const others = present - sum(({ count }) => count);
  if (bars.length === 0 || others <= 0) return bars;
  const left = filtered === null ? null : filtered.rows - filtered.nulls - sum((bar) => bar.left ?? 0);
  return [...bars, plainBar('other', 'all other values', others, left)];
}

/** Left to right; NULLs come last. Empty while nothing is known, and where values are not counted one by one. */
export function barsOf(figures: ColumnFigures): readonly Bar[] {
  const { profile, filtered } = figures;
  if (profile === null) return [];
  const bars = hasHistogram(profile) ? binBars(profile, figures) : valueBars(profile, figures);
  if (profile.nulls === 0) return bars;
  const left = filtered === null ? null : filtered.nulls;
  const nullBar = plainBar('null', 'NULL', profile.nulls, left);
  if (bars.length > 0 || profile.nulls === profile.rows) return [...bars, nullBar];
  const present = filtered === null ? null : filtered.rows - filtered.nulls;
  return [plainBar('present', 'any value', profile.rows - profile.nulls, present), nullBar];
}

/** The count by which the others are drawn: all other values together would dwarf each of those that are shown. */
export function highestOf(bars: readonly Bar[]): number {
  return Math.max(1, ...bars.map(({ kind, count }) => (kind === 'other' ? 0 : count)));
}

/** Whether a bar's rows are among those that the column's own filter leaves, as far as bars can show it. */
export function isChosen(bar: Bar, clause: FilterClause | null, bars: readonly Bar[]): boolean {
  if (clause === null) return false;
  const chosen = chosenRange(clause, bars);
  if (chosen !== null) return bars.indexOf(bar) >= chosen[0] && bars.indexOf(bar) <= chosen[1];
  if (clause.kind === 'null') return (bar.kind === 'null') === clause.isNull;
  const isOneValue =
    bar.kind === 'null' || bar.kind === 'value' || (bar.kind === 'bin' && bar.from === bar.to);
  return clause.kind === 'in' && isOneValue && clause.values.includes(bar.from);
}

/** First and last bin of a range that was chosen by bars. */
function chosenRange(clause: FilterClause, bars: readonly Bar[]): readonly [number, number] | null {
  if (clause.kind !== 'range') return null;
  const first = bars.findIndex((bar) => bar.kind === 'bin' && bar.from === clause.low);
  const last = bars.findIndex((bar) => bar.kind === 'bin' && bar.to === clause.high);
  return first < 0 || last < first ? null : [first, last];
}

function sameClause(a: FilterClause | null, b: FilterClause | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function rangeOf(column: string, first: Bar, last: Bar): FilterClause {
  if (first === last && first.from === first.to) return { kind: 'in', column, values: [first.from] };
  return { kind: 'range', column, low: first.from, high: last.to, includesHigh: last.isLast };
}

/**
 * The clause after bars `from` to `to` (inclusive, in any order) were chosen: bins make a range, values a list to which a single
 * one is added or from which it is taken. Choosing what is chosen takes the filter back (null); undefined where nothing changes.
 */
export function chooseBars(
  column: string,
  bars: readonly Bar[],
  clause: FilterClause | null,
  from: number,
  to: number,
): FilterClause | null | undefined {
  const among = bars.slice(Math.min(from, to), Math.max(from, to) + 1);
  if (among.some(({ kind }) => kind === 'present')) {
    const isTaken = clause?.kind === 'null' && !clause.isNull;
    return among.length > 1 || isTaken ? null : { kind: 'null', column, isNull: false };
  }
  const bins = among.filter(({ kind }) => kind === 'bin');
  const [first, last] = [bins[0], bins.at(-1)];
  const next =
    first && last
      ? rangeOf(column, first, last)
      : chooseValues(
          column,
          among.filter(({ kind }) => kind === 'value' || kind === 'null').map((bar) => bar.from),
          clause,
        );
  return next !== undefined && sameClause(next, clause) ? null : next;
}

function chooseValues(
  column: string,
  values: readonly CellValue[],
  clause: FilterClause | null,
): FilterClause | null | undefined {
  const [single] = values;
  if (single === undefined) return undefined;
  const had = clause?.kind === 'in' && !clause.isExcluded ? clause.values : [];
  if (values.length > 1) return { kind: 'in', column, values };
  const next = had.includes(single) ? had.filter((value) => value !== single) : [...had, single];
  return next.length === 0 ? null : { kind: 'in', column, values: next };
}

/** `20 to 30: 1,204 rows, 12 % of all`, and what is left of them. */
export function barWords(bar: Bar, rows: number, share: (part: number) => string): string {
  const of = rows === 0 ? '' : `, ${share(bar.count / rows)}`;
  const all = `${bar.label}: ${formatCount(bar.count)} ${bar.count === 1 ? 'row' : 'rows'}${of}`;
  return bar.left === null ? all : `${all}; ${formatCount(bar.left)} left by the filters`;
}
