import { beforeAll, describe, expect, it } from 'vitest';
import { readXlsx } from 'hucre/xlsx';
import { tableFromIPC } from 'apache-arrow';
import type { DelimitedSettings, SaveSettings } from '../../../../src/lib/engine/save-types.ts';
import { MODULE_CSV } from '../../../../workers/engine/export/module-csv.ts';
import { setParquetSource } from '../../../../workers/engine/export/parquet-module.ts';
import { saveRelation } from '../../../../workers/engine/export/save-relation.ts';
import type { TestPort } from './blocking-port.ts';
import { openTestPort, parquetBytes } from './blocking-port.ts';

let port: TestPort;

beforeAll(async () => {
  setParquetSource(parquetBytes);
  port = await openTestPort();
  port.run(`CREATE TABLE typed AS SELECT * FROM (VALUES
    (9007199254740993, 0.1::FLOAT, -2.5::DOUBLE, 12345678901234.56::DECIMAL(18,2), DATE '2024-02-29', TIMESTAMP '2024-02-29 12:00:00.123456', TIME '06:00:00', true, 'b;c', [1, 2]),
    (3, 'nan'::FLOAT, 'inf'::DOUBLE, 1.50::DECIMAL(18,2), DATE '1812-01-01', TIMESTAMP '2024-02-29 12:00:00', NULL, NULL, NULL, NULL),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, '', []))
    t(big, f, d, dec, day, "at", "time", yes, label, list)`);
});

const save = (settings: SaveSettings, relation = 'typed', columns?: readonly string[]) =>
  saveRelation(port, { saveId: 'save', relation, columns, settings }, { isCancelled: () => false });

const problem = (saved: Promise<unknown>): Promise<unknown> =>
  saved.then(
    () => 'no failure',
    (cause: { problem?: { code: string; message: string; hint?: string } }) =>
      cause.problem?.code ?? String(cause),
  );

const text = async (
  change: Partial<DelimitedSettings>,
  relation = 'typed',
  columns?: readonly string[],
): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    (await save({ ...MODULE_CSV, ...change }, relation, columns)).bytes,
  );

