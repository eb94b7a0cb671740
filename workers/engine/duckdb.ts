// DuckDB's WebAssembly build in a browser worker of its own, as the engine's port; must not know the page or notebooks.
import { AsyncDuckDB, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import { watchLife } from '../../src/lib/base/worker-life.ts';
import { ProblemError } from '../../src/lib/base/result.ts';
import type { EngineAssets, OpenRequest, SourceHandle } from '../../src/lib/engine/contract.ts';
import { Lifeline } from '../../src/lib/engine/lifeline.ts';
import {
  DuckCancelled,
  DuckCrashed,
  DuckError,
  TOKEN_KINDS,
  type DuckLane,
  type DuckPort,
  type DuckWatch,
  type SqlToken,
} from './duck-port.ts';
import { HOST_NAME, type HostOrder } from './duckdb-host.ts';
import { setParquetSource } from './export/parquet-module.ts';

const START_LIMIT_MS = 60_000;
const CANCEL_LIMIT_MS = 15_000;
const SLICE_MS = 20;
/** The build brings four helper threads. Their number is set on opening: changing it afterwards can wait for ever. */
const MOST_THREADS = 4;
/** In coi a source is copied into the engine's memory: helper threads cannot read a `File`, and with `threads = 1` for an import the configuration could not be locked. */
const MOST_COPIED_BYTES = 1 << 30;

type Bundle = DuckPort['bundle'];

function chooseBundle(): Bundle {
  return globalThis.crossOriginIsolated ? 'coi' : 'eh';
}

function startProblem(reason: string): ProblemError {
  return new ProblemError({
    code: 'engine-start',
    message: `The database engine did not start: ${reason}`,
    hint: 'Reload the page. If it stays so, the browser may be too old, or the host does not send the policies that allow WebAssembly.',
  });
}

const raise = (error: Error): never => {
  throw error;
};

/** The worker that DuckDB lives in; whoever waits for its answer learns of its end. */
class HostedWorker {
  readonly worker: Worker;
  readonly #life = new Lifeline<Error>();

  constructor(script: string) {
    this.worker = new Worker(globalThis.location.href, { type: 'module', name: HOST_NAME });
    watchLife(this.worker, () => this.stop(new DuckCrashed('its worker has ended.')));
    const order: HostOrder = { script };
    this.worker.postMessage(order);
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.stop(new DuckCrashed(event.message === '' ? 'its worker failed.' : event.message));
    });
    this.worker.addEventListener('messageerror', () =>
      this.stop(new DuckCrashed('a message could not be read.')),
    );
  }

  /** @throws whatever the worker was stopped with */
  hold<T>(answer: Promise<T>): Promise<T> {
    return this.#life.hold(answer, raise);
  }

  /** As `hold`; a worker that is silent for longer is stopped. */
  async holdFor<T>(answer: Promise<T>, limitMs: number, error: Error): Promise<T> {
    const timer = setTimeout(() => this.stop(error), limitMs);
    try {
      return await this.hold(answer);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whoever waits is answered first; that it is gone is then raised, so that the page learns of it unasked as well. */
  stop(error: Error): void {
    if (this.#life.ended) return;
    this.#life.end(error);
    this.worker.terminate();
    setTimeout(() => reportError(error));
  }

  /** Ends it on purpose: nothing is raised. */
  close(): void {
    this.#life.end(new DuckCrashed('it was closed.'));
    this.worker.terminate();
  }
}

async function instantiate(
  db: AsyncDuckDB,
  hosted: HostedWorker,
  assets: EngineAssets,
  bundle: Bundle,
  maximumThreads: number,
): Promise<void> {
  const start = async (): Promise<void> => {
    if (bundle === 'coi') await db.instantiate(assets.coiModule, assets.coiPthreadWorker);
    else await db.instantiate(assets.ehModule);
    await db.open({ path: ':memory:', maximumThreads, query: { queryPollingInterval: SLICE_MS } });
  };
  try {
    await hosted.holdFor(
      start(),
      START_LIMIT_MS,
      new DuckCrashed(`no answer within ${START_LIMIT_MS / 1_000} s.`),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    hosted.close();
    throw startProblem(reason);
  }
}

class BrowserPort implements DuckPort {
  readonly bundle: Bundle;
  readonly maxFileBytes: number;
  readonly #db: AsyncDuckDB;
  readonly #hosted: HostedWorker;
  readonly #lanes: Readonly<Record<DuckLane, number>>;

  constructor(
    bundle: Bundle,
    db: AsyncDuckDB,
    hosted: HostedWorker,
    lanes: Readonly<Record<DuckLane, number>>,
  ) {
    this.bundle = bundle;
    this.maxFileBytes = bundle === 'coi' ? MOST_COPIED_BYTES : Number.MAX_SAFE_INTEGER;
    this.#db = db;
    this.#hosted = hosted;
    this.#lanes = lanes;
  }

  query(sql: string, lane: DuckLane = 'read'): Promise<Uint8Array> {
    return this.#call(this.#db.runQuery(this.#lanes[lane], sql));
  }

  async execute(sql: string, watch: DuckWatch): Promise<void> {
    for await (const _ of this.#results(sql, false, watch));
  }

  stream(sql: string, watch: DuckWatch = { isCancelled: () => false }): AsyncIterable<Uint8Array> {
    return this.#results(sql, true, watch);
  }

  insertArrow(table: string, ipcStream: Uint8Array): Promise<void> {
    const options = { name: table, schema: 'main', create: true };
    return this.#call(this.#db.insertArrowFromIPCStream(this.#lanes.work, ipcStream, options));
  }

  async openSource(handle: SourceHandle): Promise<Blob> {
    if (handle instanceof Blob) return handle;
    throw new ProblemError({
      code: 'import-source-missing',
      message: 'A browser cannot open a file by its path.',
      hint: 'Choose the file again.',
    });
  }

  async registerFile(name: string, handle: SourceHandle | Uint8Array): Promise<void> {
    const file = `local/${name}`;
    if (handle instanceof Uint8Array) return this.#call(this.#db.registerFileBuffer(file, handle));
    const blob = await this.openSource(handle);
    if (this.bundle === 'eh') {
      return this.#call(this.#db.registerFileHandle(file, blob, DuckDBDataProtocol.BROWSER_FILEREADER, true));
    }
    return this.#call(this.#db.registerFileBuffer(file, new Uint8Array(await readWhole(blob))));
  }

  async dropFile(name: string): Promise<void> {
    await this.#call(this.#db.dropFile(`local/${name}`));
  }

  async tokenize(sql: string): Promise<readonly SqlToken[]> {
    const tokens = await this.#call(this.#db.tokenize(sql));
    return tokens.offsets.map((offset, index) => ({
      offset,
      kind: TOKEN_KINDS[tokens.types[index] ?? 0] ?? 'identifier',
    }));
  }

  async close(): Promise<void> {
    this.#hosted.close();
  }

  /** Schema message first, then batches; every slice of work is one message, so cancelling gets its turn. */
  async *#results(sql: string, isStreamed: boolean, watch: DuckWatch): AsyncGenerator<Uint8Array> {
    const lane = this.#lanes.work;
    let header = await this.#call(this.#db.startPendingQuery(lane, sql, isStreamed));
    while (header === null) {
      await this.#betweenSlices(watch);
      header = await this.#call(this.#db.pollPendingQuery(lane));
    }
    yield header;
    for (;;) {
      const batch = await this.#call(this.#db.fetchQueryResults(lane));
      if (batch?.length === 0) return;
      if (batch === null || watch.isCancelled()) await this.#betweenSlices(watch);
      else yield batch;
    }
  }

  async #betweenSlices(watch: DuckWatch): Promise<void> {
    watch.onTick?.(null);
    if (!watch.isCancelled()) return;
    const late = new DuckCrashed('it did not answer a cancellation.');
    await this.#hosted.holdFor(this.#stopPending(), CANCEL_LIMIT_MS, late);
    throw new DuckCancelled();
  }

  /** A cancelled statement lets go of memory and files only when the next one begins. */
  async #stopPending(): Promise<void> {
    await this.#db.cancelPendingQuery(this.#lanes.work);
    await this.#db.runQuery(this.#lanes.work, 'SELECT 1').catch(() => null);
  }

  async #call<T>(answer: Promise<T>): Promise<T> {
    try {
      return await this.#hosted.hold(answer);
    } catch (error) {
      if (error instanceof DuckCrashed) throw error;
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Error) || error.name !== 'RuntimeError') throw new DuckError(message);
      const crash = new DuckCrashed(message);
      this.#hosted.stop(crash);
      throw crash;
    }
  }
}

async function readWhole(blob: Blob): Promise<ArrayBuffer> {
  try {
    return await blob.arrayBuffer();
  } catch {
    throw new ProblemError({
      code: 'import-source-missing',
      message: 'The file can no longer be read.',
      hint: 'It may have been moved or changed since it was chosen: choose it again.',
    });
  }
}

/** @throws ProblemError `engine-start` */
export async function openBrowserPort(request: OpenRequest): Promise<DuckPort> {
  const { assets } = request;
  if (assets === undefined) throw startProblem('the page did not say where its files are.');
  setParquetSource(assets.parquetModule);
  const bundle = chooseBundle();
  const hosted = new HostedWorker(bundle === 'coi' ? assets.coiWorker : assets.ehWorker);
  const db = new AsyncDuckDB(new VoidLogger(), hosted.worker);
  const threads =
    request.threads === 1 ? 1 : Math.min(MOST_THREADS, Math.max(1, navigator.hardwareConcurrency));
  await instantiate(db, hosted, assets, bundle, bundle === 'coi' ? threads : 1);
  const lanes = { work: await db.connectInternal(), read: await db.connectInternal() };
  return new BrowserPort(bundle, db, hosted, lanes);
}
