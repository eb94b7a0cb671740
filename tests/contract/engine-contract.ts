// What every engine must do, whatever it runs on: one suite for Node and for both builds in the browser.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, EngineAssets, ImportReport, SourceHandle } from '../../src/lib/engine/contract.ts';
import { unwrap, type Problem, type Result } from '../../src/lib/base/result.ts';
import type { CsvImportOptions, ImportOptions } from '../../src/lib/notebook/notebook-types.ts';

export type MakeEngine = () => Engine;
/** A source with the bytes of `tests/data/<name>`. */
export type MakeHandle = (name: 'users.csv' | 'mpg.csv') => Promise<SourceHandle>;

const MACROS = [
  'CREATE MACRO sluice.twice(_sl_v) AS _sl_v * 2',
  `CREATE MACRO sluice.keyed(_sl_v) AS
    sha256((SELECT "outer" FROM sluice_key.pads) || unhex(sha256((SELECT "inner" FROM sluice_key.pads) || encode(_sl_v))))`,
];

function failure<T>(result: Result<T>): Problem {
  if (result.ok) throw new Error(`It succeeded: ${JSON.stringify(result.value).slice(0, 200)}`);
  return result.error;
}

function byteLine(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

function utf16le(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    bytes[index * 2] = text.charCodeAt(index) & 255;
    bytes[index * 2 + 1] = text.charCodeAt(index) >> 8;
  }
  return bytes;
}

