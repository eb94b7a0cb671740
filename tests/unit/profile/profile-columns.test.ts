// Profiles of every type and of tables made to mislead, against figures worked out by hand, in the shipping engine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { profileColumns } from '../../../src/lib/profile/profile-columns.ts';
import type { ColumnProfile } from '../../../src/lib/profile/profile-types.ts';
import { binsOf, makeTable, openEngine, profileOne, valuesOf } from './engine-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

interface TypeCase {
  readonly sql: string;
  readonly expected: Partial<ColumnProfile>;
}

const TYPES: Readonly<Record<string, TypeCase>> = {
  // 1, 2, 3, 4: mean 2.5, squares of deviations 5, 5 / 3; quartiles at positions 0.75, 1.5, 2.25.
  'TINYINT with NULL': {
    sql: valuesOf('1::TINYINT', '2', '3', '4', 'NULL'),
    expected: {
      type: 'TINYINT',
      kind: 'integer',
      rows: 5,
      nulls: 1,
      distinct: 4,
      distinctIsExact: true,
      min: 1,
      max: 4,
      mean: 2.5,
      stddev: Math.sqrt(5 / 3),
      quartiles: [1.75, 2.5, 3.25],
      isSampled: false,
      sampled: [],
      sampleRows: 5,
      blanks: null,
      minLength: null,
    },
  },
  'HUGEINT beyond double': {
    sql: valuesOf('170141183460469231731687303715884105727::HUGEINT', '1'),
    expected: {
      kind: 'integer',
      min: 1,
      max: '170141183460469231731687303715884105727',
      mean: 8.507059173023462e37,
      distinct: 2,
    },
  },
  'BIGINT beyond 2^53, one apart': {
    sql: valuesOf('9007199254740993', '9007199254740994', '9007199254740993'),
    expected: {
      distinct: 2,
      min: '9007199254740993',
      max: '9007199254740994',
      top: [
        { value: '9007199254740993', count: 2 },
        { value: '9007199254740994', count: 1 },
      ],
    },
  },
  'DECIMAL exact as text': {
    sql: valuesOf("'12345678901234567890123456.7890'::DECIMAL(38,4)", "'-0.1000'"),
    expected: {
      type: 'DECIMAL(38,4)',
      kind: 'decimal',
      min: '-0.1000',
      max: '12345678901234567890123456.7890',
      distinct: 2,
    },
  },
  'DOUBLE with NaN and infinities': {
    sql: valuesOf("'NaN'::DOUBLE", "'infinity'", "'-infinity'", '-1', '3', "'NaN'", 'NULL'),
    expected: {
      kind: 'float',
      nulls: 1,
      distinct: 5,
      notANumber: 2,
      positiveInfinity: 1,
      negativeInfinity: 1,
      min: -1,
      max: 3,
      mean: 1,
      stddev: Math.sqrt(8),
      quartiles: [0, 1, 2],
    },
  },
  'FLOAT, which is widened': {
    sql: valuesOf('0.5::FLOAT', '1.5'),
    expected: { type: 'FLOAT', kind: 'float', min: 0.5, max: 1.5, mean: 1 },
  },
  BOOLEAN: {
    sql: valuesOf('true', 'false', 'true', 'NULL'),
    expected: {
      kind: 'boolean',
      min: false,
      max: true,
      mean: null,
      top: [
        { value: true, count: 2 },
        { value: false, count: 1 },
      ],
      histogram: null,
    },
  },
  'DATE before 1970': {
    sql: valuesOf("DATE '1969-12-30'", "'1970-01-02'", 'NULL'),
    expected: {
      kind: 'date',
      min: '1969-12-30',
      max: '1970-01-02',
      mean: '1969-12-31T12:00:00',
      stddev: null,
      quartiles: ['1969-12-30T18:00:00', '1969-12-31T12:00:00', '1970-01-01T06:00:00'],
    },
  },
  'DATE at the ends of the calendar': {
    sql: valuesOf("DATE '5881580-07-10'", "'0044-03-15 (BC)'", "'infinity'", "'-infinity'"),
    expected: { min: '0044-03-15 (BC)', max: '5881580-07-10', positiveInfinity: 1, negativeInfinity: 1 },
  },
  TIME: {
    sql: valuesOf("TIME '06:00:00'", "'18:30:00.5'"),
    expected: { kind: 'time', min: '06:00:00', max: '18:30:00.5', mean: '12:15:00.25' },
  },
  TIMESTAMP: {
    sql: valuesOf("TIMESTAMP '1969-12-31 23:59:59'", "'1970-01-01 00:00:02'", "'infinity'"),
    expected: {
      kind: 'timestamp',
      min: '1969-12-31T23:59:59',
      max: '1970-01-01T00:00:02',
      mean: '1970-01-01T00:00:00.5',
      positiveInfinity: 1,
    },
  },
  'TIMESTAMP WITH TIME ZONE, in UTC': {
    sql: valuesOf("TIMESTAMPTZ '2020-02-29 00:00:00+00'", "'2020-03-01 00:00:00+00'"),
    expected: { kind: 'timestamp', min: '2020-02-29T00:00:00Z', mean: '2020-02-29T12:00:00Z' },
  },
  TIMESTAMP_NS: {
    sql: valuesOf("'2020-01-01 00:00:00.123456789'::TIMESTAMP_NS", 'NULL'),
    expected: { kind: 'timestamp', min: '2020-01-01T00:00:00.123456789', mean: '2020-01-01T00:00:00.123456' },
  },
  INTERVAL: {
    sql: valuesOf('INTERVAL 1 DAY', 'INTERVAL 30 HOUR', 'NULL'),
    expected: { kind: 'interval', min: '1 day', max: '30:00:00', mean: '27:00:00', histogram: null, top: [] },
  },
  'VARCHAR with characters of 4 bytes and blanks': {
    sql: valuesOf("'😀'", "'é'", "''", "' ' || chr(9) || chr(12288)", "' a'", 'NULL', "'😀'"),
    expected: {
      kind: 'text',
      nulls: 1,
      distinct: 5,
      blanks: 2,
      minLength: 0,
      maxLength: 3,
      min: '',
      max: '😀',
      mean: null,
      quartiles: null,
      histogram: null,
      top: [
        { value: '😀', count: 2 },
        { value: '', count: 1 },
        { value: ' \t\u3000', count: 1 },
        { value: ' a', count: 1 },
        { value: 'é', count: 1 },
      ],
    },
  },
  BLOB: {
    sql: valuesOf("'\\x00\\xff'::BLOB", "''::BLOB", 'NULL'),
    expected: {
      kind: 'bytes',
      nulls: 1,
      distinct: 2,
      minLength: 0,
      maxLength: 2,
      min: null,
      max: null,
      top: [],
    },
  },
  UUID: {
    sql: valuesOf("'00000000-0000-0000-0000-000000000001'::UUID", "'00000000-0000-0000-0000-000000000001'"),
    expected: {
      kind: 'category',
      distinct: 1,
      min: '00000000-0000-0000-0000-000000000001',
      top: [{ value: '00000000-0000-0000-0000-000000000001', count: 2 }],
    },
  },
  'ENUM, in the order of its declaration': {
    sql: `SELECT x::ENUM('z', 'a') AS x FROM (${valuesOf("'z'", "'a'", "'z'")})`,
    expected: { kind: 'category', min: 'z', max: 'a', distinct: 2 },
  },
  LIST: {
    sql: valuesOf('[1, 2]', '[1, 2]', '[]', 'NULL'),
    expected: { kind: 'nested', nulls: 1, distinct: 2, min: null, max: null, top: [], histogram: null },
  },
  ARRAY: { sql: valuesOf('[1, 2]::INTEGER[2]'), expected: { kind: 'nested', distinct: 1 } },
  STRUCT: { sql: valuesOf("{'a': 1}", "{'a': NULL}"), expected: { kind: 'nested', nulls: 0, distinct: 2 } },
  MAP: { sql: valuesOf("MAP {'a': 1}", 'NULL'), expected: { kind: 'nested', nulls: 1, distinct: 1 } },
  UNION: { sql: valuesOf('union_value(a := 1)'), expected: { kind: 'nested', distinct: 1 } },
  BIT: { sql: valuesOf("'101'::BIT"), expected: { kind: 'other', distinct: 1, min: null } },
  'TIME WITH TIME ZONE': {
    sql: valuesOf("'10:00:00+02'::TIMETZ"),
    expected: { kind: 'other', distinct: 1, min: null },
  },
};

