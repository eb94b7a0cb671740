// Waiting jobs and the one that runs; nothing runs but what a person started with a click in this page.
import type { Problem, Result } from '../lib/base/result.ts';
import { fail, ProblemError } from '../lib/base/result.ts';
import { createS3Destination } from '../lib/publish/s3-destination.ts';
import type { S3Credentials, S3Settings } from '../lib/publish/s3-types.ts';
import { listJobs, readJob, removeJob } from '../lib/store/outbox-files.ts';
import { listReceipts, readReceipt, removeReceipt } from '../lib/store/publisher-records.ts';
import type { JobReceipt, OutboxJob } from '../lib/store/publisher-types.ts';
import { sendHint } from './hints.ts';
import { beginReceipt, INTERRUPTED, keepReceipt, stateOfProblem } from './receipts.ts';
import { runLookup } from './run-lookup.ts';
import { changeOf } from './stored-destinations.ts';
import { createUploadMemory, runPublish } from './run-publish.ts';
import type { RunProgress } from './run-publish.ts';
import { createWireRecorder } from './wire-recorder.ts';
import { subjectWords } from './words.ts';

export interface Run {
  readonly jobId: string;
  readonly progress: RunProgress | null;
  readonly isCancelling: boolean;
}

/** A job that ended well in this page. */
export interface Finished {
  readonly job: OutboxJob;
  readonly receipt: JobReceipt;
  /** Of a lookup. */
  readonly objectsFetched: number;
  /** What went wrong besides, though the work is done. */
  readonly warning: Problem | null;
}

interface Ended {
  readonly uri: string | null;
  readonly commitSha256: string | null;
  readonly objectsFetched: number;
  readonly warning: Problem | null;
}

const LOCK_PREFIX = 'sluice-publisher:';

