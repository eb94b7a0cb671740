// Charts over the real engine: what is aggregated, gathered, left out and said, and that its SQL is a cell like any other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { ChartData } from '../../../src/lib/chart/chart-data-types.ts';
import { readChart } from '../../../src/lib/chart/read-chart.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { predicateOf } from '../../../src/lib/filter/predicate.ts';
import { CHART_MARKS, type ChartSettings } from '../../../src/lib/notebook/chart-cell-types.ts';
import { analyzeCells } from '../../../src/lib/run/notebook-analysis.ts';
import { openEngine } from '../lineage/engine-under-test.ts';

const parseNow = await createNodeParser();
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({
    people: `SELECT * FROM (VALUES
      (1, 'UA', DATE '2016-01-10', 10.0::DOUBLE, true), (2, 'UA', DATE '2016-02-10', 20, false), (3, 'PL', DATE '2016-02-20', 'NaN', true),
      (4, NULL, NULL, NULL, NULL), (5, 'O''Brien', DATE '2018-12-31', -5, true), (6, 'PL', DATE 'infinity', 'infinity', NULL)) t(id, country, day, pay, "is it")`,
    many: `SELECT i, 'c' || (i % 40) AS c, 'g' || (i % 12) AS g, sqrt(i) AS r, TIMESTAMP '2020-01-01' + to_hours(i::INTEGER) AS at, i * 1e300 AS huge FROM range(30000) t(i)`,
    none: `SELECT 1 AS id, 'a' AS country, 1.5 AS pay WHERE FALSE`,
    nulls: `SELECT NULL::INTEGER AS id, NULL::VARCHAR AS country, NULL::DOUBLE AS pay FROM range(3)`,
    far: `SELECT * FROM (VALUES (1), (2), (3), (4), (5), (99)) t(n)`,
    single: `SELECT 7 AS id, 'a' AS country, 1.5 AS pay`,
    rates: `SELECT (i % 31) / 10.0::DOUBLE AS r, ((i % 31) / 10)::DECIMAL(4,1) AS d, (i % 31 - 15) / 10.0::DOUBLE AS m FROM range(3100) t(i)`,
    tiny: `SELECT i * 1e-18 AS p, i * 1e-30 AS q, i * 5e-324 AS least FROM range(100) t(i)`,
    ends: `SELECT (CASE WHEN i % 2 = 0 THEN -1 ELSE 1 END) * 1e308::DOUBLE AS e FROM range(4) t(i)`,
    ids: `SELECT 1700000000000000000 + i AS id, 1700000000000000000 + i * 1000000000000 AS far, 1e15 + i / 8 AS part,
      'g' || (i % 2) AS g, CAST(-1 - i AS TINYINT) AS small FROM range(100) t(i)`,
    fewIds: `SELECT * FROM (VALUES (1700000000000000001), (1700000000000000002), (1700000000000000002)) t(id)`,
    hours: `SELECT TIMESTAMP '2020-01-01' + to_hours(i::INTEGER) AS t FROM range(5000) r(i) UNION ALL SELECT TIMESTAMP '20220-01-01'`,
    ancient: `SELECT * FROM (VALUES (DATE '0044-03-15 (BC)'), (DATE '0101-01-01 (BC)'), (DATE '0001-12-31 (BC)'), (DATE '0001-01-01'), (DATE '0079-10-24'), (DATE '2020-02-29')) t(d)`,
    ages: `SELECT DATE '2000-01-01' + (i * 366000)::INTEGER AS d FROM range(-250, 250) t(i) UNION ALL SELECT DATE '5000000-01-01' + (i * 366000)::INTEGER FROM range(800) t(i)`,
    odd: `SELECT TIME '10:00' AS "t ""1", [1, 2] AS list, 12345678901234567890123456789::HUGEINT AS big, 1.50::DECIMAL(9,2) AS money FROM range(3)`,
  });
});
afterAll(() => engine.dispose());

async function chart(settings: ChartSettings, where: string | null = null): Promise<ChartData | string> {
  const { columns } = unwrap(await engine.describe({ relation: settings.of }));
  const read = await readChart({ engine, settings, columns, where });
  return read.ok ? read.value : `${read.error.message} ${read.error.hint ?? ''}`.trim();
}

