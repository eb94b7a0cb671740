// A bucket below a prefix, with its client and its patience; must not know what is kept in it.
import { S3Client } from '@aws-sdk/client-s3';
import type { S3ClientConfig, UploadPartCommand } from '@aws-sdk/client-s3';
import { fail, ProblemError } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { toHex } from '../base/sha256.ts';
import { cancelled } from './destination.ts';
import { readFailure } from './s3-failure.ts';
import { describeFailure } from './s3-problems.ts';
import type { S3Action, S3Place } from './s3-problems.ts';
import { createRequestHandler } from './s3-request-handler.ts';
import { insist, sleepFor } from './s3-retry.ts';
import type { Patience } from './s3-retry.ts';
import { createSigningDigest } from './s3-signing-key.ts';
import type { RecordRequest, S3Credentials, UploadMemory } from './s3-types.ts';

export interface S3Options {
  /** Called for every attempt on the wire. */
  readonly record?: RecordRequest;
  /** Parts of large objects that are there already, for going on after a reload. */
  readonly memory?: UploadMemory;
  /** Longest time of a request without a sign of life, ms; 60 000 unless told. */
  readonly requestTimeoutMs?: number;
  /** Attempts of one request; 6 unless told. */
  readonly attempts?: number;
  /** Longest time in which another attempt is begun, ms; 300 000 unless told. */
  readonly totalTimeoutMs?: number;
  readonly sleep?: Patience['sleep'];
  readonly fetch?: typeof fetch;
}

/** As `S3Settings`, but what the SDK can find by itself (under Node) may be null. */
export interface BucketPlace {
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly bucket: string;
  readonly prefix: string;
  readonly forcePathStyle: boolean;
}

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly memory: UploadMemory | null;
  /** The object's key, below the prefix. */
  keyOf(path: string): string;
  /** Tries until it succeeds, as the options say. @throws what the client threw last. */
  insist<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  problem(error: unknown, action: S3Action, path: string): Problem;
  /** `destination-cancelled` where the signal aborted, else the problem. */
  give(error: unknown, action: S3Action, path: string, signal?: AbortSignal): Result<never>;
}

function setBodyDigest(request: unknown, digest: string): void {
  if (typeof request !== 'object' || request === null) return;
  const headers = Reflect.get(request, 'headers') as Record<string, string>;
  headers['x-amz-content-sha256'] = digest;
}

/** Puts the body's SHA-256 (lower-case hex) into the signature of a command that carries no checksum of its own. */
export function signDigest({ middlewareStack }: UploadPartCommand, digest: string): void {
  middlewareStack.add(
    (next) => (args) => {
      setBodyDigest(args.request, digest);
      return next(args);
    },
    { step: 'build', name: 'signDigest' },
  );
}

/** Lets the server check the body by the signature as well: many stores ignore `x-amz-checksum-sha256`. */
function signBodyDigest(client: S3Client): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const checksum: unknown = Reflect.get(args.input, 'ChecksumSHA256');
      const { request } = args;
      if (typeof checksum === 'string')
        setBodyDigest(request, toHex(Uint8Array.from(atob(checksum), (sign) => sign.charCodeAt(0))));
      return next(args);
    },
    { step: 'build', name: 'signBodyDigest' },
  );
}

/** Where no key is given the SDK finds one by itself, under Node alone. */
function signingConfig(credentials: S3Credentials | null): S3ClientConfig {
  if (credentials === null) return {};
  const { accessKeyId, signingKey, sessionToken } = credentials;
  const standIn = crypto.randomUUID();
  return {
    credentials: {
      accessKeyId,
      secretAccessKey: standIn,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    sha256: createSigningDigest(signingKey, standIn),
  };
}

async function readStream(stream: unknown): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array>).arrayBuffer());
}

function createClient(
  place: BucketPlace,
  credentials: S3Credentials | null,
  options: S3Options,
  onAnswer: () => void,
): S3Client {
  const client = new S3Client({
    ...(place.region === null ? {} : { region: place.region }),
    ...(place.endpoint === null ? {} : { endpoint: place.endpoint }),
    forcePathStyle: place.forcePathStyle,
    ...signingConfig(credentials),
    maxAttempts: 1,
    expectContinueHeader: false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    streamCollector: readStream,
    requestHandler: createRequestHandler({
      requestTimeoutMs: options.requestTimeoutMs ?? 60_000,
      onAnswer,
      ...(options.record ? { record: options.record } : {}),
      ...(options.fetch ? { fetch: options.fetch } : {}),
    }),
  });
  signBodyDigest(client);
  return client;
}

/** Nothing is sent before the first request. */
export function openBucket(
  place: BucketPlace,
  credentials: S3Credentials | null,
  options: S3Options = {},
): Bucket {
  const patience: Patience = {
    attempts: options.attempts ?? 6,
    totalTimeoutMs: options.totalTimeoutMs ?? 300_000,
    sleep: options.sleep ?? sleepFor,
    now: () => performance.now(),
  };
  const isBrowser = typeof window !== 'undefined';
  let hasAnswered = false;
  const tellPlace = (): S3Place => ({
    ...place,
    isBrowser,
    isOffline: isBrowser && !navigator.onLine,
    hasAnswered,
  });
  const problem = (error: unknown, action: S3Action, path: string): Problem =>
    error instanceof ProblemError
      ? error.problem
      : describeFailure(readFailure(error), action, path, tellPlace());
  return {
    client: createClient(place, credentials, options, () => {
      hasAnswered = true;
    }),
    name: place.bucket,
    memory: options.memory ?? null,
    keyOf: (path) => (place.prefix === '' ? path : `${place.prefix}/${path}`),
    insist: (work, signal) => insist(work, patience, signal),
    problem,
    give: (error, action, path, signal) =>
      fail(signal?.aborted === true ? cancelled(path) : problem(error, action, path)),
  };
}
