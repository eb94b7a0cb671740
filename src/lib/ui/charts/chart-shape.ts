// What a chart's data decide of its form: order of names, colours, words of a mark; must not know the drawing library.
import type { ChartAxis, ChartData, ChartPoint } from '../../chart/chart-data-types.ts';

export const SERIES_COLOURS: readonly string[] = Array.from(
  { length: 8 },
  (_, index) => `var(--chart-${index + 1})`,
);
export const HEAT_COLOURS: readonly string[] = Array.from(
  { length: 6 },
  (_, index) => `var(--heat-${index + 1})`,
);

export function colourOf(data: ChartData): (point: ChartPoint) => string {
  const { series, valueLabel, points } = data;
  if (valueLabel !== null) {
    const { least, most } = heatEnds(points);
    return ({ value = least }) => {
      const share = most > least ? (value - least) / (most - least) : 1;
      return HEAT_COLOURS[Math.min(HEAT_COLOURS.length - 1, Math.floor(share * HEAT_COLOURS.length))] ?? '';
    };
  }
  const places = new Map(series?.values.map((value, index) => [value, index]));
  return (point) => SERIES_COLOURS[places.get(point.series ?? '') ?? 0] ?? SERIES_COLOURS[0] ?? '';
}

/** Least and most of what the colour says. */
export function heatEnds(points: readonly ChartPoint[]): { readonly least: number; readonly most: number } {
  const values = points.flatMap(({ value }) => value ?? []);
  return {
    least: values.reduce((a, b) => Math.min(a, b), Infinity),
    most: values.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

const OTHERS = '(others)';
const nameOrder = new Intl.Collator('en', { numeric: true });

/** Those of x as the engine ordered them, those of y by name; what is gathered comes last. */
export function categories(points: readonly ChartPoint[], axis: 'x' | 'y'): readonly string[] {
  const names = [...new Set(points.map((point) => String(point[axis] ?? '')))];
  const ordered = axis === 'y' ? names.sort(nameOrder.compare) : names;
  return [...ordered.filter((name) => name !== OTHERS), ...ordered.filter((name) => name === OTHERS)];
}

export function onAxis(
  axis: ChartAxis,
  value: number | string | undefined,
): Date | number | string | undefined {
  if (axis.kind === 'time' && typeof value === 'number') return new Date(value);
  return axis.kind === 'category' && value !== undefined ? String(value) : value;
}

const numberFormat = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** As the grid shows it: `2016-02-03 07:55`, `12016-02-03`, `0044-03-15 (BC)`; the year 0 is 1 BC. */
export function momentWords(moment: number): string {
  const date = new Date(moment);
  const [, day = '', time = ''] = /^[+-]?\d{4,6}(-\d\d-\d\d)T([\d:]{8})/.exec(date.toISOString()) ?? [];
  const year = date.getUTCFullYear();
  const written = `${String(year > 0 ? year : 1 - year).padStart(4, '0')}${day}${year > 0 ? '' : ' (BC)'}`;
  return time === '00:00:00' ? written : `${written} ${time.replace(/:00$/, '')}`;
}

function words(axis: ChartAxis, value: number | string | undefined): string {
  if (axis.kind === 'time' && typeof value === 'number') return momentWords(value);
  return typeof value === 'number' ? numberFormat.format(value) : (value ?? '');
}

/** What a mark says in words, for its tip and its name. */
export function pointWords(data: ChartData, point: ChartPoint): string {
  const x = words(data.x, point.x);
  const to = point.x2 === undefined ? '' : ` to ${words(data.x, point.x2)}`;
  const at = [`${data.x.label} ${x}${to}`, ...(point.series === undefined ? [] : [point.series])];
  if (point.box) {
    const { low, q1, median, q3, high } = point.box;
    const figures = [low, q1, median, q3, high].map((each) => numberFormat.format(each)).join(', ');
    return `${x}: ${figures} (low, quarter, median, three quarters, high)`;
  }
  if (point.value !== undefined)
    return `${at.join(', ')}, ${data.y.label} ${words(data.y, point.y)}; ${data.valueLabel ?? ''} ${numberFormat.format(point.value)}`;
  return `${at.join(', ')}; ${data.y.label} ${words(data.y, point.y)}`;
}

/** Counts and sums add up: their colours stand on each other. Means and the like stand side by side. */
export function addsUp(data: ChartData): boolean {
  return data.y.label === 'rows' || data.y.label.startsWith('sum of ');
}

/** Long or many names read better beside the bars than below them. */
export function isHorizontal({ mark, x, points }: ChartData): boolean {
  if (x.kind !== 'category' || (mark !== 'bar' && mark !== 'box')) return false;
  const names = categories(points, 'x');
  return names.length > 9 || names.some((name) => name.length > 9);
}