async function drawn(settings: ChartSettings, where: string | null = null): Promise<ChartData> {
  const data = await chart(settings, where);
  if (typeof data === 'string') throw new Error(data);
  return data;
}

describe('bars', () => {
  it('count rows of each value, NULL too, the largest first', async () => {
    const data = await drawn({ of: 'people', mark: 'bar', x: 'country' });
    expect(data.rows).toEqual([
      ['PL', 2],
      ['UA', 2],
      ["O'Brien", 1],
      [null, 1],
    ]);
    expect(data.points.map(({ x, y, clauses }) => [x, y, clauses])).toEqual([
      ['PL', 2, [{ kind: 'in', column: 'country', values: ['PL'] }]],
      ['UA', 2, [{ kind: 'in', column: 'country', values: ['UA'] }]],
      ["O'Brien", 1, [{ kind: 'in', column: 'country', values: ["O'Brien"] }]],
      ['(NULL)', 1, [{ kind: 'in', column: 'country', values: [null] }]],
    ]);
    expect(data.summary).toBe(
      "Bar chart of rows by country: 4 marks from 6 rows. Largest 2 at PL; smallest 1 at O'Brien.",
    );
  });

  it('compute of finite numbers only', async () => {
    const data = await drawn({ of: 'people', mark: 'bar', x: 'country', y: 'pay', aggregate: 'sum' });
    expect(data.rows).toEqual([
      ['UA', 30, 2],
      ["O'Brien", -5, 1],
      ['PL', null, 2],
      [null, null, 1],
    ]);
    expect(data.points).toHaveLength(2);
    expect(data.notes).toEqual(['2 rows of the answer have no place on the axes.']);
  });

  it('draw together what is beyond twenty values and seven colours', async () => {
    const data = await drawn({ of: 'many', mark: 'bar', x: 'c', series: 'g' });
    const xs = new Set(data.points.map(({ x }) => x));
    expect([xs.size, xs.has('(others)'), data.series?.values.length, data.series?.values.at(-1)]).toEqual([
      21,
      true,
      8,
      '(others)',
    ]);
    expect(data.points.reduce((sum, { y }) => sum + Number(y), 0)).toBe(30_000);
    expect(data.points.find(({ x }) => x === '(others)')?.clauses).toEqual([]);
    expect(data.notes).toHaveLength(2);
  });

  it('keep numbers and dates in their order, and gather many into steps', async () => {
    const few = await drawn({ of: 'people', mark: 'bar', x: 'id' });
    expect(few.points.map(({ x }) => x)).toEqual(['1', '2', '3', '4', '5', '6']);
    const many = await drawn({ of: 'many', mark: 'bar', x: 'i' });
    expect(many.points.map(({ x, x2, y }) => [x, x2, y]).slice(0, 2)).toEqual([
      [0, 2000, 2000],
      [2000, 4000, 2000],
    ]);
  });
});

describe('large whole numbers', () => {
  it('are counted apart where distinct ones are asked for', async () => {
    const bars = await drawn({ of: 'ids', mark: 'bar', x: 'g', y: 'id', aggregate: 'distinct' });
    expect(bars.rows.map(([, count]) => count)).toEqual([50, 50]);
    const heat = await drawn({
      of: 'ids',
      mark: 'heatmap',
      x: 'g',
      y: 'g',
      series: 'id',
      aggregate: 'distinct',
    });
    expect(heat.points.map(({ value }) => value)).toEqual([50, 50]);
  });

  it('keep every digit as bars and in what a bar filters by', async () => {
    const data = await drawn({ of: 'fewIds', mark: 'bar', x: 'id' });
    expect(data.points.map(({ x, y }) => [x, y])).toEqual([
      ['1700000000000000001', 1],
      ['1700000000000000002', 2],
    ]);
    const { columns } = unwrap(await engine.describe({ relation: 'fewIds' }));
    const where = unwrap(predicateOf(data.points[1]?.clauses ?? [], columns)) ?? '';
    const answer = unwrap(await engine.query({ sql: `SELECT count(*) FROM fewIds WHERE ${where}` }));
    expect(answer.rows).toEqual([[2]]);
  });

  it('leave out what is not finite of other numbers', async () => {
    const data = await drawn({ of: 'people', mark: 'bar', x: 'country', y: 'pay', aggregate: 'distinct' });
    expect(Object.fromEntries(data.rows.map(([country, count]) => [String(country), count]))).toEqual({
      UA: 2,
      "O'Brien": 1,
      PL: 0,
      null: 0,
    });
  });
});

