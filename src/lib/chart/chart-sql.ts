// The one statement that a chart asks, by kind; must not know the engine or how answers are read.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { Aggregate, ChartSettings } from '../notebook/chart-cell-types.ts';
import { bucketSql, isUsable, ownValue, plainValue, type Bucket } from './buckets.ts';

/** Bars and boxes on x, and colours; all further categories are drawn as one. */
export const MOST_CATEGORIES = 20;
export const MOST_SERIES = 7;
/** Points of a scatter plot, which is what one answer of the engine holds. */
export const MOST_POINTS = 1_000;
export const OTHERS = '(others)';

export interface ChartPlan {
  readonly settings: ChartSettings;
  readonly x: ColumnType | null;
  readonly y: ColumnType | null;
  readonly series: ColumnType | null;
  /** Null where x or y is a category. */
  readonly xBucket: Bucket | null;
  readonly yBucket: Bucket | null;
  readonly hasOtherX: boolean;
  readonly hasOtherSeries: boolean;
  /** Of a scatter plot: one row in so many is drawn. */
  readonly stride: number;
  /** A condition on the relation's rows. */
  readonly where: string | null;
}

/** What is computed of `y`, or of the rows. */
export function aggregateSql(aggregate: Aggregate, of: string): string {
  if (aggregate === 'count') return 'count(*)';
  if (aggregate === 'distinct') return `count(DISTINCT ${of})`;
  const name = aggregate === 'mean' ? 'avg' : aggregate;
  return `${name}(${of})`;
}

/** `mean of salary`, `rows`. */
export function aggregateWords(aggregate: Aggregate, of: string | undefined): string {
  if (aggregate === 'count' || of === undefined) return 'rows';
  return aggregate === 'distinct' ? `distinct ${of}` : `${aggregate} of ${of}`;
}

