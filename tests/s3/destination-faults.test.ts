// Faults between the S3 destination and a real server: what is told, what is in the bucket, and that a later try succeeds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishUpload } from '../../src/lib/publish/publish-upload.ts';
import { reasonWithoutS3, startS3 } from './endpoint.ts';
import type { S3Environment, TestBucket } from './endpoint.ts';
import { startFaultProxy } from './fault-proxy.ts';
import type { FaultProxy } from './fault-proxy.ts';
import type { FaultRule } from './fault-rules.ts';
import { codeOf, destinationFor, IMPATIENT, makeUpload, settingsFor, stateOf } from './test-destination.ts';

const COMMIT = /_COMMIT\.json/;
const README = /README\.md/;
const ALWAYS = { times: Infinity };
const status = (code: number, name: string) => ({ action: 'status', status: code, code: name }) as const;

interface Case {
  readonly fault: string;
  readonly rule: FaultRule;
  /** What the first publication ends with, and what is in the bucket then. */
  readonly ends: string;
  readonly holds: 'none' | 'whole';
}

/** Once: mended by trying again. Always: told, nothing half is there, and the next publication succeeds. */
const CASES: readonly Case[] = [
  { fault: '503 once', rule: { ...status(503, 'SlowDown'), match: README }, ends: 'ok', holds: 'whole' },
  {
    fault: '503 storm',
    rule: { ...status(503, 'SlowDown'), ...ALWAYS },
    ends: 'destination-busy',
    holds: 'none',
  },
  {
    fault: '503 at the commit',
    rule: { ...status(503, 'SlowDown'), ...ALWAYS, method: 'PUT', match: COMMIT },
    ends: 'destination-busy',
    holds: 'none',
  },
  { fault: '500 once', rule: { ...status(500, 'InternalError'), match: COMMIT }, ends: 'ok', holds: 'whole' },
  {
    fault: '409 twice',
    rule: { ...status(409, 'ConditionalRequestConflict'), method: 'PUT', times: 2 },
    ends: 'ok',
    holds: 'whole',
  },
  {
    fault: '403',
    rule: { ...status(403, 'AccessDenied'), method: 'PUT', ...ALWAYS },
    ends: 'destination-denied',
    holds: 'none',
  },
  { fault: 'cut before', rule: { action: 'cut', method: 'PUT', match: README }, ends: 'ok', holds: 'whole' },
  {
    fault: 'cut before, always',
    rule: { action: 'cut', method: 'PUT', ...ALWAYS },
    ends: 'destination-unreachable',
    holds: 'none',
  },
  {
    fault: 'cut during',
    rule: { action: 'cut-mid-upload', afterBytes: 3, method: 'PUT', match: README },
    ends: 'ok',
    holds: 'whole',
  },
  {
    fault: 'cut after a document',
    rule: { action: 'cut-after-commit', method: 'PUT', match: README },
    ends: 'ok',
    holds: 'whole',
  },
  {
    fault: 'cut after the commit',
    rule: { action: 'cut-after-commit', method: 'PUT', match: COMMIT },
    ends: 'ok',
    holds: 'whole',
  },
  {
    fault: 'cut after the commit, always',
    rule: { action: 'cut-after-commit', method: 'PUT', match: COMMIT, ...ALWAYS },
    ends: 'ok',
    holds: 'whole',
  },
  { fault: 'hang once', rule: { action: 'hang', method: 'PUT', match: README }, ends: 'ok', holds: 'whole' },
  {
    fault: 'hang, always',
    rule: { action: 'hang', method: 'PUT', match: README, ...ALWAYS },
    ends: 'destination-timeout',
    holds: 'none',
  },
  {
    fault: 'truncated answer once',
    rule: { action: 'truncate-response', afterBytes: 10, method: 'GET' },
    ends: 'ok',
    holds: 'whole',
  },
  {
    fault: 'index fails',
    rule: { ...status(403, 'AccessDenied'), method: 'PUT', match: /index\.json/, ...ALWAYS },
    ends: 'ok',
    holds: 'whole',
  },
];

describe.skipIf(reasonWithoutS3() !== null)('faults between here and the store', () => {
  let s3: S3Environment;
  let proxy: FaultProxy;
  let bucket: TestBucket;

  beforeAll(async () => {
    s3 = await startS3();
    proxy = await startFaultProxy({ upstream: s3.endpoint });
    bucket = await s3.makeBucket();
  }, 180_000);
  afterAll(async () => {
    await proxy?.close();
    await s3?.stop();
  });

  it.each(CASES)('$fault: $ends, $holds', async ({ fault, rule, ends, holds }) => {
    const settings = settingsFor(proxy.endpoint, s3, bucket, fault.replace(/\W+/g, '-'));
    const destination = await destinationFor(settings, s3.keys, IMPATIENT);
    const upload = await makeUpload();
    proxy.add(rule);
    const first = await publishUpload(upload, destination);
    expect(first.ok ? 'ok' : `${first.error.code}: ${first.error.message}`).toMatch(new RegExp(`^${ends}`));
    if (!first.ok) expect(first.error.hint).toBeTruthy();
    proxy.clear();
    expect(await stateOf(upload, destination)).toBe(holds);
    expect(codeOf(await publishUpload(upload, destination))).toBe('ok');
    expect(await stateOf(upload, destination)).toBe('whole');
  });

  it('tells a truncated answer from a whole one', async () => {
    const settings = settingsFor(proxy.endpoint, s3, bucket, 'truncated');
    const destination = await destinationFor(settings, s3.keys, IMPATIENT);
    const upload = await makeUpload();
    await publishUpload(upload, destination);
    proxy.add({ action: 'truncate-response', afterBytes: 5, method: 'GET', match: COMMIT, ...ALWAYS });
    const read = await destination.read(`${upload.prefix}/_COMMIT.json`);
    expect(['destination-truncated', 'destination-unreachable']).toContain(codeOf(read));
    proxy.clear();
    expect(codeOf(await destination.read(`${upload.prefix}/_COMMIT.json`))).toBe('ok');
  });
});
