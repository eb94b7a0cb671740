import { beforeAll, describe, expect, it } from 'vitest';
import { exportRelation } from '../../../../workers/engine/export/export-relation.ts';
import { setParquetSource } from '../../../../workers/engine/export/parquet-module.ts';
import { readBackFile } from '../../../../workers/engine/export/read-back.ts';
import type { TestPort } from './blocking-port.ts';
import { openTestPort, parquetBytes } from './blocking-port.ts';

let port: TestPort;

beforeAll(async () => {
  setParquetSource(parquetBytes);
  port = await openTestPort();
  port.run(`CREATE TABLE typed AS SELECT * FROM (VALUES
    (1::BIGINT, true, 0.1::FLOAT, 1e16::DOUBLE, 1.50::DECIMAL(9,2), DATE '2024-02-29', TIMESTAMP '2024-02-29 12:00:00.5', '\\xFFa'::BLOB, [1, NULL], {'a': 'x"y', 'b': TIMESTAMP '1970-01-01'}, MAP {'k': 9007199254740993}),
    (9007199254740993, NULL, 'nan'::FLOAT, '-inf'::DOUBLE, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
    t(big, yes, f, d, dec, day, "at", bin, list, rec, map)`);
});

const text = async (relation: string, format: 'csv' | 'json') =>
  new TextDecoder().decode((await exportRelation(port, { relation, format, order: [] })).bytes);

async function backFrom(bytes: Uint8Array | string, format: 'csv' | 'json' | 'parquet'): Promise<unknown> {
  const given = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return readBackFile(port, { bytes: given, format, into: 'back' }).then(
    (report) => ({ ...report, rows: port.texts('SELECT * FROM back') }),
    (cause: { problem?: { code: string; message: string } }) => cause.problem?.message ?? String(cause),
  );
}

