// A large object in parts, four at a time, going on with the parts that are there; must not know when it is needed.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { ProblemError } from '../base/result.ts';
import { sha256HexOfStream, toHex } from '../base/sha256.ts';
import { abortOptions } from './s3-object.ts';
import type { Expected } from './s3-object.ts';
import { signDigest } from './s3-bucket.ts';
import type { Bucket } from './s3-bucket.ts';
import { digestOf } from './s3-digest.ts';
import { readFailure } from './s3-failure.ts';
import type { MultipartState } from './s3-types.ts';

const PART_BYTES = 8 * 1024 * 1024;
/** S3 takes no more parts; larger objects get larger ones. */
const LARGEST_NUMBER_OF_PARTS = 10_000;
const AT_ONCE = 4;

type Part = MultipartState['parts'][number];

export interface LargeObject extends Expected {
  readonly body: Blob;
  readonly ifAbsent: boolean;
  readonly onProgress: (bytesDone: number) => void;
  readonly signal?: AbortSignal;
}

interface DigestedObject extends LargeObject {
  /** Lower-case hex SHA-256 of each part, in order. */
  readonly digests: readonly string[];
}

function partBytesFor(sizeBytes: number): number {
  const smallest = Math.ceil(sizeBytes / LARGEST_NUMBER_OF_PARTS);
  return Math.max(PART_BYTES, Math.ceil(smallest / 1_048_576) * 1_048_576);
}

async function begin(bucket: Bucket, object: LargeObject): Promise<MultipartState> {
  const { path, sha256, sizeBytes, signal } = object;
  const command = new CreateMultipartUploadCommand({
    Bucket: bucket.name,
    Key: bucket.keyOf(path),
    Metadata: { sha256 },
  });
  const { UploadId } = await bucket.insist(() => bucket.client.send(command, abortOptions(signal)), signal);
  const state = { uploadId: UploadId ?? '', partBytes: partBytesFor(sizeBytes), parts: [] };
  await bucket.memory?.write(path, sha256, state);
  return state;
}

/** The remembered parts that the store still has; null where it has forgotten the upload, or does not let the key look. */
async function listKeptParts(
  bucket: Bucket,
  { path, signal }: LargeObject,
  state: MultipartState,
): Promise<readonly Part[] | null> {
  const kept = new Set<string>();
  try {
    for (let marker: string | undefined, isMore = true; isMore;) {
      const command = new ListPartsCommand({
        Bucket: bucket.name,
        Key: bucket.keyOf(path),
        UploadId: state.uploadId,
        ...(marker === undefined ? {} : { PartNumberMarker: marker }),
      });
      const page = await bucket.insist(() => bucket.client.send(command, abortOptions(signal)), signal);
      for (const { PartNumber, ETag } of page.Parts ?? []) kept.add(`${PartNumber} ${unquote(ETag)}`);
      marker = page.NextPartNumberMarker;
      isMore = page.IsTruncated === true && marker !== undefined;
    }
  } catch (error) {
    const { code, status } = readFailure(error);
    if (code === 'NoSuchUpload' || status === 404 || status === 403) return null;
    throw error;
  }
  return state.parts.filter(({ number, etag }) => kept.has(`${number} ${unquote(etag)}`));
}

function unquote(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}

async function resumeOrBegin(bucket: Bucket, object: LargeObject): Promise<MultipartState> {
  const known = await bucket.memory?.read(object.path, object.sha256);
  if (!known || known.partBytes !== partBytesFor(object.sizeBytes)) return begin(bucket, object);
  const parts = await listKeptParts(bucket, object, known);
  return parts === null ? begin(bucket, object) : { ...known, parts };
}

function changed(path: string): ProblemError {
  return new ProblemError({
    code: 'upload-refused',
    message: `${path} was changed after it was checked.`,
    hint: 'No version was completed. Publish again from the notebook, which lays the files ready anew.',
  });
}

async function readPart(body: Blob, partBytes: number, number: number): Promise<Uint8Array<ArrayBuffer>> {
  const slice = body.slice((number - 1) * partBytes, number * partBytes);
  return new Uint8Array(await slice.arrayBuffer());
}

