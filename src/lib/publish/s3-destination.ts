// A bucket of an S3 store as a destination; must not know what is published into it.
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { fail, ProblemError, succeed, unwrap } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { isSafePath } from '../module/paths.ts';
import { sizeOf } from './destination.ts';
import type { Destination, ReadOptions, StoredObject, WriteOptions } from './destination.ts';
import { openBucket } from './s3-bucket.ts';
import type { Bucket, BucketPlace, S3Options } from './s3-bucket.ts';
import { digestOf, hexDigestOf, toBase64 } from './s3-digest.ts';
import { isMissingObject, isPreconditionFailure, isTransient, readFailure } from './s3-failure.ts';
import { putInParts } from './s3-multipart.ts';
import { abortOptions, lookAt, readSlices, readWhole } from './s3-object.ts';
import type { Expected } from './s3-object.ts';
import type { S3Credentials, S3Settings } from './s3-types.ts';

/** What is larger goes in parts. */
const LARGEST_SINGLE_BYTES = 16 * 1024 * 1024;

/** How an attempt to write ended without an error of the client. */
type Written = 'written' | 'other-is-there';

interface Writing extends Expected {
  readonly body: Uint8Array | Blob;
  readonly options: WriteOptions;
}

async function putOnce(bucket: Bucket, { path, body, sha256, options }: Writing): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key: bucket.keyOf(path),
    Body: body,
    ChecksumSHA256: toBase64(await digestOf(body)),
    Metadata: { sha256 },
    ...(options.ifAbsent ? { IfNoneMatch: '*' } : {}),
  });
  await bucket.client.send(command, abortOptions(options.isDecisive === true ? undefined : options.signal));
}

