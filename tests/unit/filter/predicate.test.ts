// Conditions of clicks, run by the real engine for every type, with hostile names and values.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { CellValue, ColumnType, Engine } from '../../../src/lib/engine/contract.ts';
import type { FilterClause } from '../../../src/lib/filter/filter-types.ts';
import { predicateOf } from '../../../src/lib/filter/predicate.ts';
import { createNodeEngine } from '../../../src/headless/engine.ts';

let engine: Engine;

beforeAll(async () => {
  engine = createNodeEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1 }));
});
afterAll(() => engine.dispose());

const IN = (...values: CellValue[]): FilterClause => ({ kind: 'in', column: 'x', values });
const OUT = (...values: CellValue[]): FilterClause => ({ kind: 'in', column: 'x', values, isExcluded: true });
const RANGE = (low: CellValue, high: CellValue, includesHigh = false): FilterClause => ({
  kind: 'range',
  column: 'x',
  low,
  high,
  includesHigh,
});

async function table(type: string, literals: readonly string[]): Promise<readonly ColumnType[]> {
  const rows = literals.map((literal, index) => `SELECT ${index} AS i, CAST(${literal} AS ${type}) AS x`);
  const sql = `SELECT i, x FROM (${rows.join(' UNION ALL ')}) ORDER BY i`;
  return unwrap(await engine.run({ runId: 'r', sql, into: 't' })).columns;
}

/** Positions of the rows that pass. */
async function passing(columns: readonly ColumnType[], ...clauses: FilterClause[]): Promise<unknown[]> {
  const condition = unwrap(predicateOf(clauses, columns)) ?? 'TRUE';
  const page = unwrap(await engine.query({ sql: `SELECT i FROM t WHERE ${condition} ORDER BY i` }));
  return page.rows.map((row) => row[0]);
}

/** Every value as the grid has it is found again by itself alone. */
async function findsEach(columns: readonly ColumnType[]): Promise<void> {
  const page = unwrap(await engine.page({ relation: 't', offset: 0, limit: 1000 }));
  for (const [index, x] of page.rows.entries()) {
    expect(await passing(columns, IN(x[1] ?? null)), `${columns[1]?.type} ${String(x[1])}`).toEqual([index]);
    const rest = page.rows.map((_, other) => other).filter((other) => other !== index);
    expect(await passing(columns, OUT(x[1] ?? null))).toEqual(rest);
  }
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  TINYINT: ['-128', '0', '127', 'NULL'],
  UBIGINT: ["'18446744073709551615'", '9007199254740993', '9007199254740992', '0'],
  INTEGER: ['-2147483648', '5', 'NULL'],
  BIGINT: ["'-9223372036854775808'", '9007199254740993', '9007199254740992'],
  HUGEINT: [
    "'170141183460469231731687303715884105727'",
    "'-170141183460469231731687303715884105728'",
    'NULL',
  ],
  UHUGEINT: ["'340282366920938463463374607431768211455'", '0'],
  BIGNUM: ["'123456789012345678901234567890123456789012345678901234567890'", '1'],
  'DECIMAL(38,10)': ["'1234567890123456789012345678.0123456789'", "'0.0000000001'", "'-5'", 'NULL'],
  'DECIMAL(9,2)': ["'0.10'", "'0.20'", 'NULL'],
  FLOAT: ['0.1', '16777217', "'nan'", "'inf'", "'-inf'", '1e-40', 'NULL'],
  DOUBLE: ['0.1', '1e308', '5e-324', "'nan'", "'inf'", "'-inf'", 'NULL'],
  BOOLEAN: ['true', 'false', 'NULL'],
  DATE: ["'2024-02-29'", "'0044-03-15 (BC)'", "'infinity'", "'-infinity'", "'12345-01-01'", 'NULL'],
  TIMESTAMP: ["'2024-02-29 12:34:56.789012'", "'0044-03-15 (BC) 01:02:03'", "'infinity'", 'NULL'],
  TIMESTAMP_S: ["'2024-02-29 12:34:56'", "'2024-02-29 12:34:57'"],
  TIMESTAMP_MS: ["'2024-02-29 12:34:56.789'", "'2024-02-29 12:34:56.788'"],
  TIMESTAMP_NS: ["'2024-02-29 12:34:56.789012345'", "'2024-02-29 12:34:56.789012346'"],
  TIMESTAMPTZ: ["'2024-02-29 12:34:56+02'", "'2024-02-29 12:34:56.5+00'", 'NULL'],
  TIME: ["'12:34:56.789012'", "'00:00:00'", 'NULL'],
  INTERVAL: ["'1 year 2 days 03:04:05'", "'-1 day'", 'NULL'],
  UUID: ["'00000000-0000-0000-0000-000000000001'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", 'NULL'],
  BLOB: ["'\\x00\\xFF'::BLOB", "''::BLOB", 'NULL'],
  BIT: ["'101'", "'0'", 'NULL'],
  "ENUM('b', 'a', 'it''s')": ["'b'", "'it''s'", 'NULL'],
  VARCHAR: [
    "''",
    "' '",
    "'NULL'",
    "'it''s'",
    "'x'' OR 1=1 --'",
    "'a;b'",
    "'\"'",
    "'😀'",
    "'a' || chr(0) || 'b'",
    'NULL',
  ],
};