describe('lines, histograms, heat maps and boxes', () => {
  it('gather times by calendar', async () => {
    const data = await drawn({ of: 'many', mark: 'line', x: 'at', y: 'r', aggregate: 'max' });
    expect(data.points.length).toBeLessThanOrEqual(400);
    expect(data.x.kind).toBe('time');
    expect(data.points[0]?.x).toBe(Date.UTC(2019, 11, 30));
    expect(data.notes).toEqual([]);
  });

  it('gather times with years of five digits or before 1 too, never each by itself', async () => {
    const data = await drawn({ of: 'hours', mark: 'line', x: 't' });
    expect(data.points.map(({ x, y }) => [x, y])).toEqual([
      [Date.UTC(2000, 0, 1), 5000],
      [Date.UTC(20200, 0, 1), 1],
    ]);
    expect(data.points[1]?.clauses).toEqual([
      {
        kind: 'range',
        column: 't',
        low: '20200-01-01 00:00:00',
        high: '20300-01-01 00:00:00',
        includesHigh: false,
      },
    ]);
    const ancient = await drawn({ of: 'ancient', mark: 'histogram', x: 'd' });
    const year = (moment: number | string | undefined) => new Date(Number(moment)).getUTCFullYear();
    expect(ancient.points.map(({ x, x2, y }) => [year(x), year(x2), y])).toEqual([
      [-100, 0, 2],
      [0, 100, 3],
      [2000, 2100, 1],
    ]);
    expect(ancient.notes).toEqual([]);
    expect(ancient.summary).toContain('Largest 3 at 0001-01-01 (BC); smallest 1 at 2000-01-01.');
  });

  it('say what has no place, and how many marks an answer did not hold', async () => {
    const data = await drawn({ of: 'ages', mark: 'histogram', x: 'd' });
    expect(data.rows.length).toBeLessThan(1000);
    expect(data.notes).toEqual(['1 row of the answer has no place on the axes.']);
    const cut = await readChart({
      engine: {
        query: async ({ sql }) =>
          engine.query({ sql: sql.replace(/date_trunc\('\w+', (.*)\) AS x/, '$1 AS x') }),
      },
      settings: { of: 'hours', mark: 'line', x: 't' },
      columns: unwrap(await engine.describe({ relation: 'hours' })).columns,
      where: null,
    });
    expect(unwrap(cut).notes).toEqual([
      'The first 1,000 of 5,001 marks are drawn; filter the rows to see the others.',
    ]);
  });

  it('leave out what has no place, and say so', async () => {
    const data = await drawn({ of: 'people', mark: 'line', x: 'day' });
    expect(data.points.map(({ x, y }) => [new Date(Number(x)).toISOString().slice(0, 10), y])).toEqual([
      ['2016-01-10', 1],
      ['2016-02-10', 1],
      ['2016-02-20', 1],
      ['2018-12-31', 1],
    ]);
    expect(data.notes).toEqual(['2 rows without a finite value of day are left out.']);
  });

  it('have bins that hold every value, negative ones too', async () => {
    const data = await drawn({ of: 'people', mark: 'histogram', x: 'pay', bins: 5 });
    expect(data.points.map(({ x, x2, y }) => [x, x2, y])).toEqual([
      [-5, 0, 1],
      [10, 15, 1],
      [20, 25, 1],
    ]);
    expect(data.points[0]?.clauses).toEqual([
      { kind: 'range', column: 'pay', low: -5, high: 0, includesHigh: false },
    ]);
    const huge = await drawn({ of: 'many', mark: 'histogram', x: 'huge' });
    expect(huge.points.reduce((sum, { y }) => sum + Number(y), 0)).toBe(30_000);
  });

  it('have quartiles and whiskers', async () => {
    const data = await drawn({ of: 'many', mark: 'box', y: 'i' });
    expect(data.points).toMatchObject([
      { x: 'all rows', box: { low: 0, q1: 7499.75, median: 14999.5, q3: 22499.25, high: 29999 } },
    ]);
    const grouped = await drawn({ of: 'people', mark: 'box', x: 'country', y: 'pay' });
    expect(grouped.points.map(({ x, box }) => [x, box?.median])).toEqual([
      ['UA', 15],
      ["O'Brien", -5],
    ]);
  });

  it('have a colour for each pair', async () => {
    const data = await drawn({ of: 'many', mark: 'heatmap', x: 'i', y: 'g', aggregate: 'mean', series: 'r' });
    expect(data.points.length).toBeGreaterThan(100);
    expect(data.valueLabel).toBe('mean of r');
  });
});

