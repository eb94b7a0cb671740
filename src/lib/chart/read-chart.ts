// Asks the engine for a chart: a first look at its columns, then one statement; must not know how it is drawn or who asks.
import { fail, succeed, type Result } from '../base/result.ts';
import type { ColumnType, Engine } from '../engine/contract.ts';
import type { ChartSettings } from '../notebook/chart-cell-types.ts';
import type { ChartData, ChartPoint } from './chart-data-types.ts';
import { chartFault } from './chart-fault.ts';
import { axisOf, kindOfColumn, pointOf } from './chart-points.ts';
import {
  aggregateWords,
  factsSql,
  MOST_POINTS,
  MOST_SERIES,
  OTHERS,
  writeChartSql,
  type ChartPlan,
} from './chart-sql.ts';
import { chartNotes, chartSummary } from './chart-words.ts';
import { firstPlan, planChart, readFacts } from './plan-chart.ts';

export interface ChartRequest {
  readonly engine: Pick<Engine, 'query'>;
  readonly settings: ChartSettings;
  /** Of the relation that is drawn. */
  readonly columns: readonly ColumnType[];
  /** A condition on its rows, or null. */
  readonly where: string | null;
}

function labelsOf(plan: ChartPlan): Pick<ChartData, 'x' | 'y' | 'valueLabel'> {
  const { settings, x, y } = plan;
  const { mark, aggregate = 'count' } = settings;
  const xAxis = {
    kind: mark === 'scatter' ? kindOfColumn(plan, 'x') : axisOf(plan, 'x').kind,
    label: x?.name ?? '',
  };
  if (mark === 'scatter') {
    const [across, up] = [x?.name ?? '', y?.name ?? ''];
    return {
      x: { ...xAxis, column: across },
      y: { kind: kindOfColumn(plan, 'y'), label: up, column: up },
      valueLabel: null,
    };
  }
  if (mark === 'heatmap')
    return {
      x: xAxis,
      y: { kind: axisOf(plan, 'y').kind, label: y?.name ?? '' },
      valueLabel: aggregateWords(aggregate, plan.series?.name),
    };
  const label =
    mark === 'box' ? (y?.name ?? '') : mark === 'histogram' ? 'rows' : aggregateWords(aggregate, y?.name);
  const words = mark === 'box' && x === null ? 'all rows' : xAxis.label;
  return { x: { ...xAxis, label: words }, y: { kind: 'number', label }, valueLabel: null };
}

/** In the order of their first mark, what is gathered last. */
function seriesOf(plan: ChartPlan, points: ChartData['points']): ChartData['series'] {
  if (plan.series === null || plan.settings.mark === 'heatmap') return null;
  const values = [...new Set(points.flatMap(({ series }) => series ?? []))].sort();
  const ordered = [
    ...values.filter((value) => value !== OTHERS),
    ...values.filter((value) => value === OTHERS),
  ];
  return { label: plan.series.name, values: ordered };
}

/** Rows are drawn as they are: what other charts gather in the engine, a scatter plot gathers of those that are drawn. */
function withFewSeries(
  { settings, series }: ChartPlan,
  placed: readonly (ChartPoint | null)[],
): readonly (ChartPoint | null)[] {
  if (settings.mark !== 'scatter' || series === null) return placed;
  const counts = new Map<string, number>();
  for (const point of placed)
    if (point?.series !== undefined) counts.set(point.series, (counts.get(point.series) ?? 0) + 1);
  if (counts.size <= MOST_SERIES + 1) return placed;
  const ordered = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([value]) => value);
  const own = new Set(ordered.slice(0, MOST_SERIES));
  return placed.map((point) =>
    point?.series === undefined || own.has(point.series) ? point : { ...point, series: OTHERS },
  );
}

/** All marks of a statement, of which an answer holds no more than `MOST_POINTS`; a sample is cut on purpose, and says so. */
async function countMarks(
  engine: ChartRequest['engine'],
  plan: ChartPlan,
  sql: string,
  answered: number,
): Promise<Result<number>> {
  if (answered < MOST_POINTS || plan.settings.mark === 'scatter') return succeed(answered);
  const answer = await engine.query({ sql: `SELECT count(*) FROM (\n${sql}\n)` });
  return answer.ok ? succeed(Number(answer.value.rows[0]?.[0] ?? answered)) : answer;
}

/**
 * Everything is aggregated or sampled in the engine; at most 1,000 rows come out.
 * @returns `chart-settings` where the columns do not suit, else the engine's problem
 */
export async function readChart({
  engine,
  settings,
  columns,
  where,
}: ChartRequest): Promise<Result<ChartData>> {
  const fault = chartFault(settings, columns);
  if (fault) return fail(fault);
  const first = firstPlan(settings, columns, where);
  const looked = await engine.query({ sql: factsSql(first) });
  if (!looked.ok) return looked;
  const facts = readFacts(first, looked.value.rows[0] ?? []);
  const plan = planChart(first, facts);
  const sql = writeChartSql(plan);
  const answer = await engine.query({ sql });
  if (!answer.ok) return answer;
  const counted = await countMarks(engine, plan, sql, answer.value.rows.length);
  if (!counted.ok) return counted;
  const placed = withFewSeries(
    plan,
    answer.value.rows.map((row) => pointOf(plan, row)),
  );
  const points = placed.filter((point) => point !== null);
  const data = { mark: settings.mark, ...labelsOf(plan), series: seriesOf(plan, points), points };
  return succeed({
    ...data,
    columns: answer.value.columns,
    rows: answer.value.rows,
    placed,
    notes: chartNotes(plan, facts, placed, counted.value),
    summary: chartSummary(data, facts.rows),
    sql,
  });
}
