// Decides how a chart's rows fall together, from a first look at its columns; must not know the engine or drawing.
import type { CellValue, ColumnType } from '../engine/contract.ts';
import type { ChartMark, ChartSettings } from '../notebook/chart-cell-types.ts';
import { chooseBucket, type AxisFacts, type Bucket } from './buckets.ts';
import { axisKindOf, columnNamed, usedRoles } from './chart-fault.ts';
import { MOST_CATEGORIES, MOST_POINTS, MOST_SERIES, type ChartPlan } from './chart-sql.ts';

export interface ChartFacts {
  readonly rows: number;
  readonly x: AxisFacts | null;
  readonly y: AxisFacts | null;
  readonly series: AxisFacts | null;
}

/** The plan with which the facts are asked. */
export function firstPlan(
  settings: ChartSettings,
  columns: readonly ColumnType[],
  where: string | null,
): ChartPlan {
  const roles = usedRoles(settings);
  return {
    settings,
    x: columnNamed(columns, settings.x),
    y: roles.includes('y') ? columnNamed(columns, settings.y) : null,
    series: roles.includes('series') ? columnNamed(columns, settings.series) : null,
    xBucket: null,
    yBucket: null,
    hasOtherX: false,
    hasOtherSeries: false,
    stride: 1,
    where,
  };
}

/** Reads the row that `factsSql` answers. */
export function readFacts(plan: ChartPlan, row: readonly CellValue[]): ChartFacts {
  let at = 1;
  const next = (column: ColumnType | null): AxisFacts | null => {
    if (column === null) return null;
    const [usable, distinct, min = null, max = null] = row.slice(at, at + 4);
    at += 4;
    return { usable: Number(usable), distinct: Number(distinct), min, max };
  };
  const [x, y, series] = [next(plan.x), next(plan.y), next(plan.series)];
  return { rows: Number(row[0] ?? 0), x, y, series };
}

/** Buckets that fit into one answer of the engine, colours among them. */
const WANTED: Readonly<Record<ChartMark, number>> = {
  bar: 20,
  line: 400,
  area: 400,
  scatter: 0,
  histogram: 30,
  box: 0,
  heatmap: 25,
};

function bucketOf(
  column: ColumnType | null,
  facts: AxisFacts | null,
  { mark, bins }: ChartSettings,
  hasSeries: boolean,
): Bucket | null {
  if (column === null || facts === null || axisKindOf(column) === 'category') return null;
  if (mark === 'scatter' || mark === 'box') return mark === 'box' ? null : { kind: 'exact' };
  const most = mark === 'heatmap' ? 30 : hasSeries ? 110 : 400;
  const wanted = Math.min(bins ?? WANTED[mark], most);
  const isFew = facts.distinct <= (mark === 'histogram' ? 1 : bins === undefined ? wanted : 0);
  return isFew ? { kind: 'exact' } : chooseBucket(column, facts, wanted);
}

export function planChart(plan: ChartPlan, facts: ChartFacts): ChartPlan {
  const { settings, x, y, series } = plan;
  const hasSeries = series !== null && settings.mark !== 'heatmap';
  const both = Math.min(facts.x?.usable ?? 0, facts.y?.usable ?? 0);
  return {
    ...plan,
    xBucket: bucketOf(x, facts.x, settings, hasSeries),
    yBucket: settings.mark === 'heatmap' ? bucketOf(y, facts.y, settings, false) : null,
    hasOtherX: (facts.x?.distinct ?? 0) > MOST_CATEGORIES / 2,
    hasOtherSeries: (facts.series?.distinct ?? 0) > MOST_SERIES / 2,
    stride: settings.mark !== 'scatter' || both <= MOST_POINTS ? 1 : Math.ceil(both / (MOST_POINTS * 0.9)),
  };
}
