import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { CellValue, ColumnType, Engine } from '../../../src/lib/engine/contract.ts';
import { countFiltered } from '../../../src/lib/filter/filtered-counts.ts';
import { predicateOf } from '../../../src/lib/filter/predicate.ts';
import { findSql, keptSql, shownRowsSql, viewPageSql, viewSql } from '../../../src/lib/filter/row-view.ts';
import type { SortKey } from '../../../src/lib/filter/view-types.ts';
import { planProfiles } from '../../../src/lib/profile/profile-columns.ts';
import { openEngine } from '../profile/engine-under-test.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function make(
  relation: string,
  sql: string,
): Promise<{ relation: string; columns: readonly ColumnType[] }> {
  const { columns } = unwrap(await engine.run({ runId: relation, sql, into: relation }));
  return { relation, columns };
}

type Viewed = Awaited<ReturnType<typeof make>>;

async function look(
  viewed: Viewed,
  condition: string | null,
  sort: readonly SortKey[] = [],
): Promise<number> {
  const sql = viewSql(viewed, condition, sort);
  return unwrap(await engine.run({ runId: 'view', sql, into: 'sluice_view_1' })).rowCount;
}

async function rows(sql: string): Promise<readonly (readonly CellValue[])[]> {
  return unwrap(await engine.query({ sql })).rows;
}

const first = (values: readonly (readonly CellValue[])[]) => values.map(([value]) => value);
const ascending = (column: string): SortKey => ({ column, isDescending: false });
const descending = (column: string): SortKey => ({ column, isDescending: true });

const LETTERS = `SELECT * FROM (VALUES (1, 'b', 2.5), (2, 'a', NULL), (3, NULL, 1.5), (4, 'a', 9.0), (5, 'B', 2.5)) t(n, c, x)`;

describe('rows filtered and sorted by their numbers', () => {
  it('keep their order where nothing is sorted, and pages begin where they should', async () => {
    const letters = await make('letters', LETTERS);
    expect(await look(letters, `"n" > 1`)).toBe(4);
    expect(first(await rows(viewPageSql(letters, 'sluice_view_1', 0, 2)))).toEqual([2, 3]);
    expect(first(await rows(viewPageSql(letters, 'sluice_view_1', 2, 200)))).toEqual([4, 5]);
  });

  it('are sorted by several columns, NULL last either way, equal rows in their order', async () => {
    const letters = await make('letters', LETTERS);
    const seen = async (sort: readonly SortKey[]) => {
      await look(letters, null, sort);
      return first(await rows(viewPageSql(letters, 'sluice_view_1', 0, 10)));
    };
    expect(await seen([ascending('c')])).toEqual([5, 2, 4, 1, 3]);
    expect(await seen([descending('c')])).toEqual([1, 2, 4, 5, 3]);
    expect(await seen([ascending('c'), descending('n')])).toEqual([5, 4, 2, 1, 3]);
    expect(await seen([descending('x')])).toEqual([4, 1, 5, 3, 2]);
  });

  it('are found where a column is called like what the SQL needs', async () => {
    const odd = await make('t', `SELECT i AS rowid, 10 - i AS r, 'v' || i AS "_sl_row" FROM range(5) s(i)`);
    expect(await look(odd, `"r" < 10`, [ascending('r')])).toBe(4);
    expect(await rows(viewPageSql(odd, 'sluice_view_1', 0, 2))).toEqual([
      [4, 6, 'v4'],
      [3, 7, 'v3'],
    ]);
    expect(first(await rows(findSql(odd, null, 'V3', ['_sl_row'])))).toEqual([3]);
  });

  it('are the same as those of the kept cell', async () => {
    const letters = await make('letters', LETTERS);
    const clauses = [{ kind: 'in', column: 'c', values: ['a', null] } as const];
    const condition = unwrap(predicateOf(clauses, letters.columns));
    const sort = [descending('n')];
    await look(letters, condition, sort);
    const kept = await rows(keptSql('letters', condition, sort));
    expect(first(kept)).toEqual([4, 3, 2]);
    expect(await rows(viewPageSql(letters, 'sluice_view_1', 0, 10))).toEqual(kept);
  });
});

describe('rows and columns as they are shown', () => {
  it('are those of the view in its order, equal rows too, with columns called like what the SQL needs', async () => {
    const odd = await make(
      'odd',
      `SELECT i AS r, i % 3 AS rowid, hash(i) % 7 AS "_sl_row", 'v' || i AS "Ä b" FROM range(500) s(i)`,
    );
    const letters = await make('letters', LETTERS);
    for (const [viewed, condition, sort] of [
      [odd, '"r" > 100', [descending('rowid'), ascending('_sl_row')]],
      [odd, '"r" > 100', []],
      [letters, null, [descending('c')]],
      [letters, '"n" < 5', [ascending('x')]],
    ] as const) {
      await look(viewed, condition, sort);
      const names = viewed.columns.map(({ name }) => name).toReversed();
      const page = await rows(viewPageSql(viewed, 'sluice_view_1', 0, 1_000));
      const shown = await rows(shownRowsSql(viewed, condition, sort, names));
      expect(shown).toEqual(page.map((row) => row.toReversed()));
      const [only = ''] = names.toReversed();
      expect(await rows(shownRowsSql(viewed, condition, sort, [only]))).toEqual(
        page.map(([value]) => [value]),
      );
    }
  });
});