/** Of each part, in order, as they are in the body that has the digest asked for. @throws where it has another. */
async function digestParts({
  path,
  body,
  sha256,
  sizeBytes,
  signal,
}: LargeObject): Promise<readonly string[]> {
  const partBytes = partBytesFor(sizeBytes);
  const digests: string[] = [];
  async function* readParts(): AsyncGenerator<Uint8Array> {
    for (let number = 1; (number - 1) * partBytes < sizeBytes; number += 1) {
      signal?.throwIfAborted();
      const part = await readPart(body, partBytes, number);
      digests.push(toHex(await digestOf(part)));
      yield part;
    }
  }
  if ((await sha256HexOfStream(readParts())) !== sha256) throw changed(path);
  return digests;
}

/**
 * What is sent is what was digested. Without `x-amz-checksum-sha256`, which AWS refuses in a part unless the upload was
 * begun with that algorithm: the digest is in the signature (`x-amz-content-sha256`), which every store checks.
 */
async function sendPart(
  bucket: Bucket,
  { path, body, signal, digests }: DigestedObject,
  { uploadId, partBytes }: MultipartState,
  number: number,
): Promise<Part> {
  const part = await readPart(body, partBytes, number);
  const digest = toHex(await digestOf(part));
  if (digest !== digests[number - 1]) throw changed(path);
  const command = new UploadPartCommand({
    Bucket: bucket.name,
    Key: bucket.keyOf(path),
    UploadId: uploadId,
    PartNumber: number,
    Body: part,
  });
  signDigest(command, digest);
  const { ETag } = await bucket.insist(() => bucket.client.send(command, abortOptions(signal)), signal);
  if (!ETag)
    throw new Error(
      'The store does not show the ETag of a part: add ETag to ExposeHeaders of its CORS rule.',
    );
  return { number, etag: ETag };
}

/** Workers take the next missing part each; the first failure stops the others after their part. */
async function sendParts(
  bucket: Bucket,
  object: DigestedObject,
  begun: MultipartState,
): Promise<MultipartState> {
  const { path, sha256, sizeBytes } = object;
  const count = Math.ceil(sizeBytes / begun.partBytes);
  const sizeOfPart = (number: number): number =>
    Math.min(begun.partBytes, sizeBytes - (number - 1) * begun.partBytes);
  const done = new Map(begun.parts.map((part) => [part.number, part]));
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((number) => !done.has(number));
  const state = (): MultipartState => ({
    ...begun,
    parts: [...done.values()].sort((a, b) => a.number - b.number),
  });
  const tell = (): void => object.onProgress([...done.keys()].reduce((sum, n) => sum + sizeOfPart(n), 0));
  tell();
  const work = async (): Promise<void> => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      done.set(number, await sendPart(bucket, object, begun, number));
      await bucket.memory?.write(path, sha256, state());
      tell();
    }
  };
  const stop = (error: unknown): never => {
    missing.length = 0;
    throw error;
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => work().catch(stop)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return state();
}

/** Best effort, without the caller's signal, which has aborted: what stays, the bucket's own rules clean up. */
async function abandon(bucket: Bucket, { path, sha256 }: LargeObject, uploadId: string): Promise<void> {
  await bucket.memory?.write(path, sha256, null);
  const command = new AbortMultipartUploadCommand({
    Bucket: bucket.name,
    Key: bucket.keyOf(path),
    UploadId: uploadId,
  });
  await bucket.client.send(command).catch(() => undefined);
}

async function complete(bucket: Bucket, object: LargeObject, state: MultipartState): Promise<void> {
  const { path, ifAbsent, signal } = object;
  const command = new CompleteMultipartUploadCommand({
    Bucket: bucket.name,
    Key: bucket.keyOf(path),
    UploadId: state.uploadId,
    MultipartUpload: { Parts: state.parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
    ...(ifAbsent ? { IfNoneMatch: '*' } : {}),
  });
  await bucket.insist(() => bucket.client.send(command, abortOptions(signal)), signal);
}

/**
 * Sends the parts that are missing and joins them. What broke off is gone on with by calling again with the same memory;
 * what was cancelled is removed from the store.
 * @throws what the client threw; whether the object is there all the same, the caller looks up.
 */
export async function putInParts(bucket: Bucket, object: LargeObject): Promise<void> {
  const digests = await digestParts(object);
  const begun = await resumeOrBegin(bucket, object);
  try {
    await complete(bucket, object, await sendParts(bucket, { ...object, digests }, begun));
    await bucket.memory?.write(object.path, object.sha256, null);
  } catch (error) {
    const isGone = readFailure(error).code === 'NoSuchUpload';
    if (object.signal?.aborted === true) await abandon(bucket, object, begun.uploadId);
    else if (isGone) await bucket.memory?.write(object.path, object.sha256, null);
    throw error;
  }
}
