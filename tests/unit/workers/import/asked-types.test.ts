// Types that were asked for, as those a notebook keeps: what they would change in a later file is left out and named, in every format.
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../../../src/headless/engine.ts';
import { unwrap } from '../../../../src/lib/base/result.ts';
import type { SourceHandle } from '../../../../src/lib/engine/contract.ts';
import type { ImportOptions } from '../../../../src/lib/notebook/notebook-types.ts';
import { isCut, type CuttingType } from '../../../../workers/engine/import/asked-types.ts';

const engine = createNodeEngine();
const folder = mkdtempSync(join(tmpdir(), 'sluice-asked-'));
let nextId = 0;

beforeAll(async () => {
  unwrap(await engine.open({ threads: 1, macroScripts: [] }));
}, 60_000);
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true });
});

const TYPES = { price: 'BIGINT', cost: 'DECIMAL(6,2)', day: 'DATE' } as const;
const ROWS = [
  ['1', '1.25', '2020-01-02'],
  ['1.5', '1.25', '2020-01-02'],
  ['2.0', '1.250', '2020-01-02 00:00:00'],
  ['3', '1.255', '2020-01-02'],
  ['4', '2', '2020-01-02 13:30:00'],
  ['5', '2', '2020-01-03'],
] as const;
const KEPT = [
  [1, '1.25', '2020-01-02'],
  [2, '1.25', '2020-01-02'],
  [5, '2.00', '2020-01-03'],
];

async function imported(handle: SourceHandle, options: ImportOptions) {
  const report = unwrap(
    await engine.importFile({ importId: `asked-${++nextId}`, table: 'source', handle, options }),
  );
  const { rows } = unwrap(await engine.query({ sql: 'FROM source' }));
  return { report, rows };
}

const csv = (end = '\n') => `price,cost,day${end}${ROWS.map((row) => row.join(',')).join(end)}${end}`;

async function parquetFile(): Promise<SourceHandle> {
  const path = join(folder, 'later.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  const values = ROWS.map(([price, cost, day]) => `(${price}, ${cost}, TIMESTAMP '${day}')`).join(', ');
  await connection.run(
    `COPY (SELECT price::DOUBLE AS price, cost::DECIMAL(9,3) AS cost, day FROM (VALUES ${values}) AS t(price, cost, day)) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  return { path };
}

async function excelFile(): Promise<SourceHandle> {
  const rows = ROWS.map(([price, cost, day]) => [Number(price), Number(cost), day]);
  const bytes = await writeXlsx({ sheets: [{ name: 'Sheet1', rows: [['price', 'cost', 'day'], ...rows] }] });
  return new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

const json = () =>
  ROWS.map(([price, cost, day]) => `{"price":${price},"cost":${cost},"day":"${day}"}`).join('\n');

describe('values that a type asked for would change', () => {
  const formats: readonly (readonly [
    string,
    () => SourceHandle | Promise<SourceHandle>,
    ImportOptions,
    number,
  ])[] = [
    ['delimited text', () => new Blob([csv()]), { format: 'csv', types: TYPES }, 2],
    ['delimited text with CR LF', () => new Blob([csv('\r\n')]), { format: 'csv', types: TYPES }, 2],
    ['JSON', () => new Blob([json()]), { format: 'json', types: TYPES }, 1],
    ['Parquet', parquetFile, { format: 'parquet', types: TYPES }, 1],
    ['Excel', excelFile, { format: 'excel', types: TYPES }, 2],
  ];

  it.each(formats)('are left out and named: %s', async (_, make, options, first) => {
    const { report, rows } = await imported(await make(), options);
    expect(rows).toEqual(KEPT);
    expect(report.columns.map(({ type }) => type)).toEqual(['BIGINT', 'DECIMAL(6,2)', 'DATE']);
    expect(report.rejectedCount).toBe(3);
    expect(report.rejected.map(({ line, column }) => [line, column])).toEqual(
      expect.arrayContaining([
        [first + 1, 'price'],
        [first + 3, 'cost'],
        [first + 4, 'day'],
      ]),
    );
    expect(report.rejected.every(({ reason }) => reason.includes('would change this value'))).toBe(true);
  });

  it('are left out far into a large file, beside lines that cannot be read', async () => {
    const lines = Array.from({ length: 60_000 }, (_, row) => `${row},1.25,2020-01-02`);
    lines[50_000] = '1.5,1.25,2020-01-02';
    lines[50_001] = 'x,1.25,2020-01-02';
    const text = `price,cost,day\n${lines.join('\n')}\n`;
    const { report, rows } = await imported(new Blob([text]), { format: 'csv', types: TYPES });
    expect(report.rowCount).toBe(59_998);
    expect(rows).toHaveLength(1_000);
    expect(report.rejected.map(({ line, text: value }) => [line, value])).toEqual([
      [50_002, '1.5'],
      [50_003, 'x'],
    ]);
    expect(report.rejectedCount).toBe(2);
  });

  it('are shown by the preview as the import does', async () => {
    const options: ImportOptions = { format: 'csv', types: TYPES };
    const shown = unwrap(await engine.preview({ handle: new Blob([csv()]), options, rows: 100 }));
    expect(shown.rows).toEqual(KEPT);
    expect(shown.rejectedCount).toBe(3);
    expect(shown.rejected.map(({ line }) => line)).toEqual([3, 5, 6]);
  });
});

describe('a value as it is written', () => {
  const whole: CuttingType = { kind: 'whole' };
  const cents: CuttingType = { kind: 'decimal', digits: 6, scale: 2 };
  const date: CuttingType = { kind: 'date' };
  it.each([
    ['1', whole, false],
    ['1.0', whole, false],
    ['1,5', whole, true],
    ['-.5', whole, true],
    ['15e-1', whole, true],
    ['1.5e1', whole, false],
    ['x', whole, false],
    ['1.25', cents, false],
    ['1.2500', cents, false],
    ['1.255', cents, true],
    ['2020-01-02', date, false],
    ['2020-01-02T00:00:00Z', date, false],
    ['2020-01-02 00:00:00+02:00', date, false],
    ['2020-01-02 00:01', date, true],
  ] as const)('%s', (text, type, expected) => {
    expect(isCut(text, type)).toBe(expected);
  });
});
