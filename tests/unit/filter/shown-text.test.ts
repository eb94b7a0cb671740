// What the engine compares with a text looked for is what the grid draws, type by type.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { ColumnType, Engine } from '../../../src/lib/engine/contract.ts';
import { predicateOf } from '../../../src/lib/filter/predicate.ts';
import { findSql, keptSql } from '../../../src/lib/filter/row-view.ts';
import { analyzeStatement } from '../../../src/lib/lineage/analyze-statement.ts';
import { guardStatement } from '../../../src/lib/lineage/guard.ts';
import { canHold, shownText } from '../../../src/lib/filter/shown-text.ts';
import { cellText, valueText } from '../../../src/lib/ui/grid/value-text.ts';
import { openEngine } from '../profile/engine-under-test.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

async function table(type: string, literals: readonly string[]): Promise<readonly ColumnType[]> {
  const rows = literals.map((literal, index) => `(${index}, ${literal})`).join(', ');
  const sql = `SELECT CAST(v AS ${type}) AS x FROM (VALUES ${rows}) t(i, v) ORDER BY i`;
  return unwrap(await engine.run({ runId: 'shown', sql, into: 'shown' })).columns;
}

/** The grid's text of each row, whole. */
async function shownByGrid(): Promise<readonly (string | null)[]> {
  const { rows } = unwrap(await engine.page({ relation: 'shown', offset: 0, limit: 1000 }));
  return rows.map(([value]) => (value === null || value === undefined ? null : valueText(value)));
}

async function shownByEngine([column]: readonly ColumnType[]): Promise<readonly unknown[]> {
  const sql = `SELECT ${shownText('x', column?.type ?? '')} AS x FROM shown ORDER BY rowid`;
  return unwrap(await engine.query({ sql })).rows.map(([text]) => text);
}

async function foundRows(columns: readonly ColumnType[], text: string): Promise<readonly unknown[]> {
  const sql = findSql({ relation: 'shown', columns }, null, text, ['x']);
  return unwrap(await engine.query({ sql })).rows.map(([row]) => row);
}

async function filteredRows(columns: readonly ColumnType[], text: string): Promise<readonly unknown[]> {
  const condition = unwrap(predicateOf([{ kind: 'contains', column: 'x', text }], columns)) ?? 'TRUE';
  const sql = `SELECT rowid FROM shown WHERE ${condition} ORDER BY rowid`;
  return unwrap(await engine.query({ sql })).rows.map(([row]) => row);
}

const quoted = (...texts: readonly string[]): readonly string[] => texts.map((text) => `'${text}'`);

const FLOATS = quoted(
  ...[
    '0',
    '-0.0',
    '1',
    '-1',
    '1.5',
    '0.1',
    '-0.1',
    '100000',
    '123456.789',
    '1e15',
    '-1e15',
    '1e16',
    '1.5e16',
  ],
  ...[
    '-1.2345678901234567e17',
    '1.2345678901234567e20',
    '-1e20',
    '9.99e20',
    '1e21',
    '-1.5e21',
    '1e22',
    '1e30',
  ],
  ...[
    '0.001',
    '0.0001',
    '1e-5',
    '-1.5e-5',
    '1e-6',
    '1.2345e-6',
    '-1e-6',
    '1e-7',
    '-1.5e-9',
    '1e-10',
    '1e-15',
  ],
  ...['1e-16', '1e-20', '1.5e-30', 'nan', '-nan', 'inf', '-inf'],
);

const MOMENTS = quoted(
  ...['2016-02-03 07:55:29', '2016-02-03 00:00:00', '1969-12-31 23:59:59.5', '0001-01-01 00:00:00'],
  ...['infinity', '-infinity'],
);
const FAR_MOMENTS = quoted('0044-03-15 (BC) 12:00:00', '12345-06-07 08:09:10.123456');

