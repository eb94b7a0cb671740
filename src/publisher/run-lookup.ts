// Asks a destination what it holds and lays the answer into the mirror; judges nothing of what it fetched.
import { fail, unwrap } from '../lib/base/result.ts';
import type { Result } from '../lib/base/result.ts';
import type { StoredObject } from '../lib/publish/destination.ts';
import type { SlicedDestination } from '../lib/publish/s3-destination.ts';
import { writeMirror } from '../lib/store/mirror-files.ts';
import type { MirrorFile } from '../lib/store/mirror-files.ts';
import type { LookupJob } from '../lib/store/publisher-types.ts';
import type { RunOptions } from './run-publish.ts';

const COMMIT_PATH = /^[^/]+\/[^/]+\/v\/(\d+)\.(\d+)\.(\d+)\/_COMMIT\.json$/;

/** Far more than any commit. */
const LARGEST_COMMIT = 16 * 1024 * 1024;
/** What is larger goes into the mirror piece by piece. */
const LARGEST_WHOLE = 8 * 1024 * 1024;

function tooLarge({ path }: StoredObject): Result<never> {
  return fail({
    code: 'lookup-too-large',
    message: `${path} is too large to be what its name says, and nothing was fetched.`,
    hint: 'Look at who may write into the bucket, and remove that object.',
  });
}

/** Below which everything of the job lies. */
export function prefixOf({ namespace, module }: LookupJob): string {
  return namespace === null || module === null ? '' : `${namespace}/${module}/`;
}

function numbersOf(path: string): readonly number[] | null {
  return COMMIT_PATH.exec(path)?.slice(1).map(Number) ?? null;
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((number, i) => number !== b[i]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** The folder of the version asked for, or of the newest that has a commit; null where none is wanted whole. */
function wholeFolder(job: LookupJob, objects: readonly StoredObject[]): string | null {
  if (job.module === null) return null;
  if (job.version !== null) return `${prefixOf(job)}v/${job.version}/`;
  const newest = objects
    .flatMap(({ path }) => {
      const numbers = numbersOf(path);
      return numbers === null ? [] : [numbers];
    })
    .toSorted(compareNumbers)
    .at(-1);
  return newest === undefined ? null : `${prefixOf(job)}v/${newest.join('.')}/`;
}

/** Every commit, and all files of one version where the job is about a module. */
export function objectsToFetch(job: LookupJob, objects: readonly StoredObject[]): readonly StoredObject[] {
  const folder = wholeFolder(job, objects);
  return objects.filter(({ path }) => COMMIT_PATH.test(path) || (folder !== null && path.startsWith(folder)));
}

/** The number of objects that were fetched. */
export async function runLookup(
  job: LookupJob,
  destination: SlicedDestination,
  { signal, onProgress }: RunOptions,
): Promise<Result<number>> {
  const prefix = prefixOf(job);
  onProgress({ what: 'listing', path: prefix, filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 });
  const lookedUpAt = new Date().toISOString();
  const listed = await destination.list(prefix, { signal });
  if (!listed.ok) return listed;
  const wanted = objectsToFetch(job, listed.value);
  const huge = wanted.find(({ path, sizeBytes }) => COMMIT_PATH.test(path) && sizeBytes > LARGEST_COMMIT);
  if (huge) return tooLarge(huge);
  const bytesTotal = wanted.reduce((sum, object) => sum + object.sizeBytes, 0);
  async function* fetchAll(): AsyncGenerator<MirrorFile> {
    let bytesDone = 0;
    for (const [filesDone, { path, sizeBytes }] of wanted.entries()) {
      onProgress({ what: 'fetching', path, filesDone, filesTotal: wanted.length, bytesDone, bytesTotal });
      const isLarge = sizeBytes > LARGEST_WHOLE;
      yield isLarge
        ? { path, body: destination.readSlices(path, sizeBytes, { signal }) }
        : { path, body: unwrap(await destination.read(path, { signal })) };
      bytesDone += sizeBytes;
    }
  }
  const objects = listed.value.map(({ path, sizeBytes }) => ({ path, sizeBytes }));
  const listing = { destinationId: job.destinationId, prefix, lookedUpAt, objects };
  const kept = await writeMirror(job.destinationId, listing, fetchAll());
  return kept.ok ? { ok: true, value: wanted.length } : kept;
}
