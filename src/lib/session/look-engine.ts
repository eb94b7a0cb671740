// Asks the engine on behalf of who looks at results: one statement at a time, rows before figures, and never in the way of a run. Must not know what is asked.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { Engine, Page } from '../engine/contract.ts';
import type { AskedEngine } from '../profile/ask-columns.ts';

/** Names of this kind belong to Sluice: no cell can have or read one. */
const ANSWER = 'sluice_look';
/** Statements over more rows are run in slices, so that rows can be fetched and the statement stopped in between. */
const SLICED_ROWS = 200_000;
const BUSY_PAUSE_MS = 120;

const STOPPED: Problem = { code: 'engine-cancelled', message: 'It was stopped before it was done.' };

export interface LookEngineParts {
  readonly host: {
    ready(): Promise<Result<Engine>>;
    guard<T>(outcome: Promise<Result<T>>): Promise<Result<T>>;
  };
  /** Whether cells run or wait to. */
  readonly isBusy: () => boolean;
}

interface Wish {
  /** Before whatever is not. */
  readonly isUrgent: boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Job extends Wish {
  readonly work: (engine: Engine) => Promise<void>;
  readonly giveUp: (problem: Problem) => void;
}

export class LookEngine {
  readonly #parts: LookEngineParts;
  #jobs: Job[] = [];
  #isWorking = false;
  /** The statement that runs in slices. */
  #running: string | null = null;

  constructor(parts: LookEngineParts) {
    this.#parts = parts;
  }

  /** Keeps rows as a table. @returns how many; `engine-cancelled` where the signal came first */
  make(sql: string, into: string, signal: AbortSignal): Promise<Result<number>> {
    return this.#queue({ isUrgent: true, signal }, async (engine) => {
      const ran = await this.#run(engine, sql, into, signal);
      return ran.ok ? succeed(ran.value.rowCount) : ran;
    });
  }

  async drop(table: string): Promise<void> {
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.drop({ relation: table });
  }

  /** A page straight away: the rows on the screen wait for nothing but the statement's present slice. */
  async page(sql: string): Promise<Result<Page>> {
    const ready = await this.#parts.host.ready();
    return ready.ok ? this.#parts.host.guard(ready.value.query({ sql })) : ready;
  }

  /** An engine for statistics over a relation of so many rows, which gives way to runs. */
  measuring(rows: number, signal: AbortSignal): AskedEngine {
    return {
      describe: (request) => this.#queue({ isUrgent: false, signal }, (engine) => engine.describe(request)),
      query: ({ sql }) =>
        this.#queue({ isUrgent: false, signal }, (engine) =>
          rows > SLICED_ROWS ? this.#querySliced(engine, sql, signal) : engine.query({ sql }),
        ),
    };
  }

  /** Cells are about to run: what is under way is stopped and begins again after them. */
  makeWay(): void {
    if (this.#running !== null) void this.#stop(this.#running);
  }

  async #stop(id: string): Promise<void> {
    const ready = await this.#parts.host.ready();
    if (ready.ok) await ready.value.cancel({ id });
  }

  async #querySliced(engine: Engine, sql: string, signal: AbortSignal): Promise<Result<Page>> {
    const ran = await this.#run(engine, sql, ANSWER, signal);
    if (!ran.ok) return ran;
    const page = await engine.page({ relation: ANSWER, offset: 0, limit: 1_000 });
    await engine.drop({ relation: ANSWER });
    return page;
  }

  async #run(engine: Engine, sql: string, into: string, signal: AbortSignal) {
    for (;;) {
      await this.#untilIdle(signal);
      if (signal.aborted) return fail(STOPPED);
      const id = crypto.randomUUID();
      const stop = (): void => void engine.cancel({ id });
      signal.addEventListener('abort', stop, { once: true });
      this.#running = id;
      const ran = await engine.run({ runId: id, sql, into });
      this.#running = null;
      signal.removeEventListener('abort', stop);
      // Stopped for a run of cells: once more after it.
      const wasInTheWay = !ran.ok && ran.error.code === 'engine-cancelled' && !signal.aborted;
      if (!wasInTheWay) return ran;
    }
  }

  async #untilIdle(signal?: AbortSignal): Promise<void> {
    while (this.#parts.isBusy() && !signal?.aborted)
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS));
  }

  #queue<T>(wish: Wish, work: (engine: Engine) => Promise<Result<T>>): Promise<Result<T>> {
    const { promise, resolve } = Promise.withResolvers<Result<T>>();
    this.#jobs.push({
      ...wish,
      work: async (engine) => resolve(await this.#parts.host.guard(work(engine))),
      giveUp: (problem) => resolve(fail(problem)),
    });
    void this.#work();
    return promise;
  }

  #next(): Job | undefined {
    const urgent = this.#jobs.findIndex((job) => job.isUrgent);
    return this.#jobs.splice(Math.max(0, urgent), 1)[0];
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      await this.#untilIdle(job.signal);
      if (job.signal?.aborted) {
        job.giveUp(STOPPED);
        continue;
      }
      const ready = await this.#parts.host.ready();
      if (ready.ok) await job.work(ready.value);
      else job.giveUp(ready.error);
    }
    this.#isWorking = false;
  }
}
