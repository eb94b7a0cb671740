// The test server is a real one: it verifies signatures, conditions, CORS and policies, and leaves nothing running.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClient } from './buckets.ts';
import { S3_CACHE } from './ceph-programs.ts';
import { reasonWithoutS3, startS3, type S3Environment } from './endpoint.ts';

const ORIGIN = 'http://127.0.0.1:4273';
const run = promisify(execFile);

/** HTTP status a refused request got, or 200. */
async function statusOf(request: Promise<{ $metadata: { httpStatusCode?: number } }>): Promise<unknown> {
  try {
    return (await request).$metadata.httpStatusCode;
  } catch (error) {
    return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? error;
  }
}

describe.skipIf(reasonWithoutS3() !== null)('S3 test server', () => {
  let s3: S3Environment;
  beforeAll(async () => {
    s3 = await startS3();
  });
  afterAll(() => s3.stop());

  it('refuses a wrong secret', async () => {
    const bucket = await s3.makeBucket();
    const wrong = openClient(s3.endpoint, s3.region, { ...s3.keys, secretAccessKey: 'wrong' });
    const put = { Bucket: bucket.name, Key: `${bucket.prefix}/a`, Body: 'a' };
    expect(await statusOf(wrong.send(new PutObjectCommand(put)))).toBe(403);
    expect(await statusOf(s3.admin.send(new PutObjectCommand(put)))).toBe(200);
  });

  it('answers 412 to a conditional PUT over an object that is there', async () => {
    const bucket = await s3.makeBucket();
    const Key = `${bucket.prefix}_COMMIT.json`;
    const put = (Body: string) =>
      statusOf(s3.admin.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body, IfNoneMatch: '*' })));
    expect(await put('first')).toBe(200);
    expect(await put('second')).toBe(412);
    const read = await s3.admin.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
    expect(await read.Body?.transformToString()).toBe('first');
  });

  describe.skipIf(process.env['SLUICE_TEST_S3_ENDPOINT'])('of its own', () => {
    it('grants preflight requests of the origins named, and of no other', async () => {
      const bucket = await s3.makeBucket({ corsOrigins: [ORIGIN] });
      const ask = (origin: string) =>
        fetch(`${s3.endpoint}/${bucket.name}/a`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'PUT',
            'access-control-request-headers': 'authorization,content-type,if-none-match,x-amz-content-sha256',
          },
        });
      const granted = await ask(ORIGIN);
      expect(granted.status).toBe(200);
      expect(granted.headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(granted.headers.get('access-control-allow-headers')).toContain('if-none-match');
      const refused = await ask('http://127.0.0.1:1');
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('keeps every version of an object in a versioned bucket', async () => {
      const { name: Bucket } = await s3.makeBucket({ versioned: true });
      for (const Body of ['one', 'two'])
        await s3.admin.send(new PutObjectCommand({ Bucket, Key: 'a', Body }));
      const { Versions } = await s3.admin.send(new ListObjectVersionsCommand({ Bucket }));
      expect(Versions).toHaveLength(2);
    });

    it('holds narrow keys to their bucket, prefix and verbs', async () => {
      const bucket = await s3.makeBucket();
      const other = await s3.makeBucket();
      const reader = openClient(s3.endpoint, s3.region, await s3.makeKey(bucket, { access: 'read' }));
      const scope = { access: 'publish', prefix: 'team' } as const;
      const narrow = openClient(s3.endpoint, s3.region, await s3.makeKey(bucket, scope));
      const at = (Key: string, Bucket = bucket.name) => ({ Bucket, Key });
      const put = (client: typeof reader, Key: string, Bucket?: string) =>
        statusOf(client.send(new PutObjectCommand({ ...at(Key, Bucket), Body: Key })));
      const list = (client: typeof reader, Prefix: string) =>
        statusOf(client.send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix })));
      expect(await put(narrow, 'team/a')).toBe(200);
      expect(await put(narrow, 'elsewhere/a')).toBe(403);
      expect(await put(narrow, 'team/a', other.name)).toBe(403);
      expect(await list(narrow, 'team/')).toBe(200);
      expect(await list(narrow, '')).toBe(403);
      expect(await statusOf(reader.send(new GetObjectCommand(at('team/a'))))).toBe(200);
      expect(await list(reader, '')).toBe(200);
      expect(await put(reader, 'team/b')).toBe(403);
      expect(await statusOf(narrow.send(new CreateBucketCommand({ Bucket: 'mine' })))).not.toBe(200);
    });

    it('ends with the process that started it, even when that is killed', async () => {
      const program = fileURLToPath(new URL('rgw.ts', import.meta.url));
      const script = `const { startRgw } = await import(${JSON.stringify(program)});
        console.log((await startRgw()).endpoint); process.stdout.write('', () => process.kill(process.pid, 'SIGKILL'));`;
      const killed = await run(process.execPath, ['--input-type=module', '-e', script]).catch(
        (error: { stdout: string; signal: string }) => error,
      );
      expect(killed).toHaveProperty('signal', 'SIGKILL');
      const endpoint = killed.stdout.trim();
      expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      await expect.poll(() => fetch(endpoint).then(Boolean, () => false)).toBe(false);
    });

    it('leaves no folder behind', async () => {
      const second = await startS3();
      await second.stop();
      const mine = readdirSync(join(S3_CACHE, 'runs')).filter((name) => name.startsWith(`${process.pid}-`));
      expect(mine).toHaveLength(1);
    });
  });
});
