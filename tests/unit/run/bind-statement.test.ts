// Inputs in statements over the real parser and the real engine: values stay values, whatever they hold.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { InputSpec, InputSpecs } from '../../../src/lib/notebook/inputs/input-types.ts';
import { bindChecks, bindStatement, problemAsWritten } from '../../../src/lib/run/bind-statement.ts';
import { analyzeCells } from '../../../src/lib/run/notebook-analysis.ts';
import { openEngine } from '../lineage/engine-under-test.ts';

const parseNow = await createNodeParser();
const parse = (sql: string) => Promise.resolve(parseNow(sql));
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine({
    users: `SELECT * FROM (VALUES (1, 'UA', DATE '2016-05-01', 10.5), (2, 'PL', DATE '2014-05-01', -3), (3, NULL, NULL, NULL)) t(id, country, joined_on, pay)`,
  });
});
afterAll(() => engine.dispose());

async function rowsOf(sql: string, inputs: InputSpecs): Promise<unknown> {
  const { bound, problem } = await bindStatement(sql, inputs, parse);
  if (problem) return problem.code;
  const page = await engine.query({ sql: bound.sql });
  return page.ok ? page.value.rows.flat() : page.error.message;
}

const HOSTILE = [
  "O'Brien",
  "'; DROP TABLE users; --",
  "' OR 1=1 --",
  '$since',
  '$who $$ $x$',
  'a\\',
  "\\'",
  '/* */ -- "',
  'line\nbreak\r\n',
  '😀 é',
  'nul\0byte',
  '',
];

describe('a text', () => {
  it.each(HOSTILE)('comes out as it went in: %j', async (value) => {
    const inputs: InputSpecs = { who: { type: 'text', value }, since: { type: 'date', value: '2016-01-01' } };
    expect(await rowsOf("SELECT $who || '' AS v, length($who) AS n", inputs)).toEqual([
      value,
      Array.from(value).length,
    ]);
  });

  it.each(HOSTILE)('comes out of a list as it went in: %j', async (value) => {
    const inputs: InputSpecs = { some: { type: 'multi-select', value: [value, 'x'], options: [] } };
    expect(await rowsOf('SELECT unnest($some)', inputs)).toEqual([value, 'x']);
  });
});

describe('a value of each type', () => {
  const cases: readonly [InputSpec, string, unknown][] = [
    [{ type: 'date', value: '2016-01-01' }, 'joined_on >= $v', [1]],
    [{ type: 'date', value: null }, 'joined_on >= $v', []],
    [{ type: 'number', value: -3 }, 'pay = $v', [2]],
    [{ type: 'number', value: 10.5 }, 'pay = $v', [1]],
    [{ type: 'number', value: 1e300 }, 'pay < $v', [1, 2]],
    [{ type: 'number', value: null }, 'pay = $v', []],
    [{ type: 'range', value: { min: -5, max: 0 } }, 'pay BETWEEN $v_min AND $v_max', [2]],
    [
      { type: 'date-range', value: { min: '2014-01-01', max: null } },
      'joined_on >= $v_min AND (joined_on <= $v_max OR $v_max IS NULL)',
      [1, 2],
    ],
    [{ type: 'select', value: 'UA', options: [] }, 'country = $v', [1]],
    [{ type: 'select', value: '2016-05-01', options: [] }, 'joined_on = $v', [1]],
    [{ type: 'select', value: null, options: [] }, 'country IS NOT DISTINCT FROM $v', [3]],
    [{ type: 'multi-select', value: ['UA', 'PL'], options: [] }, 'country IN $v', [1, 2]],
    [{ type: 'multi-select', value: [], options: [] }, 'country IN $v', []],
    [{ type: 'multi-select', value: [], options: [] }, 'country NOT IN $v', [1, 2]],
    [{ type: 'multi-select', value: [1, 3], options: [] }, 'id IN $v', [1, 3]],
    [{ type: 'text', value: null }, 'country = $v', []],
  ];
  it.each(cases)('%j in %s', async (spec, where, ids) => {
    expect(await rowsOf(`SELECT id FROM users WHERE ${where} ORDER BY id`, { v: spec })).toEqual(ids);
  });

  it('is a number of rows as well', async () => {
    expect(
      await rowsOf('SELECT id FROM users ORDER BY id LIMIT $n', { n: { type: 'number', value: 2 } }),
    ).toEqual([1, 2]);
  });
});