/** Names of the answer's columns: each as wanted, or with a number where it is taken. */
function naming(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}_${number}`;
    taken.add(name.toLowerCase());
    return quoteIdentifier(name);
  };
}

function fromSql({ settings: { of }, where }: ChartPlan): string {
  return `${quoteIdentifier(of)}${where === null ? '' : `\n  WHERE ${where}`}`;
}

/** `WITH chart_rows AS (…)`: x, y and s of every row that can be drawn. */
function rowsSql(plan: ChartPlan, needed: readonly ColumnType[]): string {
  const { settings, where, x, y, series, xBucket, yBucket } = plan;
  const isCompared = settings.aggregate === 'distinct' && settings.mark !== 'box';
  const number = (column: ColumnType) =>
    `CASE WHEN ${isUsable(column, plainValue(column))} THEN ${isCompared ? ownValue(column) : plainValue(column)} END`;
  const columns = [
    ...(x ? [`${xBucket ? bucketSql(xBucket, x) : plainValue(x)} AS x`] : []),
    ...(y ? [`${yBucket ? bucketSql(yBucket, y) : valueOf(y, number)} AS y`] : []),
    ...(series ? [`${valueOf(series, number)} AS s`] : []),
  ];
  const list = columns.length === 0 ? '1 AS one' : columns.join(', ');
  const conditions = needed.map((column) => isUsable(column, plainValue(column)));
  const all = [...(where === null ? [] : [`(${where})`]), ...conditions];
  return `chart_rows AS (\n  SELECT ${list}\n  FROM ${quoteIdentifier(settings.of)}${all.length === 0 ? '' : `\n  WHERE ${all.join(' AND ')}`}\n)`;
}

function valueOf(column: ColumnType, number: (column: ColumnType) => string): string {
  return plainValue(column).startsWith('TRY_CAST') ? number(column) : plainValue(column);
}

/** Places of the values of x or s, the one with the most first; only as many as are drawn apart. */
function ranksSql(name: string, part: 'x' | 's', by: string): string {
  return `${name} AS (\n  SELECT ${part}, row_number() OVER (ORDER BY ${by} DESC NULLS LAST, ${part}) AS place\n  FROM chart_rows GROUP BY ${part}\n)`;
}

function joinSql(name: string, alias: string, part: 'x' | 's'): string {
  return `\nJOIN ${name} AS ${alias} ON r.${part} IS NOT DISTINCT FROM ${alias}.${part}`;
}

function nameOr(part: string, place: string, most: number): string {
  return `CASE WHEN ${place} <= ${most} THEN ${part} ELSE '${OTHERS}' END`;
}

/** Bars, lines, areas, histograms: x, the colour where there is one, what is computed. */
function groupedSql(plan: ChartPlan): string {
  const { settings, x, y, series, xBucket, hasOtherX, hasOtherSeries } = plan;
  const isHistogram = settings.mark === 'histogram';
  const aggregate = isHistogram ? 'count' : (settings.aggregate ?? 'count');
  const name = naming();
  const isCategory = xBucket === null;
  const needed = [...(x && !isCategory ? [x] : [])];
  const computed = aggregateSql(aggregate, 'r.y');
  const ranksX = isCategory ? ranksSql('x_places', 'x', aggregateSql(aggregate, 'y')) : null;
  const seriesColumn = series ? 's' : null;
  const ranksS = seriesColumn && hasOtherSeries ? ranksSql('s_places', 's', 'count(*)') : null;
  const parts = [
    rowsSql({ ...plan, y: aggregate === 'count' ? null : y, series: series && asText(series) }, needed),
    ...(ranksX === null ? [] : [ranksX]),
    ...(ranksS === null ? [] : [ranksS]),
  ];
  const xName = name(x?.name ?? 'x');
  const selected = [
    `${isCategory && hasOtherX ? nameOr('r.x', 'kx.place', MOST_CATEGORIES) : 'r.x'} AS ${xName}`,
    ...(series ? [`${ranksS ? nameOr('r.s', 'ks.place', MOST_SERIES) : 'r.s'} AS ${name(series.name)}`] : []),
    `${computed} AS ${name(aggregateWords(aggregate, y?.name).replaceAll(' ', '_'))}`,
    ...(aggregate === 'count' ? [] : [`count(*) AS ${name('rows')}`]),
  ];
  const order = [isCategory ? 'min(kx.place)' : '1', ...(series ? ['2'] : [])];
  return (
    `WITH ${parts.join(', ')}\nSELECT ${selected.join(', ')}\nFROM chart_rows AS r` +
    `${ranksX === null ? '' : joinSql('x_places', 'kx', 'x')}${ranksS === null ? '' : joinSql('s_places', 'ks', 's')}` +
    `\nGROUP BY ALL\nORDER BY ${order.join(', ')}`
  );
}

/** The same column, to be compared as text. */
function asText(column: ColumnType): ColumnType {
  return { ...column, type: 'VARCHAR' };
}

/** Rows with both values, of many one in `stride` by the hash of its number. */
function scatterSql(plan: ChartPlan): string {
  const { x, y, series, stride } = plan;
  const name = naming();
  if (x === null || y === null) return '';
  const rows = rowsSql({ ...plan, series: series && asText(series) }, [x, y]);
  const listed = [
    `x AS ${name(x.name)}`,
    `y AS ${name(y.name)}`,
    ...(series ? [`s AS ${name(series.name)}`] : []),
  ].join(', ');
  if (stride === 1) return `WITH ${rows}\nSELECT ${listed}\nFROM chart_rows\nLIMIT ${MOST_POINTS}`;
  return (
    `WITH ${rows}, numbered AS (\n  SELECT *, row_number() OVER () AS chart_row FROM chart_rows\n)\n` +
    `SELECT ${listed}\nFROM numbered\nWHERE hash(chart_row) % ${stride} = 0\nLIMIT ${MOST_POINTS}`
  );
}

/** Groups with quartiles, and whiskers to the last values within 1.5 times their distance (Tukey). */
function boxSql(plan: ChartPlan): string {
  const { x, y, hasOtherX } = plan;
  if (y === null) return '';
  const name = naming();
  const rows = rowsSql({ ...plan, series: null }, [y]);
  const places = x ? `, ${ranksSql('x_places', 'x', 'count(*)')}` : '';
  const group = x ? (hasOtherX ? nameOr('r.x', 'kx.place', MOST_CATEGORIES) : 'r.x') : "'all rows'";
  const place = x ? 'kx.place' : '1';
  return (
    `WITH ${rows}${places}, grouped AS (\n  SELECT ${group} AS x, ${x ? `least(${place}, ${MOST_CATEGORIES + 1})` : '1'} AS place, r.y\n` +
    `  FROM chart_rows AS r${x ? joinSql('x_places', 'kx', 'x').replace('\n', '\n  ') : ''}\n), quartiles AS (\n` +
    `  SELECT x, place, quantile_cont(y, 0.25) AS q1, median(y) AS q2, quantile_cont(y, 0.75) AS q3, min(y) AS least, max(y) AS most, count(*) AS n\n` +
    `  FROM grouped GROUP BY x, place\n)\n` +
    `SELECT q.x AS ${name(x?.name ?? 'group')},\n` +
    `  min(g.y) FILTER (WHERE g.y >= q.q1 - 1.5 * (q.q3 - q.q1)) AS ${name('low')}, q.q1 AS ${name('q1')}, q.q2 AS ${name('median')}, q.q3 AS ${name('q3')},\n` +
    `  max(g.y) FILTER (WHERE g.y <= q.q3 + 1.5 * (q.q3 - q.q1)) AS ${name('high')},\n` +
    `  count(*) FILTER (WHERE g.y < q.q1 - 1.5 * (q.q3 - q.q1) OR g.y > q.q3 + 1.5 * (q.q3 - q.q1)) AS ${name('outliers')},\n` +
    `  q.least AS ${name('min')}, q.most AS ${name('max')}, q.n AS ${name('rows')}\n` +
    `FROM quartiles AS q JOIN grouped AS g ON g.place = q.place AND g.x IS NOT DISTINCT FROM q.x\n` +
    `GROUP BY q.x, q.place, q.q1, q.q2, q.q3, q.least, q.most, q.n\nORDER BY q.place`
  );
}

/** Cells of two axes with what is computed of the colour's column. */
function heatSql(plan: ChartPlan): string {
  const { settings, x, y, series, xBucket, yBucket } = plan;
  if (x === null || y === null) return '';
  const aggregate = settings.aggregate ?? 'count';
  const name = naming();
  const isRanked = (bucket: Bucket | null): boolean => bucket === null;
  const needed = [...(xBucket ? [x] : []), ...(yBucket ? [y] : [])];
  const rows = rowsSql(
    { ...plan, y: yBucket ? y : asText(y), series: aggregate === 'count' ? null : series },
    needed,
  );
  const places = [
    ...(isRanked(xBucket) ? [ranksSql('x_places', 'x', 'count(*)')] : []),
    ...(isRanked(yBucket) ? [ranksSql('y_places', 'y' as 'x', 'count(*)')] : []),
  ];
  const xOut = isRanked(xBucket) ? nameOr('r.x', 'kx.place', MOST_CATEGORIES) : 'r.x';
  const yOut = isRanked(yBucket) ? nameOr('r.y', 'ky.place', MOST_CATEGORIES) : 'r.y';
  return (
    `WITH ${[rows, ...places].join(', ')}\n` +
    `SELECT ${xOut} AS ${name(x.name)}, ${yOut} AS ${name(y.name)}, ${aggregateSql(aggregate, 'r.s')} AS ${name(aggregateWords(aggregate, series?.name).replaceAll(' ', '_'))}\n` +
    `FROM chart_rows AS r${isRanked(xBucket) ? joinSql('x_places', 'kx', 'x') : ''}${isRanked(yBucket) ? joinSql('y_places', 'ky', 'y' as 'x') : ''}\n` +
    `GROUP BY ALL\nORDER BY ${isRanked(xBucket) ? 'min(kx.place)' : '1'}, ${isRanked(yBucket) ? 'min(ky.place)' : '2'}`
  );
}

export function writeChartSql(plan: ChartPlan): string {
  switch (plan.settings.mark) {
    case 'scatter':
      return scatterSql(plan);
    case 'box':
      return boxSql(plan);
    case 'heatmap':
      return heatSql(plan);
    default:
      return groupedSql(plan);
  }
}

/** Rows and, for each column that is drawn, its values in one row of figures. */
export function factsSql(plan: ChartPlan): string {
  const columns = [plan.x, plan.y, plan.series].flatMap((column) => (column === null ? [] : [column]));
  const figures = columns.flatMap((column) => {
    const value = plainValue(column);
    const usable = isUsable(column, value);
    const isCategory = value.startsWith('CAST(');
    return [
      `count(*) FILTER (WHERE ${usable})`,
      `approx_count_distinct(${ownValue(column)})`,
      isCategory ? 'NULL' : `min(${ownValue(column)}) FILTER (WHERE ${usable})`,
      isCategory ? 'NULL' : `max(${ownValue(column)}) FILTER (WHERE ${usable})`,
    ];
  });
  return `SELECT ${['count(*)', ...figures].join(', ')}\nFROM ${fromSql(plan)}`;
}
