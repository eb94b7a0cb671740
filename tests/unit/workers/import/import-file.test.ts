// Every format through the real engine: real files against facts counted elsewhere, awkward ones against values written by hand.
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../../../src/headless/engine.ts';
import { unwrap } from '../../../../src/lib/base/result.ts';
import type { ImportReport, SourceRequest } from '../../../../src/lib/engine/contract.ts';
import type { ImportOptions } from '../../../../src/lib/notebook/notebook-types.ts';
import { CASES, REFUSED } from './import-cases.ts';

const engine = createNodeEngine();
const folder = mkdtempSync(join(tmpdir(), 'sluice-import-'));
let nextId = 0;

beforeAll(async () => {
  unwrap(await engine.open({ threads: 1, macroScripts: [] }));
}, 60_000);
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});

const AUTO: ImportOptions = { format: 'auto' };
const importAs = (request: Partial<SourceRequest> & Pick<SourceRequest, 'handle'>) =>
  engine.importFile({ importId: `import-${++nextId}`, table: 'source', options: AUTO, ...request });
const rowsOf = async (sql: string) => unwrap(await engine.query({ sql })).rows;
const columnsOf = (report: ImportReport) => report.columns.map(({ name, type }) => `${name} ${type}`);
const dataFile = (file: string) => ({ path: new URL(`../../../data/${file}`, import.meta.url).pathname });
const blobOf = (bytes: string | Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer> | string]);

describe('awkward files', () => {
  it.each(CASES)('reads $what', async (each) => {
    const request = { handle: blobOf(each.bytes), fileName: each.name, options: each.options ?? AUTO };
    const report = unwrap(await importAs(request));
    expect(report.options.format).toBe(each.format);
    expect(columnsOf(report)).toEqual(each.columns);
    expect(await rowsOf('FROM source')).toEqual(each.rows);
    expect(report.rejected.map(({ line, text }) => ({ line, text }))).toEqual(each.rejected ?? []);
    if (each.note !== undefined) expect(report.notes.join('\n')).toContain(each.note);
    const again = unwrap(await importAs({ ...request, options: report.options }));
    expect(again.columns).toEqual(report.columns);
    expect(await rowsOf('FROM source')).toEqual(each.rows);
    const preview = unwrap(await engine.preview({ ...request, rows: 100 }));
    expect(preview.rows).toEqual(each.options?.member === '*' ? each.rows.slice(0, 1) : each.rows);
  });

  it.each(REFUSED)('refuses $what', async ({ bytes, options, code }) => {
    const refused = await importAs({ handle: blobOf(bytes), options: options ?? AUTO });
    expect(refused.ok ? null : refused.error.code).toBe(code);
  });
});

describe('movies.json', () => {
  it('has the facts that pandas counted, and says what is mixed', async () => {
    const report = unwrap(await importAs({ handle: dataFile('movies.json') }));
    expect(report.notes).toEqual(['“Title” holds 3,191 texts and 9 numbers; it is read as text.']);
    const counts = 'SELECT count(*), count(*) - count(Title), count(*) - count("US DVD Sales") FROM source';
    expect(await rowsOf(counts)).toEqual([[3_201, 1, 2_637]]);
  });
});

describe('birdstrikes.csv and penguins.csv', () => {
  it('keep their names and facts', async () => {
    unwrap(await importAs({ handle: dataFile('birdstrikes.csv') }));
    const doubled = 'SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT * FROM source)) FROM source';
    expect(await rowsOf(doubled)).toEqual([[24]]);
    expect(await rowsOf('SELECT count(*) FROM source WHERE "Speed IAS in knots" IS NULL')).toEqual([[2_836]]);
    unwrap(await importAs({ handle: dataFile('penguins.csv') }));
    expect(await rowsOf('SELECT species, count(*) AS n FROM source GROUP BY ALL ORDER BY n DESC')).toEqual([
      ['Adelie', 152],
      ['Gentoo', 124],
      ['Chinstrap', 68],
    ]);
  });
});

