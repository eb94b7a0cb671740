// Destinations over the test server and its fault proxy, and small modules to publish; knows no single test.
import type { Result } from '../../src/lib/base/result.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import { sha256Hex } from '../../src/lib/base/sha256.ts';
import { writeCommit } from '../../src/lib/module/commit.ts';
import { listVersions } from '../../src/lib/module/list-modules.ts';
import type { Destination } from '../../src/lib/publish/destination.ts';
import type { S3Options } from '../../src/lib/publish/s3-bucket.ts';
import { createS3Destination } from '../../src/lib/publish/s3-destination.ts';
import { importSigningKey } from '../../src/lib/publish/s3-signing-key.ts';
import type { MultipartState, S3Settings, UploadMemory } from '../../src/lib/publish/s3-types.ts';
import type { Upload } from '../../src/lib/publish/upload-types.ts';
import { uploadOfStagedFiles } from '../../src/lib/publish/upload.ts';
import type { S3Environment, TestBucket } from './endpoint.ts';
import type { S3Keys } from './rgw.ts';

/** Tries again at once, and gives up a silent request soon. */
export const IMPATIENT: S3Options = {
  requestTimeoutMs: 1500,
  attempts: 4,
  sleep: async (_ms, signal) => signal?.throwIfAborted(),
};

export function settingsFor(
  endpoint: string,
  s3: S3Environment,
  bucket: TestBucket,
  prefix = 'modules',
): S3Settings {
  return {
    id: 'test',
    name: 'test',
    endpoint,
    region: s3.region,
    bucket: bucket.name,
    prefix: [bucket.prefix, prefix].filter((part) => part !== '').join('/'),
    forcePathStyle: true,
    accessKeyId: s3.keys.accessKeyId,
  };
}

export async function destinationFor(
  settings: S3Settings,
  keys: S3Keys,
  options: S3Options = IMPATIENT,
): Promise<Destination> {
  const { accessKeyId, secretAccessKey } = keys;
  const credentials = { accessKeyId, signingKey: await importSigningKey(secretAccessKey) };
  return createS3Destination({ ...settings, accessKeyId }, credentials, options);
}

/** A sound little version of `hr/users`; `author` makes its bytes differ from another's. */
export async function makeUpload(version = '1.0.0', author = 'ours'): Promise<Upload> {
  const texts = {
    'README.md': `# Users of ${author}\n`,
    'croissant.json': `{"by":"${author}"}\n`,
    [`data/part-${author}.csv`]: 'people\n1000\n',
  };
  const files = await Promise.all(
    Object.entries(texts).map(async ([path, text]) => {
      const bytes = new TextEncoder().encode(text);
      return { path, bytes, sha256: await sha256Hex(bytes), sizeBytes: bytes.byteLength };
    }),
  );
  const commit = writeCommit({
    format: 'sluice-module/1',
    namespace: 'hr',
    module: 'users',
    version,
    publishedAt: '2025-01-02T03:04:05.000Z',
    application: { name: 'sluice', version: '0.1.0' },
    gate: { verdict: 'passed' },
    data: { rows: 1, columns: [{ name: 'people', type: 'BIGINT' }] },
    files: files.map(({ path, sha256, sizeBytes }) => ({ path, sha256, sizeBytes })),
    previous: null,
  });
  const all = [
    ...files,
    {
      path: '_COMMIT.json',
      bytes: commit,
      sha256: await sha256Hex(commit),
      sizeBytes: commit.byteLength,
    },
  ];
  const bodies = new Map(all.map(({ path, bytes }) => [path, new Blob([bytes as Uint8Array<ArrayBuffer>])]));
  const listing = { namespace: 'hr', module: 'users', version, files: all };
  return unwrap(await uploadOfStagedFiles(listing, async (path) => bodies.get(path) ?? new Blob()));
}

/** `none`, `whole`, or what a reader would wrongly take for a version. */
export async function stateOf(upload: Upload, destination: Destination): Promise<string> {
  const versions = unwrap(await listVersions(destination, 'hr/users/v/'));
  if (!versions.some(({ version }) => version === upload.summary.version)) return 'none';
  for (const { path, sha256 } of upload.files) {
    const read = await destination.read(`${upload.prefix}/${path}`);
    if (!read.ok || (await sha256Hex(read.value)) !== sha256) return `half: ${path}`;
  }
  return 'whole';
}

export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.error.code;
}

export function createMemory(): UploadMemory & { readonly states: Map<string, MultipartState> } {
  const states = new Map<string, MultipartState>();
  return {
    states,
    read: async (path, sha256) => states.get(`${path} ${sha256}`) ?? null,
    write: async (path, sha256, state) => {
      if (state === null) states.delete(`${path} ${sha256}`);
      else states.set(`${path} ${sha256}`, state);
    },
  };
}
