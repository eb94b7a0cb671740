// What lies below a prefix, asked with the admin's client past the proxy; must not know what a page believes.
import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { StagedModule } from '../publisher-page.ts';

export interface Place {
  readonly admin: S3Client;
  readonly bucket: string;
  readonly prefix: string;
}

async function readObject({ admin, bucket }: Place, key: string): Promise<Buffer> {
  const { Body } = await admin.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function listKeys({ admin, bucket, prefix }: Place): Promise<readonly string[]> {
  const { Contents = [] } = await admin.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}/` }),
  );
  return Contents.map(({ Key = '' }) => Key);
}

interface CommitText {
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly sizeBytes: number }[];
}

/** The first file that is not as the commit says; null where the version is whole. */
async function findFlaw(place: Place, folder: string, keys: readonly string[]): Promise<string | null> {
  const commit = JSON.parse(String(await readObject(place, `${folder}_COMMIT.json`))) as CommitText;
  for (const { path, sha256, sizeBytes } of commit.files) {
    if (!keys.includes(folder + path)) return `${path} is missing`;
    const body = await readObject(place, folder + path);
    const found = createHash('sha256').update(body).digest('hex');
    if (body.byteLength !== sizeBytes || found !== sha256) return `${path} is another`;
  }
  const known = new Set([...commit.files.map(({ path }) => folder + path), `${folder}_COMMIT.json`]);
  const stray = keys.find((key) => key.startsWith(folder) && !known.has(key));
  return stray === undefined ? null : `${stray.slice(folder.length)} is besides`;
}

/**
 * In words: `nothing`, `no version, some files`, `1.0.0 whole`, or `HALF 1.0.0: …` where a commit's files are missing
 * or differ, which must never be. `authors` tell whose commit it is where several write.
 */
export async function describeBucket(
  place: Place,
  authors: Readonly<Record<string, StagedModule>> = {},
): Promise<string> {
  const keys = await listKeys(place);
  if (keys.length === 0) return 'nothing';
  const folders = keys.filter((key) => key.endsWith('/_COMMIT.json')).map((key) => key.slice(0, -12));
  if (folders.length === 0) return 'no version, some files';
  const words: string[] = [];
  for (const folder of folders) {
    const version = /v\/([\d.]+)\/$/.exec(folder)?.[1] ?? folder;
    const flaw = await findFlaw(place, folder, keys);
    const commit = await readObject(place, `${folder}_COMMIT.json`);
    const owner = Object.entries(authors).find(([, { bodies }]) =>
      bodies.get('_COMMIT.json')?.equals(commit),
    );
    const name = owner === undefined ? version : `${version} ${owner[0]}`;
    words.push(flaw === null ? `${name} whole` : `HALF ${name}: ${flaw}`);
  }
  return words.join(', ');
}

/** Somebody else's version, laid there by another way. */
export async function writeVersion(place: Place, { job, bodies }: StagedModule): Promise<void> {
  for (const [path, body] of bodies) {
    const Key = `${place.prefix}/${job.namespace}/${job.module}/v/${job.version}/${path}`;
    await place.admin.send(new PutObjectCommand({ Bucket: place.bucket, Key, Body: body }));
  }
}
