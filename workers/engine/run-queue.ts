// One long job at a time, in order, each cancellable while it waits and while it runs; must not know SQL or DuckDB.
import { fail, type Result } from '../../src/lib/base/result.ts';

export interface JobWatch {
  isCancelled(): boolean;
}

interface Job {
  readonly id: string | null;
  cancelled: boolean;
  /** Answers the caller of a job that has not begun. */
  giveUp: () => void;
}

const cancelledBeforeStart = fail({
  code: 'engine-cancelled',
  message: 'The run was cancelled before it began.',
});

export class RunQueue {
  #tail: Promise<unknown> = Promise.resolve();
  #jobs = new Set<Job>();

  /** Queues `work`; `id` (where given) is what `cancel` names. `work` must answer failures as data. */
  add<T>(id: string | null, work: (watch: JobWatch) => Promise<Result<T>>): Promise<Result<T>> {
    const { promise: givenUp, resolve } = Promise.withResolvers<Result<T>>();
    const job: Job = {
      id,
      cancelled: false,
      giveUp: () => resolve(cancelledBeforeStart),
    };
    this.#jobs.add(job);
    const done = this.#tail.then(async () => {
      if (job.cancelled) return cancelledBeforeStart;
      job.giveUp = () => {};
      return work({ isCancelled: () => job.cancelled });
    });
    const settled = done.finally(() => this.#jobs.delete(job));
    this.#tail = settled.catch(() => {});
    return Promise.race([settled, givenUp]);
  }

  cancel(id: string): void {
    for (const job of this.#jobs) if (job.id === id) this.#stop(job);
  }

  cancelAll(): void {
    for (const job of this.#jobs) this.#stop(job);
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  #stop(job: Job): void {
    job.cancelled = true;
    job.giveUp();
  }
}
