// What the preview of delimited text tells before anything is imported: lines left out, types as they will be, ways of reading to choose.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../../../src/headless/engine.ts';
import { unwrap } from '../../../../src/lib/base/result.ts';
import type { CsvImportOptions } from '../../../../src/lib/notebook/notebook-types.ts';

const engine = createNodeEngine();
let nextId = 0;

beforeAll(async () => {
  unwrap(await engine.open({ threads: 1, macroScripts: [] }));
}, 60_000);
afterAll(() => engine.dispose());

const preview = async (text: string, options: Omit<CsvImportOptions, 'format'> = {}, rows = 5) =>
  unwrap(await engine.preview({ handle: new Blob([text]), options: { format: 'csv', ...options }, rows }));
const imported = async (text: string, options: Omit<CsvImportOptions, 'format'> = {}) =>
  unwrap(
    await engine.importFile({
      importId: `import-${++nextId}`,
      table: 'source',
      handle: new Blob([text]),
      options: { format: 'csv', ...options },
    }),
  );

const lines = (count: number, line: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');

describe('lines that will be left out', () => {
  const BROKEN: readonly (readonly [string, string])[] = [
    ['too many values', `a,b\n${lines(30, (row) => `${row},x`)}\n31,x,extra\n32,y\n`],
    ['too few values', `a,b,c\n${lines(30, (row) => `${row},x,y`)}\n31\n32,y,z\n`],
  ];

  it.each(BROKEN)('are those of the import: %s', async (_, text) => {
    const shown = await preview(text);
    const report = await imported(text);
    expect(report.rejectedCount).toBeGreaterThan(0);
    expect({ count: shown.rejectedCount, lines: shown.rejected }).toEqual({
      count: report.rejectedCount,
      lines: report.rejected,
    });
  });

  it('leave the same rows in the preview as in the table, also around quotes that are not closed', async () => {
    const text = 'id,name\n1,Ann\n2,"Bob "the" Builder"\n3\n4,"Eve\nmulti"\n5,Flo\n6,"open\n7,Hal\n';
    const asked = { delimiter: ',', quote: '"' };
    const shown = await preview(text, asked, 50);
    const report = await imported(text, asked);
    const { rows } = unwrap(await engine.query({ sql: 'SELECT * FROM source' }));
    expect(shown.rows).toEqual(rows);
    expect(rows).toHaveLength(report.rowCount);
    expect(report.rejected.at(-1)?.reason).toContain('The line after it belongs to it');
  });

  it('are found beyond the rows that are shown, by their number in the file', async () => {
    const shown = await preview(`a,b\n${lines(500, (row) => `${row},x`)}\n500,x,extra\n`, {}, 3);
    expect(shown.rows).toHaveLength(3);
    expect(shown.rejected.map(({ line, text }) => [line, text])).toEqual([[502, '500,x,extra']]);
  });

  it('are those of a type that a person chose; a guessed type becomes wider instead', async () => {
    const text = `a,b\n${lines(30_000, (row) => `${row},x`)}\nlate,x\n`;
    const guessed = await preview(text);
    expect({ columns: guessed.columns[0], rejected: guessed.rejectedCount }).toEqual({
      columns: { name: 'a', type: 'VARCHAR' },
      rejected: 0,
    });
    const chosen = await preview(text, { types: { a: 'BIGINT' } });
    expect(chosen.rejected).toMatchObject([{ line: 30_002, column: 'a', text: 'late' }]);
  });

  it('leaves no tables behind, also where previews run at once', async () => {
    await Promise.all([preview('a,b\n1,2\n3\n'), preview('a,b\n1,2\n3,4,5\n'), preview('a\n1\n')]);
    const { rows } = unwrap(
      await engine.query({
        sql: `SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'sluice_reject%'`,
      }),
    );
    expect(rows).toEqual([[0]]);
  });
});

describe('ways of reading to choose', () => {
  it('offers the decimal comma, and reads numbers once it is chosen', async () => {
    const text = 'name;price;code\na;1,50;1\nb;-20;2\nc;0,5;3\n';
    const { suggestions, columns } = await preview(text);
    expect(columns.map(({ type }) => type)).toEqual(['VARCHAR', 'VARCHAR', 'BIGINT']);
    expect(suggestions).toEqual([
      {
        words: 'Read the comma as the decimal sign: “price” would hold numbers.',
        change: { decimal: ',' },
      },
    ]);
    const chosen = await preview(text, { decimal: ',' });
    expect(chosen.suggestions).toEqual([]);
    expect(chosen.rows.map((row) => row[1])).toEqual([1.5, -20, 0.5]);
  });

  it('offers spellings of NULL that stand in the way of numbers and dates', async () => {
    const text = 'age,day,note\n31,2020-01-01,x\nNA,-,y\n7,2021-05-06,z\n';
    const { suggestions } = await preview(text);
    expect(suggestions).toEqual([
      {
        words: 'Read “NA”, “-” as NULL, in every column: “age” and “day” would hold numbers or dates.',
        change: { nullText: ['NA', '-'] },
      },
    ]);
    const chosen = await preview(text, { nullText: ['NA', '-'] });
    expect(chosen.columns.map(({ type }) => type)).toEqual(['BIGINT', 'DATE', 'VARCHAR']);
    expect(chosen.rows[1]).toEqual([null, null, 'y']);
    expect(chosen.suggestions).toEqual([]);
  });

  it('offers nothing for a column whose type a person chose', async () => {
    const options = { types: { price: 'VARCHAR' } };
    expect((await preview('name;price\na;1,50\nb;2,5\n', options)).suggestions).toEqual([]);
  });

  it('offers both for a column that needs both', async () => {
    const { suggestions } = await preview('a;b\nx;1,5\ny;n/a\nz;2,25\n');
    expect(suggestions?.map(({ change }) => change)).toEqual([{ decimal: ',' }, { nullText: ['n/a'] }]);
  });

  it.each([
    ['texts that happen to be a spelling', 'country\nDE\nNA\nFR\n'],
    ['codes with leading zeros', 'zip;n\n01234;a\nNA;b\n09999;c\n'],
    ['thousands with a point', 'v;n\n1.234,50;a\n2.000,00;b\n'],
    ['numbers as they are', 'v,w\n1.5,2\n2.5,3\n'],
    ['nothing but spellings', 'v,w\nNA,1\nNA,2\n'],
  ])('offers nothing for %s', async (_, text) => {
    expect((await preview(text)).suggestions).toEqual([]);
  });
});
