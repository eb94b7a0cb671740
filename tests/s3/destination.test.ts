// The S3 destination against a real server: what it writes and reads, who wins, what goes on, and what it says.
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../src/lib/base/result.ts';
import { publishUpload } from '../../src/lib/publish/publish-upload.ts';
import { testConnection } from '../../src/lib/publish/s3-connection-test.ts';
import { hexDigestOf } from '../../src/lib/publish/s3-digest.ts';
import { importSigningKey } from '../../src/lib/publish/s3-signing-key.ts';
import type { S3Settings, WireRecord } from '../../src/lib/publish/s3-types.ts';
import { reasonWithoutS3, startS3 } from './endpoint.ts';
import type { S3Environment, TestBucket } from './endpoint.ts';
import { startFaultProxy } from './fault-proxy.ts';
import type { FaultProxy } from './fault-proxy.ts';
import {
  codeOf,
  createMemory,
  destinationFor,
  IMPATIENT,
  makeUpload,
  settingsFor,
  stateOf,
} from './test-destination.ts';

const ORIGIN = 'http://127.0.0.1:4273';
const MEBIBYTE = 1024 * 1024;
/** No request hangs here: time enough on a busy machine. */
const PATIENT = { ...IMPATIENT, requestTimeoutMs: 30_000 };

function makeLarge(mebibytes: number): Blob {
  const block = new Uint8Array(MEBIBYTE).map((_, i) => i % 251);
  return new Blob(Array.from({ length: mebibytes }, (_, i) => [new Uint8Array([i]), block]).flat());
}

