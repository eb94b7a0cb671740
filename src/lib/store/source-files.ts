// The files behind sources, kept in OPFS under their digests; must not know notebooks or engines.
import * as comlink from 'comlink';
import { watchLife } from '../base/worker-life.ts';
import type { Effects } from '../base/effects.ts';
import { platformEffects } from '../base/effects.ts';
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { deleteSourceRecord, readSourceRecord, writeSourceRecord } from './database.ts';
import { findFile, isMissing, openFolder, removeAbandonedPartials } from './private-files.ts';
import { whileUnheld } from './source-holds.ts';
import { storageProblem } from './storage-problem.ts';
import type { KeptSource, StoreWorker } from './store-worker-contract.ts';
import { SOURCES_FOLDER } from './store-worker-contract.ts';

export type { KeptSource } from './store-worker-contract.ts';

interface KeepOptions {
  readonly onProgress?: (bytesSoFar: number) => void;
  /** Aborting ends the work with `storage-cancelled`, keeping nothing. */
  readonly signal?: AbortSignal;
}

interface RemovedSources {
  readonly count: number;
  readonly freedBytes: number;
}

export interface SourceVault {
  /** Digests a file and keeps a copy, on another thread; a file that is kept already is only digested. */
  keep(file: Blob, options?: KeepOptions): Promise<Result<KeptSource>>;
  /** The same without keeping. */
  digest(file: Blob, options?: KeepOptions): Promise<Result<KeptSource>>;
  /** `source-missing` where no file of that digest is kept. */
  open(sha256: string): Promise<Result<File>>;
  /**
   * Removes every kept file that is not in `inUse`, that no tab holds (`SourceHolds`) and that was kept longer than
   * `minAgeMs` ago (an hour unless told, for imports under way), and what crashed writers left.
   */
  removeUnused(inUse: Iterable<string>, minAgeMs?: number): Promise<Result<RemovedSources>>;
  /** Ends the worker; the next call starts another. */
  dispose(): void;
}

const ONE_HOUR_MS = 3_600_000;

/** `makeWorker` starts `workers/store.worker.ts`; it is called when first needed, and again after a crash. */
export function createSourceVault(
  makeWorker: () => Worker,
  effects: Pick<Effects, 'now'> = platformEffects,
): SourceVault {
  const door = new WorkerDoor(makeWorker);
  return {
    async keep(file, options) {
      const kept = await door.run(file, true, options);
      if (!kept.ok) return kept;
      const fileName = file instanceof File ? file.name : '';
      const recorded = await writeSourceRecord({
        ...kept.value,
        fileName,
        addedAt: effects.now().toISOString(),
      });
      return recorded.ok ? kept : recorded;
    },
    digest: (file, options) => door.run(file, false, options),
    open: openSource,
    removeUnused: (inUse, minAgeMs = ONE_HOUR_MS) =>
      removeUnusedSources(inUse, effects.now().getTime() - minAgeMs),
    dispose: () => door.close(),
  };
}

async function openSource(sha256: string): Promise<Result<File>> {
  try {
    const record = await readSourceRecord(sha256);
    if (!record.ok) return record;
    const isDigest = /^[0-9a-f]{64}$/.test(sha256);
    const file = isDigest ? await findFile(await openFolder([SOURCES_FOLDER], true), sha256) : null;
    if (file && (record.value === null || record.value.sizeBytes === file.size)) return succeed(file);
    return fail({
      code: 'source-missing',
      message: 'The file of this source is not kept in this browser.',
      hint: 'Bind the file again.',
    });
  } catch (error) {
    return fail(storageProblem(error, 'The file of this source could not be opened'));
  }
}

async function removeUnusedSources(
  inUse: Iterable<string>,
  keptBefore: number,
): Promise<Result<RemovedSources>> {
  const used = new Set(inUse);
  let removed: RemovedSources = { count: 0, freedBytes: 0 };
  try {
    await removeAbandonedPartials();
    const folder = await openFolder([SOURCES_FOLDER], true);
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    for (const name of names.filter((one) => !used.has(one))) {
      const file = await findFile(folder, name);
      if (!file || file.lastModified > keptBefore) continue;
      const isRemoved = await whileUnheld(name, async () => {
        await folder.removeEntry(name);
        await deleteSourceRecord(name);
      });
      if (isRemoved) removed = { count: removed.count + 1, freedBytes: removed.freedBytes + file.size };
    }
    return succeed(removed);
  } catch (error) {
    return isMissing(error)
      ? succeed(removed)
      : fail(storageProblem(error, 'Unused sources could not be removed'));
  }
}

interface OpenDoor {
  readonly worker: Worker;
  readonly remote: comlink.Remote<StoreWorker>;
  /** Resolves when the worker breaks down; otherwise never. */
  readonly died: Promise<unknown>;
}

/** The worker behind a comlink door; a worker that dies fails what waits for it. */
class WorkerDoor {
  readonly #makeWorker: () => Worker;
  #open: OpenDoor | null = null;

  constructor(makeWorker: () => Worker) {
    this.#makeWorker = makeWorker;
  }

  async run(
    blob: Blob,
    isKept: boolean,
    { onProgress, signal }: KeepOptions = {},
  ): Promise<Result<KeptSource>> {
    const id = crypto.randomUUID();
    try {
      const { remote, died } = (this.#open ??= this.#start());
      const cancel = (): void => void remote.cancel(id);
      const report = comlink.proxy((bytesSoFar: number) => onProgress?.(bytesSoFar));
      const work = remote.keepSource({ id, blob, isKept }, report);
      signal?.addEventListener('abort', cancel);
      if (signal?.aborted) cancel();
      const outcome = await Promise.race([work, died.then(crash)]);
      signal?.removeEventListener('abort', cancel);
      return outcome;
    } catch (error) {
      return fail(storageProblem(error, 'The file could not be kept'));
    }
  }

  close(): void {
    this.#open?.worker.terminate();
    this.#open = null;
  }

  #start(): OpenDoor {
    const worker = this.#makeWorker();
    const died = new Promise((resolve) => {
      watchLife(worker, () => resolve(null));
      worker.addEventListener('error', resolve, { once: true });
    });
    void died.then(() => {
      if (this.#open?.worker === worker) this.close();
    });
    return { worker, remote: comlink.wrap<StoreWorker>(worker), died };
  }
}

function crash(): Result<KeptSource> {
  return fail(storageProblem(new Error('the storage worker stopped'), 'The file could not be kept'));
}
