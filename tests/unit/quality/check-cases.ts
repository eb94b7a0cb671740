// Data for every kind of check: rows, settings, and what must come out; must not know how checks work.
import type { CheckKind } from '../../../src/lib/notebook/check-kinds.ts';
import type { CheckValue } from '../../../src/lib/notebook/notebook-types.ts';

type Settings = Readonly<Record<string, CheckValue>>;

/** What a case shows. */
export type Shows =
  'pass' | 'fail' | 'warn' | 'null' | 'empty' | 'all-null' | 'bad-column' | 'bad-setting' | 'more';

/**
 * `expected` is the outcome, then failing/examined rows or the figure observed, then `vacuous`; for `error` the problem's
 * code.
 */
export type CheckCase = readonly [shows: Shows, rows: string, settings: Settings, expected: string];

/** Rows of a column `a` from SQL literals. */
const a = (values: string, type = 'INTEGER'): string => `SELECT unnest([${values}]::${type}[]) AS a`;
const none = (type: string): string => `SELECT NULL::${type} AS a WHERE FALSE`;
const nulls = (type: string): string => `SELECT NULL::${type} AS a FROM range(3)`;
const T = 'VARCHAR';
const D = 'DOUBLE';

/** Cases that a kind over one column has in common. */
function shared(
  type: string,
  settings: Settings,
  ofNothing: { empty: string; allNull: string },
): readonly CheckCase[] {
  return [
    ['empty', none(type), { column: 'a', ...settings }, ofNothing.empty],
    ['all-null', nulls(type), { column: 'a', ...settings }, ofNothing.allNull],
    ['bad-column', nulls(type), { ...settings, column: 'nope' }, 'error check-column'],
  ];
}

const VACUOUS = { empty: 'pass 0/0 vacuous', allNull: 'pass 0/0 vacuous' };
const NO_FIGURE = { empty: 'error check-no-value', allNull: 'error check-no-value' };
const NO_RATIO = { empty: 'pass null vacuous', allNull: 'pass null vacuous' };

function figure(
  low: string,
  [pass, observed]: readonly [Settings, string],
  high: Settings,
  extra: Settings = {},
): readonly CheckCase[] {
  const of = { column: 'a', ...extra };
  return [
    ['pass', low, { ...of, ...pass }, `pass ${observed}`],
    ['fail', low, { ...of, ...high }, `fail ${observed}`],
    ['warn', low, { ...of, ...high, severity: 'warn' }, `warn ${observed}`],
    ['null', `${low} UNION ALL SELECT NULL`, { ...of, ...pass }, `pass ${observed}`],
    ...shared('INTEGER', { ...extra, ...pass }, NO_FIGURE),
    ['bad-setting', a("'x'", T), { ...of, ...pass }, 'error check-type'],
  ];
}

const TWO = 'SELECT * FROM (VALUES (1, 1), (1, 2), (2, 1), (1, 2)) AS t(a, b)';

