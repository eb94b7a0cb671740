// What is written down of a job's course; must not know how it runs.
import type { Problem, Result } from '../lib/base/result.ts';
import { fail, succeed } from '../lib/base/result.ts';
import type { S3Settings } from '../lib/publish/s3-types.ts';
import { readReceipt, writeReceipt } from '../lib/store/publisher-records.ts';
import type { JobReceipt } from '../lib/store/publisher-types.ts';
import { sendHint } from './hints.ts';

const REFUSALS: ReadonlySet<string> = new Set(['publish-version-taken', 'upload-refused']);

export function stateOfProblem({ code }: Problem): JobReceipt['state'] {
  if (code === 'destination-cancelled') return 'cancelled';
  return REFUSALS.has(code) ? 'refused' : 'failed';
}

/** The receipt of a job that begins now; counts go on from an earlier attempt. */
export async function beginReceipt(jobId: string, settings: S3Settings): Promise<Result<JobReceipt>> {
  const before = await readReceipt(jobId);
  if (!before.ok) return before;
  const receipt: JobReceipt = {
    jobId,
    state: 'sending',
    at: new Date().toISOString(),
    destinationId: settings.id,
    destinationName: settings.name,
    bytesSent: before.value?.bytesSent ?? 0,
    bytesReceived: before.value?.bytesReceived ?? 0,
    uri: null,
    commitSha256: null,
    problem: null,
  };
  const kept = await keepReceipt(receipt);
  return kept.ok ? succeed(receipt) : fail(kept.error);
}

export async function keepReceipt(receipt: JobReceipt): Promise<Result<null>> {
  const kept = await writeReceipt({ ...receipt, at: new Date().toISOString() });
  sendHint({ kind: 'receipt-changed', jobId: receipt.jobId });
  return kept;
}

/** Of a job whose page went away in the middle. */
export const INTERRUPTED: Problem = {
  code: 'publish-interrupted',
  message: 'The page was closed or reloaded before this was finished.',
  hint: 'Start it again: what arrived already is recognized and not sent twice.',
};