export class JobDesk {
  jobs = $state.raw<readonly OutboxJob[]>([]);
  unsoundIds = $state.raw<readonly string[]>([]);
  receipts = $state.raw<ReadonlyMap<string, JobReceipt>>(new Map());
  /** Being run by another tab. */
  busyElsewhere = $state.raw<ReadonlySet<string>>(new Set());
  run = $state.raw<Run | null>(null);
  finished = $state.raw<readonly Finished[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** Read out by screen readers. */
  announcement = $state('');
  readonly #onRecorded: () => void;
  #abort: AbortController | null = null;

  constructor(onRecorded: () => void) {
    this.#onRecorded = onRecorded;
  }

  async refresh(): Promise<void> {
    const [listed, receipts] = [await listJobs(), await listReceipts()];
    const { held = [] } = await navigator.locks.query();
    const names = held.map(({ name = '' }) => name).filter((name) => name.startsWith(LOCK_PREFIX));
    const busy = new Set(names.map((name) => name.slice(LOCK_PREFIX.length)));
    if (this.run) busy.delete(this.run.jobId);
    this.busyElsewhere = busy;
    if (receipts.ok) this.receipts = new Map(receipts.value.map((receipt) => [receipt.jobId, receipt]));
    if (listed.ok) [this.jobs, this.unsoundIds] = [listed.value.jobs, listed.value.unsoundIds];
    const failed = [listed, receipts].find((result) => !result.ok);
    this.problem = failed && !failed.ok ? failed.error : null;
  }

  /** Says of jobs whose page went away that they were interrupted. */
  async settleInterrupted(): Promise<void> {
    const open = [...this.receipts.values()].filter(({ state }) => state === 'sending');
    for (const { jobId } of open) {
      await navigator.locks.request(LOCK_PREFIX + jobId, { ifAvailable: true }, async (lock) => {
        const receipt = lock ? await readReceipt(jobId) : null;
        if (receipt?.ok !== true || receipt.value?.state !== 'sending') return;
        await keepReceipt({ ...receipt.value, state: 'failed', problem: INTERRUPTED });
      });
    }
    if (open.length > 0) await this.refresh();
  }

  cancel(): void {
    if (this.run) this.run = { ...this.run, isCancelling: true };
    this.#abort?.abort();
  }

  /** Runs a job as it was shown. One at a time, here and over all tabs. */
  async start(job: OutboxJob, settings: S3Settings, credentials: S3Credentials): Promise<void> {
    if (this.run) return;
    this.run = { jobId: job.id, progress: null, isCancelling: false };
    this.#abort = new AbortController();
    this.announcement = `Started: ${subjectWords(job)}.`;
    try {
      await navigator.locks.request(LOCK_PREFIX + job.id, { ifAvailable: true }, async (lock) => {
        if (lock) await this.#runLocked(job, settings, credentials);
        else this.announcement = 'Another tab is at work on this job.';
      });
    } finally {
      this.run = null;
      this.#abort = null;
    }
    // Other pages heard of the receipt while the job was still held.
    sendHint({ kind: 'receipt-changed', jobId: job.id });
    await this.refresh();
  }

  async #runLocked(job: OutboxJob, settings: S3Settings, credentials: S3Credentials): Promise<void> {
    const begun = await beginReceipt(job.id, settings);
    if (!begun.ok) return this.#tell(job.id, settings, begun.error);
    const recorder = createWireRecorder(this.#onRecorded);
    const { record } = recorder;
    const options = { record, memory: createUploadMemory(settings) };
    const ended = await this.#work(job, settings, () => createS3Destination(settings, credentials, options));
    const sums = recorder.sums();
    const receipt: JobReceipt = {
      ...begun.value,
      bytesSent: begun.value.bytesSent + sums.bytesSent,
      bytesReceived: begun.value.bytesReceived + sums.bytesReceived,
      state: ended.ok ? 'done' : stateOfProblem(ended.error),
      uri: ended.ok ? ended.value.uri : null,
      commitSha256: ended.ok ? ended.value.commitSha256 : null,
      problem: plainProblem(ended.ok ? ended.value.warning : ended.error),
    };
    const kept = await keepReceipt(receipt);
    if (ended.ok) await this.#finish(job, receipt, ended.value, kept);
    else this.#tell(job.id, settings, ended.error);
  }

  async #work(
    job: OutboxJob,
    settings: S3Settings,
    open: () => ReturnType<typeof createS3Destination>,
  ): Promise<Result<Ended>> {
    try {
      const present = await readJob(job.id);
      if (!present.ok) return present;
      if (JSON.stringify(present.value) !== JSON.stringify(job)) return fail(CHANGED);
      const change = await changeOf(settings);
      if (change) return fail(change);
      const signal = this.#abort?.signal ?? AbortSignal.abort();
      const options = { signal, onProgress: (progress: RunProgress) => this.#report(progress) };
      if (job.kind === 'lookup') {
        const looked = await runLookup(job, open(), options);
        if (!looked.ok) return looked;
        sendHint({ kind: 'mirror-changed', destinationId: settings.id });
        return {
          ok: true,
          value: { uri: null, commitSha256: null, objectsFetched: looked.value, warning: null },
        };
      }
      const sent = await runPublish(job, open(), options);
      if (!sent.ok) return sent;
      const { uri, commitSha256, indexProblem } = sent.value;
      return { ok: true, value: { uri, commitSha256, objectsFetched: 0, warning: indexProblem } };
    } catch (error) {
      return fail(unexpected(error));
    }
  }

  async #finish(job: OutboxJob, receipt: JobReceipt, ended: Ended, kept: Result<null>): Promise<void> {
    const removed = await removeJob(job.id);
    const warning = ended.warning ?? (kept.ok ? null : kept.error) ?? (removed.ok ? null : removed.error);
    const { objectsFetched } = ended;
    this.finished = [{ job, receipt, objectsFetched, warning }, ...this.finished];
    this.announcement = `Finished: ${subjectWords(job)}.`;
  }

  #report(progress: RunProgress): void {
    if (this.run) this.run = { ...this.run, progress };
  }

  /** Shown even where nothing can be written down any more. */
  #tell(jobId: string, settings: S3Settings, problem: Problem): void {
    this.announcement = `${problem.message} ${problem.hint ?? ''}`;
    this.lastFailure = { jobId, destinationId: settings.id, problem };
  }

  /** The failure of this page's last run; receipts tell of the others. */
  lastFailure = $state.raw<{
    readonly jobId: string;
    readonly destinationId: string;
    readonly problem: Problem;
  } | null>(null);

  /** Takes a job out of the outbox; what arrived in a destination stays there. */
  async discard(id: string): Promise<void> {
    await navigator.locks.request(LOCK_PREFIX + id, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      const removed = await removeJob(id);
      if (removed.ok) await removeReceipt(id);
      else this.problem = removed.error;
    });
    sendHint({ kind: 'receipt-changed', jobId: id });
    this.announcement = 'Discarded.';
    await this.refresh();
  }
}

const CHANGED: Problem = {
  code: 'upload-refused',
  message: 'The job was changed after it was shown.',
  hint: 'Nothing was sent. Discard it and publish from the notebook again.',
};

function plainProblem(problem: Problem | null): Problem | null {
  if (problem === null) return null;
  const { code, message, hint } = problem;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

function unexpected(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    code: 'publisher-failed',
    message: `The work broke off: ${error instanceof Error ? error.message : String(error)}.`,
    hint: 'Start it again: what arrived already is recognized and not sent twice.',
  };
}