async function putLarge(bucket: Bucket, writing: Writing): Promise<void> {
  const { path, sha256, sizeBytes, body, options } = writing;
  await putInParts(bucket, {
    path,
    sha256,
    sizeBytes,
    body: body instanceof Blob ? body : new Blob([body as Uint8Array<ArrayBuffer>]),
    ifAbsent: options.ifAbsent,
    onProgress: (bytesDone) => options.onProgress?.(bytesDone),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const found = await bucket.insist(() => lookAt(bucket, writing, options.signal), options.signal);
  if (found === 'absent' || found === 'other')
    throw new Error('The object that was joined of its parts is not the one that was sent');
}

/** What is there already; null where it has to be written. */
async function lookFirst(bucket: Bucket, writing: Writing): Promise<Written | null> {
  if (!writing.options.ifAbsent) return null;
  const found = await lookAt(bucket, writing, writing.options.signal);
  if (found === 'same') return 'written';
  return found === 'other' ? 'other-is-there' : null;
}

/** Each attempt looks first: for stores that ignore `If-None-Match`, and for one's own lost answer. */
async function writeSmall(bucket: Bucket, writing: Writing): Promise<Written> {
  return bucket.insist(async () => {
    const found = await lookFirst(bucket, writing);
    if (found === null) await putOnce(bucket, writing);
    return found ?? 'written';
  }, writing.options.signal);
}

async function writeLarge(bucket: Bucket, writing: Writing): Promise<Written> {
  const found = await bucket.insist(() => lookFirst(bucket, writing), writing.options.signal);
  if (found === null) await putLarge(bucket, writing);
  return found ?? 'written';
}

/** Whether what is there after a failed write is ours; null where the failure stands. */
async function settle(bucket: Bucket, writing: Writing, error: unknown): Promise<Written | null> {
  const failure = readFailure(error);
  const { isDecisive, signal: cancelling } = writing.options;
  const isCancelled = cancelling?.aborted === true;
  if (isCancelled && isDecisive !== true) return null;
  const signal = isCancelled ? undefined : cancelling;
  const isOpen = isPreconditionFailure(failure) || isTransient(failure) || failure.code === 'NoSuchUpload';
  if (!isOpen && !isCancelled) return null;
  const found = await bucket.insist(() => lookAt(bucket, writing, signal), signal).catch(() => 'unknown');
  if (found === 'same') return 'written';
  return isPreconditionFailure(failure) && found !== 'absent' ? 'other-is-there' : null;
}

async function writeObject(bucket: Bucket, writing: Writing): Promise<Written> {
  try {
    return await (writing.sizeBytes > LARGEST_SINGLE_BYTES ? writeLarge : writeSmall)(bucket, writing);
  } catch (error) {
    const settled = await settle(bucket, writing, error);
    if (settled === null) throw error;
    return settled;
  }
}

function unsafe(path: string): Result<never> {
  return fail({
    code: 'destination-path',
    message: `“${path}” is no path below the destination’s prefix.`,
    hint: 'Use names of letters, digits, “-” and “_”.',
  });
}

/** Of up to 1000 objects each, in which a store that says for ever that there are more is not followed. */
const LARGEST_NUMBER_OF_PAGES = 1000;

function endless(prefix: string): ProblemError {
  return new ProblemError({
    code: 'destination-too-many',
    message: `The store lists more than a million objects below “${prefix}”, or says so without an end.`,
    hint: 'Use a prefix of its own for modules; if there is one, the store does not list as S3 does.',
  });
}

async function listObjects(bucket: Bucket, prefix: string, signal?: AbortSignal): Promise<StoredObject[]> {
  const [whole, root] = [bucket.keyOf(prefix), bucket.keyOf('')];
  const objects: StoredObject[] = [];
  for (let token: string | undefined, isMore = true, pages = 1; isMore; pages += 1) {
    if (pages > LARGEST_NUMBER_OF_PAGES) throw endless(prefix);
    const command = new ListObjectsV2Command({
      Bucket: bucket.name,
      Prefix: whole,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    const page = await bucket.insist(() => bucket.client.send(command, abortOptions(signal)), signal);
    for (const { Key = '', Size = 0 } of page.Contents ?? []) {
      const path = Key.slice(root.length);
      if (Key.startsWith(root) && isSafePath(path)) objects.push({ path, sizeBytes: Size });
    }
    token = page.NextContinuationToken;
    isMore = page.IsTruncated === true && token !== undefined;
  }
  return objects.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function exists(path: string): Result<never> {
  return fail({
    code: 'destination-exists',
    message: `${path} is in the bucket already with other bytes, and what is published never changes.`,
    hint: 'Publish the next version.',
  });
}

/** Reads large objects piece by piece. */
export interface SlicedDestination extends Destination {
  /** Pieces of at most 8 MiB, together `sizeBytes`. @throws ProblemError */
  readSlices(path: string, sizeBytes: number, options?: ReadOptions): AsyncGenerator<Uint8Array>;
}

/** Over a bucket whose client is set up already; `uri` begins what people see. */
export function destinationInBucket(bucket: Bucket, uri: string): SlicedDestination {
  return {
    async list(prefix, { signal } = {}) {
      if (prefix !== '' && !isSafePath(prefix.replace(/\/$/, ''))) return unsafe(prefix);
      try {
        return succeed(await listObjects(bucket, prefix, signal));
      } catch (error) {
        return bucket.give(error, 'list', '', signal);
      }
    },
    async read(path, { signal } = {}) {
      if (!isSafePath(path)) return unsafe(path);
      try {
        return succeed(await readWhole(bucket, path, signal));
      } catch (error) {
        if (signal?.aborted === true || !isMissingObject(readFailure(error)))
          return bucket.give(error, 'read', path, signal);
        const hint = 'It may have been removed: look at the list of modules.';
        return fail({ code: 'destination-missing', message: `There is no ${path} in the bucket.`, hint });
      }
    },
    async write(path, body, options) {
      if (!isSafePath(path)) return unsafe(path);
      try {
        options.signal?.throwIfAborted();
        const sizeBytes = sizeOf(body);
        const sha256 = options.sha256 ?? (await hexDigestOf(body));
        const written = await writeObject(bucket, { path, body, sizeBytes, sha256, options });
        if (written === 'other-is-there') return exists(path);
        options.onProgress?.(sizeBytes);
        return succeed(null);
      } catch (error) {
        return bucket.give(error, 'write', path, options.signal);
      }
    },
    async holds(path, expected, { signal } = {}) {
      if (!isSafePath(path)) return unsafe(path);
      try {
        const found = await bucket.insist(() => lookAt(bucket, { path, ...expected }, signal), signal);
        if (found === 'unknown') throw Object.assign(new Error('Access Denied'), { name: 'AccessDenied' });
        return succeed(found === 'same');
      } catch (error) {
        return bucket.give(error, 'read', path, signal);
      }
    },
    async *readSlices(path, sizeBytes, { signal } = {}) {
      try {
        yield* readSlices(bucket, { path, sizeBytes }, signal);
      } catch (error) {
        unwrap(bucket.give(error, 'read', path, signal));
      }
    },
    describe: (path) => `${uri}/${path}`,
  };
}

export function bucketUri({ bucket, prefix }: Pick<BucketPlace, 'bucket' | 'prefix'>): string {
  return prefix === '' ? `s3://${bucket}` : `s3://${bucket}/${prefix}`;
}

/** Writes with `If-None-Match`, checksums and digests in the metadata; problems begin with `destination-`. */
export function createS3Destination(
  settings: S3Settings,
  credentials: S3Credentials,
  options: S3Options = {},
): SlicedDestination {
  return destinationInBucket(openBucket(settings, credentials, options), bucketUri(settings));
}