export function describeEngineContract(
  name: string,
  makeEngine: MakeEngine,
  makeHandle: MakeHandle,
  assets?: EngineAssets,
): void {
  const open = (engine: Engine, threads: 1 | 'all' = 'all') =>
    engine.open({ macroScripts: MACROS, threads, ...(assets === undefined ? {} : { assets }) });

  describe(`engine contract: ${name}`, () => {
    let engine: Engine;
    let nextId = 0;

    beforeAll(async () => {
      engine = makeEngine();
      unwrap(await open(engine));
    });
    afterAll(() => engine.dispose());

    const run = (sql: string, into = 'result') => engine.run({ runId: `run-${++nextId}`, sql, into });
    const rowsOf = async (sql: string) => unwrap(await engine.query({ sql })).rows;
    const importFile = async (
      handle: SourceHandle,
      options: ImportOptions = { format: 'csv' },
      table = 'imported',
    ) => engine.importFile({ importId: `import-${++nextId}`, table, handle, options });
    const importText = (text: string | Uint8Array<ArrayBuffer>, options?: ImportOptions, table?: string) =>
      importFile(new Blob([text]), options, table);
    const tableRows = async (table = 'imported') =>
      unwrap(await engine.page({ relation: table, offset: 0, limit: 1_000 })).rows;
    const typesOf = (report: ImportReport) =>
      Object.fromEntries(report.columns.map((each) => [each.name, each.type]));

    const encodingOf = ({ options }: ImportReport) => ('encoding' in options ? options.encoding : null);

    describe('opening', () => {
      it('tells version, build and threads', async () => {
        const fresh = makeEngine();
        const info = unwrap(await open(fresh, 1));
        await fresh.dispose();
        expect({ version: info.version, threads: info.threads }).toEqual({ version: 'v1.5.6', threads: 1 });
        expect(['coi', 'eh']).toContain(info.bundle);
      });

      it('opens once only, and answers with a problem before and after its life', async () => {
        const fresh = makeEngine();
        expect(failure(await fresh.query({ sql: 'SELECT 1' })).code).toBe('engine-closed');
        unwrap(await open(fresh, 1));
        expect(failure(await open(fresh, 1)).code).toBe('engine-open');
        await fresh.dispose();
        expect(failure(await fresh.query({ sql: 'SELECT 1' })).code).toBe('engine-closed');
        expect(failure(await fresh.run({ runId: 'late', sql: 'SELECT 1', into: 'x' })).code).toBe(
          'engine-closed',
        );
      });

      it('names the macro script that is broken', async () => {
        const fresh = makeEngine();
        const opened = await fresh.open({
          macroScripts: [...MACROS, 'CREATE MACRO sluice.broken(a) AS nonsense('],
          threads: 1,
          ...(assets === undefined ? {} : { assets }),
        });
        await fresh.dispose();
        expect(failure(opened)).toMatchObject({
          code: 'engine-macro-script',
          message: expect.stringContaining('Macro script 3'),
        });
      });

      it('keeps two engines apart', async () => {
        const fresh = makeEngine();
        unwrap(await open(fresh, 1));
        unwrap(await run('SELECT 1 AS mine', 'only_here'));
        expect(failure(await fresh.describe({ relation: 'only_here' })).code).toBe('engine-relation-missing');
        await fresh.dispose();
        expect(await rowsOf('SELECT mine FROM only_here')).toEqual([[1]]);
      });
    });

    describe('running', () => {
      it('keeps a result as a table and tells its columns and rows', async () => {
        const report = unwrap(await run("SELECT i AS n, 'v' || i AS label FROM range(3) t(i)", 'kept'));
        expect({ columns: report.columns, rowCount: report.rowCount }).toEqual({
          columns: [
            { name: 'n', type: 'BIGINT' },
            { name: 'label', type: 'VARCHAR' },
          ],
          rowCount: 3,
        });
        expect(report.elapsedMs).toBeGreaterThan(0);
        expect(unwrap(await engine.describe({ relation: 'kept' }))).toEqual({
          columns: report.columns,
          rowCount: 3,
        });
      });

      it.each([
        ['FROM first', 'FROM range(2)', [[0], [1]]],
        ['VALUES', "VALUES (1, 'a')", [[1, 'a']]],
        ['WITH and a trailing comment', 'WITH t AS (SELECT 7 AS x) SELECT x FROM t -- the end', [[7]]],
        ['a semicolon and a comment after it', 'SELECT 1 AS a; -- done', [[1]]],
        ['a semicolon within text and names', `SELECT ';' AS "a;b" /* ; */`, [[';']]],
        ['dollar quotes', 'SELECT $$a;b$$ AS x', [['a;b']]],
        ['parentheses', '(SELECT 1 AS a) UNION ALL (SELECT 2) ORDER BY a', [[1], [2]]],
        ['ORDER BY with LIMIT', 'SELECT i FROM range(5) t(i) ORDER BY i DESC LIMIT 2', [[4], [3]]],
        ['a name that needs quotes', `SELECT 1 AS "Größe ""x"" 😀"`, [[1]]],
        ['two columns of one name', 'SELECT 1 AS a, 2 AS a', [[1, 2]]],
        ['PIVOT', 'PIVOT (SELECT i % 2 AS m FROM range(4) t(i)) ON m USING count(*)', [[2, 2]]],
        ['DESCRIBE', 'DESCRIBE SELECT 1 AS a', [['a', 'INTEGER', 'YES', null, null, null]]],
        ['macros without a schema', 'SELECT twice(21) AS x', [[42]]],
      ] as const)('takes %s', async (_, sql, rows) => {
        unwrap(await run(sql, 'taken "1"'));
        expect(await tableRows('taken "1"')).toEqual(rows);
      });

      it('summarizes', async () => {
        const report = unwrap(await run('SUMMARIZE SELECT i FROM range(10) t(i)'));
        expect([report.rowCount, report.columns[0]?.name]).toEqual([1, 'column_name']);
      });

      it('reads the table it replaces, and leaves it alone when it fails', async () => {
        unwrap(await run('SELECT 1 AS a', 'self'));
        unwrap(await run('FROM self UNION ALL SELECT 2', 'self'));
        expect(await tableRows('self')).toEqual([[1], [2]]);
        expect(failure(await run("SELECT CAST('x' || a AS INTEGER) FROM self", 'self')).code).toBe(
          'engine-sql',
        );
        expect(await tableRows('self')).toEqual([[1], [2]]);
      });

      it('queues runs in order', async () => {
        const [first, second] = await Promise.all([
          run('SELECT count(*) AS n FROM range(3000000) t(i) WHERE hash(i) % 2 = 0', 'queued'),
          run('SELECT n > 0 AS filled FROM queued', 'after'),
        ]);
        unwrap(first);
        unwrap(second);
        expect(await tableRows('after')).toEqual([[true]]);
      });

      it('gives a table another name, in place of another one of it, and says where there is none', async () => {
        unwrap(await run('SELECT 1 AS a', 'old_name'));
        unwrap(await run('SELECT 2 AS a', 'New "name"'));
        unwrap(await engine.rename({ relation: 'old_name', to: 'New "name"' }));
        expect(await tableRows('New "name"')).toEqual([[1]]);
        expect(failure(await engine.page({ relation: 'old_name', offset: 0, limit: 1 })).code).toBe(
          'engine-relation-missing',
        );
        unwrap(await engine.rename({ relation: 'New "name"', to: 'new "NAME"' }));
        expect(await tableRows('new "NAME"')).toEqual([[1]]);
        expect((await engine.rename({ relation: 'old_name', to: 'x' })).ok).toBe(false);
      });

      it('drops a table, and one that is not there', async () => {
        unwrap(await run('SELECT 1 AS a', 'gone'));
        unwrap(await engine.drop({ relation: 'gone' }));
        unwrap(await engine.drop({ relation: 'gone' }));
        expect(failure(await engine.page({ relation: 'gone', offset: 0, limit: 1 })).code).toBe(
          'engine-relation-missing',
        );
      });
    });

    describe('errors', () => {
      it.each([
        ['an unknown column', "SELECT 'ä😀', nope FROM range(1) t(near)", 'nope', /nope/],
        ['an unknown table', 'SELECT *\nFROM nosuch_table', 'nosuch_table', /nosuch_table/],
        ['a spelling mistake', 'SELECT 1 FORM x y', 'x', /syntax error/i],
        ['a value that does not fit', "SELECT 1,\n  CAST('ö' AS INTEGER)", 'CAST', /ö/],
        ['an unknown function', 'SELECT nosuchfunction(1)', 'nosuchfunction', /nosuchfunction/],
      ])('points at %s', async (_, sql, at, message) => {
        const problem = failure(await run(sql));
        expect(problem).toMatchObject({ code: 'engine-sql', sql, message: expect.stringMatching(message) });
        expect(sql.slice(problem.position)).toMatch(new RegExp(`^${at}`));
      });

      it('points at the end of a statement that ends too early', async () => {
        const sql = 'SELECT 1 +';
        expect(failure(await run(sql))).toEqual({
          code: 'engine-sql',
          message: 'The statement ends too early.',
          sql,
          position: sql.length,
        });
      });

      it('suggests what was meant', async () => {
        unwrap(await run('SELECT 1 AS salary', 'people'));
        expect(failure(await run('SELECT salery FROM people')).hint).toBe('Did you mean "salary"?');
      });

      it('advises a cell of its own for nested window functions', async () => {
        const problem = failure(await run('SELECT avg(avg(i) OVER ()) OVER () FROM range(3) t(i)'));
        expect(problem).toMatchObject({
          code: 'engine-sql',
          hint: expect.stringContaining('cell of its own'),
        });
      });

      it.each([
        ["SELECT to_json({'a': 1})", 'json'],
        ["SELECT TIMESTAMPTZ '2020-01-01 00:00:00+00' AT TIME ZONE 'Europe/Rome'", 'icu'],
        ['SELECT current_date', 'icu'],
        ["FROM read_parquet('local/x.parquet')", 'parquet'],
      ])('says which extension is missing: %s', async (sql, extension) => {
        const problem = failure(await run(sql));
        expect(problem).toMatchObject({
          code: 'engine-missing-extension',
          message: expect.stringContaining(extension),
        });
        expect(problem.hint).toBeTruthy();
      });

      it('refuses a second statement and points at it', async () => {
        const sql = 'SELECT 1; DROP TABLE people';
        expect(failure(await run(sql))).toMatchObject({ code: 'engine-sql', sql, position: 10 });
      });

      it.each([
        '',
        '  -- nothing\n',
        ';',
        'SELECT 1) UNION ALL (SELECT 2',
        'EXPLAIN SELECT 1',
        'SELECT 1 WITH NO DATA',
        "SELECT 'open",
      ])('answers with a problem to %j', async (sql) => {
        expect(failure(await run(sql)).code).toBe('engine-sql');
      });

      it('lives on after running out of memory', async () => {
        const problem = failure(
          await run("SELECT list(repeat('x', 1000) || i) AS l FROM range(30000000) t(i)"),
        );
        expect(problem.code).toBe('engine-out-of-memory');
        expect(await rowsOf('SELECT 1')).toEqual([[1]]);
      }, 120_000);
    });

    describe('the lock', () => {
      it.each([
        "FROM read_csv('http://127.0.0.1:9/x.csv')",
        "FROM 'https://127.0.0.1:9/x.csv'",
        "FROM 's3://bucket/x.csv'",
        "FROM read_csv('/etc/passwd')",
        "FROM read_text('../secret.txt')",
        "FROM read_blob('/etc/hostname')",
        "FROM glob('/*')",
        "FROM '/etc/passwd.csv'",
      ])('reads nothing outside: %s', async (sql) => {
        expect(failure(await run(sql)).code).toBe('engine-sql');
        expect(failure(await engine.query({ sql })).code).toBe('engine-sql');
      });

      it.each([
        "ATTACH 'x.db'",
        "COPY (SELECT 1) TO 'local/x.csv'",
        "EXPORT DATABASE 'local/x'",
        'LOAD json',
        'INSTALL icu',
        'SET threads = 1',
        'SET lock_configuration = false',
        'RESET enable_external_access',
        'PRAGMA database_list',
        'CALL pragma_version()',
        'CREATE TABLE t (a INTEGER)',
        'INSERT INTO people VALUES (1)',
        'DROP TABLE people',
        'UPDATE people SET salary = 0',
        'USE sluice_key',
        'BEGIN',
        'EXECUTE x',
        'SELECT 1; SET threads = 1',
      ])('runs nothing but a SELECT: %s', async (sql) => {
        expect(failure(await run(sql)).code).toBe('engine-sql');
        expect(failure(await engine.query({ sql })).code).toBe('engine-sql');
      });

      it('is locked, with extension loading off and no directory but its own', async () => {
        expect(
          await rowsOf(`SELECT name, value FROM duckdb_settings() WHERE name IN ('autoinstall_known_extensions',
            'autoload_known_extensions', 'enable_external_access', 'lock_configuration', 'allowed_directories') ORDER BY name`),
        ).toEqual([
          ['allowed_directories', '[local/]'],
          ['autoinstall_known_extensions', 'false'],
          ['autoload_known_extensions', 'false'],
          ['enable_external_access', 'false'],
          ['lock_configuration', 'true'],
        ]);
      });
    });

    describe('keys', () => {
      it('gives no keyed value until there are pads, then the one of RFC 4231, case 2', async () => {
        const fresh = makeEngine();
        unwrap(await open(fresh, 1));
        const sql = "SELECT keyed('what do ya want for nothing?')";
        expect(unwrap(await fresh.query({ sql })).rows).toEqual([[null]]);
        const key = new Uint8Array(64);
        key.set(byteLine('Jefe'));
        const pads = { inner: key.map((byte) => byte ^ 0x36), outer: key.map((byte) => byte ^ 0x5c) };
        unwrap(await fresh.setHmacPads({ inner: new Uint8Array(64), outer: new Uint8Array(64) }));
        unwrap(await fresh.setHmacPads(pads));
        expect(unwrap(await fresh.query({ sql })).rows).toEqual([
          ['5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
        ]);
        await fresh.dispose();
      });

      it('refuses pads of another size', async () => {
        const pads = { inner: new Uint8Array(32), outer: new Uint8Array(64) };
        expect(failure(await engine.setHmacPads(pads)).code).toBe('engine-pads');
      });

      it.each([
        'SELECT * FROM sluice_key.pads',
        'SELECT * FROM "SLUICE_KEY".pads',
        'SELECT * FROM memory.sluice_key.pads',
        'SELECT (SELECT "inner" FROM Sluice_Key . pads)',
        "SELECT * FROM query('SELECT * FROM sluice' || '_key.pads')",
        "SELECT * FROM query_table('sluice' || '_key.pads')",
        'SELECT * FROM main."query"(\'SELECT 1\')',
        "SELECT * FROM pragma_storage_info('sluice' || '_key.pads')",
        'SUMMARIZE sluice_key.pads',
      ])('lets no cell name them: %s', async (sql) => {
        expect(failure(await run(sql))).toMatchObject({
          code: 'engine-sql',
          message: 'This name is not open to cells.',
        });
      });

      it('reaches no pads through a relation name', async () => {
        expect(failure(await engine.page({ relation: 'sluice_key.pads', offset: 0, limit: 1 })).code).toBe(
          'engine-relation-missing',
        );
      });
    });

    describe('cancelling', () => {
      const heavy =
        'SELECT count(*) AS n FROM range(100000) a, range(1000000) b WHERE hash(a.range) > hash(b.range)';

      it('stops a heavy run within a second, keeps the old table and goes on', async () => {
        unwrap(await run('SELECT 5 AS n', 'heavy'));
        const running = engine.run({ runId: 'heavy-1', sql: heavy, into: 'heavy' });
        await new Promise((resolve) => setTimeout(resolve, 300));
        const started = performance.now();
        await engine.cancel({ id: 'heavy-1' });
        expect(failure(await running).code).toBe('engine-cancelled');
        expect(performance.now() - started).toBeLessThan(1_000);
        expect(await tableRows('heavy')).toEqual([[5]]);
      });

      it('answers pages while a run is on', async () => {
        unwrap(await run('SELECT 5 AS n', 'beside'));
        const running = engine.run({ runId: 'heavy-2', sql: heavy, into: 'heavy' });
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(await tableRows('beside')).toEqual([[5]]);
        await engine.cancel({ id: 'heavy-2' });
        expect(failure(await running).code).toBe('engine-cancelled');
      });

      it('takes a waiting run out of the queue at once', async () => {
        const running = engine.run({ runId: 'heavy-3', sql: heavy, into: 'heavy' });
        const waiting = engine.run({ runId: 'waiting', sql: 'SELECT 1', into: 'never' });
        await engine.cancel({ id: 'waiting' });
        expect(failure(await waiting).code).toBe('engine-cancelled');
        await engine.cancel({ id: 'heavy-3' });
        expect(failure(await running).code).toBe('engine-cancelled');
        expect(failure(await engine.describe({ relation: 'never' })).code).toBe('engine-relation-missing');
      });

      it('does nothing for an id it does not know', async () => {
        await engine.cancel({ id: 'nobody' });
        expect(await rowsOf('SELECT 1')).toEqual([[1]]);
      });

      it('ends with what was running when it is disposed of', async () => {
        const fresh = makeEngine();
        unwrap(await open(fresh, 1));
        const running = fresh.run({ runId: 'x', sql: heavy, into: 'x' });
        await new Promise((resolve) => setTimeout(resolve, 100));
        await fresh.dispose();
        expect(failure(await running).code).toMatch(/^engine-(cancelled|crashed|closed)$/);
      });

      it('tells of progress', async () => {
        const seen: (number | null)[] = [];
        const sql = 'SELECT count(*) AS n FROM range(30000000) t(i) WHERE hash(i) % 7 = 0';
        unwrap(
          await engine.run({ runId: 'watched', sql, into: 'watched' }, ({ fraction }) => seen.push(fraction)),
        );
        expect(seen.length).toBeGreaterThan(0);
        expect(seen.every((fraction) => fraction === null || (fraction >= 0 && fraction <= 1))).toBe(true);
      });
    });

    describe('values and pages', () => {
      it('brings every type across as JSON can hold it', async () => {
        const expected: readonly (readonly [string, unknown])[] = [
          ['NULL', null],
          ['true', true],
          ['CAST(1 AS TINYINT)', 1],
          ['CAST(4000000000 AS UINTEGER)', 4_000_000_000],
          ['CAST(9007199254740991 AS BIGINT)', 9_007_199_254_740_991],
          ['CAST(9007199254740993 AS BIGINT)', '9007199254740993'],
          [
            'CAST(170141183460469231731687303715884105727 AS HUGEINT)',
            '170141183460469231731687303715884105727',
          ],
          ['CAST(0.1 AS FLOAT)', 0.1],
          ['CAST(1e300 AS DOUBLE)', 1e300],
          ["CAST('NaN' AS DOUBLE)", 'NaN'],
          ["CAST('-inf' AS DOUBLE)", '-Infinity'],
          ['CAST(12.340 AS DECIMAL(18,3))', '12.340'],
          ["'ä😀' || chr(0) || 'x'", 'ä😀\u0000x'],
          ["DATE '2020-02-29'", '2020-02-29'],
          ["TIME '10:11:12.5'", '10:11:12.5'],
          ["TIMESTAMP '2020-01-02 03:04:05.678'", '2020-01-02T03:04:05.678'],
          ["TIMESTAMPTZ '2020-01-02 03:04:05+02'", '2020-01-02T01:04:05Z'],
          ["TIMESTAMP 'infinity'", 'infinity'],
          ["INTERVAL '1 day 2 hours'", '1 day 02:00:00'],
          ["'\\x00\\xFF'::BLOB", '00ff'],
          ["UUID '00000000-0000-0000-0000-000000000001'", '00000000-0000-0000-0000-000000000001'],
          ["{'a': 1, 'b': 'x'}", "{'a': 1, 'b': x}"],
          ['[1, NULL]', '[1, NULL]'],
          ["'01'::BIT", '01'],
        ];
        const sql = `SELECT ${expected.map(([expression], index) => `${expression} AS v${index}`).join(', ')}`;
        expect(await rowsOf(sql)).toEqual([expected.map(([, value]) => value)]);
        unwrap(await run(sql, 'all_types'));
        expect(await tableRows('all_types')).toEqual([expected.map(([, value]) => value)]);
      });

      it('reads a page deep in a million rows without reading the others', async () => {
        unwrap(await run("SELECT i AS n, 'row ' || i AS label FROM range(1000000) t(i)", 'million'));
        const started = performance.now();
        const page = unwrap(
          await engine.page({ relation: 'million', offset: 900_000, limit: 3, columns: ['label'] }),
        );
        expect(performance.now() - started).toBeLessThan(500);
        expect(page).toEqual({
          columns: [{ name: 'label', type: 'VARCHAR' }],
          offset: 900_000,
          rows: [['row 900000'], ['row 900001'], ['row 900002']],
        });
      });

      it('never gives more than a thousand rows', async () => {
        unwrap(await run('SELECT i FROM range(5000) t(i)', 'many'));
        expect(unwrap(await engine.page({ relation: 'many', offset: 0, limit: 99_999 })).rows).toHaveLength(
          1_000,
        );
        expect(unwrap(await engine.page({ relation: 'many', offset: 4_999, limit: 10 })).rows).toEqual([
          [4_999],
        ]);
        expect(unwrap(await engine.page({ relation: 'many', offset: 5_000, limit: 10 })).rows).toEqual([]);
        expect(await rowsOf('SELECT i FROM many ORDER BY i DESC')).toHaveLength(1_000);
      });

      it('pages by place where a column is called like the numbers of the engine', async () => {
        unwrap(await run('SELECT i - 2 AS RowId, i AS n FROM range(5) AS r(i)', 'numbered'));
        const page = unwrap(await engine.page({ relation: 'numbered', offset: 1, limit: 3 }));
        expect(page.rows).toEqual([
          [-1, 1],
          [0, 2],
          [1, 3],
        ]);
      });

      it('pages in the order in which the rows were made', async () => {
        unwrap(await run('SELECT i FROM range(300000) t(i) ORDER BY hash(i)', 'shuffled'));
        const page = unwrap(await engine.page({ relation: 'shuffled', offset: 250_000, limit: 5 }));
        expect(page.rows).toEqual(
          await rowsOf('SELECT i FROM range(300000) t(i) ORDER BY hash(i) LIMIT 5 OFFSET 250000'),
        );
      });

      it('names a column that is not there', async () => {
        unwrap(await run('SELECT 1 AS a', 'narrow'));
        const page = await engine.page({ relation: 'narrow', offset: 0, limit: 1, columns: ['b'] });
        expect(failure(page)).toMatchObject({ code: 'engine-column-missing' });
      });
    });

    describe('importing', () => {
      it('gives columns other names, and says so in the options that a replay needs', async () => {
        const csv = 'mail,code,when\na@example.org,007,2020-01-01T10:00:00+02:00\n';
        const options: CsvImportOptions = {
          format: 'csv',
          types: { code: 'VARCHAR' },
          rename: { mail: 'email', when: 'mail', 'not there': 'x' },
        };
        const preview = unwrap(await engine.preview({ handle: new Blob([csv]), options, rows: 5 }));
        expect(preview.columns.map((column) => column.name)).toEqual(['email', 'code', 'mail']);
        const report = unwrap(await importText(csv, options));
        expect(typesOf(report)).toEqual({ email: 'VARCHAR', code: 'VARCHAR', mail: 'TIMESTAMP' });
        expect(report.options.rename).toEqual({ mail: 'email', when: 'mail' });
        const again = unwrap(await importText(csv, report.options, 'again'));
        expect(again.columns).toEqual(report.columns);
        expect(await tableRows('again')).toEqual(await tableRows());
      });

      it('names the column in which a value did not fit as the table has it', async () => {
        const report = unwrap(
          await importText('n\n1\nx\n', { format: 'csv', types: { n: 'BIGINT' }, rename: { n: 'number' } }),
        );
        expect(report.rejected.map((line) => line.column)).toEqual(['number']);
      });

      it('refuses two columns of one name, and a column of none', async () => {
        const csv = 'a,b\n1,2\n';
        for (const rename of [{ a: 'B' }, { a: ' ' }]) {
          expect(failure(await importText(csv, { format: 'csv', rename })).code).toBe('import-rename');
        }
      });

      it('reads users.csv as its facts say', async () => {
        const report = unwrap(await importFile(await makeHandle('users.csv'), { format: 'csv' }, 'users'));
        expect({ rows: report.rowCount, rejected: report.rejectedCount, types: typesOf(report) }).toEqual({
          rows: 1_000,
          rejected: 0,
          types: {
            registration_dttm: 'TIMESTAMP',
            id: 'BIGINT',
            first_name: 'VARCHAR',
            last_name: 'VARCHAR',
            email: 'VARCHAR',
            gender: 'VARCHAR',
            ip_address: 'VARCHAR',
            cc: 'BIGINT',
            country: 'VARCHAR',
            birthdate: 'DATE',
            salary: 'DOUBLE',
            title: 'VARCHAR',
            comments: 'VARCHAR',
          },
        });
        expect(
          await rowsOf(`SELECT count(DISTINCT id), count(DISTINCT ip_address), count(*) - count(cc), count(*) - count(salary),
            count(*) - count(email), count(DISTINCT coalesce(email, '')), count(*) - count(birthdate), count(*) - count(first_name),
            count(DISTINCT country) FROM users`),
        ).toEqual([[1_000, 1_000, 291, 67, 16, 985, 198, 16, 120]]);
        expect(
          unwrap(await engine.page({ relation: 'users', offset: 0, limit: 1 })).rows[0]?.slice(0, 3),
        ).toEqual(['2016-02-03T07:55:29', 1, 'Amanda']);
        expect(await rowsOf('SELECT birthdate FROM users WHERE id = 1')).toEqual([['1971-03-08']]);
      });

      it('reads mpg.csv as its facts say', async () => {
        unwrap(await importFile(await makeHandle('mpg.csv'), { format: 'csv' }, 'mpg'));
        const [row] = await rowsOf(
          'SELECT count(*), count(*) - count(horsepower), avg(mpg), stddev_pop(mpg), quantile_cont(mpg, 0.5) FROM mpg',
        );
        const [count, missing, mean, deviation, median] = row ?? [];
        expect([count, missing, median]).toEqual([398, 6, 23]);
        expect(mean).toBeCloseTo(23.514572864321607, 12);
        expect(deviation).toBeCloseTo(7.806159061274433, 12);
      });

      it('reads the same again from the options it reports', async () => {
        const handle = await makeHandle('users.csv');
        const first = unwrap(await importFile(handle, { format: 'csv' }, 'users_1'));
        const second = unwrap(await importFile(handle, first.options, 'users_2'));
        expect(second.options).toEqual(first.options);
        expect(await rowsOf('SELECT count(*) FROM (FROM users_1 EXCEPT ALL FROM users_2)')).toEqual([[0]]);
        expect(first.options).toMatchObject({
          delimiter: ',',
          quote: '"',
          escape: '"',
          header: true,
          encoding: 'utf-8',
          skipRows: 0,
          dateFormat: '%m/%d/%Y',
        });
      });

      it('previews rows and every option without making a table', async () => {
        const handle = await makeHandle('users.csv');
        const preview = unwrap(await engine.preview({ handle, options: { format: 'csv' }, rows: 2 }));
        expect(preview.rows.map((row) => row.slice(0, 4))).toEqual([
          ['2016-02-03T07:55:29', 1, 'Amanda', 'Jordan'],
          ['2016-02-03T17:04:03', 2, 'Albert', 'Freeman'],
        ]);
        expect(preview.columns[0]).toEqual({ name: 'registration_dttm', type: 'TIMESTAMP' });
        expect(preview.notes).toContain('Dates are read as month, day, year.');
        expect(Object.keys(preview.options.types ?? {})).toHaveLength(13);
      });

      it('follows changed options', async () => {
        const handle = new Blob(['skipped\na|b\n1|2,5\n']);
        const options: CsvImportOptions = {
          format: 'csv',
          delimiter: '|',
          skipRows: 1,
          header: true,
          decimal: ',',
        };
        const preview = unwrap(await engine.preview({ handle, options, rows: 5 }));
        expect([preview.columns, preview.rows]).toEqual([
          [
            { name: 'a', type: 'BIGINT' },
            { name: 'b', type: 'DOUBLE' },
          ],
          [[1, 2.5]],
        ]);
        const typed = unwrap(
          await engine.preview({ handle, options: { ...options, types: { a: 'VARCHAR' } }, rows: 5 }),
        );
        expect(typed.rows).toEqual([['1', 2.5]]);
        const headless = unwrap(
          await engine.preview({ handle, options: { ...options, header: false }, rows: 5 }),
        );
        expect(headless.rows).toEqual([
          ['a', 'b'],
          ['1', '2,5'],
        ]);
      });

      it('reads NULL where a field is empty, quoted or not, or says what was chosen', async () => {
        unwrap(await importText('a,b\n,""\nNA,x\n', { format: 'csv', nullText: ['NA'] }));
        expect(await tableRows()).toEqual([
          [null, null],
          [null, 'x'],
        ]);
      });

      it('keeps leading zeros, plus signs and numbers too long as text, also far behind the sample', async () => {
        const lines = ['id,zip,phone,big,n'];
        for (let index = 0; index < 30_000; index++)
          lines.push(`${index},${10_000 + index},${index},${index},${index}`);
        lines.push('30000,00123,+4915112345,12345678901234567890,7');
        const report = unwrap(await importText(`${lines.join('\n')}\n`));
        expect({ types: typesOf(report), rows: report.rowCount, rejected: report.rejectedCount }).toEqual({
          types: { id: 'BIGINT', zip: 'VARCHAR', phone: 'VARCHAR', big: 'VARCHAR', n: 'BIGINT' },
          rows: 30_001,
          rejected: 0,
        });
        expect(await rowsOf('SELECT * FROM imported WHERE id >= 29999')).toEqual([
          [29_999, '39999', '29999', '29999', 29_999],
          [30_000, '00123', '+4915112345', '12345678901234567890', 7],
        ]);
      });

      it.each([
        ['a fraction', (index: number) => `${index}`, '1.5', 'DOUBLE', 1.5],
        [
          'a fraction among wide numbers',
          (index: number) => `${9_007_199_254_740_000n + BigInt(index)}`,
          '1.5',
          'VARCHAR',
          '1.5',
        ],
        ['a word', (index: number) => `${index}`, 'n/a', 'VARCHAR', 'n/a'],
        ['a word among fractions', (index: number) => `${index}.5`, 'n/a', 'VARCHAR', 'n/a'],
        ['a time of day', () => '2020-01-31', '2020-01-31 23:59:59', 'TIMESTAMP', '2020-01-31T23:59:59'],
        [
          'a time zone',
          () => '2020-01-31 10:00:00',
          '2020-01-31 10:00:00+02:00',
          'TIMESTAMP',
          '2020-01-31T08:00:00',
        ],
        [
          'a nanosecond',
          () => '2020-01-31 10:00:00',
          '2020-01-31 10:00:00.000000001',
          'VARCHAR',
          '2020-01-31 10:00:00.000000001',
        ],
      ] as const)('widens a guessed type when a late line brings %s', async (_, early, late, type, value) => {
        const lines = Array.from({ length: 30_000 }, (__, index) => `${index},${early(index)}`);
        const report = unwrap(await importText(`n,v\n${lines.join('\n')}\n30000,${late}`));
        expect([typesOf(report), report.rowCount, report.rejectedCount]).toEqual([
          { n: 'BIGINT', v: type },
          30_001,
          0,
        ]);
        expect(await rowsOf('SELECT v FROM imported WHERE n = 30000')).toEqual([[value]]);
      });

      it('does not widen for a line that is left out anyway', async () => {
        const report = unwrap(await importText('a,b\n1,2\nx,y,z\n3,4\n', { format: 'csv', delimiter: ',' }));
        expect([report.rowCount, report.rejectedCount]).toEqual([2, 1]);
      });

      it('names broken lines by number, reason and text, keeps the text out of everything else, and takes all others', async () => {
        const text =
          'a,b\r\n1,"two\r\nlines"\r\n\r\n2,x,SECRET\r\n3\r\nSECRET,y\r\n4,ok\r\n5,"SECRET"z\r\n6,last';
        const report = unwrap(
          await importText(text, { format: 'csv', delimiter: ',', quote: '"', types: { a: 'BIGINT' } }),
        );
        expect(report.rejected).toMatchObject([
          {
            line: 5,
            column: null,
            reason: 'The line has too many values: more than 2.',
            text: '2,x,SECRET',
          },
          { line: 6, column: null, reason: 'The line has too few values: 1 instead of 2.' },
          { line: 7, column: 'a', reason: 'A value could not be read as BIGINT.', text: 'SECRET' },
          { line: 9, column: null, reason: 'A quoted value is not closed where it should be.' },
        ]);
        expect([report.rowCount, report.rejectedCount]).toEqual([3, 4]);
        expect(await tableRows()).toEqual([
          [1, 'two\r\nlines'],
          [4, 'ok'],
          [6, 'last'],
        ]);
        const { rejected, ...others } = report;
        expect(JSON.stringify([others, rejected.map(({ text: _, ...line }) => line)])).not.toContain(
          'SECRET',
        );
      });

      it('counts every line that a quote left open swallows', async () => {
        const options: CsvImportOptions = { format: 'csv', delimiter: ',', quote: '"', header: true };
        const report = unwrap(await importText('a,b\n1,x\n2,"open\n3,y\n4,z\n', options));
        expect({
          rows: report.rowCount,
          rejected: report.rejected,
          count: report.rejectedCount,
        }).toMatchObject({
          rows: 1,
          rejected: [
            {
              line: 3,
              column: null,
              reason:
                'A quoted value is not closed where it should be. The 2 lines after it belong to it and were left out as well.',
            },
          ],
          count: 3,
        });
      });

      it('lists a thousand broken lines and counts the others', async () => {
        const lines = Array.from({ length: 3_000 }, (_, index) =>
          index % 2 === 0 ? `${index}` : `x${index}`,
        );
        const report = unwrap(
          await importText(`n\n${lines.join('\n')}\n`, {
            format: 'csv',
            header: true,
            types: { n: 'BIGINT' },
          }),
        );
        expect([report.rowCount, report.rejectedCount, report.rejected.length]).toEqual([
          1_500, 1_500, 1_000,
        ]);
        expect(report.rejected[999]).toMatchObject({
          line: 2_001,
          column: 'n',
          reason: 'A value could not be read as BIGINT.',
        });
      });

      it('names broken lines of a file larger than one buffer', async () => {
        const line = `1,${'x'.repeat(200)}\n`;
        const block = line.repeat(20_000);
        const report = unwrap(
          await importFile(
            new Blob(['a,b\n', ...Array.from({ length: 10 }, () => [block, 'bad,y\n']).flat()]),
            {
              format: 'csv',
              types: { a: 'BIGINT' },
            },
          ),
        );
        expect([report.rowCount, report.rejectedCount]).toEqual([200_000, 10]);
        expect(report.rejected.map((each) => each.line)).toEqual(
          Array.from({ length: 10 }, (_, index) => 20_002 + index * 20_001),
        );
      });

      it.each([
        [
          'UTF-8 with a mark',
          new Uint8Array([0xef, 0xbb, 0xbf, ...byteLine('a,b\n1,ä😀\n')]),
          'utf-8',
          'ä😀',
        ],
        ['UTF-16 with a mark', new Uint8Array([0xff, 0xfe, ...utf16le('a,b\n1,ä😀\n')]), 'utf-16le', 'ä😀'],
        ['UTF-16 without one', utf16le('a,b\n1,Zürich\n2,Rom\n'), 'utf-16le', 'Zürich'],
        [
          'Windows-1252',
          new Uint8Array([...byteLine('a,b\n1,'), 0x80, 0xe9, ...byteLine('\n')]),
          'windows-1252',
          '€é',
        ],
      ])('detects %s', async (_, bytes, encoding, value) => {
        const report = unwrap(await importText(bytes));
        expect([encodingOf(report), (await tableRows())[0]]).toEqual([encoding, [1, value]]);
      });

      it('reads an encoding that was chosen, and says when there is none of that name', async () => {
        const bytes = new Uint8Array([...byteLine('a,b\n1,'), 0xb1, ...byteLine('\n')]);
        const report = unwrap(await importText(bytes, { format: 'csv', encoding: 'latin2' }));
        expect([encodingOf(report), (await tableRows())[0]]).toEqual(['iso-8859-2', [1, 'ą']]);
        expect(failure(await importText('a\n1\n', { format: 'csv', encoding: 'nonsense' })).code).toBe(
          'import-encoding',
        );
      });

      it('leaves out a line with broken bytes in a UTF-8 file', async () => {
        const bytes = new Uint8Array([...byteLine('a,b\n1,äöüß\n2,'), 0xff, ...byteLine('\n3,é\n')]);
        const report = unwrap(await importText(bytes));
        expect([report.rowCount, report.rejected.map((each) => each.line)]).toEqual([2, [3]]);
      });

      it('renames duplicate and empty headers and says so', async () => {
        const handle = new Blob(['a,A,,b b\n1,2,3,4\n']);
        const preview = unwrap(await engine.preview({ handle, options: { format: 'csv' }, rows: 1 }));
        const names = preview.columns.map((column) => column.name);
        expect(new Set(names.map((each) => each.toLowerCase())).size).toBe(4);
        expect(preview.notes).toEqual([
          `The name “A” occurs more than once; column 2 is called “${names[1]}”.`,
          `Column 3 has no name in the file and is called “${names[2]}”.`,
        ]);
      });

      it('keeps zoned timestamps as the same instant in UTC', async () => {
        const report = unwrap(await importText('t\n2020-01-01T00:00:00+02:00\n2020-07-01T12:00:00Z\n'));
        expect([typesOf(report), await tableRows()]).toEqual([
          { t: 'TIMESTAMP' },
          [['2019-12-31T22:00:00'], ['2020-07-01T12:00:00']],
        ]);
      });

      it.each([
        ['tabs', 'a\tb\n1\t2\n', [[1, 2]]],
        ['one column', 'name\nAnn\nBob\n', [['Ann'], ['Bob']]],
        ['a header only', 'a,b\n', []],
        ['no final line end', 'a,b\n1,2', [[1, 2]]],
        ['CR line ends', 'a,b\r1,2\r', [[1, 2]]],
        [
          'mixed line ends',
          'a,b\n1,2\r\n3,4\n',
          [
            [1, 2],
            [3, 4],
          ],
        ],
        ['NUL characters', 'a,b\n1,x\u0000y\n', [[1, 'x\u0000y']]],
        ['quotes within quotes', 'a,b\n1,"say ""hi"", ok"\n', [[1, 'say "hi", ok']]],
        [
          'comments that look like formulas',
          'a,b\n1,=1+1\n2,@x\n',
          [
            [1, '=1+1'],
            [2, '@x'],
          ],
        ],
      ])('reads %s', async (_, text, rows) => {
        unwrap(await importText(text));
        expect(await tableRows()).toEqual(rows);
      });

      it('reads a line of three megabytes, and leaves out one of twenty', async () => {
        const text = `a,b\n1,x\n2,${'y'.repeat(3_000_000)}\n3,${'z'.repeat(20_000_000)}\n4,w\n`;
        const report = unwrap(await importText(text));
        expect([report.rowCount, report.rejected]).toMatchObject([
          3,
          [{ line: 4, column: null, reason: 'The line is longer than 16 MB.' }],
        ]);
        expect(await rowsOf('SELECT a, length(b) FROM imported ORDER BY a')).toEqual([
          [1, 1],
          [2, 3_000_000],
          [4, 1],
        ]);
      });

      it.each([
        ['no bytes', new Uint8Array(0), 'import-empty'],
        ['a ZIP archive', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0]), 'import-damaged'],
        [
          'bytes at random',
          Uint8Array.from({ length: 4_096 }, (_, index) => (index * 7_919) % 251),
          'import-not-text',
        ],
      ])('says what is wrong with %s', async (_, bytes, code) => {
        expect(failure(await importText(bytes as Uint8Array<ArrayBuffer>)).code).toBe(code);
        const preview = await engine.preview({
          handle: new Blob([bytes as Uint8Array<ArrayBuffer>]),
          options: { format: 'csv' },
          rows: 1,
        });
        expect(failure(preview).code).toBe(code);
      });

      it('says so where a type or a format is none', async () => {
        expect(failure(await importText('a\n1\n', { format: 'csv', types: { a: 'NONSENSE' } })).code).toMatch(
          /^(import|engine)-/,
        );
        expect(failure(await importText('a\n1\n', { format: 'csv', delimiter: 'toolong' })).code).toMatch(
          /^(import|engine)-/,
        );
        expect(await rowsOf('SELECT 1')).toEqual([[1]]);
      });

      it('keeps the earlier table when an import fails or is cancelled', async () => {
        unwrap(await importText('a\n1\n', undefined, 'kept_import'));
        failure(await importText(new Uint8Array(0), undefined, 'kept_import'));
        const lines = 'some text,1234,2020-01-01\n'.repeat(800_000);
        const request = {
          importId: 'big',
          table: 'kept_import',
          handle: new Blob(['a,b,c\n', lines]),
          options: { format: 'csv' as const },
        };
        const running = engine.importFile(request, () => void engine.cancel({ id: 'big' }));
        expect(failure(await running)).toEqual({
          code: 'engine-cancelled',
          message: 'The run was cancelled.',
        });
        expect(await tableRows('kept_import')).toEqual([[1]]);
      });

      it('leaves no trace of a file once it is imported', async () => {
        unwrap(await importText('a\n1\n'));
        expect(
          await rowsOf("SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'sluice_reject%'"),
        ).toEqual([[0]]);
      });
    });

    describe('saving', () => {
      const CSV = {
        format: 'delimited',
        delimiter: ',',
        header: true,
        quoteAll: false,
        nullText: '',
        decimalComma: false,
        byteOrderMark: false,
        lineEnd: 'lf',
        guardFormulas: false,
      } as const;

      it('writes the rows in the order in which they stand, and tells how far it is', async () => {
        unwrap(await run('SELECT (i * 7919) % 300000 AS n FROM range(300000) t(i)', 'many'));
        const seen: (number | null)[] = [];
        const saved = unwrap(
          await engine.save({ saveId: 'save-1', relation: 'many', settings: CSV }, ({ fraction }) =>
            seen.push(fraction),
          ),
        );
        const lines = new TextDecoder().decode(saved.bytes).split('\n');
        expect(saved.rowCount).toBe(300_000);
        expect(lines.slice(0, 4)).toEqual(['n', '0', '7919', '15838']);
        expect(lines.slice(1, 300_001).every((line, i) => Number(line) === (i * 7919) % 300_000)).toBe(true);
        expect(seen.at(-1)).toBe(1);
      });

      it('writes a workbook and a Parquet file', async () => {
        unwrap(await run("SELECT 1 AS n, 'a' AS v, DATE '2024-02-29' AS d", 'small'));
        for (const settings of [
          { format: 'excel', sheet: 'S', header: true },
          { format: 'parquet' },
        ] as const) {
          const { bytes } = unwrap(await engine.save({ saveId: 'save-2', relation: 'small', settings }));
          const begin = settings.format === 'excel' ? 'PK' : 'PAR1';
          expect(new TextDecoder().decode(bytes).startsWith(begin)).toBe(true);
        }
      });

      it('is cancelled, and the engine goes on', async () => {
        unwrap(await run('SELECT i AS n, hash(i) AS h FROM range(3000000) t(i)', 'large'));
        const saving = engine.save(
          { saveId: 'save-3', relation: 'large', settings: CSV },
          () => void engine.cancel({ id: 'save-3' }),
        );
        expect(failure(await saving).code).toBe('engine-cancelled');
        expect(await rowsOf('SELECT count(*) FROM large')).toEqual([[3_000_000]]);
        unwrap(await run('SELECT 1 AS n', 'large'));
      });
    });
  });
}
