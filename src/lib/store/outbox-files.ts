// Jobs that wait for the publisher, in OPFS below `outbox/`; must not know who stages or who sends them.
import type { Problem, Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { findFile, hasFile, isMissing, openFolder, writeWhole } from './private-files.ts';
import { isOutboxJob, isPathBelow, isRecordId } from './publisher-shapes.ts';
import type { OutboxJob } from './publisher-types.ts';
import { storageProblem } from './storage-problem.ts';

const OUTBOX_FOLDER = 'outbox';
const FILES_FOLDER = 'files';
const JOB_FILE = 'job.json';

/** A job description longer than this is none of ours. */
const MAX_JOB_BYTES = 4 * 1024 * 1024;

/**
 * Lays a job down. It is seen by nobody before every file is there: the description is written last. Of a publish job
 * `bodies` holds every file of `job.files` by path; of a lookup it is empty. `outbox-job` where the two do not fit.
 */
export async function stageJob(
  job: OutboxJob,
  bodies: ReadonlyMap<string, Uint8Array | Blob>,
): Promise<Result<null>> {
  if (!isOutboxJob(job)) return fail(unsoundProblem());
  const files = job.kind === 'publish' ? job.files : [];
  const isFit = bodies.size === files.length && files.every((file) => bodies.has(file.path));
  if (!isFit) return fail(unsoundProblem());
  try {
    await navigator.locks.request(stagingLock(job.id), () => writeJob(job, bodies));
    return succeed(null);
  } catch (error) {
    await removeJob(job.id);
    return fail(storageProblem(error, 'The module could not be laid down for the publisher'));
  }
}

async function writeJob(job: OutboxJob, bodies: ReadonlyMap<string, Uint8Array | Blob>): Promise<void> {
  for (const [path, body] of bodies) {
    const place = path.split('/');
    const folder = await openFolder([OUTBOX_FOLDER, job.id, FILES_FOLDER, ...place.slice(0, -1)], true);
    await writeWhole(folder, place.at(-1) ?? '', body);
  }
  const description = new TextEncoder().encode(JSON.stringify(job));
  await writeWhole(await openFolder([OUTBOX_FOLDER, job.id], true), JOB_FILE, description);
}

/** Name of the web lock that says a job is being laid down. */
function stagingLock(id: string): string {
  return `sluice-outbox:${id}`;
}

/** Removes what tabs left that ended while they laid a job down: folders without a description that nobody is filling. */
export async function removeAbandonedJobs(): Promise<Result<null>> {
  try {
    const outbox = await openFolder([OUTBOX_FOLDER], true);
    const ids: string[] = [];
    for await (const name of outbox.keys()) if (isRecordId(name)) ids.push(name);
    for (const id of ids) {
      await navigator.locks.request(stagingLock(id), { ifAvailable: true }, async (lock) => {
        if (lock && !(await hasDescription(id))) await outbox.removeEntry(id, { recursive: true });
      });
    }
    return succeed(null);
  } catch (error) {
    // Another tab was here first.
    if (isMissing(error)) return succeed(null);
    return fail(storageProblem(error, 'What was laid down in part could not be removed'));
  }
}

async function hasDescription(id: string): Promise<boolean> {
  return hasFile(await openFolder([OUTBOX_FOLDER, id], false), JOB_FILE);
}

export interface OutboxListing {
  /** Oldest first. */
  readonly jobs: readonly OutboxJob[];
  /** Ids of folders whose description is there and unsound. */
  readonly unsoundIds: readonly string[];
}

/** Every whole job; a folder without a description is one that is being staged, or was abandoned. */
export async function listJobs(): Promise<Result<OutboxListing>> {
  try {
    const outbox = await openFolder([OUTBOX_FOLDER], true);
    const ids: string[] = [];
    for await (const name of outbox.keys()) if (isRecordId(name)) ids.push(name);
    const jobs: OutboxJob[] = [];
    const unsoundIds: string[] = [];
    for (const id of ids) {
      const read = await readJob(id);
      if (read.ok) jobs.push(read.value);
      else if (read.error.code === 'outbox-job') unsoundIds.push(id);
      else if (read.error.code !== 'outbox-missing') return read;
    }
    jobs.sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
    return succeed({ jobs, unsoundIds: unsoundIds.sort() });
  } catch (error) {
    return fail(storageProblem(error, 'The waiting jobs could not be listed'));
  }
}

/** `outbox-missing` where there is none of that id, `outbox-job` where its description is unsound. */
export async function readJob(id: string): Promise<Result<OutboxJob>> {
  if (!isRecordId(id)) return fail(missingProblem());
  try {
    const file = await findFile(await openFolder([OUTBOX_FOLDER, id], false), JOB_FILE);
    if (!file) return fail(missingProblem());
    const job = file.size <= MAX_JOB_BYTES ? parse(await file.text()) : null;
    return isOutboxJob(job) && job.id === id ? succeed(job) : fail(unsoundProblem());
  } catch (error) {
    return fail(isMissing(error) ? missingProblem() : storageProblem(error, 'The job could not be read'));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A file of a job, not yet checked against anything. `outbox-missing` where there is none. */
export async function openStagedFile(id: string, path: string): Promise<Result<Blob>> {
  if (!isRecordId(id) || !isPathBelow(path)) return fail(missingProblem());
  const place = path.split('/');
  try {
    const folder = await openFolder([OUTBOX_FOLDER, id, FILES_FOLDER, ...place.slice(0, -1)], false);
    const file = await findFile(folder, place.at(-1) ?? '');
    return file ? succeed(file) : fail(missingProblem());
  } catch (error) {
    return fail(isMissing(error) ? missingProblem() : storageProblem(error, `“${path}” could not be opened`));
  }
}

/** Does nothing where there is none of that id. */
export async function removeJob(id: string): Promise<Result<null>> {
  if (!isRecordId(id)) return succeed(null);
  try {
    const outbox = await openFolder([OUTBOX_FOLDER], true);
    await outbox.removeEntry(id, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) return fail(storageProblem(error, 'The job could not be removed'));
  }
  return succeed(null);
}

function missingProblem(): Problem {
  return {
    code: 'outbox-missing',
    message: 'This job, or a file of it, is not waiting any more.',
    hint: 'It may have been sent or discarded. To send it again, publish from the notebook.',
  };
}

function unsoundProblem(): Problem {
  return {
    code: 'outbox-job',
    message: 'A waiting job is described in a form that Sluice does not write.',
    hint: 'Discard it and publish from the notebook again.',
  };
}
