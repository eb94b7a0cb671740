// The page's side of the engine's door: the same contract, answered by a worker; must not know DuckDB or which worker it is.
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import { fail, type Problem, type Result } from '../base/result.ts';
import { watchLife } from '../base/worker-life.ts';
import { Lifeline } from './lifeline.ts';
import type { SavedFile, SaveRequest } from './save-types.ts';
import type {
  ColumnType,
  Engine,
  EngineInfo,
  ExportedFile,
  ExportRequest,
  HmacPads,
  ImportPreview,
  ImportReport,
  ImportRequest,
  OnProgress,
  OpenRequest,
  Page,
  PageRequest,
  PreviewRequest,
  ReadBackRequest,
  RunReport,
  RunRequest,
} from './contract.ts';

export type MakeWorker = () => Worker;

const closed: Problem = {
  code: 'engine-closed',
  message: 'The engine is not open.',
  hint: 'Open it before using it; after closing, open a new one.',
};

function crashed(reason: string): Problem {
  return {
    code: 'engine-crashed',
    message: `The database engine has stopped: ${reason}`,
    hint: 'Restart the engine; sources are imported again.',
  };
}

const PROGRESS_PAUSE_MS = 50;

/** Progress often enough to be seen, seldom enough not to be felt. */
function throttled(onProgress: OnProgress): OnProgress {
  let last = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_PAUSE_MS && progress.fraction !== 1) return;
    last = now;
    onProgress(progress);
  };
}

/**
 * An engine behind a worker that `makeWorker` makes when the engine is opened. When the worker dies, every call, also
 * those in flight, resolves with `engine-crashed`, and `onCrash` is called; after `dispose`, with `engine-closed`.
 */
export function createEngineClient(makeWorker: MakeWorker, onCrash?: (problem: Problem) => void): Engine {
  return new EngineClient(makeWorker, onCrash);
}

class EngineClient implements Engine {
  readonly #makeWorker: MakeWorker;
  readonly #onCrash: ((problem: Problem) => void) | undefined;
  readonly #life = new Lifeline<Problem>();
  #worker: Worker | null = null;
  #remote: Remote<Engine> | null = null;
  #problem: Problem | null = null;

  constructor(makeWorker: MakeWorker, onCrash?: (problem: Problem) => void) {
    this.#makeWorker = makeWorker;
    this.#onCrash = onCrash;
  }

  open(request: OpenRequest): Promise<Result<EngineInfo>> {
    if (this.#worker === null && this.#problem === null) this.#start();
    return this.#ask((remote) => remote.open(request));
  }

  setHmacPads(pads: HmacPads): Promise<Result<null>> {
    return this.#ask((remote) => remote.setHmacPads(pads));
  }

  preview(request: PreviewRequest): Promise<Result<ImportPreview>> {
    return this.#ask((remote) => remote.preview(request));
  }

  importFile(request: ImportRequest, onProgress?: OnProgress): Promise<Result<ImportReport>> {
    return this.#ask((remote) =>
      onProgress === undefined
        ? remote.importFile(request)
        : remote.importFile(request, proxy(throttled(onProgress))),
    );
  }

  describe(request: {
    readonly relation: string;
  }): Promise<Result<{ readonly columns: readonly ColumnType[]; readonly rowCount: number }>> {
    return this.#ask((remote) => remote.describe(request));
  }

  run(request: RunRequest, onProgress?: OnProgress): Promise<Result<RunReport>> {
    return this.#ask((remote) =>
      onProgress === undefined ? remote.run(request) : remote.run(request, proxy(throttled(onProgress))),
    );
  }

  query(request: { readonly sql: string }): Promise<Result<Page>> {
    return this.#ask((remote) => remote.query(request));
  }

  page(request: PageRequest): Promise<Result<Page>> {
    return this.#ask((remote) => remote.page(request));
  }

  drop(request: { readonly relation: string }): Promise<Result<null>> {
    return this.#ask((remote) => remote.drop(request));
  }

  rename(request: { readonly relation: string; readonly to: string }): Promise<Result<null>> {
    return this.#ask((remote) => remote.rename(request));
  }

  async cancel(request: { readonly id: string }): Promise<void> {
    await this.#remote?.cancel(request).catch(() => {});
  }

  export(request: ExportRequest): Promise<Result<ExportedFile>> {
    return this.#ask((remote) => remote.export(request));
  }

  save(request: SaveRequest, onProgress?: OnProgress): Promise<Result<SavedFile>> {
    return this.#ask((remote) =>
      onProgress === undefined ? remote.save(request) : remote.save(request, proxy(throttled(onProgress))),
    );
  }

  readBack(
    request: ReadBackRequest,
  ): Promise<Result<{ readonly columns: readonly ColumnType[]; readonly rowCount: number }>> {
    return this.#ask((remote) => remote.readBack(request));
  }

  async dispose(): Promise<void> {
    this.#end(closed);
  }

  #start(): void {
    const worker = this.#makeWorker();
    watchLife(worker, () => this.#end(crashed('its worker has ended.')));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end(crashed(event.message || 'its worker could not be loaded.'));
    });
    worker.addEventListener('messageerror', () => this.#end(crashed('a message could not be read.')));
    this.#worker = worker;
    this.#remote = wrap<Engine>(worker);
  }

  #end(problem: Problem): void {
    const isNews = this.#problem === null;
    this.#problem ??= problem;
    if (isNews && problem.code === 'engine-crashed') this.#onCrash?.(problem);
    this.#life.end(this.#problem);
    this.#remote?.[releaseProxy]();
    this.#remote = null;
    this.#worker?.terminate();
  }

  /** Whichever comes first: the worker's answer or its end. */
  async #ask<T>(call: (remote: Remote<Engine>) => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#remote === null) return fail(this.#problem ?? closed);
    try {
      return await this.#life.hold<Result<T>>(call(this.#remote), fail);
    } catch (error) {
      return fail(crashed(error instanceof Error ? error.message : String(error)));
    }
  }
}