describe('what cannot be bound', () => {
  const inputs: InputSpecs = {
    since: { type: 'date', value: '2016-01-01' },
    some: { type: 'multi-select', value: ['a'], options: [] },
    pay: { type: 'range', value: { min: 1, max: 2 } },
  };
  const problemOf = async (sql: string) => (await bindStatement(sql, inputs, parse)).problem;

  it('is said with the place and the mend', async () => {
    expect([
      await problemOf('SELECT 1 > $sinse'),
      await problemOf('SELECT $other'),
      await problemOf('SELECT $pay'),
      await problemOf("SELECT 'a' IN ($some)"),
    ]).toMatchObject([
      {
        code: 'input-unknown',
        message: 'There is no input named sinse.',
        hint: 'Did you mean "$since"? Or add the input sinse.',
        position: 11,
      },
      { code: 'input-unknown', hint: 'Add the input other.', position: 7 },
      { code: 'input-unknown', hint: 'A range has two ends: write $pay_min and $pay_max.' },
      { code: 'input-list', hint: 'Write IN $some.', position: 15 },
    ]);
  });

  it('is refused where a value would become a type, a name or a part of another text', async () => {
    for (const sql of [
      "SELECT '1'::$since",
      'SELECT DATE $since',
      'FROM $since',
      'SELECT id AS $since FROM users',
    ])
      expect([sql, (await problemOf(sql))?.code]).toEqual([
        sql,
        expect.stringMatching(/^(input-place|sql-syntax)$/),
      ]);
  });
});

describe('the analysis', () => {
  const registry = { macros: [], find: () => undefined };
  const sources = [{ name: 'users', columns: ['id', 'country'] }];
  const base = { sources, sourceNames: ['users'], parse, registry };

  it('follows the statement with its literals, and says places in the written one', async () => {
    const cells = [
      { name: 'a', sql: 'SELECT country AS c FROM users WHERE id > $least' },
      { name: 'b', sql: 'SELECT $least AS n, * FROM usres' },
    ];
    const inputs: InputSpecs = { least: { type: 'number', value: 5 } };
    const found = (await analyzeCells({ ...base, cells, inputs })).cells;
    expect(found.get('a')).toMatchObject({
      problem: null,
      reads: ['users'],
      bound: { sql: "SELECT country AS c FROM users WHERE id > CAST('5' AS BIGINT)" },
      lineage: { unknown: null, columns: [{ name: 'c' }] },
    });
    expect(found.get('b')?.problem).toMatchObject({
      code: 'cell-unknown-name',
      sql: 'SELECT $least AS n, * FROM usres',
      position: 27,
    });
  });

  it('refuses every parameter where there are no inputs', async () => {
    const found = await analyzeCells({
      ...base,
      cells: [
        { name: 'a', sql: 'SELECT $x' },
        { name: 'b', sql: 'SELECT ?' },
      ],
    });
    expect([...found.cells.values()].map(({ problem }) => problem?.code)).toEqual([
      'input-unknown',
      'statement-refused',
    ]);
  });
});

it('says where the engine failed in the statement as it is written', async () => {
  const sql = 'SELECT $who AS w, emial FROM users';
  const { bound } = await bindStatement(sql, { who: { type: 'text', value: 'a long value indeed' } }, parse);
  const ran = await engine.run({ runId: 'r', sql: bound.sql, into: 'r' });
  const problem = ran.ok ? null : problemAsWritten(ran.error, sql, bound);
  expect([problem?.sql, problem?.position]).toEqual([sql, sql.indexOf('emial')]);
});

it('binds checks one by one and says which could not be', async () => {
  const inputs: InputSpecs = { most: { type: 'number', value: 3 } };
  const bound = await bindChecks(
    [
      { kind: 'expression_true', parameters: { expression: 'id <= $most' } },
      { kind: 'custom_sql', parameters: { sql: 'SELECT * FROM users WHERE id > $mots' } },
      { kind: 'not_null', parameters: { column: '$most' } },
    ],
    inputs,
    parse,
  );
  expect(bound.map(({ check, problem }) => [check.parameters, problem?.code ?? null])).toEqual([
    [{ expression: "id <= CAST('3' AS BIGINT)" }, null],
    [{ sql: 'SELECT * FROM users WHERE id > $mots' }, 'input-unknown'],
    [{ column: '$most' }, null],
  ]);
  expect(unwrap(await engine.query({ sql: 'SELECT count(*) FROM users' })).rows).toEqual([[3]]);
});
