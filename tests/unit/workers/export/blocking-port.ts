// The engine's port over the blocking Node bindings, for tests of the export alone.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openAsBlob, readFileSync } from 'node:fs';
import type { DuckPort } from '../../../../workers/engine/duck-port.ts';
import { DuckError } from '../../../../workers/engine/duck-port.ts';
import { RecordBatchStreamWriter, tableFromIPC } from 'apache-arrow';
import * as duckdb from '@duckdb/duckdb-wasm/blocking';

const require = createRequire(import.meta.url);
const dist = dirname(require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));

export const parquetBytes = readFileSync(require.resolve('parquet-wasm/esm/parquet_wasm_bg.wasm'));

export interface TestPort extends DuckPort {
  /** All rows of a small result, one array of texts (or null) a row. */
  texts(sql: string): readonly (readonly (string | null)[])[];
  /** The stream of a statement in batches of so many rows, to stand in for an engine that cuts differently. */
  recut(sql: string, rows: number): AsyncIterable<Uint8Array>;
  /** Statements for setting up. */
  run(sql: string): void;
}

function words(action: () => Uint8Array | null): Uint8Array | null {
  try {
    return action();
  } catch (cause) {
    throw new DuckError(cause instanceof Error ? cause.message : String(cause));
  }
}

export async function openTestPort(): Promise<TestPort> {
  const bundle = (kind: string) => ({
    mainModule: join(dist, `duckdb-${kind}.wasm`),
    mainWorker: join(dist, `duckdb-node-${kind}.worker.cjs`),
  });
  const db = await duckdb.createDuckDB(
    { mvp: bundle('mvp'), eh: bundle('eh') },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  );
  await db.instantiate(() => undefined);
  db.open({});
  const connection = db.connect();
  const id = connection.useUnsafe((_, conn) => conn);
  connection.query('SET autoinstall_known_extensions=false; SET autoload_known_extensions=false');

  function* batches(sql: string): Generator<Uint8Array> {
    let head = words(() => db.startPendingQuery(id, sql, true));
    while (head === null) head = words(() => db.pollPendingQuery(id));
    yield head;
    for (;;) {
      const batch = words(() => db.fetchQueryResults(id));
      if (batch === null || batch.byteLength === 0) return;
      yield batch;
    }
  }

  return {
    bundle: 'eh',
    maxFileBytes: Number.MAX_SAFE_INTEGER,
    openSource: async (handle) => ('path' in handle ? openAsBlob(handle.path) : handle),
    tokenize: async () => [],
    query: async (sql) => {
      const table = tableFromIPC(words(() => db.runQuery(id, sql)) as Uint8Array);
      return RecordBatchStreamWriter.writeAll(table).toUint8Array(true);
    },
    execute: async (sql) => void words(() => db.runQuery(id, sql)),
    stream: async function* (sql) {
      yield* batches(sql);
    },
    recut: async function* (sql, rows) {
      const table = tableFromIPC(words(() => db.runQuery(id, sql)) as Uint8Array);
      const writer = new RecordBatchStreamWriter();
      writer.reset(undefined, table.schema);
      for (const batch of table.batches) {
        for (let at = 0; at < batch.numRows; at += rows) writer.write(batch.slice(at, at + rows));
      }
      yield writer.finish().toUint8Array(true);
    },
    insertArrow: async (table, ipc) => db.insertArrowFromIPCStream(id, ipc, { name: table, create: true }),
    registerFile: async (name, handle) => db.registerFileBuffer(`local/${name}`, handle as Uint8Array),
    dropFile: async (name) => db.dropFile(`local/${name}`),
    close: async () => undefined,
    run: (sql) => void words(() => db.runQuery(id, sql)),
    texts: (sql) => {
      const table = tableFromIPC(words(() => db.runQuery(id, sql)) as Uint8Array);
      const columns = table.schema.fields.map((_, i) => table.getChildAt(i));
      return Array.from({ length: table.numRows }, (_, row) =>
        columns.map((column) => {
          const value: unknown = column?.get(row);
          return value === null ? null : String(value);
        }),
      );
    },
  };
}
