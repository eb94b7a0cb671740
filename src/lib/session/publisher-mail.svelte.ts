// Jobs laid down for the publisher and the receipts it wrote; must not know what a module or a destination is.
import type { Problem, Result } from '../base/result.ts';
import { readSetting, writeSetting } from '../store/database.ts';
import { listJobs, removeAbandonedJobs, removeJob, stageJob } from '../store/outbox-files.ts';
import { isOutboxJob } from '../store/publisher-shapes.ts';
import { listReceipts, removeReceipt } from '../store/publisher-records.ts';
import {
  PUBLISHER_CHANNEL,
  type JobReceipt,
  type OutboxJob,
  type PublisherMessage,
} from '../store/publisher-types.ts';

const NOTED_SETTING = 'publisher-jobs';
const NOTED_LOCK = 'sluice-publisher-jobs';

interface MailParts {
  /** A hint from the publisher or another tab. */
  readonly heard: (message: PublisherMessage) => void;
  /** Jobs or receipts were read anew. */
  readonly changed: () => void;
}

export class PublisherMail {
  readonly #parts: MailParts;
  readonly #channel = new BroadcastChannel(PUBLISHER_CHANNEL);
  #jobs: readonly OutboxJob[] = $state.raw([]);
  #receipts: ReadonlyMap<string, JobReceipt> = $state.raw(new Map());
  #problem: Problem | null = $state.raw(null);
  /** Why a job could not be taken out of the outbox. */
  #stuck: Problem | null = $state.raw(null);
  #reading: Promise<void> = Promise.resolve();

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  get jobs(): readonly OutboxJob[] {
    return this.#jobs;
  }
  get receipts(): ReadonlyMap<string, JobReceipt> {
    return this.#receipts;
  }
  get problem(): Problem | null {
    return this.#problem ?? this.#stuck;
  }

  /** Reads what waits, and listens. A tab that slept may have missed hints: it reads again when it is looked at. */
  async start(): Promise<void> {
    this.#channel.addEventListener('message', (event: MessageEvent<PublisherMessage>) => {
      const { kind } = event.data;
      if (kind === 'receipt-changed' || kind === 'job-added') void this.refresh();
      this.#parts.heard(event.data);
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.refresh();
    });
    const swept = await removeAbandonedJobs();
    if (!swept.ok && swept.error.code !== 'storage-unavailable') this.#stuck = swept.error;
    await this.refresh();
  }

  refresh(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    // The notes first: a job that is laid down while this reads is in neither, and so not taken for a discarded one.
    const [noted, jobs, receipts] = [await readNoted(), await listJobs(), await listReceipts()];
    this.#problem = jobs.ok ? (receipts.ok ? null : receipts.error) : jobs.error;
    if (!jobs.ok || !receipts.ok) return;
    this.#receipts = new Map(receipts.value.map((receipt) => [receipt.jobId, receipt]));
    const waiting = new Set(jobs.value.jobs.map((job) => job.id));
    const gone = [...noted.values()].filter((job) => !waiting.has(job.id));
    const done = gone.filter((job) => this.#receipts.get(job.id)?.state === 'done');
    this.#jobs = [...jobs.value.jobs, ...done];
    this.#parts.changed();
    const discarded = gone.filter((job) => !done.includes(job));
    if (discarded.length > 0) await changeNoted((noted) => discarded.forEach((job) => noted.delete(job.id)));
  }

  /** Whole or not at all: where it fails, nothing waits. */
  async stage(job: OutboxJob, bodies: ReadonlyMap<string, Uint8Array | Blob>): Promise<Result<null>> {
    const staged = await stageJob(job, bodies);
    if (staged.ok) await changeNoted((noted) => noted.set(job.id, job));
    if (staged.ok) this.#post({ kind: 'job-added', jobId: job.id });
    await this.refresh();
    return staged;
  }

  #post(message: PublisherMessage): void {
    this.#channel.postMessage(message);
  }

  /** Removes a job with its receipt and what was noted of it; true in the one tab that did. What fails is tried again. */
  async settle(jobId: string): Promise<boolean> {
    let isFirst = false;
    await changeNoted(async (noted) => {
      const removed = await removeJob(jobId);
      this.#stuck = removed.ok ? null : removed.error;
      if (!removed.ok) return;
      isFirst = noted.delete(jobId);
      await removeReceipt(jobId);
    });
    this.#post({ kind: 'receipt-changed', jobId });
    await this.refresh();
    return isFirst;
  }
}

type Noted = Map<string, OutboxJob>;

/** Jobs that were laid down and not yet settled: the publisher takes a finished one out of the outbox by itself. */
async function readNoted(): Promise<Noted> {
  const stored = await readSetting(NOTED_SETTING);
  const jobs = stored.ok && typeof stored.value === 'object' ? Object.values(stored.value ?? {}) : [];
  return new Map(jobs.filter(isOutboxJob).map((job) => [job.id, job]));
}

async function changeNoted(change: (noted: Noted) => unknown): Promise<void> {
  await navigator.locks.request(NOTED_LOCK, async () => {
    const noted = await readNoted();
    await change(noted);
    await writeSetting(NOTED_SETTING, Object.fromEntries(noted));
  });
}
