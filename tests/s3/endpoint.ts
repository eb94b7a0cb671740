// The S3 server a test talks to: the one named in the environment, else one of its own; and what to say without either.
import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  createBucket,
  makeStatements,
  openClient,
  writePolicy,
  type BucketOptions,
  type KeyScope,
} from './buckets.ts';
import { findCephPrograms } from './ceph-programs.ts';
import { startRgw, type S3Keys } from './rgw.ts';

export interface TestBucket {
  readonly name: string;
  /** Below which the test's objects must lie; empty in a bucket made for the test. */
  readonly prefix: string;
  readonly corsOrigins: readonly string[];
}

export interface S3Environment {
  readonly endpoint: string;
  readonly region: string;
  /** Of a key that may do everything in the test's buckets. */
  readonly keys: S3Keys;
  /** Signs with `keys`. */
  readonly admin: S3Client;
  /** False on somebody's own endpoint: no users, no versions, and CORS as it is. */
  readonly isOwn: boolean;
  makeBucket(options?: Omit<BucketOptions, 'name'>): Promise<TestBucket>;
  /**
   * A key that may do in this bucket what `scope` says and nothing elsewhere.
   * @throws where the server is not its own
   */
  makeKey(bucket: TestBucket, scope: KeyScope): Promise<S3Keys>;
  stop(): Promise<void>;
}

/**
 * The endpoint of `SLUICE_TEST_S3_ENDPOINT` (with `_KEY`, `_SECRET`, `_BUCKET`, `_REGION`), else a server of its own.
 * @throws when neither can be had; ask `reasonWithoutS3` first
 */
export async function startS3(): Promise<S3Environment> {
  const named = readNamedEndpoint();
  return named === null ? startOwn() : openNamed(named);
}

let reason: string | null | undefined;

/**
 * Why S3 tests cannot run here, or null. Downloads the server on first use (about 65 MB).
 * For one line in a test: `describe.skipIf(reasonWithoutS3() !== null)` or `test.skip(reasonWithoutS3() !== null, …)`.
 * @throws instead of giving a reason on Linux x86-64 with `CI` or `SLUICE_REQUIRE_S3=1`: skipping is a failure there
 */
export function reasonWithoutS3(): string | null {
  if (reason !== undefined) return reason;
  reason = findReason();
  if (reason === null) return null;
  const isRequired = Boolean(process.env['CI']) || process.env['SLUICE_REQUIRE_S3'] === '1';
  if (isRequired && process.platform === 'linux' && process.arch === 'x64')
    throw new Error(`S3 tests must run here and cannot: ${reason}.`);
  console.warn(`S3 tests skipped: ${reason}. Name another endpoint in SLUICE_TEST_S3_ENDPOINT.`);
  return reason;
}

function findReason(): string | null {
  if (process.env['SLUICE_TEST_S3_ENDPOINT']) return null;
  try {
    findCephPrograms();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

interface NamedEndpoint {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly keys: S3Keys;
}

function readNamedEndpoint(): NamedEndpoint | null {
  const read = (name: string) => process.env[`SLUICE_TEST_S3_${name}`] ?? '';
  const endpoint = read('ENDPOINT');
  if (endpoint === '') return null;
  const missing = ['KEY', 'SECRET', 'BUCKET'].filter((name) => read(name) === '');
  if (missing.length > 0)
    throw new Error(
      `SLUICE_TEST_S3_ENDPOINT is set, but SLUICE_TEST_S3_${missing.join(', SLUICE_TEST_S3_')} is not.`,
    );
  return {
    endpoint,
    region: read('REGION') || 'us-east-1',
    bucket: read('BUCKET'),
    keys: { accessKeyId: read('KEY'), secretAccessKey: read('SECRET') },
  };
}

function openNamed({ endpoint, region, bucket, keys }: NamedEndpoint): S3Environment {
  const admin = openClient(endpoint, region, keys);
  return {
    ...{ endpoint, region, keys, admin, isOwn: false },
    makeBucket: (options = {}) =>
      Promise.resolve({
        name: bucket,
        prefix: `sluice-test-${randomUUID()}`,
        corsOrigins: options.corsOrigins ?? [],
      }),
    makeKey: () => Promise.reject(new Error('narrow keys can be made on the test server of its own only')),
    stop: () => {
      admin.destroy();
      return Promise.resolve();
    },
  };
}

async function startOwn(): Promise<S3Environment> {
  const server = await startRgw();
  const { endpoint, keys } = server;
  const region = 'us-east-1';
  const admin = openClient(endpoint, region, keys);
  const statements = new Map<string, readonly object[]>();
  let users = 0;
  return {
    ...{ endpoint, region, keys, admin, isOwn: true },
    makeBucket: async (options = {}) => {
      const name = `sluice-${randomUUID().slice(0, 8)}`;
      await createBucket(admin, { ...options, name });
      return { name, prefix: '', corsOrigins: options.corsOrigins ?? [] };
    },
    makeKey: async (bucket, scope) => {
      const user = `user${(users += 1)}`;
      const made = await server.addUser(user);
      const all = [...(statements.get(bucket.name) ?? []), ...makeStatements(bucket.name, user, scope)];
      statements.set(bucket.name, all);
      await writePolicy(admin, bucket.name, all);
      return made;
    },
    stop: async () => {
      admin.destroy();
      await server.stop();
    },
  };
}