describe('a text looked for', () => {
  it('is found in any case, in any of the columns, at its place in the view', async () => {
    const letters = await make('letters', LETTERS);
    expect(first(await rows(findSql(letters, null, 'B', ['c'])))).toEqual([0, 4]);
    expect(first(await rows(findSql(letters, null, '2', ['n', 'x'])))).toEqual([0, 1, 4]);
    await look(letters, `"n" > 1`, [descending('n')]);
    expect(first(await rows(findSql(letters, 'sluice_view_1', 'a', ['c'])))).toEqual([1, 3]);
    expect(await rows(findSql(letters, null, `it's %_`, ['c']))).toEqual([]);
    expect(await rows(findSql(letters, null, 'a', []))).toEqual([]);
  });
});

describe('a text looked for in columns that are no text', () => {
  it('is found as it is shown, and letters are not sought in numbers', async () => {
    const mixed = await make(
      'mixed',
      `SELECT 1.5e300::DOUBLE AS x, TIMESTAMP '2016-02-03 07:55:29' AS at, DATE '2020-05-06' AS day, TRUE AS yes, 'due' AS word`,
    );
    const finds = async (text: string, ...among: readonly string[]) =>
      (await rows(findSql(mixed, null, text, among))).length === 1;
    expect(await finds('2016-02-03T07:55', 'at')).toBe(true);
    expect(await finds('03 07', 'at')).toBe(false);
    expect(await finds('5e+30', 'x')).toBe(true);
    expect(await finds('-05-', 'day', 'word')).toBe(true);
    expect(await finds('RU', 'yes')).toBe(true);
    expect(await finds('due', 'x', 'at', 'day', 'yes')).toBe(false);
    expect(await finds('due', 'x', 'at', 'day', 'yes', 'word')).toBe(true);
    expect(findSql(mixed, null, 'due', ['x', 'at', 'word'])).not.toContain('"x"');
  });
});

describe('what a condition leaves of profiled columns', () => {
  it('is counted into the bins and top values of the whole', async () => {
    const { relation, columns } = await make(
      'made',
      `SELECT i AS n, CASE WHEN i % 10 = 0 THEN NULL ELSE 'c' || (i % 3) END AS c,
         DATE '2020-01-01' + CAST(i AS INTEGER) AS d, i / 3.0::DOUBLE AS x, 7 AS seven FROM range(300) s(i)`,
    );
    const { columns: profiles } = unwrap(await planProfiles({ engine, relation }));
    const whole = unwrap(await countFiltered({ engine }, relation, profiles, null));
    for (const [index, { profile }] of profiles.entries()) {
      expect(whole[index]).toEqual({
        rows: 300,
        nulls: profile.nulls,
        bins: profile.histogram?.bins.map(({ count }) => count) ?? [],
        top: profile.top.map(({ count }) => count),
      });
    }
    const condition = unwrap(predicateOf([{ kind: 'in', column: 'c', values: ['c1'] }], columns));
    const [n, c, d, , seven] = unwrap(await countFiltered({ engine }, relation, profiles, condition));
    expect(c).toEqual({
      rows: 90,
      nulls: 0,
      bins: [],
      top: profiles[1]?.profile.top.map(({ value }) => (value === 'c1' ? 90 : 0)),
    });
    expect(seven).toEqual({ rows: 90, nulls: 0, bins: [90], top: [90] });
    expect(d?.bins.reduce((sum, count) => sum + count, 0)).toBe(90);
    for (const [index, bin] of (profiles[0]?.profile.histogram?.bins ?? []).entries()) {
      const inBin = [
        { kind: 'range', column: 'n', low: bin.from, high: bin.to, includesHigh: false } as const,
      ];
      const both = `${condition} AND ${unwrap(predicateOf(inBin, columns))}`;
      expect(n?.bins[index]).toBe(Number((await rows(`SELECT count(*) FROM made WHERE ${both}`))[0]?.[0]));
    }
  });

  it('is nothing where no row is left, and leaves NaN out of the only bin', async () => {
    const { relation } = await make('few', `SELECT unnest([1.5::DOUBLE, 'NaN'::DOUBLE, 1.5, NULL]) AS x`);
    const { columns: profiles } = unwrap(await planProfiles({ engine, relation }));
    const [whole] = unwrap(await countFiltered({ engine }, relation, profiles, null));
    expect(whole).toMatchObject({ rows: 4, nulls: 1, bins: [2] });
    const [none] = unwrap(await countFiltered({ engine }, relation, profiles, 'FALSE'));
    expect(none).toMatchObject({ rows: 0, nulls: 0, bins: [0] });
  });
});
