// A chart in sentences: what it shows, what it leaves out; for whoever does not see it, and for whoever does.
import type { ChartMark } from '../notebook/chart-cell-types.ts';
import { momentText } from './buckets.ts';
import type { ChartData, ChartPoint } from './chart-data-types.ts';
import { MOST_CATEGORIES, MOST_POINTS, MOST_SERIES, OTHERS, type ChartPlan } from './chart-sql.ts';
import type { ChartFacts } from './plan-chart.ts';

const NAMES: Readonly<Record<ChartMark, string>> = {
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
  scatter: 'Scatter plot',
  histogram: 'Histogram',
  box: 'Box plot',
  heatmap: 'Heat map',
};

const count = (value: number): string => value.toLocaleString('en-US');
const figure = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 5 });
const rowsOf = (value: number): string => `${count(value)} ${value === 1 ? 'row' : 'rows'}`;

/** What is left out, gathered or sampled; `marks`: how many there were before the answer was cut. */
export function chartNotes(
  plan: ChartPlan,
  facts: ChartFacts,
  points: readonly (ChartPoint | null)[],
  marks: number,
): readonly string[] {
  const { settings, x, y, series, stride, xBucket, yBucket } = plan;
  const notes: string[] = [];
  const leaves = (name: string, usable: number): void => {
    if (usable < facts.rows)
      notes.push(
        `${rowsOf(facts.rows - usable)} without a finite value of ${name} ${facts.rows - usable === 1 ? 'is' : 'are'} left out.`,
      );
  };
  if (x && facts.x && (xBucket || settings.mark === 'scatter')) leaves(x.name, facts.x.usable);
  if (y && facts.y && (yBucket || ['scatter', 'box'].includes(settings.mark))) leaves(y.name, facts.y.usable);
  if (stride > 1)
    notes.push(
      `A sample: about one row in ${count(stride)} is drawn, chosen by hash, at most ${count(MOST_POINTS)}.`,
    );
  if (marks > points.length)
    notes.push(
      `The first ${count(points.length)} of ${count(marks)} marks are drawn; filter the rows to see the others.`,
    );
  for (const role of ['x', 'y'] as const) {
    if (!points.some((point) => point?.[role] === OTHERS)) continue;
    const all = Math.max(facts[role]?.distinct ?? 0, MOST_CATEGORIES + 1);
    notes.push(
      `The ${MOST_CATEGORIES} largest of about ${count(all)} values of ${plan[role]?.name ?? role} are shown; all others are drawn together as ${OTHERS}.`,
    );
  }
  if (series && points.some((point) => point?.series === OTHERS))
    notes.push(
      `The ${MOST_SERIES} most frequent values of ${series.name} have a colour; all others are ${OTHERS}.`,
    );
  const beyond = points.reduce((sum, point) => sum + (point?.box?.outliers ?? 0), 0);
  if (beyond > 0)
    notes.push(
      `${count(beyond)} ${beyond === 1 ? 'value' : 'values'} beyond the whiskers ${beyond === 1 ? 'is' : 'are'} not drawn; the table has their number and the extremes.`,
    );
  const unplaced = points.filter((point) => point === null).length;
  if (unplaced > 0)
    notes.push(`${rowsOf(unplaced)} of the answer ${unplaced === 1 ? 'has' : 'have'} no place on the axes.`);
  return notes;
}

function placeWords(value: number | string | undefined, kind: string): string {
  if (typeof value !== 'number') return value ?? '';
  return kind === 'time' ? momentText(value).replace(/ [\d:]+$/, '') : figure(value);
}

function endsOf(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
}

function extremes(points: readonly ChartPoint[], data: Pick<ChartData, 'mark' | 'x' | 'y'>): string {
  const valued = points.flatMap((point) => {
    const value = point.value ?? point.box?.median ?? point.y;
    return typeof value === 'number' ? [{ point, value }] : [];
  });
  const [first] = valued;
  if (!first) return '';
  if (data.mark === 'scatter') {
    const [left, right] = endsOf(points.flatMap(({ x }) => (typeof x === 'number' ? [x] : [])));
    const [low, high] = endsOf(valued.map(({ value }) => value));
    return ` ${data.x.label} from ${placeWords(left, data.x.kind)} to ${placeWords(right, data.x.kind)}, ${data.y.label} from ${placeWords(low, data.y.kind)} to ${placeWords(high, data.y.kind)}.`;
  }
  const least = valued.reduce((a, b) => (b.value < a.value ? b : a), first);
  const most = valued.reduce((a, b) => (b.value > a.value ? b : a), first);
  const at = ({ point }: typeof first): string =>
    [
      placeWords(point.x, data.x.kind),
      ...(point.value === undefined ? [] : [placeWords(point.y, data.y.kind)]),
      ...(point.series === undefined ? [] : [point.series]),
    ].join(', ');
  return ` Largest ${figure(most.value)} at ${at(most)}; smallest ${figure(least.value)} at ${at(least)}.`;
}

export function chartSummary(
  data: Pick<ChartData, 'mark' | 'x' | 'y' | 'series' | 'valueLabel' | 'points'>,
  rows: number,
): string {
  const { mark, x, y, series, valueLabel, points } = data;
  if (rows === 0) return `${NAMES[mark]}: there are no rows.`;
  if (points.length === 0)
    return `${NAMES[mark]}: none of the ${rowsOf(rows)} has a value that can be drawn.`;
  const what = mark === 'heatmap' ? `${valueLabel} by ${x.label} and ${y.label}` : `${y.label} by ${x.label}`;
  const colour = series === null ? '' : `, coloured by ${series.label}`;
  const marks = `${count(points.length)} ${points.length === 1 ? 'mark' : 'marks'}`;
  return `${NAMES[mark]} of ${what}${colour}: ${marks} from ${rowsOf(rows)}.${extremes(points, data)}`;
}