describe('CSV', () => {
  it('writes each type as text that has one reading', async () => {
    expect(await text('typed', 'csv')).toBe(
      'big,yes,f,d,dec,day,at,bin,list,rec,map\r\n' +
        `1,true,0.1,1e+16,1.50,2024-02-29,2024-02-29 12:00:00.5,ff61,"[1, NULL]","{'a': 'x""y', 'b': '1970-01-01 00:00:00'}",{k=9007199254740993}\r\n` +
        '9007199254740993,,nan,-inf,,,,,,,\r\n',
    );
  });

  it('quotes what RFC 4180 asks for, tells NULL from the empty text, and leaves formulas as they are', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES ('', NULL), ('a"b', 'x,y'), (E'l\\r\\nm', '=1+1'),
      (' lead ', '日本🦆'), (NULL, '@cmd')) t("na,m""e", v)`);
    const written = await text('src', 'csv');
    expect(written).toBe('"na,m""e",v\r\n"",\r\n lead ,日本🦆\r\n"a""b","x,y"\r\n"l\r\nm",=1+1\r\n,@cmd\r\n');
    expect(await backFrom(written, 'csv')).toEqual({
      columns: [
        { name: 'na,m"e', type: 'VARCHAR' },
        { name: 'v', type: 'VARCHAR' },
      ],
      rowCount: 5,
      rows: [
        ['', null],
        [' lead ', '日本🦆'],
        ['a"b', 'x,y'],
        ['l\r\nm', '=1+1'],
        [null, '@cmd'],
      ],
    });
  });

  it('keeps NULL and empty text apart in a single column', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES (''), (NULL), ('a'), (NULL)) t(v)`);
    expect(await backFrom(await text('src', 'csv'), 'csv')).toMatchObject({
      rows: [[''], ['a'], [null], [null]],
    });
  });

  it('reads back a value of five million characters', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT repeat('é,', 2500000) AS v, 1 AS n`);
    await backFrom(await text('src', 'csv'), 'csv');
    expect(port.texts('SELECT count(*) FROM back JOIN src USING (v)')).toEqual([['1']]);
  });

  it('says why bytes are not such a file', async () => {
    expect(await backFrom('', 'csv')).toBe('The file cannot be read as CSV: it is empty.');
    expect(await backFrom('a,b\r\n"x', 'csv')).toBe(
      'The file cannot be read as CSV: a quoted value is never closed.',
    );
    expect(await backFrom('a"b\r\n1\r\n"', 'csv')).toBe(
      'The file cannot be read as CSV: its header line is malformed.',
    );
    expect(String(await backFrom('a,b\r\n1,2\r\n3\r\n', 'csv'))).toContain(
      'The file cannot be read as CSV: ',
    );
  });
});

describe('JSON', () => {
  it('writes numbers as numbers where every reader keeps them, else as text', async () => {
    const written = await text('typed', 'json');
    expect(written.split('\n').length).toBe(5);
    expect(JSON.parse(written)).toEqual([
      {
        big: 1,
        yes: true,
        f: 0.1,
        d: 1e16,
        dec: '1.50',
        day: '2024-02-29',
        at: '2024-02-29T12:00:00.5',
        bin: 'ff61',
        list: [1, null],
        rec: { a: 'x"y', b: '1970-01-01T00:00:00' },
        map: [{ key: 'k', value: '9007199254740993' }],
      },
      {
        big: '9007199254740993',
        yes: null,
        f: 'NaN',
        d: '-Infinity',
        dec: null,
        day: null,
        at: null,
        bin: null,
        list: null,
        rec: null,
        map: null,
      },
    ]);
  });

  it('comes back as text, hostile names and signs included', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES (E'\\t"\\\\' || chr(8232) || chr(1), 1, [true]),
      ('🦆', NULL, NULL)) t("__proto__", "constructor", "a b")`);
    expect(await backFrom(await text('src', 'json'), 'json')).toEqual({
      columns: ['__proto__', 'constructor', 'a b'].map((name) => ({ name, type: 'VARCHAR' })),
      rowCount: 2,
      rows: [
        ['\t"\\\u2028\u0001', '1', '[true]'],
        ['🦆', null, null],
      ],
    });
  });

  it('of no rows is an empty array', async () => {
    port.run('CREATE OR REPLACE TABLE src AS SELECT 1 AS a WHERE false');
    const written = await text('src', 'json');
    expect(written).toBe('[\n]\n');
    expect(await backFrom(written, 'json')).toMatchObject({ rowCount: 0 });
  });

  it('keeps halves of surrogate pairs in neighbouring rows apart', async () => {
    expect(await backFrom('[\n{"a":"\\ud83d"},\n{"a":"\\ude00"}\n]\n', 'json')).toMatchObject({
      rows: [['\ufffd'], ['\ufffd']],
    });
  });

  it('says why bytes are not such a file', async () => {
    const start = 'The file cannot be read as a JSON array with one object a line: ';
    expect(await backFrom('', 'json')).toBe(`${start}it ends before the closing “]”.`);
    expect(await backFrom('{}', 'json')).toBe(`${start}it does not begin with “[” on a line of its own.`);
    expect(await backFrom('[\n{"a":1},\n[2]\n]\n', 'json')).toBe(`${start}line 3 is not an object.`);
    expect(await backFrom('[\n{"a":1},\n{"b":1}\n]\n', 'json')).toBe(
      `${start}its objects do not all have the same members.`,
    );
    expect(await backFrom('[\n{"a":1}\n]\n{"a":2}\n', 'json')).toBe(
      `${start}there is more after the end, on line 4.`,
    );
    expect(await backFrom(new Uint8Array([0x5b, 0x0a, 0xff, 0xfe]), 'json')).toBe(`${start}it is not UTF-8.`);
  });
});

describe('Parquet that is none', () => {
  it('is refused in words', async () => {
    port.run('CREATE OR REPLACE TABLE src AS SELECT i, i::VARCHAR AS s FROM range(1000) r(i)');
    const { bytes } = await exportRelation(port, { relation: 'src', format: 'parquet', order: [] });
    const start = 'The file cannot be read as Parquet: ';
    expect(String(await backFrom(new Uint8Array(), 'parquet'))).toContain(start);
    expect(String(await backFrom(new Uint8Array(100), 'parquet'))).toContain(start);
    expect(String(await backFrom(bytes.slice(0, -9), 'parquet'))).toContain(start);
    const broken = bytes.slice();
    broken.fill(0xff, 4, 60);
    expect(String(await backFrom(broken, 'parquet'))).toContain(start);
    expect(await backFrom(bytes, 'parquet')).toMatchObject({ rowCount: 1000 });
  });
});
