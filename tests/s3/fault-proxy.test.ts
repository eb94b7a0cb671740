// Every action of the fault proxy does what it says, to a real server and seen from a real client.
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from './buckets.ts';
import { reasonWithoutS3, startS3, type S3Environment, type TestBucket } from './endpoint.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';

const ORIGIN = 'http://127.0.0.1:4273';
const BODY = randomBytes(300_000);

// Needs no other endpoint than its own: it hands plain HTTP on.
const isElsewhere = Boolean(process.env['SLUICE_TEST_S3_ENDPOINT']);

describe.skipIf(reasonWithoutS3() !== null || isElsewhere)('fault proxy', () => {
  let s3: S3Environment;
  let proxy: FaultProxy;
  let bucket: TestBucket;
  let client: S3Client;
  let count = 0;
  let Key = '';

  beforeAll(async () => {
    s3 = await startS3();
    bucket = await s3.makeBucket({ corsOrigins: [ORIGIN] });
    proxy = await startFaultProxy({ upstream: s3.endpoint });
    client = new S3Client({
      endpoint: proxy.endpoint,
      region: s3.region,
      credentials: s3.keys,
      forcePathStyle: true,
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    client.destroy();
    await proxy.close();
    await s3.stop();
  });
  beforeEach(() => {
    Key = `${bucket.prefix}object-${(count += 1)}`;
  });
  afterEach(() => proxy.clear());

  const put = (abortSignal?: AbortSignal) =>
    client.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body: BODY }), {
      ...(abortSignal === undefined ? {} : { abortSignal }),
    });
  const lengthInBucket = () =>
    s3.admin.send(new HeadObjectCommand({ Bucket: bucket.name, Key })).then(
      (head) => head.ContentLength,
      () => null,
    );
  const only = () => {
    expect(proxy.requests).toHaveLength(1);
    return proxy.requests[0];
  };

  it('lets a signed request through and counts its bytes both ways', async () => {
    await put();
    expect(only()).toMatchObject({ method: 'PUT', path: `/${bucket.name}/${Key}`, status: 200, fault: null });
    expect(only()?.bytesReceived).toBe(BODY.length);
    proxy.clear();
    const read = await client.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
    expect(Buffer.from((await read.Body?.transformToByteArray()) ?? []).equals(BODY)).toBe(true);
    expect(only()).toMatchObject({ method: 'GET', bytesReceived: 0, bytesSent: BODY.length });
  });

  it('leaves the verification of signatures to upstream', async () => {
    const wrong = openClient(proxy.endpoint, s3.region, { ...s3.keys, secretAccessKey: 'wrong' });
    const request = wrong.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body: 'a' }));
    await expect(request).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect(only()?.status).toBe(403);
  });

  it('status: answers by itself, as often as told', async () => {
    proxy.add({ action: 'status', status: 503, code: 'SlowDown', method: 'PUT', times: 2 });
    await expect(put()).rejects.toMatchObject({ name: 'SlowDown' });
    await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(await lengthInBucket()).toBeNull();
    await put();
    expect(await lengthInBucket()).toBe(BODY.length);
  });

  it('cut and cut-mid-upload: upstream keeps nothing', async () => {
    proxy.add({ action: 'cut', match: /object-/ });
    await expect(put()).rejects.toThrow();
    expect(only()).toMatchObject({ status: null, bytesReceived: 0, fault: 'cut' });
    proxy.clear();
    proxy.add({ action: 'cut-mid-upload', afterBytes: 100_000 });
    await expect(put()).rejects.toThrow();
    expect(only()?.status).toBeNull();
    expect(only()?.bytesReceived).toBeGreaterThanOrEqual(100_000);
    expect(only()?.bytesReceived).toBeLessThanOrEqual(BODY.length);
    expect(await lengthInBucket()).toBeNull();
  });

  it('cut-after-commit: the object is there, the client saw a broken connection', async () => {
    proxy.add({ action: 'cut-after-commit' });
    const failure: unknown = await put().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'ECONNRESET' });
    expect(only()).toMatchObject({ status: null, bytesReceived: BODY.length });
    expect(await lengthInBucket()).toBe(BODY.length);
  });

  it('hang: takes everything and never answers', async () => {
    proxy.add({ action: 'hang' });
    await expect(put(AbortSignal.timeout(400))).rejects.toMatchObject({ name: /Abort|Timeout/ });
    expect(only()).toMatchObject({ status: null, bytesReceived: BODY.length });
    expect(await lengthInBucket()).toBeNull();
  });

  it('delay and throttle: slow, and whole', async () => {
    proxy.add({ action: 'delay', milliseconds: 300 });
    let started = performance.now();
    await put();
    expect(performance.now() - started).toBeGreaterThanOrEqual(295);
    proxy.add({ action: 'throttle', bytesPerSecond: 600_000 });
    started = performance.now();
    await put();
    expect(performance.now() - started).toBeGreaterThanOrEqual(450);
    expect(await lengthInBucket()).toBe(BODY.length);
  });

  it('hold: waits for the word, and drops what was given up meanwhile', async () => {
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    proxy.add({ action: 'hold', until, times: 2 });
    const given = new AbortController();
    const dropped = put(given.signal);
    await expect.poll(() => proxy.requests.length).toBe(1);
    given.abort();
    await expect(dropped).rejects.toThrow();
    await pause(200);
    release();
    await pause(200);
    expect(await lengthInBucket()).toBeNull();
    await put();
    expect(await lengthInBucket()).toBe(BODY.length);
  });

  it('truncate-response: so many bytes and no more', async () => {
    await put();
    proxy.clear();
    proxy.add({ action: 'truncate-response', method: 'GET', afterBytes: 5_000 });
    const read = await client.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
    await expect(read.Body?.transformToByteArray()).rejects.toThrow();
    expect(only()).toMatchObject({ bytesSent: 5_000, status: 200 });
  });

  it('an error upstream and an error of its own carry the CORS headers of the bucket; no-cors takes them off', async () => {
    const ask = async () => {
      const answer = await fetch(`${proxy.endpoint}/${bucket.name}/${Key}`, { headers: { origin: ORIGIN } });
      await answer.arrayBuffer();
      return [answer.status, answer.headers.get('access-control-allow-origin')];
    };
    // Unsigned, so that upstream itself says 403.
    expect(await ask()).toEqual([403, ORIGIN]);
    proxy.add({ action: 'status', status: 409, code: 'ConditionalRequestConflict' });
    expect(await ask()).toEqual([409, ORIGIN]);
    proxy.add({ action: 'status', status: 503, code: 'SlowDown', noCors: true });
    expect(await ask()).toEqual([503, null]);
    proxy.add({ action: 'no-cors' });
    expect(await ask()).toEqual([403, null]);
  });

  it('as AWS: a part with a checksum the upload was not begun with is refused', async () => {
    const sendPart = async (ChecksumAlgorithm?: ChecksumAlgorithm) => {
      const place = { Bucket: bucket.name, Key };
      const begin = new CreateMultipartUploadCommand({
        ...place,
        ...(ChecksumAlgorithm ? { ChecksumAlgorithm } : {}),
      });
      const { UploadId } = await client.send(begin);
      const ChecksumSHA256 = createHash('sha256').update(BODY).digest('base64');
      return client.send(
        new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: BODY, ChecksumSHA256 }),
      );
    };
    await expect(sendPart()).rejects.toMatchObject({
      name: 'InvalidRequest',
      message: 'Checksum Type mismatch occurred, expected checksum Type: null, actual checksum Type: sha256',
    });
    expect((await sendPart('SHA256')).ETag).toBeTruthy();
  });

  it('as AWS: of two racing writers with If-None-Match one wins, in a versioned bucket too', async () => {
    const { name: Bucket, prefix } = await s3.makeBucket({ versioned: true });
    const guarded = await startFaultProxy({ upstream: s3.endpoint, conditionalWrites: s3.admin });
    const writer = openClient(guarded.endpoint, s3.region, s3.keys);
    const write = (Body: string) =>
      writer.send(new PutObjectCommand({ Bucket, Key: `${prefix}once`, Body, IfNoneMatch: '*' }));
    const outcomes = await Promise.allSettled([write('a'), write('b')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(lost?.reason).toMatchObject({ $metadata: { httpStatusCode: 412 } });
    await guarded.close();
  });
});
