// Parts of charts as filters, over the real engine: what is chosen is what the filter leaves, neither more nor less.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { clausesOfArea, clausesOfMarks, isChosen } from '../../../src/lib/chart/chart-area.ts';
import type { ChartArea } from '../../../src/lib/chart/chart-area-types.ts';
import type { ChartData } from '../../../src/lib/chart/chart-data-types.ts';
import { readChart } from '../../../src/lib/chart/read-chart.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { FilterClause } from '../../../src/lib/filter/filter-types.ts';
import { predicateOf } from '../../../src/lib/filter/predicate.ts';
import type { ChartSettings } from '../../../src/lib/notebook/chart-cell-types.ts';
import { openEngine } from '../lineage/engine-under-test.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({
    t: `SELECT i AS id, ['red', 'green', 'blue', NULL][1 + i % 4] AS colour, (i % 100) / 7::DOUBLE AS share,
      (i % 50)::FLOAT / 3 AS small, (i * 0.01)::DECIMAL(9, 2) AS money, DATE '2020-01-01' + i::INTEGER AS day,
      CAST(strftime(make_timestamp(1577836800000000 + i * 3600000000), '%Y-%m-%d %H:%M:%S+00') AS TIMESTAMPTZ) AS at FROM range(3000) r(i)`,
  });
});
afterAll(() => engine.dispose());

async function drawn(settings: Omit<ChartSettings, 'of'>): Promise<ChartData> {
  const { columns } = unwrap(await engine.describe({ relation: 't' }));
  return unwrap(await readChart({ engine, settings: { of: 't', ...settings }, columns, where: null }));
}

async function counted(clauses: readonly FilterClause[]): Promise<number> {
  const { columns } = unwrap(await engine.describe({ relation: 't' }));
  const where = unwrap(predicateOf(clauses, columns)) ?? 'TRUE';
  return Number(unwrap(await engine.query({ sql: `SELECT count(*) FROM t WHERE ${where}` })).rows[0]?.[0]);
}

/** Rows that the chosen marks stand for. */
function rowsIn(data: ChartData, clauses: readonly FilterClause[]): number {
  return data.points
    .filter((point) => isChosen(point, clauses))
    .reduce((sum, { y, value }) => sum + Number(value ?? y), 0);
}

describe('a part of a chart filters by', () => {
  const span: ChartArea['x'] = { from: 3.1, to: 8.9 };
  const days = { from: Date.UTC(2021, 0, 15), to: Date.UTC(2021, 6, 2) };
  const cases: readonly (readonly [string, Omit<ChartSettings, 'of'>, ChartArea])[] = [
    ['whole steps of a histogram', { mark: 'histogram', x: 'share' }, { x: span, y: null }],
    ['whole steps of a DECIMAL', { mark: 'histogram', x: 'money' }, { x: span, y: null }],
    ['months of days', { mark: 'histogram', x: 'day' }, { x: days, y: null }],
    [
      'days of moments with a zone',
      { mark: 'bar', x: 'at', bins: 40 },
      {
        x: { from: Date.UTC(2020, 1, 3), to: Date.UTC(2020, 2, 1) },
        y: null,
      },
    ],
    ['single values of a line', { mark: 'line', x: 'small' }, { x: span, y: null }],
    [
      'bars by their names, NULL too',
      { mark: 'bar', x: 'colour' },
      { x: { names: ['red', '(NULL)'] }, y: null },
    ],
    [
      'both axes of a heat map',
      { mark: 'heatmap', x: 'share', y: 'colour' },
      {
        x: span,
        y: { names: ['blue', 'green'] },
      },
    ],
  ];
  it.each(cases)('%s', async (_, settings, area) => {
    const data = await drawn(settings);
    const clauses = clausesOfArea(data, area);
    const rows = await counted(clauses);
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(3000);
    expect(rowsIn(data, clauses)).toBe(rows);
  });

  it('the very part of a scatter plot, whose rows are not all drawn', async () => {
    const data = await drawn({ mark: 'scatter', x: 'id', y: 'small' });
    expect(data.points.length).toBeLessThan(1001);
    const clauses = clausesOfArea(data, { x: { from: 99.98, to: 1000.04 }, y: { from: 1.0001, to: 9.9999 } });
    const rows = `SELECT count(*) FROM t WHERE id BETWEEN 100 AND 1000 AND small BETWEEN 1 AND 10`;
    expect(await counted(clauses)).toBe(Number(unwrap(await engine.query({ sql: rows })).rows[0]?.[0]));
    expect(clauses).toEqual([
      { kind: 'range', column: 'id', low: 100, high: 1000, includesHigh: true },
      { kind: 'range', column: 'small', low: 1, high: 10, includesHigh: true },
    ]);
    expect(data.points.filter((point) => isChosen(point, clauses)).length).toBeGreaterThan(100);
  });

  it.each(['id', 'share', 'small', 'money', 'day', 'at'])('one point of a scatter plot of %s', async (y) => {
    const data = await drawn({ mark: 'scatter', x: y, y: 'id' });
    const [point] = data.points;
    expect(await counted(point?.clauses ?? [])).toBe(1);
    const turned = await drawn({ mark: 'scatter', x: 'id', y });
    expect(await counted(turned.points[0]?.clauses ?? [])).toBe(1);
    expect(isChosen(data.points[0] ?? { x: 0, clauses: [] }, point?.clauses ?? [])).toBe(true);
  });

  it('nothing where no mark lies in it', async () => {
    const data = await drawn({ mark: 'histogram', x: 'share' });
    expect(clausesOfArea(data, { x: { from: 900, to: 901 }, y: null })).toEqual([]);
    expect(clausesOfMarks(data, [])).toEqual([]);
  });
});