const TYPES: Readonly<Record<string, readonly string[]>> = {
  BOOLEAN: ['TRUE', 'FALSE', 'NULL'],
  TINYINT: ['-128', '0', '127', 'NULL'],
  UINTEGER: ['0', '4294967295'],
  INTEGER: ['-2147483648', '5', 'NULL'],
  BIGINT: quoted('-9223372036854775808', '9007199254740993', '9007199254740991', '-7', '0'),
  UBIGINT: quoted('18446744073709551615', '9007199254740993', '1'),
  HUGEINT: quoted('170141183460469231731687303715884105727', '-9007199254740993', '12'),
  BIGNUM: quoted('123456789012345678901234567890123456789012345', '-5'),
  'DECIMAL(18,3)': quoted('1.500', '-0.001', '123456789012345.678', '0', '2'),
  'DECIMAL(38,0)': quoted('12345678901234567890123456789012345678', '0'),
  DOUBLE: [...FLOATS, ...quoted('1.7976931348623157e308', '5e-324', '1e-100', '-1.5e300'), 'NULL'],
  FLOAT: [...FLOATS, ...quoted('3.4e38', '1e-45', '16777217'), 'NULL'],
  VARCHAR: ["'a'", "''", "'Ä ß'", "'2016-02-03 07:55'", "'1.0'", 'NULL'],
  DATE: quoted('2020-05-06', '0001-01-01', '0044-03-15 (BC)', '12345-06-07', 'infinity', '-infinity'),
  TIME: quoted('07:55:29', '00:00:00', '23:59:59.123456'),
  TIMETZ: quoted('07:55:29+00', '07:55:29+02', '23:59:59.5-03:30'),
  TIMESTAMP: [...MOMENTS, ...FAR_MOMENTS, 'NULL'],
  TIMESTAMPTZ: [
    ...MOMENTS,
    ...FAR_MOMENTS,
    ...quoted('2024-01-01 01:00:00+02', '2024-01-01 01:00:00.25-03:30'),
  ],
  TIMESTAMP_S: MOMENTS,
  TIMESTAMP_MS: MOMENTS,
  TIMESTAMP_NS: quoted('2016-02-03 07:55:29.123456789', '1970-01-01 00:00:00'),
  INTERVAL: quoted('1 year 2 days', '-3 hours', '0.5 seconds', '90 minutes'),
  UUID: quoted('AbcdefAB-0000-4000-8000-0123456789aB'),
  BLOB: quoted('a', '\\xFF\\x00\\xAB', ''),
  BIT: quoted('0101', '1'),
  "ENUM('Due', 'paid')": quoted('Due', 'paid'),
  'DOUBLE[]': ["[1.0, 0.00001, 1e16, 'nan']", '[NULL]', '[]'],
  'TIMESTAMPTZ[2]': ["['2016-02-03 07:55:29+00', NULL]"],
  'BLOB[]': ["['\\xFF'::BLOB, 'a'::BLOB]"],
  'STRUCT(a DOUBLE, "b c" VARCHAR)': ["{'a': 1.0, 'b c': 'x'}", "{'a': NULL, 'b c': 'it''s'}"],
  'MAP(VARCHAR, INTEGER)': ["MAP {'k': 1}", 'MAP {}'],
  'UNION(n INTEGER, t VARCHAR)': ["'x'::VARCHAR", "'y'::VARCHAR"],
};