describe('a scatter plot', () => {
  it('is a sample by hash that says so, the same each time', async () => {
    const data = await drawn({ of: 'many', mark: 'scatter', x: 'i', y: 'r' });
    expect(data.points.length).toBeGreaterThan(700);
    expect(data.points.length).toBeLessThanOrEqual(1_000);
    expect(data.notes).toEqual(['A sample: about one row in 34 is drawn, chosen by hash, at most 1,000.']);
    expect((await drawn({ of: 'many', mark: 'scatter', x: 'i', y: 'r' })).rows).toEqual(data.rows);
  });
});

describe('what a mark filters by', () => {
  it('gives back the rows it stands for', async () => {
    for (const settings of [
      { of: 'people', mark: 'bar', x: 'country' },
      { of: 'people', mark: 'bar', x: 'is it' },
      { of: 'many', mark: 'bar', x: 'i' },
      { of: 'many', mark: 'histogram', x: 'r', bins: 12 },
      { of: 'many', mark: 'line', x: 'at' },
      { of: 'many', mark: 'heatmap', x: 'at', y: 'r', bins: 6 },
    ] as const) {
      const { columns } = unwrap(await engine.describe({ relation: settings.of }));
      const data = await drawn(settings);
      for (const point of data.points.slice(0, 6)) {
        const where = unwrap(predicateOf(point.clauses, columns)) ?? '';
        const [[rows] = []] = unwrap(
          await engine.query({ sql: `SELECT count(*) FROM ${settings.of} WHERE ${where}` }),
        ).rows;
        expect([settings.x, point.x, Number(rows)]).toEqual([
          settings.x,
          point.x,
          Number(point.value ?? point.y),
        ]);
      }
    }
  });

  it.each([
    ['rates', 'r', 31],
    ['rates', 'd', 31],
    ['rates', 'm', 31],
    ['tiny', 'p', 20],
    ['tiny', 'q', 20],
    ['tiny', 'least', 25],
    ['ends', 'e', 2],
    ['ids', 'id', 20],
    ['hours', 't', 2],
    ['ancient', 'd', 3],
    ['ids', 'far', 20],
    ['ids', 'part', 13],
    ['ids', 'small', 20],
  ])('is what its bin counts, of every bin: %s.%s', async (of, x, bins) => {
    const { columns } = unwrap(await engine.describe({ relation: of }));
    const data = await drawn({ of, mark: 'histogram', x });
    const counted: unknown[] = [];
    for (const { clauses } of data.points) {
      const where = unwrap(predicateOf(clauses, columns)) ?? '';
      const answer = unwrap(await engine.query({ sql: `SELECT count(*) FROM ${of} WHERE ${where}` }));
      counted.push(Number(answer.rows[0]?.[0]));
    }
    expect(data.points.map(({ y }) => y)).toEqual(counted);
    expect(counted).toHaveLength(bins);
  });

  it('narrows another chart', async () => {
    const data = await drawn({ of: 'people', mark: 'bar', x: 'is it' }, `"country" IN ('UA')`);
    expect(data.rows).toEqual([
      ['false', 1],
      ['true', 1],
    ]);
  });
});