export const CHECK_CASES: Readonly<Record<CheckKind, readonly CheckCase[]>> = {
  not_null: [
    ['pass', a('1, 2'), { column: 'a' }, 'pass 0/2'],
    ['fail', a('1, NULL'), { column: 'a' }, 'fail 1/2'],
    ['null', a('1, NULL, NULL'), { column: 'a', fail: 2 }, 'pass 2/3'],
    ['warn', a('1, NULL'), { column: 'a', warn: '10%', fail: '50%' }, 'warn 1/2'],
    ...shared('INTEGER', {}, { empty: 'pass 0/0 vacuous', allNull: 'fail 3/3' }),
    ['more', a("'nan'::DOUBLE, 1", D), { column: 'a' }, 'pass 0/2'],
    ['more', a("'nan'::DOUBLE, 1", D), { column: 'a', nan: true }, 'fail 1/2'],
    ['more', a("'', ' ', chr(160), 'x'", T), { column: 'a', blank: true }, 'fail 3/4'],
    ['more', a('1, NULL'), { column: 'a', where: 'a IS NOT NULL' }, 'pass 0/1'],
    ['more', a('1, NULL'), { column: 'A' }, 'fail 1/2'],
    ['bad-setting', a('1'), { column: 'a', where: 'a > 1) --' }, 'error'],
  ],
  unique: [
    ['pass', a('1, 2, 3'), { column: 'a' }, 'pass 0/3'],
    ['fail', a('1, 1, 1, 2'), { column: 'a' }, 'fail 3/4'],
    ['warn', a('1, 1, 2'), { column: 'a', warn: 0 }, 'warn 2/3'],
    ['null', a('1, NULL, NULL'), { column: 'a' }, 'pass 0/1'],
    ...shared('INTEGER', {}, VACUOUS),
    ['bad-setting', a('1'), { column: 'a', where: 'nope > 1' }, 'error engine-sql'],
  ],
  compound_unique: [
    ['pass', TWO, { columns: ['a', 'b'], where: 'a = 2' }, 'pass 0/1'],
    ['fail', TWO, { columns: ['a', 'b'] }, 'fail 2/4'],
    ['warn', TWO, { columns: ['a', 'b'], warn: 1 }, 'warn 2/4'],
    ['null', 'SELECT 1 AS a, NULL AS b FROM range(2)', { columns: ['a', 'b'] }, 'pass 0/0 vacuous'],
    ['empty', `${TWO} WHERE FALSE`, { columns: ['a', 'b'] }, 'pass 0/0 vacuous'],
    ['all-null', 'SELECT NULL AS a, NULL AS b FROM range(2)', { columns: ['a', 'b'] }, 'pass 0/0 vacuous'],
    ['bad-column', TWO, { columns: ['a', 'c'] }, 'error check-column'],
    ['bad-setting', TWO, { columns: [] }, 'error check-setting'],
  ],
  primary_key: [
    ['pass', a('1, 2'), { columns: ['a'] }, 'pass 0/2'],
    ['fail', a('1, 1, 2'), { columns: ['a'] }, 'fail 2/3'],
    ['warn', a('1, 1, 2'), { columns: ['a'], warn: 0 }, 'warn 2/3'],
    ['null', a('1, NULL'), { columns: ['a'] }, 'fail 1/2'],
    ['empty', none('INTEGER'), { columns: ['a'] }, 'pass 0/0 vacuous'],
    ['all-null', nulls('INTEGER'), { columns: ['a'] }, 'fail 3/3'],
    ['bad-column', a('1'), { columns: ['nope'] }, 'error check-column'],
    ['bad-setting', a('1'), { columns: 3 }, 'error check-setting'],
  ],
  in_set: [
    ['pass', a("'x', 'y'", T), { column: 'a', values: ['x', 'y'] }, 'pass 0/2'],
    ['fail', a("'x', 'X', 'x '", T), { column: 'a', values: ['x'] }, 'fail 2/3'],
    ['warn', a('1, 2, 3'), { column: 'a', values: [1, 2], warn: 0 }, 'warn 1/3'],
    ['null', a('1, NULL'), { column: 'a', values: [1] }, 'pass 0/1'],
    ...shared(T, { values: ['x'] }, VACUOUS),
    ['more', a('1, 2'), { column: 'a', values: [1.5, 2] }, 'fail 1/2'],
    ['more', a('9007199254740993', 'BIGINT'), { column: 'a', values: ['9007199254740993'] }, 'pass 0/1'],
    ['more', a("'2020-02-29'", 'DATE'), { column: 'a', values: ['2020-02-29'] }, 'pass 0/1'],
    ['more', a("'O''Brien'", T), { column: 'a', values: ["O'Brien"] }, 'pass 0/1'],
    ['bad-setting', a('1'), { column: 'a', values: ['1) OR (TRUE'] }, 'error check-value'],
    ['bad-setting', a("'2020-02-29'", 'DATE'), { column: 'a', values: ['soon'] }, 'error engine-sql'],
  ],
  not_in_set: [
    ['pass', a('1, 2'), { column: 'a', values: [3] }, 'pass 0/2'],
    ['fail', a('1, 2'), { column: 'a', values: [2] }, 'fail 1/2'],
    ['warn', a('1, 2'), { column: 'a', values: [2], warn: '10%' }, 'warn 1/2'],
    ['null', a('NULL, 2'), { column: 'a', values: [3] }, 'pass 0/1'],
    ...shared('INTEGER', { values: [3] }, VACUOUS),
    ['more', a("'01234', '1234'", T), { column: 'a', values: ['01234'] }, 'fail 1/2'],
    ['more', a('1234, 1.5', 'DECIMAL(9,2)'), { column: 'a', values: ['01234', '1.50'] }, 'fail 2/2'],
    ['bad-setting', a('1'), { column: 'a', values: [true] }, 'error check-value'],
  ],
  between: [
    ['pass', a('0, 10'), { column: 'a', min: 0, max: 10 }, 'pass 0/2'],
    ['fail', a('-1, 0, 11'), { column: 'a', min: 0, max: 10 }, 'fail 2/3'],
    ['warn', a('1, 2, 11'), { column: 'a', max: 10, warn: '1%' }, 'warn 1/3'],
    ['null', a('NULL, 5'), { column: 'a', min: 0 }, 'pass 0/1'],
    ...shared('INTEGER', { min: 0 }, VACUOUS),
    ['more', a("'nan'::DOUBLE, 1", D), { column: 'a', min: 0 }, 'fail 1/2'],
    ['more', a("'2020-01-01', '2021-01-01'", 'DATE'), { column: 'a', min: '2020-06-01' }, 'fail 1/2'],
    ['more', a("'a', 'c'", T), { column: 'a', max: 'b' }, 'fail 1/2'],
    ['more', a('1, 2, 3, 4, 100'), { column: 'a', max: 10, mostly: 0.8 }, 'pass 1/5'],
    ['more', a('1, 2, 3, 4, 100'), { column: 'a', max: 10, mostly: '81%' }, 'fail 1/5'],
    ['more', a('1, NULL, NULL, NULL, 100'), { column: 'a', max: 10, mostly: 0.5 }, 'pass 1/2'],
    ['bad-setting', a('1'), { column: 'a', min: 'low' }, 'error check-value'],
  ],
  matches: [
    ['pass', a("'ab1', 'b2'", T), { column: 'a', pattern: 'b[0-9]$' }, 'pass 0/2'],
    ['fail', a("'b1', 'c', ''", T), { column: 'a', pattern: '^b' }, 'fail 2/3'],
    ['warn', a("'b', 'c'", T), { column: 'a', pattern: '^b', warn: 0 }, 'warn 1/2'],
    ['null', a("'b', NULL", T), { column: 'a', pattern: '^b' }, 'pass 0/1'],
    ...shared(T, { pattern: '^b' }, VACUOUS),
    ['more', a("'é'", T), { column: 'a', pattern: "^[^']$" }, 'pass 0/1'],
    ['bad-setting', a("'b'", T), { column: 'a', pattern: '(' }, 'error engine-sql'],
  ],
  length_between: [
    ['pass', a("'ab', 'é😀'", T), { column: 'a', min: 2, max: 2 }, 'pass 0/2'],
    ['fail', a("'', 'abc'", T), { column: 'a', min: 1, max: 2 }, 'fail 2/2'],
    ['warn', a("'a', 'abc'", T), { column: 'a', max: 2, warn: 0 }, 'warn 1/2'],
    ['null', a("NULL, 'ab'", T), { column: 'a', min: 1 }, 'pass 0/1'],
    ...shared(T, { min: 1 }, VACUOUS),
    ['bad-setting', a("'a'", T), { column: 'a', min: 'one' }, 'error check-setting'],
  ],
  castable_to: [
    ['pass', a("'1', '-2'", T), { column: 'a', type: 'integer' }, 'pass 0/2'],
    ['fail', a("'1', 'x', ''", T), { column: 'a', type: 'INT' }, 'fail 2/3'],
    ['warn', a("'2020-02-30', '2020-02-29'", T), { column: 'a', type: 'DATE', warn: 0 }, 'warn 1/2'],
    ['null', a("NULL, '1'", T), { column: 'a', type: 'BIGINT' }, 'pass 0/1'],
    ...shared(T, { type: 'DATE' }, VACUOUS),
    ['bad-setting', a("'1'", T), { column: 'a', type: 'INTEGER) IS NULL OR (1' }, 'error check-type'],
  ],
  phone_valid: [
    ['pass', a("'+44 20 7946 0958', '+14155550134'", T), { column: 'a' }, 'pass 0/2'],
    ['fail', a("'020 7946 0958', '', 'x'", T), { column: 'a' }, 'fail 3/3'],
    ['warn', a("'+14155550134', '12'", T), { column: 'a', warn: 0 }, 'warn 1/2'],
    ['null', a("'+14155550134', NULL", T), { column: 'a' }, 'pass 0/1'],
    ...shared(T, { region: 'US' }, VACUOUS),
    [
      'more',
      a("'(415) 555-0134', '1-415-555-0134', '+1 415 555 0134'", T),
      { column: 'a', region: 'us' },
      'pass 0/3',
    ],
    ['more', a("'(115) 555-0134', '+44 20 7946 0958'", T), { column: 'a', region: 'US' }, 'fail 2/2'],
    [
      'more',
      "SELECT * FROM (VALUES ('020 7946 0958', 'gb'), ('01 42 68 53 00', 'FR'), ('030 123456', 'ZZ'), ('0301234567', 'FR')) AS t(a, r)",
      { column: 'a', region_column: 'r' },
      'fail 1/4',
    ],
    ['bad-setting', a("'1'", T), { column: 'a', region: 'Mars' }, 'error check-region'],
  ],
  email_valid: [
    ['pass', a("'ada@example.org', 'a.b+c@mail.example.co.uk'", T), { column: 'a' }, 'pass 0/2'],
    [
      'fail',
      a("'ada', 'ada@', '@example.org', 'ada@localhost', 'a b@example.org', ''", T),
      { column: 'a' },
      'fail 6/6',
    ],
    ['warn', a("'ada@example.org', 'ada'", T), { column: 'a', warn: '1%' }, 'warn 1/2'],
    ['null', a("'ada@example.org', NULL", T), { column: 'a' }, 'pass 0/1'],
    ...shared(T, {}, VACUOUS),
    ['bad-setting', a("'x'", T), { column: 3 }, 'error check-setting'],
  ],
  foreign_key: [
    ['pass', a('1, 2'), { columns: ['a'], to: 'parents', to_columns: ['id'] }, 'pass 0/2'],
    ['fail', a('1, 9, 9'), { columns: ['a'], to: 'parents', to_columns: ['id'] }, 'fail 2/3'],
    ['warn', a('1, 9'), { columns: ['a'], to: 'parents', to_columns: ['id'], warn: 0 }, 'warn 1/2'],
    ['null', a('1, NULL'), { columns: ['a'], to: 'parents', to_columns: ['id'] }, 'pass 0/1'],
    ['empty', none('INTEGER'), { columns: ['a'], to: 'parents', to_columns: ['id'] }, 'pass 0/0 vacuous'],
    ['all-null', nulls('INTEGER'), { columns: ['a'], to: 'parents', to_columns: ['id'] }, 'pass 0/0 vacuous'],
    ['bad-column', a('1'), { columns: ['nope'], to: 'parents' }, 'error check-column'],
    ['bad-column', a('1'), { columns: ['a'], to: 'parents' }, 'error check-column'],
    ['bad-setting', a('1'), { columns: ['a'], to: 'nowhere' }, 'error engine-relation-missing'],
    ['bad-setting', a('1'), { columns: ['a'], to: 'sluice_key' }, 'error check-relation'],
    [
      'bad-setting',
      a('1'),
      { columns: ['a'], to: 'parents', to_columns: ['id', 'kind'] },
      'error check-setting',
    ],
    ['more', "SELECT 1 AS id, 'y' AS kind", { columns: ['id', 'kind'], to: 'parents' }, 'fail 1/1'],
  ],
  expression_true: [
    ['pass', a('1, 2'), { expression: 'a > 0 -- all' }, 'pass 0/2'],
    ['fail', a('1, -2'), { expression: 'a > 0' }, 'fail 1/2'],
    ['warn', a('1, -2'), { expression: 'a > 0', warn: 0 }, 'warn 1/2'],
    ['null', a('1, NULL'), { expression: 'a > 0' }, 'pass 0/1'],
    ['empty', none('INTEGER'), { expression: 'a > 0' }, 'pass 0/0 vacuous'],
    ['all-null', nulls('INTEGER'), { expression: 'a > 0' }, 'pass 0/0 vacuous'],
    ['bad-column', a('1'), { expression: 'nope > 0' }, 'error engine-sql'],
    ['bad-setting', a('1'), { expression: "read_text('x') = ''" }, 'error function-refused'],
    ['bad-setting', a('1'), { expression: '1) FROM parents WHERE (TRUE' }, 'error check-expression'],
    ['bad-setting', a('1'), { expression: 'TRUE), (FALSE' }, 'error check-expression'],
    ['bad-setting', a('1'), { expression: 'a >' }, 'error'],
    ['bad-setting', a('1'), { expression: 'sum(a) > 0' }, 'error engine-sql'],
    ['more', a('1, 7'), { expression: 'a IN (SELECT id FROM parents WHERE id > 0)' }, 'fail 1/2'],
  ],
  custom_sql: [
    ['pass', a('1, 2'), { sql: 'SELECT * FROM t WHERE a > 2;' }, 'pass 0/2'],
    ['fail', a('1, 2'), { sql: 'FROM t WHERE a > 1 -- big' }, 'fail 1/2'],
    ['warn', a('1, 2'), { sql: 'SELECT * FROM t WHERE a > 1', warn: '10%' }, 'warn 1/2'],
    ['null', a('1, NULL'), { sql: 'SELECT * FROM t WHERE a > 1' }, 'pass 0/2'],
    ['empty', none('INTEGER'), { sql: 'SELECT * FROM t' }, 'pass 0/0'],
    ['all-null', nulls('INTEGER'), { sql: 'SELECT * FROM t WHERE a IS NULL' }, 'fail 3/3'],
    ['bad-column', a('1'), { sql: 'SELECT nope FROM t' }, 'error engine-sql'],
    ['bad-setting', a('1'), { sql: 'DROP TABLE t' }, 'error statement-refused'],
    ['bad-setting', a('1'), { sql: 'SELECT 1; SELECT 2' }, 'error statement-several'],
    ['bad-setting', a('1'), { sql: 'SELECT * FROM sluice_key.pads' }, 'error'],
  ],
  type_is: [
    ['pass', a('1'), { column: 'a', type: 'int' }, 'pass INTEGER'],
    ['fail', a('1'), { column: 'a', type: 'BIGINT' }, 'fail INTEGER'],
    ['warn', a('1'), { column: 'a', type: 'DATE', severity: 'warn' }, 'warn INTEGER'],
    ['null', a('NULL'), { column: 'a', type: 'INTEGER' }, 'pass INTEGER'],
    ...shared(
      'DECIMAL(9,2)',
      { type: 'decimal' },
      { empty: 'pass DECIMAL(9,2)', allNull: 'pass DECIMAL(9,2)' },
    ),
    ['bad-setting', a('1'), { column: 'a', type: 7 }, 'error check-setting'],
  ],
  column_set: [
    ['pass', TWO, { columns: ['b', 'a'] }, 'pass a, b'],
    ['fail', TWO, { columns: ['a'] }, 'fail a, b'],
    ['warn', TWO, { columns: ['a', 'b', 'c'], severity: 'warn' }, 'warn a, b'],
    ['more', TWO, { columns: ['a'], mode: 'superset' }, 'pass a, b'],
    ['more', TWO, { columns: ['c'], mode: 'superset' }, 'fail a, b'],
    ['more', TWO, { columns: ['b', 'a'], mode: 'ordered' }, 'fail a, b'],
    ['more', TWO, { columns: ['a', 'b'], mode: 'ordered' }, 'pass a, b'],
    ['empty', `${TWO} WHERE FALSE`, { columns: ['a', 'b'] }, 'pass a, b'],
    ['bad-setting', TWO, { columns: [] }, 'error check-setting'],
  ],
  row_count_between: [
    ['pass', a('1, 2'), { min: 1, max: 2 }, 'pass 2'],
    ['fail', a('1, 2'), { min: 3 }, 'fail 2'],
    ['warn', a('1, 2'), { max: 1, severity: 'warn' }, 'warn 2'],
    ['null', a('1, NULL'), { min: 2 }, 'pass 2'],
    ['empty', none('INTEGER'), { min: 1 }, 'fail 0'],
    ['all-null', nulls('INTEGER'), { max: 3 }, 'pass 3'],
    ['more', a('1, 2'), { max: 1, where: 'a = 1' }, 'pass 1'],
    ['bad-setting', a('1'), { min: 'x' }, 'error check-setting'],
  ],
  freshness: [
    [
      'pass',
      a("'2025-01-01 11:00:00', '2020-01-01'", 'TIMESTAMP'),
      { column: 'a', max_age: '2 hours' },
      'pass 3600',
    ],
    ['fail', a("'2025-01-01 11:00:00'", 'TIMESTAMP'), { column: 'a', max_age: '59 minutes' }, 'fail 3600'],
    ['warn', a("'2024-12-31'", 'DATE'), { column: 'a', max_age: '1 day', severity: 'warn' }, 'warn 129600'],
    ['null', a("NULL, '2024-12-31'", 'DATE'), { column: 'a', max_age: '1.5 days' }, 'pass 129600'],
    ...shared('DATE', { max_age: '1 day' }, NO_FIGURE),
    ['more', a("'2025-01-01 11:00:00+00'", 'TIMESTAMPTZ'), { column: 'a', max_age: '1 hour' }, 'pass 3600'],
    ['bad-setting', a('1'), { column: 'a', max_age: '1 day' }, 'error check-type'],
    ['bad-setting', a("'2024-12-31'", 'DATE'), { column: 'a', max_age: 'long' }, 'error check-setting'],
  ],
  mean_between: figure(a('1, 2, 6'), [{ min: 3, max: 3 }, '3'], { min: 4 }),
  median_between: figure(a('1, 2, 6'), [{ max: 2 }, '2'], { min: 3 }),
  stddev_between: [
    ...figure(a('2, 4, 4, 4, 5, 5, 7, 9'), [{ min: 2.13, max: 2.14 }, '2.138089935299395'], { max: 2 }),
    ['more', a('5'), { column: 'a', max: 2 }, 'error check-no-value'],
  ],
  sum_between: figure(a('1, 2, 6'), [{ min: 9, max: 9 }, '9'], { max: 8.5 }),
  min_between: [
    ['pass', a('1, 2'), { column: 'a', min: 1 }, 'pass 1'],
    ['fail', a('1, 2'), { column: 'a', min: 2 }, 'fail 1'],
    ['warn', a('1, 2'), { column: 'a', min: 2, severity: 'warn' }, 'warn 1'],
    ['null', a('NULL, 2'), { column: 'a', min: 2 }, 'pass 2'],
    ...shared('INTEGER', { min: 2 }, NO_FIGURE),
    ['more', a("'2020-01-01'", 'DATE'), { column: 'a', min: '2020-01-01' }, 'pass 2020-01-01'],
    ['bad-setting', a('1'), { column: 'a', min: 'x' }, 'error check-value'],
  ],
  max_between: [
    ['pass', a('1, 2'), { column: 'a', max: 2 }, 'pass 2'],
    ['fail', a('1, 2'), { column: 'a', max: 1 }, 'fail 2'],
    ['warn', a('1, 2'), { column: 'a', max: 1, severity: 'warn' }, 'warn 2'],
    ['null', a('NULL, 2'), { column: 'a', max: 2 }, 'pass 2'],
    ...shared('INTEGER', { max: 2 }, NO_FIGURE),
    ['more', a("'nan'::DOUBLE, 1", D), { column: 'a', max: 2 }, 'error check-no-value'],
    ['bad-setting', a('1'), { column: 'a', max: true }, 'error check-value'],
  ],
  quantile_between: figure(a('0, 10'), [{ max: 2.5 }, '2.5'], { max: 2 }, { quantile: 0.25 }),
  distinct_count_between: [
    ['pass', a('1, 1, 2'), { column: 'a', min: 2, max: 2 }, 'pass 2'],
    ['fail', a('1, 1, 2'), { column: 'a', min: 3 }, 'fail 2'],
    ['warn', a('1, 1, 2'), { column: 'a', max: 1, severity: 'warn' }, 'warn 2'],
    ['null', a('1, NULL'), { column: 'a', max: 1 }, 'pass 1'],
    ...shared('INTEGER', { min: 1 }, { empty: 'fail 0', allNull: 'fail 0' }),
    ['bad-setting', a('1'), { column: 'a', min: [1] }, 'error check-setting'],
  ],
  unique_ratio_between: [
    ['pass', a('1, 1, 2, 3'), { column: 'a', min: '75%' }, 'pass 0.75'],
    ['fail', a('1, 1, 2, 3'), { column: 'a', min: 0.8 }, 'fail 0.75'],
    ['warn', a('1, 1, 2, 3'), { column: 'a', max: 0.5, severity: 'warn' }, 'warn 0.75'],
    ['null', a('1, NULL'), { column: 'a', min: 1 }, 'pass 1'],
    ...shared('INTEGER', { min: 1 }, NO_RATIO),
    ['bad-setting', a('1'), { column: 'a', min: 'all' }, 'error check-setting'],
  ],
  outlier_ratio: [
    ['pass', a('1, 2, 3, 4'), { column: 'a', max: 0 }, 'pass 0'],
    ['fail', a('1, 2, 3, 4, 100'), { column: 'a', max: '10%' }, 'fail 0.2'],
    ['warn', a('1, 2, 3, 4, 100'), { column: 'a', max: 0.1, severity: 'warn' }, 'warn 0.2'],
    ['null', a('1, 2, 3, NULL, 100, 2'), { column: 'a', max: 0.2 }, 'pass 0.2'],
    ...shared('INTEGER', { max: 0 }, NO_RATIO),
    ['more', a('1, 2, 3, 4, 5, 6, 7, 8, 9, 1000'), { column: 'a', max: 0, method: 'zscore' }, 'pass 0'],
    [
      'more',
      a('1, 2, 3, 4, 5, 6, 7, 8, 9, 1000'),
      { column: 'a', max: 0, method: 'zscore', factor: 2 },
      'fail 0.1',
    ],
    ['bad-setting', a("'x'", T), { column: 'a', max: 0 }, 'error check-type'],
  ],
  drift_from: [
    ['pass', a('1, 2'), { baseline: { rows: 2, columns: { a: 'INTEGER' } } }, 'pass rows 0%'],
    ['fail', a('1, 2, 3'), { baseline: { rows: 2 } }, 'fail rows +50%'],
    ['warn', a('1, 2, 3'), { baseline: { rows: 2 }, severity: 'warn' }, 'warn rows +50%'],
    [
      'null',
      a('1, NULL, 20'),
      { baseline: { distributions: { a: { edges: [10], shares: [0.5, 0.5] } } } },
      'pass a 0.000',
    ],
    ['empty', none('INTEGER'), { baseline: { rows: 0 } }, 'pass rows 0%'],
    ['empty', none('INTEGER'), { baseline: { rows: 5 } }, 'fail rows -100%'],
    [
      'all-null',
      nulls('INTEGER'),
      { baseline: { distributions: { a: { edges: [10], shares: [0.5, 0.5] } } } },
      'fail a 8.515',
    ],
    [
      'more',
      a('1, 2, 3, 20'),
      { baseline: { distributions: { a: { edges: [10], shares: [0.5, 0.5] } } } },
      'fail a 0.275',
    ],
    [
      'more',
      a('1, 2, 3, 20'),
      { baseline: { distributions: { a: { edges: [10], shares: [0.5, 0.5] } } }, max_psi: 0.3 },
      'pass a 0.275',
    ],
    [
      'more',
      a("'x', 'z'", T),
      { baseline: { distributions: { a: { values: { x: 0.5, y: 0.5 } } } } },
      'fail a 8.515',
    ],
    ['more', TWO, { baseline: { columns: { a: 'INTEGER' } } }, 'fail b is new'],
    ['more', TWO, { baseline: { columns: { a: 'INTEGER' } }, schema: 'superset' }, 'pass '],
    [
      'more',
      a('1'),
      { baseline: { columns: { a: 'DATE', z: 'DATE' } } },
      'fail a is INTEGER, it was DATE; z is gone',
    ],
    ['more', a('1, 2, 3'), { baseline: { rows: 2 }, max_row_change: '50%' }, 'pass rows +50%'],
    [
      'bad-column',
      a('1'),
      { baseline: { distributions: { z: { edges: [1], shares: [0, 1] } } } },
      'error check-column',
    ],
    ['bad-setting', a('1'), { baseline: { rows: 1 }, max_row_change: 'x' }, 'error check-setting'],
  ],
};