/** A column for each type that DuckDB writes, and how its first row reads. */
const PARQUET_TYPES: readonly (readonly [sql: string, type: string, value: unknown])[] = [
  ['(-128)::TINYINT', 'TINYINT', -128],
  ['255::UTINYINT', 'UTINYINT', 255],
  ['(-32768)::SMALLINT', 'SMALLINT', -32_768],
  ['65535::USMALLINT', 'USMALLINT', 65_535],
  ['(-2147483648)::INTEGER', 'INTEGER', -2_147_483_648],
  ['4294967295::UINTEGER', 'UINTEGER', 4_294_967_295],
  ['9007199254740993::BIGINT', 'BIGINT', '9007199254740993'],
  ['18446744073709551615::UBIGINT', 'UBIGINT', '18446744073709551615'],
  ['0.5::FLOAT', 'FLOAT', 0.5],
  ['0.1::DOUBLE', 'DOUBLE', 0.1],
  ['1.25::DECIMAL(4,2)', 'DECIMAL(4,2)', '1.25'],
  ['12345678901234567890.0123456789::DECIMAL(38,10)', 'DECIMAL(38,10)', '12345678901234567890.0123456789'],
  ["TIMESTAMP '2024-01-02 03:04:05.123456'", 'TIMESTAMP', '2024-01-02T03:04:05.123456'],
  ["TIMESTAMPTZ '2024-01-02 03:04:05+02'", 'TIMESTAMP', '2024-01-02T01:04:05'],
  ["TIMESTAMP_MS '2024-01-02 03:04:05.123'", 'TIMESTAMP_MS', '2024-01-02T03:04:05.123'],
  ["TIMESTAMP_NS '2024-01-02 03:04:05.123456789'", 'TIMESTAMP_NS', '2024-01-02T03:04:05.123456789'],
  ["DATE '1583-01-01'", 'DATE', '1583-01-01'],
  ["TIME '03:04:05.123456'", 'TIME', '03:04:05.123456'],
  ["'é'", 'VARCHAR', 'é'],
  ["'\\xAA\\x00'::BLOB", 'BLOB', 'aa00'],
  ['true', 'BOOLEAN', true],
  ['[1, NULL]', 'INTEGER[]', '[1, NULL]'],
  ["{'a': 1, 'b': ['x']}", 'STRUCT(a INTEGER, b VARCHAR[])', "{'a': 1, 'b': [x]}"],
  ["MAP {'k': 1}", 'MAP(VARCHAR, INTEGER)', '{k=1}'],
  ['NULL::INTEGER', 'INTEGER', null],
  ["'lo'::ENUM('lo', 'hi')", 'VARCHAR', 'lo'],
];