describe('the text of a value in SQL', () => {
  it.each(Object.entries(TYPES))('%s is what the grid draws', async (type, literals) => {
    const columns = await table(type, literals);
    const drawn = await shownByGrid();
    expect(drawn).toHaveLength(literals.length);
    expect(await shownByEngine(columns)).toEqual(drawn);
    for (const [row, text] of drawn.entries()) {
      if (text === null) continue;
      expect(canHold(columns[0]?.type ?? '', text), text).toBe(true);
      expect(await foundRows(columns, text), text).toContain(row);
      expect(await filteredRows(columns, text), text).toContain(row);
    }
  });

  it('numbers of every size have the same digits', async () => {
    for (const [type, low, high] of [
      ['DOUBLE', -30, 30],
      ['DOUBLE', -300, 300],
      ['FLOAT', -37, 37],
    ] as const) {
      const sql = `SELECT CAST((CAST(hash(i) % 1000000007 AS BIGINT) - 500000000) / 12345.678 * pow(10.0, ${low} + i % ${high - low}) / 1e5 AS ${type}) AS x FROM range(1000) t(i)`;
      const { columns } = unwrap(await engine.run({ runId: 'shown', sql, into: 'shown' }));
      expect(await shownByEngine(columns)).toEqual(await shownByGrid());
    }
  });
});

describe('a text looked for or filtered by', () => {
  it.each([
    ['DOUBLE', quoted('1', '1e16', '1e-5', 'nan', '0.5'), '1.0', []],
    ['DOUBLE', quoted('1', '1e16', '1e-5', 'nan', '0.5'), 'e', []],
    ['DOUBLE', quoted('1', '1e16', '1e-5', 'nan', '0.5'), '0.00001', [2]],
    ['DOUBLE', quoted('1', 'inf', '-inf'), '-Inf', [2]],
    ['DECIMAL(9,2)', quoted('1.50', '2'), '.00', [1]],
    ['TIMESTAMPTZ', quoted('2016-02-03 07:55:29'), '29Z', [0]],
    ['TIMESTAMPTZ', quoted('2016-02-03 07:55:29'), '+00', []],
    ['TIMESTAMP', quoted('2016-02-03 07:55:29'), '03t07', [0]],
    ['TIMESTAMP', quoted('2016-02-03 07:55:29'), '03 07', []],
    ['TIMESTAMP', quoted('0044-03-15 (BC) 12:00:00'), '(bc) 12', [0]],
    ['BLOB', quoted('a', '\\xFF'), 'FF', [1]],
    ['BLOB', quoted('a', '\\xFF'), '\\x', []],
    ['BOOLEAN', ['TRUE', 'FALSE', 'NULL'], 'als', [1]],
    ['VARCHAR', ["'null'", 'NULL'], 'NULL', [0]],
    ['INTEGER[]', ['[1, NULL]', 'NULL'], 'null', [0]],
    ['VARCHAR', ["'a' || chr(13) || chr(10) || 'b'", "'a' || chr(9) || 'b'", "'a↵b'"], 'A↵b', [0, 2]],
    ['VARCHAR', ["'a' || chr(13) || chr(10) || 'b'", "'a' || chr(9) || 'b'"], '⇥', [1]],
  ] as const)('%s %j: %s', async (type, literals, text, rows) => {
    const columns = await table(type, literals);
    expect(await foundRows(columns, text)).toEqual(rows);
    expect(await filteredRows(columns, text)).toEqual(rows);
  });

  it.each(['DOUBLE', 'TIMESTAMP WITH TIME ZONE', 'BLOB', 'VARCHAR'])(
    'of %s stays followable in a cell that keeps the filter',
    async (type) => {
      const columns = [{ name: 'x', type }];
      const condition = unwrap(predicateOf([{ kind: 'contains', column: 'x', text: '1↵' }], columns));
      const tree = unwrap((await createNodeParser())(keptSql('shown', condition, [])));
      expect(guardStatement(tree)).toBeNull();
      const inputs = () => ({ name: 'shown', columns: ['x'] });
      const lineage = analyzeStatement({ tree, relation: 'kept', inputs, isLibraryMacro: () => false });
      expect(lineage.unknown).toBeNull();
      expect(lineage.indirect).toContainEqual(expect.objectContaining({ kind: 'filter' }));
    },
  );

  it('is drawn with the same signs', () => {
    expect(cellText('a\r\nb\rc\nd\te')).toBe('a↵b↵c↵d⇥e');
  });
});
