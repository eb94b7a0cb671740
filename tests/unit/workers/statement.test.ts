// What a cell may say, judged over DuckDB's own tokens.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlToken } from '../../../workers/engine/duck-port.ts';
import { checkStatement, wrapAsSelect, wrapAsTable } from '../../../workers/engine/statement.ts';
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { unwrap } from '../../../src/lib/base/result.ts';

const token = (offset: number, kind: SqlToken['kind']): SqlToken => ({ offset, kind });

describe('checking a statement', () => {
  it('cuts at the semicolon and keeps the whole text for messages', () => {
    const sql = 'SELECT 1 ; -- end';
    expect(checkStatement(sql, [token(0, 'keyword'), token(7, 'number'), token(9, 'operator')])).toEqual({
      ok: true,
      value: { text: 'SELECT 1 ', sql, form: 'select' },
    });
  });

  it('counts bytes of tokens as UTF-16 units of text', () => {
    const sql = "SELECT 'ä😀'; x";
    const tokens = [token(0, 'keyword'), token(7, 'string'), token(15, 'operator'), token(17, 'identifier')];
    const checked = checkStatement(sql, tokens);
    expect(checked.ok ? null : checked.error.position).toBe(sql.indexOf('x'));
  });

  it('wraps so that places can be told', () => {
    const checked = unwrap(checkStatement('SELECT 1', [token(0, 'keyword'), token(7, 'number')]));
    expect(wrapAsTable(checked, 'ä"x')).toEqual({
      text: 'CREATE OR REPLACE TABLE main."ä""x" AS (\nSELECT 1\n)',
      origin: { sql: 'SELECT 1', prefixBytes: 42 },
    });
    expect(wrapAsSelect(checked, 'SELECT a FROM ', ' LIMIT 1').text).toBe(
      'SELECT a FROM (\nSELECT 1\n) LIMIT 1',
    );
  });
});

describe('statements in the engine', () => {
  const engine = createNodeEngine();
  beforeAll(async () => {
    unwrap(await engine.open({ macroScripts: [], threads: 1 }));
  });
  afterAll(() => engine.dispose());

  it.each([
    "SELECT 'SELECT 1; SELECT 2' AS a",
    'SELECT 1 AS "semi;colon"',
    'SELECT 1 /* ; /* nested ; */ */ AS a',
    'SELECT $x$ ; $x$ AS a',
    "SELECT E'it\\'s; fine' AS a",
    'select\n\t1 as a;;;',
    'SELECT query AS a FROM (SELECT 1 AS query)',
    '\u00a0SELECT 1 AS a',
  ])('runs %j', async (sql) => {
    expect((await engine.run({ runId: 'r', sql, into: 't' })).ok).toBe(true);
  });

  it.each([
    'SELECT 1;\u0000DROP TABLE t',
    'SELECT $$a; SELECT 2',
    '/* open',
    'SELECT 1 -- ;\n; SELECT 2',
    ')',
    '((SELECT 1)',
  ])('refuses %j', async (sql) => {
    const outcome = await engine.run({ runId: 'r', sql, into: 't' });
    expect(outcome.ok ? 'ran' : outcome.error.code).toBe('engine-sql');
  });
});