describe('little or nothing to draw', () => {
  it.each(CHART_MARKS)('%s says so', async (mark) => {
    const settings = (of: string): ChartSettings => ({
      of,
      mark,
      x: mark === 'box' ? 'country' : 'id',
      y: 'pay',
    });
    const none = await drawn(settings('none'));
    expect([none.points, none.summary]).toEqual([[], expect.stringMatching(/there are no rows\.$/)]);
    const nulls = await drawn(settings('nulls'));
    expect([nulls.points, nulls.summary]).toEqual([
      [],
      expect.stringMatching(/none of the 3 rows has a value that can be drawn\.$/),
    ]);
    expect((await drawn(settings('single'))).points).toHaveLength(1);
  });

  it('says which columns do not suit', async () => {
    expect([
      await chart({ of: 'people', mark: 'bar' }),
      await chart({ of: 'people', mark: 'bar', x: 'nowhere' }),
      await chart({ of: 'people', mark: 'line', x: 'country' }),
      await chart({ of: 'people', mark: 'bar', x: 'country', y: 'country', aggregate: 'mean' }),
      await chart({ of: 'people', mark: 'bar', x: 'country', aggregate: 'mean' }),
      await chart({ of: 'people', mark: 'box', y: 'day' }),
      await chart({ of: 'odd', mark: 'histogram', x: 't "1' }),
    ]).toEqual([
      'A bar chart needs a column for x. Choose one.',
      'people has no column nowhere. Choose another column.',
      'country is VARCHAR, and a line needs numbers or dates on x. Choose another column, or another kind of chart.',
      'country is VARCHAR, and “mean” needs numbers. Choose another column, or another kind of chart.',
      '“mean” needs a column to be computed of. Choose one for y, or count rows.',
      'day is DATE, and a box plot needs numbers on y. Choose another column, or another kind of chart.',
      't "1 is TIME, and a histogram needs numbers or dates on x. Choose another column, or another kind of chart.',
    ]);
  });

  it('draws what types there are', async () => {
    for (const x of ['t "1', 'list', 'big', 'money'])
      expect([x, (await drawn({ of: 'odd', mark: 'bar', x })).points.map(({ y }) => y)]).toEqual([x, [3]]);
  });
});

it('asks statements that are cells like any other', async () => {
  for (const mark of CHART_MARKS)
    for (const of of ['people', 'many']) {
      const [x, y] = of === 'people' ? ['pay', 'id'] : ['i', 'r'];
      const data = await drawn({
        of,
        mark,
        x: mark === 'bar' || mark === 'box' ? (of === 'people' ? 'country' : 'c') : x,
        y,
        ...(mark === 'box' ? {} : { series: of === 'people' ? 'country' : 'g' }),
      });
      const { columns } = unwrap(await engine.describe({ relation: of }));
      const analysis = await analyzeCells({
        cells: [{ name: 'drawn', sql: data.sql }],
        sources: [{ name: of, columns: columns.map(({ name }) => name) }],
        sourceNames: [of],
        parse: (sql) => Promise.resolve(parseNow(sql)),
        registry: { macros: [], find: () => undefined },
      });
      const cell = analysis.cells.get('drawn');
      expect([mark, of, cell?.problem, cell?.reads, cell?.lineage?.unknown?.reason ?? null]).toEqual([
        mark,
        of,
        null,
        [of],
        null,
      ]);
    }
});

describe('settings that another kind of chart left behind', () => {
  it('do not keep a chart from being drawn, since no field shows them', async () => {
    const left: ChartSettings = { of: 'people', mark: 'bar', x: 'country', y: 'gone', aggregate: 'count' };
    expect((await drawn(left)).points).toHaveLength(4);
    expect((await drawn({ ...left, mark: 'box', y: 'pay', series: 'gone' })).points.length).toBeGreaterThan(
      0,
    );
    expect(await chart({ ...left, aggregate: 'mean' })).toContain('people has no column gone');
  });
});

it('a scatter plot has no more colours than there are, and a box plot says what lies beyond its whiskers', async () => {
  const data = await drawn({ of: 'many', mark: 'scatter', x: 'i', y: 'r', series: 'g' });
  expect(data.series?.values).toHaveLength(8);
  expect(data.series?.values.at(-1)).toBe('(others)');
  expect(data.notes.join(' ')).toContain(
    'The 7 most frequent values of g have a colour; all others are (others).',
  );
  const box = await drawn({ of: 'far', mark: 'box', y: 'n' });
  expect(box.notes).toEqual([
    '1 value beyond the whiskers is not drawn; the table has their number and the extremes.',
  ]);
});
