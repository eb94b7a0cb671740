// Answers of the engine as marks with places, sizes and what choosing them filters by; must not know SQL or drawing.
import type { CellValue, ColumnType } from '../engine/contract.ts';
import type { FilterClause } from '../filter/filter-types.ts';
import { calendarEnd, momentOf, momentText, stepEnd, type Bucket } from './buckets.ts';
import type { AxisKind, ChartPoint } from './chart-data-types.ts';
import { axisKindOf } from './chart-fault.ts';
import { OTHERS, type ChartPlan } from './chart-sql.ts';

export const NULL_WORD = '(NULL)';

function categoryOf(value: CellValue): string {
  return value === null ? NULL_WORD : String(value);
}

interface Axis {
  readonly kind: AxisKind;
  readonly bucket: Bucket | null;
  readonly column: string;
}

/** A bar of a few numbers or dates stands for each of them: a category in their order. */
export function axisOf(plan: ChartPlan, role: 'x' | 'y'): Axis {
  const column = plan[role];
  const bucket = role === 'x' ? plan.xBucket : plan.yBucket;
  const isDiscrete =
    bucket === null || (bucket.kind === 'exact' && ['bar', 'heatmap'].includes(plan.settings.mark));
  const kind = column === null || isDiscrete ? 'category' : axisKindOf(column);
  return { kind, bucket, column: column?.name ?? '' };
}

function place(axis: Axis, value: CellValue): number | string | null {
  if (axis.kind === 'category') return categoryOf(value);
  if (axis.kind === 'time') return momentOf(value);
  const number = value === null ? NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

/** What a place on an axis filters by; none where it gathers other values. */
function clauseOf(axis: Axis, value: CellValue, at: number | string): FilterClause | null {
  const { column, bucket } = axis;
  if (value === OTHERS && axis.kind === 'category') return null;
  if (bucket === null || bucket.kind === 'exact' || typeof at === 'string')
    return { kind: 'in', column, values: [value] };
  if (bucket.kind === 'calendar')
    return {
      kind: 'range',
      column,
      low: momentText(at),
      high: momentText(calendarEnd(bucket.unit, at)),
      includesHigh: false,
    };
  const low = typeof value === 'string' ? value : at;
  return { kind: 'range', column, low, high: stepEnd(bucket, low), includesHigh: false };
}

function clausesOf(...clauses: readonly (FilterClause | null)[]): readonly FilterClause[] {
  const all = clauses.filter((clause) => clause !== null);
  return all.length === clauses.length ? all : [];
}

function spread({ bucket }: Axis, value: CellValue, at: number | string): { x2?: number } {
  if (bucket === null || bucket.kind === 'exact' || typeof at === 'string') return {};
  if (bucket.kind === 'calendar') return { x2: calendarEnd(bucket.unit, at) };
  return { x2: Number(stepEnd(bucket, typeof value === 'string' ? value : at)) };
}

function groupedPoint(plan: ChartPlan, row: readonly CellValue[]): ChartPoint | null {
  const axis = axisOf(plan, 'x');
  const at = place(axis, row[0] ?? null);
  const y = row[plan.series ? 2 : 1];
  if (at === null || y === null || !Number.isFinite(Number(y))) return null;
  const clause = clauseOf(axis, row[0] ?? null, at);
  return {
    x: at,
    ...spread(axis, row[0] ?? null, at),
    y: Number(y),
    ...(plan.series ? { series: categoryOf(row[1] ?? null) } : {}),
    clauses: clausesOf(clause),
  };
}

function scatterPoint(plan: ChartPlan, row: readonly CellValue[]): ChartPoint | null {
  const [x, y] = [
    place({ ...axisOf(plan, 'x'), kind: kindOfColumn(plan, 'x') }, row[0] ?? null),
    place({ ...axisOf(plan, 'y'), kind: kindOfColumn(plan, 'y') }, row[1] ?? null),
  ];
  if (x === null || y === null) return null;
  const exactly = (column: ColumnType | null, value: CellValue): FilterClause | null =>
    column &&
    (column.type === 'FLOAT'
      ? { kind: 'in', column: column.name, values: [value] }
      : { kind: 'range', column: column.name, low: value, high: value, includesHigh: true });
  const clauses = clausesOf(exactly(plan.x, row[0] ?? null), exactly(plan.y, row[1] ?? null));
  const series = plan.series ? { series: categoryOf(row[2] ?? null) } : {};
  // Both axes can be of one column.
  return { x, y, ...series, clauses: plan.x?.name === plan.y?.name ? clauses.slice(0, 1) : clauses };
}

export function kindOfColumn(plan: ChartPlan, role: 'x' | 'y'): AxisKind {
  const column = plan[role];
  return column === null ? 'category' : axisKindOf(column);
}

function boxPoint(plan: ChartPlan, row: readonly CellValue[]): ChartPoint | null {
  const [group = null, low, q1, median, q3, high, outliers = 0] = row;
  const numbers = [low, q1, median, q3, high].map(Number);
  if (numbers.some((number) => !Number.isFinite(number))) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = numbers;
  const clause = plan.x ? clauseOf(axisOf(plan, 'x'), group, categoryOf(group)) : null;
  return {
    x: categoryOf(group),
    box: { low: a, q1: b, median: c, q3: d, high: e, outliers: Number(outliers) },
    clauses: clausesOf(clause),
  };
}

function heatPoint(plan: ChartPlan, row: readonly CellValue[]): ChartPoint | null {
  const [xAxis, yAxis] = [axisOf(plan, 'x'), axisOf(plan, 'y')];
  const [x, y] = [place(xAxis, row[0] ?? null), place(yAxis, row[1] ?? null)];
  const value = Number(row[2] ?? NaN);
  if (x === null || y === null || !Number.isFinite(value)) return null;
  const y2 = spread(yAxis, row[1] ?? null, y).x2;
  return {
    x,
    ...spread(xAxis, row[0] ?? null, x),
    y,
    ...(y2 === undefined ? {} : { y2 }),
    value,
    clauses: clausesOf(clauseOf(xAxis, row[0] ?? null, x), clauseOf(yAxis, row[1] ?? null, y)),
  };
}

/** One for each row that has a place; null for the others. */
export function pointOf(plan: ChartPlan, row: readonly CellValue[]): ChartPoint | null {
  switch (plan.settings.mark) {
    case 'scatter':
      return scatterPoint(plan, row);
    case 'box':
      return boxPoint(plan, row);
    case 'heatmap':
      return heatPoint(plan, row);
    default:
      return groupedPoint(plan, row);
  }
}