describe.skipIf(reasonWithoutS3() !== null)('the S3 destination', { timeout: 180_000 }, () => {
  let s3: S3Environment;
  let proxy: FaultProxy;
  let bucket: TestBucket;
  let settings: S3Settings;
  let count = 0;

  beforeAll(async () => {
    s3 = await startS3();
    proxy = await startFaultProxy({ upstream: s3.endpoint });
    bucket = await s3.makeBucket({ corsOrigins: [ORIGIN] });
  }, 180_000);
  afterAll(async () => {
    await proxy?.close();
    await s3?.stop();
  });
  beforeEach(() => {
    proxy.clear();
    settings = settingsFor(proxy.endpoint, s3, bucket, `test-${(count += 1)}`);
  });

  it('publishes, lists and reads, and does nothing twice', async () => {
    const destination = await destinationFor(settings, s3.keys, PATIENT);
    const upload = await makeUpload();
    const published = unwrap(await publishUpload(upload, destination));
    expect(published).toEqual({
      summary: upload.summary,
      uri: `s3://${settings.bucket}/${settings.prefix}/hr/users/v/1.0.0`,
      commitSha256: upload.commitSha256,
      indexProblem: null,
    });
    expect(await stateOf(upload, destination)).toBe('whole');
    const listed = unwrap(await destination.list('hr/users/'));
    const expected = [...upload.files.map(({ path }) => `${upload.prefix}/${path}`), 'hr/users/index.json'];
    expect(listed.map(({ path }) => path)).toEqual(expected.sort());
    proxy.clear();
    unwrap(await publishUpload(upload, destination));
    expect(proxy.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toEqual([
      `/${settings.bucket}/${settings.prefix}/hr/users/index.json`,
    ]);
  });

  it('replaces nothing, and says what is not there', async () => {
    const destination = await destinationFor(settings, s3.keys, PATIENT);
    const bytes = (text: string) => new TextEncoder().encode(text);
    unwrap(await destination.write('a/ü b+c.txt', bytes('one'), { ifAbsent: true }));
    unwrap(await destination.write('a/ü b+c.txt', bytes('one'), { ifAbsent: true }));
    expect(codeOf(await destination.write('a/ü b+c.txt', bytes('two'), { ifAbsent: true }))).toBe(
      'destination-exists',
    );
    expect(unwrap(await destination.read('a/ü b+c.txt'))).toEqual(bytes('one'));
    expect(codeOf(await destination.read('a/none'))).toBe('destination-missing');
    for (const path of ['../up', 'a//b', '/a']) {
      expect(codeOf(await destination.read(path))).toBe('destination-path');
      expect(codeOf(await destination.write(path, bytes('x'), { ifAbsent: true }))).toBe('destination-path');
    }
  });

  it('leaves another version alone and names the next free number', async () => {
    const destination = await destinationFor(settings, s3.keys, PATIENT);
    const theirs = await makeUpload('1.0.0', 'theirs');
    unwrap(await publishUpload(theirs, destination));
    expect(await publishUpload(await makeUpload(), destination)).toEqual({
      ok: false,
      error: expect.objectContaining({
        code: 'publish-version-taken',
        hint: 'Check again and publish: the next free number is 1.0.1.',
      }),
    });
    expect(await stateOf(theirs, destination)).toBe('whole');
    const listed = unwrap(await destination.list('hr/users/v/'));
    expect(listed.length).toBe(theirs.files.length);
  });

  it('lets one of two simultaneous writers win, whole', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
      const [ours, theirs] = [await makeUpload(version, 'ours'), await makeUpload(version, 'theirs')];
      const [a, b] = [
        await destinationFor(settings, s3.keys, PATIENT),
        await destinationFor(settings, s3.keys, PATIENT),
      ];
      const outcomes = await Promise.all([publishUpload(ours, a), publishUpload(theirs, b)]);
      expect(outcomes.map(codeOf).sort()).toEqual(['ok', 'publish-version-taken']);
      const winner = outcomes[0].ok ? ours : theirs;
      expect(await stateOf(winner, a)).toBe('whole');
      expect(unwrap(await a.list(`${ours.prefix}/`)).length).toBe(winner.files.length);
    }
  });

  it('sends 40 MB in parts, goes on after it broke off, and sends no part twice', async () => {
    const body = makeLarge(40);
    const memory = createMemory();
    const destination = await destinationFor(settings, s3.keys, { ...PATIENT, attempts: 1, memory });
    proxy.add({ action: 'cut-mid-upload', method: 'PUT', match: /partNumber=3/ });
    const broken = await destination.write('big.bin', body, { ifAbsent: true });
    expect(codeOf(broken)).toBe('destination-unreachable');
    expect(unwrap(await destination.list(''))).toEqual([]);
    const [state] = memory.states.values();
    const kept = state?.parts.map(({ number }) => number) ?? [];
    expect(kept.length).toBeGreaterThan(0);
    proxy.clear();
    const seen: number[] = [];
    const again = await destinationFor(settings, s3.keys, { ...PATIENT, memory });
    unwrap(await again.write('big.bin', body, { ifAbsent: true, onProgress: (bytes) => seen.push(bytes) }));
    const sent = proxy.requests.flatMap(({ query }) => /partNumber=(\d+)/.exec(query)?.[1] ?? []).map(Number);
    expect([...kept, ...sent].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([seen[0], seen.at(-1), memory.states.size]).toEqual([expect.any(Number), body.size, 0]);
    expect(seen[0]).toBeGreaterThan(0);
    const read = unwrap(await again.read('big.bin'));
    expect(Buffer.from(read).equals(Buffer.from(await body.arrayBuffer()))).toBe(true);
  });

  it('begins again where the store has forgotten the parts', async () => {
    const memory = createMemory();
    const destination = await destinationFor(settings, s3.keys, { ...PATIENT, memory });
    const body = makeLarge(17);
    const sha256 = await hexDigestOf(body);
    await memory.write('big.bin', sha256, {
      uploadId: '2~gone',
      partBytes: 8 * MEBIBYTE,
      parts: [{ number: 1, etag: '"0"' }],
    });
    unwrap(await destination.write('big.bin', body, { ifAbsent: true }));
    expect(unwrap(await destination.list(''))).toEqual([{ path: 'big.bin', sizeBytes: body.size }]);
  });

  it('begins no upload of a large body that is not the one that was checked', async () => {
    const memory = createMemory();
    const destination = await destinationFor(settings, s3.keys, { ...PATIENT, memory });
    const [checked, changed] = [makeLarge(17), makeLarge(17).slice(1)];
    const written = await destination.write('big.bin', changed, {
      ifAbsent: true,
      sha256: await hexDigestOf(checked),
    });
    expect(codeOf(written)).toBe('upload-refused');
    expect([memory.states.size, unwrap(await destination.list(''))]).toEqual([0, []]);
    expect(proxy.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  });

  it('ends promptly when it is cancelled, and leaves no parts', async () => {
    const memory = createMemory();
    const destination = await destinationFor(settings, s3.keys, { ...PATIENT, memory });
    const controller = new AbortController();
    proxy.add({ action: 'delay', milliseconds: 20_000, match: /partNumber=[3-9]/, times: Infinity });
    const begun = performance.now();
    const cancelled = await destination.write('big.bin', makeLarge(40), {
      ifAbsent: true,
      signal: controller.signal,
      onProgress: (bytes) => {
        if (bytes > 0) controller.abort();
      },
    });
    expect(codeOf(cancelled)).toBe('destination-cancelled');
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect([unwrap(await destination.list('')), memory.states.size]).toEqual([[], 0]);
    const uploads = await s3.admin.send(
      new ListMultipartUploadsCommand({ Bucket: settings.bucket, Prefix: `${settings.prefix}/` }),
    );
    expect(uploads.Uploads ?? []).toEqual([]);
  });

  it('is published where it is cancelled while the commit is under way, and stops before', async () => {
    const destination = await destinationFor(settings, s3.keys, PATIENT);
    const upload = await makeUpload();
    const early = new AbortController();
    const stopped = await publishUpload(upload, destination, {
      signal: early.signal,
      onProgress: ({ path }) => path === '_COMMIT.json' && early.abort(),
    });
    expect([codeOf(stopped), await stateOf(upload, destination)]).toEqual(['destination-cancelled', 'none']);
    const late = new AbortController();
    proxy.add({ action: 'delay', milliseconds: 500, method: 'PUT', match: /_COMMIT/ });
    const publishing = publishUpload(upload, destination, { signal: late.signal });
    const isUnderWay = () =>
      proxy.requests.some(({ method, path }) => method === 'PUT' && path.endsWith('_COMMIT.json'));
    await expect.poll(isUnderWay, { interval: 10, timeout: 10_000 }).toBe(true);
    late.abort();
    expect([codeOf(await publishing), await stateOf(upload, destination)]).toEqual(['ok', 'whole']);
  });

  it('records exactly the bytes that the server received and sent', async () => {
    const records: WireRecord[] = [];
    const record = (entry: WireRecord) => void records.push(entry);
    const destination = await destinationFor(settings, s3.keys, { ...PATIENT, record });
    proxy.add({ action: 'status', status: 503, code: 'SlowDown', method: 'PUT', times: 2 });
    unwrap(await publishUpload(await makeUpload(), destination));
    unwrap(await destination.write('big.bin', makeLarge(20), { ifAbsent: true }));
    unwrap(await destination.read('big.bin'));
    const ended = records.filter(({ state }) => state !== 'open');
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(records.length).toBe(2 * ended.length);
    expect(ended.map(({ id }) => id).sort()).toEqual([...new Set(records.map(({ id }) => id))].sort());
    expect(ended.length).toBe(proxy.requests.length);
    expect(sum(ended.map(({ bytesSent }) => bytesSent))).toBe(
      sum(proxy.requests.map(({ bytesReceived }) => bytesReceived)),
    );
    expect(sum(ended.map(({ bytesReceived }) => bytesReceived))).toBe(
      sum(proxy.requests.map(({ bytesSent }) => bytesSent)),
    );
  });

  it('sends nothing that cannot be recorded', async () => {
    const record = () => Promise.reject(new Error('the disk is full'));
    const destination = await destinationFor(settings, s3.keys, { ...PATIENT, record });
    expect(codeOf(await destination.list(''))).toBe('destination-unrecorded');
    expect(proxy.requests).toEqual([]);
  });

  it('says what is wrong with key, secret, bucket and right', async () => {
    const { accessKeyId, secretAccessKey } = s3.keys;
    const list = async (change: Partial<S3Settings>, keys = s3.keys) =>
      codeOf(await (await destinationFor({ ...settings, ...change }, keys)).list(''));
    expect(await list({}, { accessKeyId, secretAccessKey: 'wrong' })).toBe('destination-secret-wrong');
    expect(await list({}, { accessKeyId: 'NOBODY', secretAccessKey })).toBe('destination-key-unknown');
    if (!s3.isOwn) return;
    expect(await list({ bucket: 'there-is-no-such-bucket' })).toBe('destination-bucket-missing');
    const reader = await s3.makeKey(bucket, { access: 'read', prefix: settings.prefix });
    const reading = await destinationFor(settings, reader);
    expect(codeOf(await reading.list(''))).toBe('ok');
    expect(codeOf(await publishUpload(await makeUpload(), reading))).toBe('destination-denied');
    const publisher = await s3.makeKey(bucket, { access: 'publish', prefix: settings.prefix });
    const publishing = await destinationFor(settings, publisher);
    expect(codeOf(await publishUpload(await makeUpload(), publishing))).toBe('ok');
    expect(await list({ prefix: 'elsewhere' }, publisher)).toBe('destination-denied');
  });

  it('tests a connection step by step', async () => {
    const credentials = {
      accessKeyId: s3.keys.accessKeyId,
      signingKey: await importSigningKey(s3.keys.secretAccessKey),
    };
    const options = { ...IMPATIENT, origin: ORIGIN };
    const outcomes = async (given: S3Settings, changed = credentials) =>
      (await testConnection(given, changed, options)).steps.map(({ outcome }) => outcome).join(' ');
    expect(await outcomes(settings)).toBe('ok ok ok ok ok ok');
    const wrong = { ...credentials, signingKey: await importSigningKey('wrong') };
    expect(await outcomes(settings, wrong)).toBe('ok failed not-tried not-tried not-tried not-tried');
    if (!s3.isOwn) return;
    expect(await outcomes({ ...settings, bucket: 'there-is-no-such-bucket' })).toBe(
      'ok ok failed not-tried not-tried not-tried',
    );
    const versioned = await s3.makeBucket({ versioned: true });
    const report = await testConnection(settingsFor(s3.endpoint, s3, versioned), credentials, options);
    expect([report.isUsable, report.steps.at(-1)?.outcome]).toEqual([true, 'warning']);
    expect(await outcomes({ ...settings, endpoint: 'http://127.0.0.1:9' })).toBe(
      'failed not-tried not-tried not-tried not-tried not-tried',
    );
  });
});
