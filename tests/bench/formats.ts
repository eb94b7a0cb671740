// `node tests/bench/formats.ts [rows]`: importing each format beside the fastest other reader at hand, in turn, as a ratio.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readXlsx, writeXlsxStream } from 'hucre/xlsx';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { median } from './figures.ts';

const ROUNDS = 3;
const rows = Number(process.argv[2] ?? 200_000);

/** Keys, measures, texts with few and many values, dates, gaps; the same for the same number of rows. */
const TABLE = `SELECT i AS id, (hash(i) % 1000000) / 7.0::DOUBLE AS measure, 'name ' || (hash(i + 1) % 50000) AS name,
  'user' || i || '@example.com' AS email, i % 7 = 0 AS flag, DATE '2000-01-01' + (i % 5000)::INTEGER AS day,
  TIMESTAMP '2000-01-01' + INTERVAL (i) SECOND AS moment, CASE WHEN i % 10 > 0 THEN i % 10 END AS few,
  hash(i) % 1000 AS code, ((i * 7919) % 100000 / 100)::DOUBLE AS price FROM range(${rows}) r(i)`;

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
const path = (name: string): string => join(folder, name);

const native = await (await DuckDBInstance.create(':memory:')).connect();
await native.run(`CREATE TABLE made AS ${TABLE}`);
await native.run(`COPY made TO '${path('a.csv')}' (HEADER)`);
await native.run(`COPY made TO '${path('a.ndjson')}' (FORMAT json)`);
await native.run(`COPY made TO '${path('a.json')}' (FORMAT json, ARRAY true)`);
await native.run(`COPY made TO '${path('a.parquet')}' (FORMAT parquet, COMPRESSION zstd)`);
await writeWorkbook(path('a.xlsx'));

async function writeWorkbook(to: string): Promise<void> {
  const reader = await native.runAndReadAll(
    'SELECT id, measure, name, email, flag, few, code, price FROM made',
  );
  const plain = reader
    .getRowsJS()
    .map((row) =>
      row.map((value) =>
        typeof value === 'bigint' ? Number(value) : (value as string | number | boolean | null),
      ),
    );
  const stream = writeXlsxStream([reader.columnNames(), ...plain], { name: 'Sheet1' });
  writeFileSync(to, Buffer.from(await new Response(stream).arrayBuffer()));
}

const engine = createNodeEngine();
unwrap(await engine.open({ macroScripts: [], threads: 1 }));
await native.run('SET threads = 1');

let nextId = 0;
const own = async (file: string): Promise<unknown> =>
  unwrap(
    await engine.importFile({
      importId: `bench-${++nextId}`,
      table: 'read',
      handle: { path: path(file) },
      fileName: file,
      options: { format: 'auto' },
    }),
  );
const duck = (reader: string, file: string) => (): Promise<unknown> =>
  native.run(`CREATE OR REPLACE TABLE read AS FROM ${reader}('${path(file)}')`);

interface Contest {
  readonly file: string;
  readonly other: string;
  readonly theirs: () => Promise<unknown>;
}

const CONTESTS: readonly Contest[] = [
  { file: 'a.csv', other: 'native DuckDB read_csv', theirs: duck('read_csv', 'a.csv') },
  { file: 'a.ndjson', other: 'native DuckDB read_json', theirs: duck('read_json', 'a.ndjson') },
  { file: 'a.json', other: 'native DuckDB read_json', theirs: duck('read_json', 'a.json') },
  { file: 'a.parquet', other: 'native DuckDB read_parquet', theirs: duck('read_parquet', 'a.parquet') },
  {
    file: 'a.xlsx',
    other: 'hucre alone, no table made',
    theirs: () => readXlsx(readFileSync(path('a.xlsx'))),
  },
];

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

console.log(
  `${rows} rows, 10 columns (8 in Excel), one thread, median of ${ROUNDS} rounds after one to warm up`,
);
for (const { file, other, theirs } of CONTESTS) {
  const [mine, others]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [await time(() => own(file)), await time(theirs)] as const;
    if (round === 0) continue;
    mine.push(pair[0]);
    others.push(pair[1]);
  }
  const [a, b] = [median(mine), median(others)];
  const mib = (statSync(path(file)).size / (1 << 20)).toFixed(1);
  console.log(
    `${file} (${mib} MiB): ${Math.round(a)} ms, ${(a / b).toFixed(2)} × ${other} (${Math.round(b)} ms)`,
  );
}
await engine.dispose();
native.closeSync();
rmSync(folder, { recursive: true });