describe('Parquet', () => {
  const write = async (sql: string, name: string, compression = 'snappy'): Promise<{ path: string }> => {
    const path = join(folder, name);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet, COMPRESSION ${compression})`);
    connection.closeSync();
    return { path };
  };

  it.each(['snappy', 'zstd', 'gzip', 'uncompressed'])(
    'reads every usual type, packed by %s',
    async (packed) => {
      const list = PARQUET_TYPES.map(([sql], index) => `${sql} AS c${index}`).join(', ');
      const handle = await write(`SELECT ${list}`, `types-${packed}.parquet`, packed);
      const report = unwrap(await importAs({ handle }));
      expect(report.columns.map(({ type }) => type)).toEqual(PARQUET_TYPES.map(([, type]) => type));
      expect((await rowsOf('FROM source'))[0]).toEqual(PARQUET_TYPES.map(([, , value]) => value));
    },
  );

  it('reads many row groups in order, and none', async () => {
    const many = await write("SELECT i, 'name ' || i AS n FROM range(300000) r(i)", 'many.parquet');
    expect(unwrap(await importAs({ handle: many })).rowCount).toBe(300_000);
    expect(await rowsOf('SELECT count(*) FROM source WHERE rowid = i')).toEqual([[300_000]]);
    const none = await write('SELECT 1 AS a, NULL::DATE AS b LIMIT 0', 'none.parquet');
    expect(columnsOf(unwrap(await importAs({ handle: none })))).toEqual(['a INTEGER', 'b DATE']);
  });

  it('refuses an INTERVAL rather than reading other days', async () => {
    const refused = await importAs({ handle: await write('SELECT INTERVAL 3 DAY AS z', 'interval.parquet') });
    expect(refused.ok ? null : refused.error.code).toBe('import-parquet-type');
  });
});

describe('Excel', () => {
  const day = new Date(Date.UTC(2024, 1, 29));
  const book = () =>
    writeXlsx({
      sheets: [
        { name: 'First', rows: [['note'], ['x']] },
        {
          name: 'Data',
          rows: [
            ['a title that is not data'],
            ['id', 'day', 'ok', 'code', 'mixed', ''],
            [1, day, true, '007', 1, 'n/a'],
            [2.5, day, false, '010', 'x', 'kept'],
          ],
        },
      ],
    });

  it('reads a range of a sheet, with dates, truth values and leading zeros', async () => {
    const options: ImportOptions = { format: 'excel', sheet: 'Data', range: 'A2:F', nullText: ['n/a'] };
    const report = unwrap(await importAs({ handle: blobOf(await book()), options }));
    expect(columnsOf(report)).toEqual([
      'id DOUBLE',
      'day DATE',
      'ok BOOLEAN',
      'code VARCHAR',
      'mixed VARCHAR',
      'F VARCHAR',
    ]);
    expect(await rowsOf('FROM source')).toEqual([
      [1, '2024-02-29', true, '007', '1', null],
      [2.5, '2024-02-29', false, '010', 'x', 'kept'],
    ]);
    expect(report.notes).toContain('“mixed” holds 1 text and 1 number; it is read as text.');
  });

  it('reads durations beyond a day, fractions of seconds, and tells formulas without a result', async () => {
    const rows = [
      ['lasts', 'at', 'sum', 'day'],
      [1.25, 0.541672453703704, 1, new Date('1900-03-01T00:00:00Z')],
      [60, 0.25, 2, new Date('2020-01-01T00:00:00Z')],
      [-0.25, 0.75, 3, new Date('2020-01-02T00:00:00Z')],
      [0, 0, 4, new Date('2020-01-03T00:00:00Z')],
    ];
    const formats = ['[h]:mm:ss', 'hh:mm:ss', null, 'yyyy-mm-dd'];
    const cells = new Map<string, object>();
    for (let row = 1; row < rows.length; row++) {
      for (const [column, numFmt] of formats.entries())
        if (numFmt !== null) cells.set(`${row},${column}`, { style: { numFmt } });
      cells.set(`${row},2`, { formula: `A${row + 1}+1` });
    }
    const bytes = await writeXlsx({ sheets: [{ name: 'A & B', rows, cells }] });
    const handle = blobOf(bytes);
    const report = unwrap(await importAs({ handle, options: { format: 'excel' } }));
    expect(await rowsOf('FROM source')).toEqual([
      ['30:00:00', '13:00:00.500', null, '1900-03-01'],
      ['1440:00:00', '06:00:00', null, '2020-01-01'],
      ['-6:00:00', '18:00:00', null, '2020-01-02'],
      ['0:00:00', '00:00:00', null, '2020-01-03'],
    ]);
    const notes = report.notes.join('\n');
    expect(notes).toContain('“lasts” holds durations');
    expect(notes).toContain(
      '“sum” has 4 formulas without a stored result, which are NULL: in row 2, 3, 4, 5.',
    );
  });

  it('tells the sheets, and refuses one that is not there', async () => {
    const handle = blobOf(await book());
    const preview = unwrap(await engine.preview({ handle, options: AUTO, rows: 5 }));
    expect([preview.choices.sheets, preview.rows]).toEqual([['First', 'Data'], [['x']]]);
    expect(preview.notes).toContain('The sheet “First” is read; the workbook also has “Data”.');
    const refused = await importAs({ handle, options: { format: 'excel', sheet: 'Nope' } });
    expect(refused.ok ? null : refused.error.code).toBe('import-sheet');
  });
});

describe('several files as one source', () => {
  const texts = ['a,b\n1,x\n', 'a,b\n9007199254740993,y\n', 'a\n0.5\n'];
  const files = texts.map((text, index) => ({ name: `${index}.csv`, bytes: text.length }));

  it('keeps long whole numbers beside fractions as text', async () => {
    const report = unwrap(await importAs({ handle: new Blob(texts), files }));
    expect(columnsOf(report)).toEqual(['a VARCHAR', 'b VARCHAR']);
    expect(await rowsOf('FROM source')).toEqual([
      ['1', 'x'],
      ['9007199254740993', 'y'],
      ['0.5', null],
    ]);
    expect(report.notes).toContain('“b” is not in 2.csv; it is NULL there.');
  });

  it('refuses bytes that are not those of the files', async () => {
    const refused = await importAs({ handle: new Blob(texts.slice(1)), files });
    expect(refused.ok ? null : refused.error.code).toBe('import-files');
  });
});