describe('one value of every type', () => {
  it.each(Object.entries(TYPES))('%s is found by its value as shown', async (type, literals) => {
    await findsEach(await table(type, literals));
  });
});

describe('ranges', () => {
  it('whole numbers: ends of another kind, beyond the type, or the whole type', async () => {
    const columns = await table('TINYINT', ['-128', '5', '6', '127', 'NULL']);
    expect(await passing(columns, RANGE(4.5, 6))).toEqual([1]);
    expect(await passing(columns, RANGE(5, 6, true))).toEqual([1, 2]);
    expect(await passing(columns, RANGE(5, 5.5, true))).toEqual([1]);
    expect(await passing(columns, RANGE(-1000, 1000))).toEqual([0, 1, 2, 3]);
    expect(await passing(columns, RANGE(null, 128))).toEqual([0, 1, 2, 3]);
    expect(await passing(columns, RANGE(1000, null))).toEqual([]);
    expect(await passing(columns, RANGE(null, null))).toEqual([0, 1, 2, 3]);
  });
  it('whole numbers beyond 2^53 keep every digit', async () => {
    const columns = await table('UBIGINT', ['9007199254740992', '9007199254740993', '9007199254740994']);
    expect(await passing(columns, RANGE('9007199254740993', '9007199254740993', true))).toEqual([1]);
  });
  it('decimals with ends of more digits than the type', async () => {
    const columns = await table('DECIMAL(9,2)', ['0.00', '0.01', '0.02', 'NULL']);
    expect(await passing(columns, RANGE(0.005, 0.015))).toEqual([1]);
  });
  it('floats: NaN in none, infinity where the end is open', async () => {
    const columns = await table('DOUBLE', ['1', "'nan'", "'inf'", "'-inf'", 'NULL']);
    expect(await passing(columns, RANGE(0, null))).toEqual([0, 2]);
    expect(await passing(columns, RANGE(null, 5))).toEqual([0, 3]);
    expect(await passing(columns, RANGE(null, null))).toEqual([0, 2, 3]);
  });
  it('dates and moments as histograms have their edges', async () => {
    const dates = await table('DATE', ["'2024-01-01'", "'2024-02-01'", 'NULL']);
    expect(await passing(dates, RANGE('2024-01-01', '2024-02-01'))).toEqual([0]);
    expect(await passing(dates, RANGE('2024-01-01T12:00:00', null))).toEqual([1]);
    const zoned = await table('TIMESTAMPTZ', ["'2024-01-01 01:00:00+02'", "'2024-01-01 00:00:00+00'"]);
    expect(await passing(zoned, RANGE('2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z'))).toEqual([1]);
    const seconds = await table('TIMESTAMP_S', ["'2024-01-01 00:00:00'", "'2024-01-01 00:00:01'"]);
    expect(await passing(seconds, RANGE('2024-01-01T00:00:00.4', null))).toEqual([1]);
    const times = await table('TIME', ["'01:00:00'", "'23:00:00'"]);
    expect(await passing(times, RANGE('12:00:00', '24:00:00', true))).toEqual([1]);
  });
});

describe('NULL, text and what is refused', () => {
  it('NULL beside values, and text in any case, with signs that patterns know', async () => {
    const columns = await table('VARCHAR', ["'A_b%'", "'axb'", 'NULL']);
    expect(await passing(columns, IN(null, 'axb'))).toEqual([1, 2]);
    expect(await passing(columns, OUT(null, 'axb'))).toEqual([0]);
    expect(await passing(columns, { kind: 'contains', column: 'X', text: 'a_B%' })).toEqual([0]);
    expect(await passing(columns, { kind: 'null', column: 'x', isNull: false }, OUT('axb'))).toEqual([0]);
  });
  it.each(['INTEGER[]', 'STRUCT(a INTEGER)', 'MAP(VARCHAR, INTEGER)'])('%s by its values', (type) => {
    const columns = [{ name: 'x', type }];
    for (const clause of [IN('[1]'), RANGE('a', null)]) {
      const refused = predicateOf([clause], columns);
      expect(refused.ok ? null : refused.error.code).toBe('filter-type');
    }
    expect(unwrap(predicateOf([{ kind: 'null', column: 'x', isNull: true }], columns))).toBe('"x" IS NULL');
  });
  it('values that are none of the type find nothing and raise nothing', async () => {
    for (const type of ['INTEGER', 'DOUBLE', 'DATE', 'TIMESTAMP', 'BOOLEAN', 'BLOB', 'DECIMAL(9,2)']) {
      const columns = await table(type, ['NULL']);
      expect(await passing(columns, IN("x' OR TRUE --"))).toEqual([]);
      const range = predicateOf([RANGE("x' OR TRUE --", null)], columns);
      expect(range.ok).toBe(false);
    }
  });
  it('names with quotes', async () => {
    const name = 'a"b\'; --';
    const sql = `SELECT 1 AS i, 'v' AS ${quoteIdentifier(name)}`;
    const columns = unwrap(await engine.run({ runId: 'r', sql, into: 't' })).columns;
    const clause: FilterClause = { kind: 'in', column: name, values: ['v'] };
    expect(await passing(columns, clause)).toEqual([1]);
    expect(predicateOf([{ ...clause, column: 'gone' }], columns).ok).toBe(false);
  });
});
