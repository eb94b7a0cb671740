import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../src/lib/base/sha256.ts';
import { EXPORT_CASTS } from '../../../../workers/engine/export/export-casts.ts';
import { exportRelation } from '../../../../workers/engine/export/export-relation.ts';
import { setParquetSource } from '../../../../workers/engine/export/parquet-module.ts';
import { readBackFile } from '../../../../workers/engine/export/read-back.ts';
import type { TestPort } from './blocking-port.ts';
import { openTestPort, parquetBytes } from './blocking-port.ts';
import { TYPE_CASES } from './type-cases.ts';

let port: TestPort;

beforeAll(async () => {
  setParquetSource(parquetBytes);
  port = await openTestPort();
});

const parquet = (relation: string, order: readonly string[] = []) =>
  exportRelation(port, { relation, format: 'parquet', order });

async function problemOf(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => 'no failure',
    (cause: { problem?: unknown }) => cause.problem ?? String(cause),
  );
}

describe('every engine type survives Parquet', () => {
  for (const { type, exported, values } of TYPE_CASES) {
    it(`${type} as ${exported}`, async () => {
      const rows = [...values, 'NULL'].map((value, i) => `SELECT ${i} AS i, CAST(${value} AS ${type}) AS v`);
      port.run(`CREATE OR REPLACE TABLE src AS ${rows.join(' UNION ALL ')}`);
      const file = await parquet('src');
      const back = await readBackFile(port, { bytes: file.bytes, format: 'parquet', into: 'back' });
      expect(file.columns).toEqual([
        { name: 'i', type: 'INTEGER' },
        { name: 'v', type: exported },
      ]);
      expect(back).toEqual({ columns: file.columns, rowCount: rows.length });
      const differences = port.texts(
        `SELECT i, CAST(src.v AS VARCHAR), CAST(back.v AS VARCHAR) FROM src FULL JOIN back USING (i)
         WHERE CAST(src.v AS ${exported}) IS DISTINCT FROM back.v
            OR CAST(CAST(src.v AS ${exported}) AS VARCHAR) IS DISTINCT FROM CAST(back.v AS VARCHAR)`,
      );
      expect(differences).toEqual([]);
    });

    it(`${type} without rows, and with nothing but NULL`, async () => {
      port.run(`CREATE OR REPLACE TABLE src AS SELECT CAST(NULL AS ${type}) AS v FROM range(3)`);
      const nulls = await parquet('src');
      await readBackFile(port, { bytes: nulls.bytes, format: 'parquet', into: 'back' });
      expect(port.texts('SELECT count(*), count(v) FROM back')).toEqual([['3', '0']]);
      port.run('DELETE FROM src');
      const empty = await parquet('src');
      expect(await readBackFile(port, { bytes: empty.bytes, format: 'parquet', into: 'back' })).toEqual({
        columns: [{ name: 'v', type: exported }],
        rowCount: 0,
      });
    });
  }

  it('has a rule for every type the engine knows', () => {
    const known = port
      .texts('SELECT DISTINCT logical_type FROM duckdb_types() ORDER BY 1')
      .map(([name]) => name);
    const nested = ['ARRAY', 'LIST', 'MAP', 'STRUCT'];
    expect(
      known.filter((name) => !nested.includes(name ?? '') && !Object.hasOwn(EXPORT_CASTS, name ?? '')),
    ).toEqual([]);
  });

  it('writes negative zero as zero, since both are one value to the order of rows', async () => {
    port.run(
      "CREATE OR REPLACE TABLE src AS SELECT CAST('-0.0' AS DOUBLE) AS v UNION ALL SELECT 0.0::DOUBLE",
    );
    const file = await parquet('src');
    await readBackFile(port, { bytes: file.bytes, format: 'parquet', into: 'back' });
    expect(port.texts('SELECT v::VARCHAR FROM back')).toEqual([['0.0'], ['0.0']]);
  });

  it('writes a VARIANT as text', async () => {
    port.run(
      "CREATE OR REPLACE TABLE src AS SELECT CAST([1, 2] AS VARIANT) AS v UNION ALL SELECT 'a'::VARIANT",
    );
    const file = await parquet('src');
    await readBackFile(port, { bytes: file.bytes, format: 'parquet', into: 'back' });
    expect(port.texts('SELECT v FROM back ORDER BY v')).toEqual([['[1, 2]'], ['a']]);
  });
});

describe('what cannot be exported is said', () => {
  it('names a HUGEINT beyond 38 digits without showing it', async () => {
    port.run(
      "CREATE OR REPLACE TABLE src AS SELECT '170141183460469231731687303715884105727'::HUGEINT AS big",
    );
    expect(await problemOf(parquet('src'))).toEqual({
      code: 'export-range',
      message: 'A HUGEINT column holds a number of more than 38 digits, which no DECIMAL can take.',
      hint: 'Cast the column to VARCHAR or DOUBLE in the last cell.',
    });
  });

  it('names an order by a column that is not there', async () => {
    port.run('CREATE OR REPLACE TABLE src AS SELECT 1 AS a, 2 AS b');
    expect(await problemOf(parquet('src', ['c']))).toEqual({
      code: 'export-order',
      message: 'Rows are to be ordered by “c”, but there is no such column.',
      hint: 'Choose among: a, b.',
    });
  });
});

describe('rows come in one order', () => {
  it('sorts by what was asked, then by the rest, text by code point, NULLs last', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES
      (2, 'b' COLLATE NOCASE), (1, 'a'), (1, 'B'), (NULL, 'A'), (1, NULL), (2, 'Ä')) t(n, s)`);
    const file = await exportRelation(port, { relation: 'src', format: 'csv', order: ['n'] });
    expect(new TextDecoder().decode(file.bytes)).toBe('n,s\r\n1,B\r\n1,a\r\n1,\r\n2,b\r\n2,Ä\r\n,A\r\n');
  });

  it('gives the same bytes whatever order the rows lie in and however the engine cuts its batches', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT hash(i) % 500 AS g, i, 'v' || (i % 7919) AS s, [i, NULL] AS l,
      CASE WHEN i % 3 = 0 THEN NULL ELSE {'x': i % 2 = 0, 'y': [i::VARCHAR]} END AS st FROM range(260000) r(i)`);
    port.run('CREATE OR REPLACE TABLE shuffled AS SELECT * FROM src ORDER BY hash(i + 17)');
    const digests = new Set([await sha256Hex((await parquet('src', ['g'])).bytes)]);
    digests.add(await sha256Hex((await parquet('shuffled', ['g'])).bytes));
    for (const rows of [777, 4096]) {
      const otherwise: TestPort = { ...port, stream: (sql) => port.recut(sql, rows) };
      const file = await exportRelation(otherwise, { relation: 'src', format: 'parquet', order: ['g'] });
      digests.add(await sha256Hex(file.bytes));
    }
    expect(digests.size).toBe(1);
  });
});
