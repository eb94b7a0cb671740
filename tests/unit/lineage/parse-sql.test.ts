import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { analyzeStatement } from '../../../src/lib/lineage/analyze-statement.ts';
import { guardStatement } from '../../../src/lib/lineage/guard.ts';
import { findReferences } from '../../../src/lib/lineage/references.ts';
import { lexicalForm } from '../../../workers/analysis/lexical-form.ts';
import { openEngine } from './engine-under-test.ts';

const parse = await createNodeParser();

function columnNames(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(columnNames);
  if (part === null || typeof part !== 'object') return [];
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) => {
    const name = key === 'column' ? /"name":"(arg\d+)"/.exec(JSON.stringify(value))?.[1] : undefined;
    return [...(name === undefined ? [] : [name]), ...columnNames(value)];
  });
}

describe('the parser', () => {
  it('gives UTF-16 offsets for characters of every width', () => {
    const sql = "SELECT '😀é', email FROM \"ü😀\" WHERE email > '😀'";
    const text = JSON.stringify(unwrap(parse(sql)));
    const spans = [...text.matchAll(/"name":"(email|ü😀)".*?"start":(\d+),"end":(\d+)/g)];
    expect(spans.map((span) => sql.slice(Number(span[2]), Number(span[3])))).toEqual([
      'email',
      '"ü😀"',
      'email',
    ]);
  });

  it('says what is wrong and where', () => {
    const sql = "SELECT '😀', FROM users WHERE (";
    expect(parse(sql)).toMatchObject({
      ok: false,
      error: { code: 'sql-syntax', sql, position: sql.length - 1 },
    });
  });

  it('ends a comment where the engine ends it', () => {
    const columns = analyzeStatement({
      tree: unwrap(parse('SELECT name -- \r, email FROM users')),
      relation: 'c',
      inputs: (name) => ({ name, columns: ['name', 'email'] }),
      isLibraryMacro: () => false,
    }).columns.map((column) => column.name);
    expect(columns).toEqual(['name', 'email']);
  });

  it('keeps the length of a statement in the form it parses', () => {
    const sql = "SELECT a // 2, '// \r', \"//\", e'\\' //', $$ // \r $$ /* // */ FROM t -- //\r\n";
    expect(lexicalForm(sql)).toEqual({
      ok: true,
      value: "SELECT a  % 2, '// \r', \"//\", e'\\' //', $$ // \r $$ /* // */ FROM t -- //\n\n",
    });
  });
});

const repeat = (text: string, times: number) => text.repeat(times);

/** Statements made to exhaust a parser; each must be answered, quickly, with a problem or a tree. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a hundred thousand brackets': `SELECT ${repeat('(', 90_000)}1${repeat(')', 90_000)}`,
  'ten megabytes': `SELECT '${repeat('x', 10_000_000)}'`,
  'open brackets': repeat('(', 150_000),
  'a long sum': `SELECT ${repeat('a + ', 40_000)}a FROM t`,
  'a sum just below the limit': `SELECT ${repeat('a+', 1_900)}a FROM t`,
  'many casts': `SELECT a${repeat('::INT', 20_000)} FROM t`,
  'casts just below the limit': `SELECT a${repeat('::INT', 1_300)} FROM t`,
  'many subscripts': `SELECT a${repeat('[1]', 30_000)} FROM t`,
  'subscripts just below the limit': `SELECT a${repeat('[1]', 1_900)} FROM t`,
  'array types': `SELECT a::INT${repeat('[]', 3_900)} FROM t`,
  'many negations': `SELECT ${repeat('NOT ', 40_000)}a FROM t`,
  'nested CASE': `SELECT ${repeat('CASE WHEN ', 5_000)}1${repeat(' THEN 1 END', 5_000)}`,
  'nested queries': `SELECT * FROM ${repeat('(SELECT * FROM ', 3_000)}t${repeat(')', 3_000)}`,
  'many unions': repeat('SELECT 1 UNION ALL ', 9_000) + 'SELECT 1',
  'many statements': repeat('SELECT 1;', 20_000),
  'many joins': `SELECT 1 FROM t ${repeat('JOIN t USING (a) ', 10_000)}`,
  'many columns': `SELECT ${Array.from({ length: 20_000 }, (_, index) => `c${index}`).join()} FROM t`,
  'nested WITH': `${repeat('WITH a AS (', 5_000)}SELECT 1${repeat(') SELECT 1', 5_000)}`,
  'nested lists': `SELECT ${repeat('[', 50_000)}1${repeat(']', 50_000)}`,
  'nested comments': `${repeat('/*', 90_000)}SELECT 1`,
  'nested lambdas': `SELECT f(${repeat('x -> ', 30_000)}1)`,
  'nested braces': `SELECT ${repeat("{'a':", 20_000)}1${repeat('}', 20_000)}`,
  'lone surrogates': `SELECT '${repeat('\ud800', 100)}'`,
  'null bytes': `SELECT '${repeat('\u0000', 100)}'`,
  'right-to-left text': `SELECT '${repeat('\u202e', 100)}' AS "${repeat('\u202e', 10)}"`,
};

describe('hostile statements', () => {
  it.each(Object.entries(HOSTILE))('answers %s within seconds', (_, sql) => {
    const started = performance.now();
    const parsed = parse(sql);
    const outcome = parsed.ok
      ? [
          guardStatement(parsed.value)?.code ?? 'allowed',
          findReferences(parsed.value).length < 5,
          analyzeStatement({
            tree: parsed.value,
            relation: 'c',
            inputs: (name) => ({ name, columns: ['a', 'b'] }),
            isLibraryMacro: () => false,
          }).columns.length < 30_000,
        ]
      : [parsed.error.code, parsed.error.message !== '', (parsed.error.hint ?? '') !== ''];
    expect(outcome.slice(1)).toEqual([true, true]);
    expect(outcome[0]).toMatch(/^(allowed|sql-too-long|sql-too-deep|sql-syntax|statement-several)$/);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('parses as before after all that', () => {
    expect(findReferences(unwrap(parse('SELECT (a + 1) * 2 FROM t')))).toEqual(['t']);
  });
});

describe('against every function of the engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({});
  });
  afterAll(() => engine.dispose());

  it('loses no argument of any scalar function, aggregate or macro', async () => {
    const listing = unwrap(
      await engine.query({
        sql: `SELECT function_name AS name, list(DISTINCT len(parameters) ORDER BY len(parameters))::VARCHAR AS counts
          FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro')
          AND schema_name <> 'sluice' AND regexp_full_match(function_name, '[a-z][a-z0-9_]*') GROUP BY 1 ORDER BY 1`,
      }),
    );
    const lost: string[] = [];
    for (const [name, counts] of listing.rows) {
      for (const count of [...String(counts).matchAll(/\d+/g)].map(Number)) {
        const args = Array.from({ length: count }, (_, index) => `arg${index}`);
        const parsed = parse(`SELECT ${String(name)}(${args.join(', ')}) FROM t`);
        const found = parsed.ok ? new Set(columnNames(parsed.value)) : new Set(args);
        if (args.some((arg) => !found.has(arg))) lost.push(`${String(name)}/${count}`);
      }
    }
    expect(listing.rows.length).toBeGreaterThan(400);
    expect(lost).toEqual([]);
  });
});
