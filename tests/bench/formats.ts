// Importing each format beside the fastest other reader at hand; `node tests/bench/formats.ts [rows]` measures it alone.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { readXlsx, writeXlsxStream } from 'hucre/xlsx';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { benchTable } from './bench-table.ts';
import { runContest, type Contest, type ContestGroup, type ContestResult } from './contest.ts';

async function writeWorkbook(native: DuckDBConnection, to: string): Promise<void> {
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

async function writeFiles(native: DuckDBConnection, rows: number, path: (name: string) => string) {
  await native.run(`CREATE TABLE made AS ${benchTable(rows)}`);
  await native.run(`COPY made TO '${path('a.csv')}' (HEADER)`);
  await native.run(`COPY made TO '${path('a.ndjson')}' (FORMAT json)`);
  await native.run(`COPY made TO '${path('a.json')}' (FORMAT json, ARRAY true)`);
  await native.run(`COPY made TO '${path('a.parquet')}' (FORMAT parquet, COMPRESSION zstd)`);
  await writeWorkbook(native, path('a.xlsx'));
}

/** Both sides with one thread, Sluice in WebAssembly under Node. */
export async function measureFormats(rows: number, rounds: number): Promise<ContestGroup> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const path = (name: string): string => join(folder, name);
  const native = await (await DuckDBInstance.create(':memory:')).connect();
  const engine = createNodeEngine();
  try {
    await writeFiles(native, rows, path);
    unwrap(await engine.open({ macroScripts: [], threads: 1 }));
    await native.run('SET threads = 1');
    let nextId = 0;
    const own = (file: string) => async (): Promise<unknown> =>
      unwrap(
        await engine.importFile({
          importId: `bench-${++nextId}`,
          table: 'read',
          handle: { path: path(file) },
          fileName: file,
          options: { format: 'auto' },
        }),
      );
    const duck = (file: string, reader: string): Contest => ({
      name: file,
      own: own(file),
      other: `native DuckDB, ${reader}`,
      theirs: () => native.run(`CREATE OR REPLACE TABLE read AS FROM ${reader}('${path(file)}')`),
    });
    const contests: readonly Contest[] = [
      duck('a.csv', 'read_csv'),
      duck('a.ndjson', 'read_json'),
      duck('a.json', 'read_json'),
      duck('a.parquet', 'read_parquet'),
      {
        name: 'a.xlsx',
        own: own('a.xlsx'),
        other: 'the workbook library alone, no table made',
        theirs: () => readXlsx(readFileSync(path('a.xlsx'))),
      },
    ];
    const results: ContestResult[] = [];
    for (const contest of contests) {
      const result = await runContest(contest, rounds);
      const mib = (statSync(path(contest.name)).size / (1 << 20)).toFixed(1);
      results.push({ ...result, name: `import of ${contest.name.slice(2)} (${mib} MiB)` });
    }
    return { about: `${rows.toLocaleString('en-US')} rows, ten columns (eight in Excel)`, results };
  } finally {
    await engine.dispose();
    native.closeSync();
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) console.table((await measureFormats(Number(process.argv[2] ?? 200_000), 3)).results);
