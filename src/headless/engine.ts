// DuckDB's WebAssembly build under Node, as the engine's port: the same bytes as in the browser; must not know notebooks.
import { closeSync, fstatSync, openAsBlob, openSync, readFileSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type * as Duck from '@duckdb/duckdb-wasm/blocking';
import { ProblemError } from '../lib/base/result.ts';
import type { Engine, SourceHandle } from '../lib/engine/contract.ts';
import {
  DuckCancelled,
  DuckCrashed,
  DuckError,
  TOKEN_KINDS,
  type DuckLane,
  type DuckPort,
  type DuckWatch,
  type SqlToken,
} from '../../workers/engine/duck-port.ts';
import { createEngine } from '../../workers/engine/engine.ts';
import { setParquetSource } from '../../workers/engine/export/parquet-module.ts';

type Bindings = Awaited<ReturnType<typeof Duck.createDuckDB>>;
type Runtime = typeof Duck.NODE_RUNTIME;
type DuckModule = Parameters<Runtime['openFile']>[0];
/** What Emscripten gives a module and the bindings' types leave out. */
type Module = DuckModule & {
  _malloc(bytes: number): number;
  readonly HEAPU8: Uint8Array;
  readonly HEAPF64: Float64Array;
};

const require = createRequire(import.meta.url);
const SLICE_MS = 20;
const MOST_FILE_BYTES = Number.MAX_SAFE_INTEGER;

/** Answers every request with status 0: the bindings would otherwise fetch extensions by themselves. */
class ClosedRequest {
  readonly status = 0;
  readonly response = null;
  open(): void {}
  setRequestHeader(): void {}
  send(): void {}
}

const silent = (): void => {};
const SILENT_CONSOLE = {
  log: silent,
  warn: silent,
  error: silent,
  info: silent,
  debug: silent,
  assert: silent,
};

/**
 * The bindings in a scope of their own: they keep state in `globalThis`, print engine exceptions to the console, and
 * look for `XMLHttpRequest`; each engine gets its own, silent and without a way out.
 */
function loadBindings(): typeof Duck {
  const file = require.resolve('@duckdb/duckdb-wasm/blocking');
  const scope = {
    module: { exports: {} as typeof Duck },
    require: createRequire(file),
    __filename: file,
    __dirname: dirname(file),
    console: SILENT_CONSOLE,
    XMLHttpRequest: ClosedRequest,
    globalThis: Object.create(globalThis) as object,
  };
  const names = Object.keys(scope);
  const evaluate = compileFunction(readFileSync(file, 'utf8'), ['exports', ...names], { filename: file });
  evaluate(scope.module.exports, ...Object.values(scope));
  return scope.module.exports;
}

/** Files are opened for reading only (the stock runtime creates them and opens for writing) and nothing else is found. */
function readOnlyRuntime(stock: Runtime, onRead: (endByte: number, sizeBytes: number) => void): Runtime {
  const descriptors = new Map<number, number>();
  const refuse = (): never => {
    throw new Error('Files can only be read.');
  };
  return {
    ...stock,
    openFile(mod: Module, fileId: number) {
      stock._fileInfoCache.delete(fileId);
      const path = stock.resolveFileInfo(mod, fileId)?.dataUrl;
      if (path === null || path === undefined) throw new Error('Only imported sources can be read.');
      const known = descriptors.get(fileId) ?? openSync(path, 'r');
      descriptors.set(fileId, known);
      const answer = mod._malloc(24);
      mod.HEAPF64.set([fstatSync(known).size, 0, 0], answer >> 3);
      return answer;
    },
    closeFile(_mod: Module, fileId: number) {
      const descriptor = descriptors.get(fileId);
      descriptors.delete(fileId);
      if (descriptor !== undefined) closeSync(descriptor);
    },
    readFile(mod: Module, fileId: number, buffer: number, bytes: number, location: number) {
      const descriptor = descriptors.get(fileId);
      if (descriptor === undefined) throw new Error('The file is not open.');
      const count = readSync(descriptor, mod.HEAPU8, buffer, bytes, location);
      onRead(location + count, fstatSync(descriptor).size);
      return count;
    },
    getLastFileModificationTime: () => 0,
    writeFile: refuse,
    truncateFile: refuse,
    removeFile: refuse,
    moveFile: refuse,
    createDirectory: refuse,
    removeDirectory: refuse,
    checkDirectory: () => false,
    checkFile: () => false,
    glob: () => 0,
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class NodePort implements DuckPort {
  readonly bundle = 'eh';
  readonly maxFileBytes = MOST_FILE_BYTES;
  readonly #duck: typeof Duck;
  #db: Bindings | null;
  readonly #lanes: Readonly<Record<DuckLane, number>>;
  readonly #readShare: () => number | null;

  constructor(duck: typeof Duck, db: Bindings, readShare: () => number | null) {
    this.#duck = duck;
    this.#db = db;
    this.#readShare = readShare;
    const connect = (): number => db.connect().useUnsafe((_bindings, connection) => connection);
    this.#lanes = { work: connect(), read: connect() };
  }

  async query(sql: string, lane: DuckLane = 'read'): Promise<Uint8Array> {
    return this.#call((db) => db.runQuery(this.#lanes[lane], sql));
  }

  async execute(sql: string, watch: DuckWatch): Promise<void> {
    for await (const _ of this.#results(sql, false, watch));
  }

  stream(sql: string, watch: DuckWatch = { isCancelled: () => false }): AsyncIterable<Uint8Array> {
    return this.#results(sql, true, watch);
  }

  async insertArrow(table: string, ipcStream: Uint8Array): Promise<void> {
    this.#call((db) => {
      db.insertArrowFromIPCStream(this.#lanes.work, ipcStream, { name: table, schema: 'main', create: true });
    });
  }

  async openSource(handle: SourceHandle): Promise<Blob> {
    if (!('path' in handle)) return handle;
    try {
      return await openAsBlob(handle.path);
    } catch {
      throw new ProblemError({
        code: 'import-source-missing',
        message: `The file “${basename(handle.path)}” cannot be read.`,
        hint: 'Check that it exists and that you may read it.',
      });
    }
  }

  async registerFile(name: string, handle: SourceHandle | Uint8Array): Promise<void> {
    const file = `local/${name}`;
    if (!(handle instanceof Uint8Array) && 'path' in handle) {
      this.#call((db) => db.registerFileURL(file, handle.path, this.#duck.DuckDBDataProtocol.NODE_FS, true));
      return;
    }
    const bytes = handle instanceof Uint8Array ? handle : new Uint8Array(await handle.arrayBuffer());
    this.#call((db) => db.registerFileBuffer(file, bytes));
  }

  async dropFile(name: string): Promise<void> {
    this.#call((db) => db.dropFile(`local/${name}`));
  }

  async tokenize(sql: string): Promise<readonly SqlToken[]> {
    const tokens = this.#call((db) => db.tokenize(sql));
    return tokens.offsets.map((offset, index) => ({
      offset,
      kind: TOKEN_KINDS[tokens.types[index] ?? 0] ?? 'identifier',
    }));
  }

  async close(): Promise<void> {
    this.#db = null;
  }

  /** Schema message first, then batches, giving other work a turn after each slice. */
  async *#results(sql: string, isStreamed: boolean, watch: DuckWatch): AsyncGenerator<Uint8Array> {
    const lane = this.#lanes.work;
    const stopIfCancelled = (): void => {
      if (!watch.isCancelled()) return;
      this.#call((db) => db.cancelPendingQuery(lane));
      this.#release(lane);
      throw new DuckCancelled();
    };
    const pause = async (): Promise<void> => {
      await nextTurn();
      watch.onTick?.(this.#readShare());
    };
    let header = this.#call((db) => db.startPendingQuery(lane, sql, isStreamed));
    while (header === null) {
      await pause();
      header = this.#call((db) => db.pollPendingQuery(lane));
      // Not before the first poll: a statement that never ran a slice is run to its end when it is let go of.
      if (header === null) stopIfCancelled();
    }
    yield header;
    for (;;) {
      const batch = this.#call((db) => db.fetchQueryResults(lane));
      if (batch === null) {
        await pause();
        stopIfCancelled();
      } else if (batch.length === 0) return;
      else {
        if (isStreamed) await nextTurn();
        stopIfCancelled();
        yield batch;
      }
    }
  }

  /** A cancelled statement lets go of memory and files only when the next one begins. */
  #release(lane: number): void {
    this.#call((db) => db.runQuery(lane, 'SELECT 1'));
  }

  #call<T>(work: (db: Bindings) => T): T {
    if (this.#db === null) throw new DuckCrashed('it was closed.');
    try {
      return work(this.#db);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        this.#db = null;
        throw new DuckCrashed(error.message);
      }
      throw new DuckError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Files of the engine inside the installed packages. */
function locate(): { readonly module: string; readonly parquet: string } {
  const duckdb = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm');
  const parquet = join(dirname(require.resolve('parquet-wasm/esm')), 'parquet_wasm_bg.wasm');
  return { module: duckdb, parquet };
}

async function openNodePort(): Promise<DuckPort> {
  const duck = loadBindings();
  const files = locate();
  setParquetSource(new Uint8Array(readFileSync(files.parquet)));
  let share: number | null = null;
  const runtime = readOnlyRuntime(duck.NODE_RUNTIME, (end, size) => {
    share = size === 0 ? null : Math.min(1, end / size);
  });
  const bundle = { mainModule: files.module, mainWorker: '' };
  const db = await duck.createDuckDB({ mvp: bundle, eh: bundle }, new duck.VoidLogger(), runtime);
  await db.instantiate();
  db.open({ path: ':memory:', query: { queryPollingInterval: SLICE_MS } });
  return new NodePort(duck, db, () => share);
}

/** An engine in this process, with one thread; `open` takes about a second. */
export function createNodeEngine(): Engine {
  return createEngine(openNodePort);
}
