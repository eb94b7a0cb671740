// One object of a bucket: read, and compared with the bytes that should be there; must not know how it is written.
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { sha256HexOfStream } from '../base/sha256.ts';
import type { Bucket } from './s3-bucket.ts';
import { readFailure } from './s3-failure.ts';

/** What ought to be at a path. */
export interface Expected {
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** `unknown` where the store refuses to tell. */
export type Presence = 'absent' | 'same' | 'other' | 'unknown';

const SLICE_BYTES = 8 * 1024 * 1024;

export function abortOptions(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

async function readSlice(bucket: Bucket, path: string, range: string | null, signal?: AbortSignal) {
  const answer = await bucket.client.send(
    new GetObjectCommand({
      Bucket: bucket.name,
      Key: bucket.keyOf(path),
      ...(range === null ? {} : { Range: range }),
    }),
    abortOptions(signal),
  );
  return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
}

export function readWhole(bucket: Bucket, path: string, signal?: AbortSignal): Promise<Uint8Array> {
  return bucket.insist(() => readSlice(bucket, path, null, signal), signal);
}

/** Pieces of at most 8 MiB. @throws what the client threw; an error where a piece has another length than asked for. */
export async function* readSlices(
  bucket: Bucket,
  { path, sizeBytes }: Pick<Expected, 'path' | 'sizeBytes'>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < sizeBytes; at += SLICE_BYTES) {
    const end = Math.min(at + SLICE_BYTES, sizeBytes);
    const range = `bytes=${at}-${end - 1}`;
    const slice = await bucket.insist(() => readSlice(bucket, path, range, signal), signal);
    if (slice.byteLength !== end - at)
      throw new Error('The store answered with another range than asked for');
    yield slice;
  }
}

/** Size of the object; null where there is none. By a listing, which tells “none” and “denied” apart, unlike HEAD. */
async function findSize(bucket: Bucket, path: string, signal?: AbortSignal): Promise<number | null> {
  const key = bucket.keyOf(path);
  const command = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: key, MaxKeys: 1 });
  const [first] = (await bucket.client.send(command, abortOptions(signal))).Contents ?? [];
  return first?.Key === key ? (first.Size ?? 0) : null;
}

/**
 * Whether these very bytes are there: by size, then by the digest in the object's metadata, else by reading it in slices.
 * @throws where the store could not be asked.
 */
export async function lookAt(bucket: Bucket, expected: Expected, signal?: AbortSignal): Promise<Presence> {
  try {
    const sizeBytes = await findSize(bucket, expected.path, signal);
    if (sizeBytes === null) return 'absent';
    if (sizeBytes !== expected.sizeBytes) return 'other';
    const head = await bucket.client.send(
      new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.keyOf(expected.path) }),
      abortOptions(signal),
    );
    const found =
      head.Metadata?.['sha256'] ?? (await sha256HexOfStream(readSlices(bucket, expected, signal)));
    return found === expected.sha256 ? 'same' : 'other';
  } catch (error) {
    const failure = readFailure(error);
    if (failure.code === 'AccessDenied' || failure.code === 'Forbidden') return 'unknown';
    throw error;
  }
}