describe('delimited text', () => {
  it('keeps the order of rows, and takes the columns asked for in their order', async () => {
    expect(await text({}, 'typed', ['label', 'dec'])).toBe(
      'label,dec\r\nb;c,12345678901234.56\r\n,1.50\r\n"",\r\n',
    );
  });

  it('writes what a European spreadsheet reads: semicolons, decimal commas, a byte order mark', async () => {
    const written = await text({ delimiter: ';', decimalComma: true, byteOrderMark: true }, 'typed', [
      'f',
      'd',
      'dec',
      'label',
    ]);
    expect(written).toBe(
      '\uFEFFf;d;dec;label\r\n0,1;-2,5;12345678901234,56;"b;c"\r\nnan;inf;1,50;\r\n;;;""\r\n',
    );
  });

  it('quotes a decimal comma where the comma also cuts', async () => {
    expect(await text({ decimalComma: true, header: false }, 'typed', ['d', 'big'])).toBe(
      '"-2,5",9007199254740993\r\ninf,3\r\n,\r\n',
    );
  });

  it('tells NULL from a text that reads the same', async () => {
    port.run(
      `CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES ('NULL', 1), (NULL, NULL), ('', 2)) t(v, n)`,
    );
    expect(await text({ nullText: 'NULL', lineEnd: 'lf' }, 'src')).toBe('v,n\n"NULL",1\nNULL,NULL\n"",2\n');
  });

  it('quotes every value on wish, never NULL', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES ('a"b', 1), (NULL, 2)) t(v, n)`);
    expect(await text({ quoteAll: true, delimiter: '|' }, 'src')).toBe('"v"|"n"\r\n"a""b"|"1"\r\n|"2"\r\n');
  });

  it('cuts at tabs, and quotes a text that holds one', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM (VALUES (E'a\\tb', 'c,d')) t(v, "n\tm")`);
    expect(await text({ delimiter: '\t' }, 'src')).toBe('v\t"n\tm"\r\n"a\tb"\tc,d\r\n');
  });

  it('takes the sting out of formulas, in names as well', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM
      (VALUES ('=1+1', -1), ('-2', 2), ('@x', 3), ('+4', 4), (E'\\tq', 5), ('fine - so', 6), (NULL, 7)) t("=v", n)`);
    expect(await text({ guardFormulas: true }, 'src')).toBe(
      "'=v,n\r\n'=1+1,-1\r\n'-2,2\r\n'@x,3\r\n'+4,4\r\n'\tq,5\r\nfine - so,6\r\n,7\r\n",
    );
  });

  it('has a header line where there are no rows', async () => {
    port.run('CREATE OR REPLACE TABLE src AS SELECT 1 AS a, 2 AS b WHERE false');
    expect(await text({}, 'src')).toBe('a,b\r\n');
  });
});

describe('JSON', () => {
  const json = async (layout: 'array' | 'lines', relation: string, columns?: readonly string[]) =>
    new TextDecoder().decode((await save({ format: 'json', layout }, relation, columns)).bytes);

  it('writes one object a line', async () => {
    expect(await json('lines', 'typed', ['big', 'd', 'list'])).toBe(
      '{"big":"9007199254740993","d":-2.5,"list":[1,2]}\n{"big":3,"d":"Infinity","list":null}\n{"big":null,"d":null,"list":[]}\n',
    );
  });

  it('writes nothing for no rows, and an empty array as such', async () => {
    port.run('CREATE OR REPLACE TABLE src AS SELECT 1 AS a WHERE false');
    expect(await json('lines', 'src')).toBe('');
    expect(JSON.parse(await json('array', 'src'))).toEqual([]);
  });
});

describe('Parquet', () => {
  it('keeps the order of 300,000 rows and their types', async () => {
    port.run('CREATE OR REPLACE TABLE src AS SELECT (i * 7919) % 300000 AS n FROM range(300000) t(i)');
    const { bytes, rowCount } = await save({ format: 'parquet' }, 'src');
    const { readParquet } = await import('parquet-wasm/esm');
    const back = tableFromIPC(readParquet(bytes).intoIPCStream()).getChildAt(0);
    expect({
      rowCount,
      first: [0, 1, 2].map((row) => Number(back?.get(row))),
      last: Number(back?.get(299_999)),
    }).toEqual({
      rowCount: 300_000,
      first: [0, 7919, 15838],
      last: (299_999 * 7919) % 300_000,
    });
  });
});

describe('Excel', () => {
  const excel = (relation = 'typed', columns?: readonly string[], header = true) =>
    save({ format: 'excel', sheet: 'Result', header }, relation, columns);
  const rowsOf = async (bytes: Uint8Array): Promise<readonly unknown[]> =>
    (await readXlsx(bytes)).sheets[0]?.rows ?? [];

  it('keeps numbers, dates and truth values as such; what a cell cannot hold is text, and told', async () => {
    const { bytes, rowCount, notes } = await excel();
    const [names, first, second, third] = await rowsOf(bytes);
    expect(names).toEqual(['big', 'f', 'd', 'dec', 'day', 'at', 'time', 'yes', 'label', 'list']);
    expect(first).toMatchObject({
      0: '9007199254740993',
      1: 0.1,
      2: -2.5,
      3: '12345678901234.56',
      4: new Date('2024-02-29T00:00:00Z'),
      5: new Date('2024-02-29T12:00:00.123Z'),
      7: true,
      8: 'b;c',
      9: '[1, 2]',
    });
    expect(second).toMatchObject({ 0: 3, 1: 'nan', 2: 'Infinity', 3: 1.5, 4: '1812-01-01' });
    expect(third).toMatchObject({ 7: false, 9: '[]' });
    expect(rowCount).toBe(3);
    expect(notes).toEqual([
      '“big”: whole numbers of more than 15 digits are text, since Excel would round them (1 value).',
      '“f”: values that are no finite number are text (1 value).',
      '“d”: values that are no finite number are text (1 value).',
      '“dec”: numbers of more than 15 digits are text, since Excel would round them (1 value).',
      '“day”: dates before 1900 or after 9999 are text (1 value).',
      '“at”: times finer than a millisecond are cut to it, those before 1900 or after 9999 are text (1 value).',
    ]);
  });

  it('writes formulas, escapes and blanks as the texts they are', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT * FROM
      (VALUES (1, '=1+1'), (2, ' lead'), (3, '_x0041_'), (4, E'two\\nlines'), (5, '<b> & "c"'), (6, '007')) t(n, v)`);
    const rows = await rowsOf((await excel('src', ['v'], false)).bytes);
    expect(rows).toEqual([['=1+1'], [' lead'], ['_x0041_'], ['two\nlines'], ['<b> & "c"'], ['007']]);
  });

  it('refuses what no cell and no sheet can hold, and says where it is', async () => {
    port.run(`CREATE OR REPLACE TABLE src AS SELECT repeat('x', 32768) AS long`);
    expect(await problem(excel('src'))).toBe('save-excel-text');
    for (const sheet of ['', 'a/b', 'x'.repeat(32), "'q'"])
      expect(await problem(save({ format: 'excel', sheet, header: true }))).toBe('save-excel-sheet');
    port.run(
      `CREATE OR REPLACE TABLE src AS SELECT ${Array.from({ length: 16_385 }, (_, i) => `1 AS c${i}`).join(',')}`,
    );
    expect(await problem(excel('src'))).toBe('save-excel-columns');
  });
});

describe('what cannot be written', () => {
  it('names a column that is not there, and no columns at all', async () => {
    expect(await problem(save({ format: 'parquet' }, 'typed', ['nope']))).toBe('engine-column-missing');
    expect(await problem(save({ format: 'parquet' }, 'typed', []))).toBe('export-empty');
    expect(await problem(save({ format: 'parquet' }, 'nope'))).toBe('engine-relation-missing');
  });
});