describe('every type', () => {
  it.each(Object.entries(TYPES))('%s', async (_, { sql, expected }) => {
    const profile = await profileOne(engine, sql);
    expect(profile).toMatchObject(expected);
    if (profile.histogram !== null) {
      const { bins, nulls, notFinite } = profile.histogram;
      const inBins = bins.reduce((sum, bin) => sum + bin.count, 0);
      expect(inBins + nulls + notFinite).toBe(profile.rows);
    }
  });

  it.each([
    'INTEGER',
    'HUGEINT',
    'DECIMAL(38,10)',
    'DOUBLE',
    'BOOLEAN',
    'DATE',
    'TIME',
    'TIMESTAMP',
    'INTERVAL',
  ])('%s without a value', async (type) => {
    const nothing = { distinct: 0, distinctIsExact: true, min: null, max: null, mean: null, stddev: null };
    const rest = { quartiles: null, top: [], histogram: null };
    const onlyNull = await profileOne(engine, valuesOf(`NULL::${type}`, 'NULL'));
    expect(onlyNull).toMatchObject({ ...nothing, ...rest, rows: 2, nulls: 2 });
    const noRows = await profileOne(engine, `${valuesOf(`NULL::${type}`)} WHERE FALSE`);
    expect(noRows).toMatchObject({ ...nothing, ...rest, rows: 0, nulls: 0 });
  });

  it('only NaN has no mean and no bin', async () => {
    expect(await profileOne(engine, valuesOf("'NaN'::DOUBLE", "'NaN'"))).toMatchObject({
      nulls: 0,
      distinct: 1,
      notANumber: 2,
      min: null,
      mean: null,
      quartiles: null,
      histogram: null,
    });
  });

  it('one row has no deviation', async () => {
    expect(await profileOne(engine, valuesOf('7.5::DOUBLE'))).toMatchObject({
      mean: 7.5,
      stddev: null,
      quartiles: [7.5, 7.5, 7.5],
      histogram: { bins: [{ from: 7.5, to: 7.5, count: 1 }], rule: 'single-value' },
    });
  });

  it.each([
    ['largest', '1e308', 1e308],
    ['smallest', '1e-300', 1e-300],
  ])('doubles of the %s magnitude keep their deviation', async (_, literal, value) => {
    const profile = await profileOne(engine, valuesOf(`${literal}::DOUBLE`, `-${literal}::DOUBLE`));
    expect(profile.mean).toBe(0);
    expect((profile.stddev ?? 0) / value).toBeCloseTo(Math.SQRT2, 12);
    expect(binsOf(profile).reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(2);
  });
});

describe('what is asked for', () => {
  it('takes hostile names as they are, in the order asked', async () => {
    const names = [
      'a"b; DROP TABLE made; --',
      'select',
      ' ',
      "it's",
      '列',
      'count',
      'v',
      'n',
      'groups',
      'made',
    ];
    const list = names.map((name, index) => `${index} AS "${name.replaceAll('"', '""')}"`);
    const relation = await makeTable(engine, `SELECT ${list.join(', ')}`);
    const all = unwrap(await profileColumns({ engine, relation }));
    expect(all.columns.map(({ name, min }) => [name, min])).toEqual(names.map((name, at) => [name, at]));
    const some = unwrap(await profileColumns({ engine, relation, columns: ['列', 'select'] }));
    expect(some.columns.map(({ name, top }) => [name, top])).toEqual([
      ['列', [{ value: 4, count: 1 }]],
      ['select', [{ value: 1, count: 1 }]],
    ]);
  });

  it('profiles 200 columns in statements of a few', async () => {
    const list = Array.from({ length: 200 }, (_, index) => `i + ${index} AS c${index}`);
    const relation = await makeTable(engine, `SELECT ${list.join(', ')} FROM range(10) r(i)`);
    const { columns } = unwrap(await profileColumns({ engine, relation }));
    expect(columns.map(({ name, mean }) => [name, mean])).toEqual(
      list.map((_, index) => [`c${index}`, index + 4.5]),
    );
  });

  it('says which column or relation is not there', async () => {
    const relation = await makeTable(engine, 'SELECT 1 AS a');
    const column = await profileColumns({ engine, relation, columns: ['b'] });
    expect(column).toMatchObject({ ok: false, error: { code: 'profile-column-missing' } });
    expect((await profileColumns({ engine, relation: 'nowhere' })).ok).toBe(false);
    expect(unwrap(await profileColumns({ engine, relation, columns: [] }))).toEqual({ rows: 1, columns: [] });
  });

  it('stops between two statements', async () => {
    const relation = await makeTable(engine, 'SELECT 1 AS a');
    const stopped = await profileColumns({ engine, relation, signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ ok: false, error: { code: 'engine-cancelled' } });
  });
});

describe('large relations', () => {
  const SQL = `SELECT i AS id, i % 7 AS few, 'u' || (i // 2) AS pairs, CASE WHEN i % 2 = 0 THEN 'often' ELSE 'r' || i END AS mixed FROM range(400000) r(i)`;

  it('says what is estimated and what is sampled, and gives the same twice', async () => {
    const relation = await makeTable(engine, SQL);
    const profile = async () => unwrap(await profileColumns({ engine, relation, exactUpTo: 1000 })).columns;
    const [id, few, pairs, mixed] = await profile();
    expect(id).toMatchObject({
      distinctIsExact: false,
      isSampled: true,
      sampled: ['quartiles'],
      mean: 199999.5,
    });
    expect(Math.abs((id?.distinct ?? 0) / 400_000 - 1)).toBeLessThan(0.3);
    expect(id?.distinct).toBeLessThanOrEqual(400_000);
    expect(id?.sampleRows).toBeGreaterThan(190_000);
    expect(id?.sampleRows).toBeLessThan(210_000);
    expect(Math.abs(Number(id?.quartiles?.[1]) / 200_000 - 1)).toBeLessThan(0.01);
    expect(binsOf(id as ColumnProfile).reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(400_000);
    expect(few).toMatchObject({ distinct: 7, distinctIsExact: true, sampled: ['quartiles'] });
    expect(few?.top.slice(0, 2)).toEqual([
      { value: 0, count: 57143 },
      { value: 1, count: 57143 },
    ]);
    expect(pairs).toMatchObject({ distinctIsExact: false, sampled: ['top'] });
    expect(mixed?.top[0]?.value).toBe('often');
    expect(Math.abs((mixed?.top[0]?.count ?? 0) / (mixed?.sampleRows ?? 1) - 0.5)).toBeLessThan(0.01);
    expect(await profile()).toEqual([id, few, pairs, mixed]);
  });

  it('counts all where told to', async () => {
    const relation = await makeTable(engine, SQL);
    const { columns } = unwrap(await profileColumns({ engine, relation, exactUpTo: 400_000 }));
    expect(
      columns.map(({ distinct, distinctIsExact, isSampled }) => [distinct, distinctIsExact, isSampled]),
    ).toEqual([
      [400_000, true, false],
      [7, true, false],
      [200_000, true, false],
      [200_001, true, false],
    ]);
    expect(columns[3]?.top).toEqual([
      { value: 'often', count: 200_000 },
      ...Array.from({ length: 9 }, () => ({ value: expect.stringMatching(/^r\d+$/), count: 1 })),
    ]);
  });

  it('samples rows even where a column is called rowid', async () => {
    const profile = await profileOne(engine, `SELECT 1 AS rowid, i AS _SL_ROW FROM range(400000) r(i)`, 1000);
    expect(profile).toMatchObject({ name: 'rowid', distinct: 1, quartiles: [1, 1, 1] });
    expect(profile.sampleRows).toBeGreaterThan(190_000);
    expect(profile.sampleRows).toBeLessThan(210_000);
  });
});
