import { describe, expect, it } from 'vitest';
import { isTransient, readFailure } from '../../../src/lib/publish/s3-failure.ts';
import { describeFailure } from '../../../src/lib/publish/s3-problems.ts';
import type { S3Place } from '../../../src/lib/publish/s3-problems.ts';
import { insist, sleepFor } from '../../../src/lib/publish/s3-retry.ts';

const PLACE: S3Place = {
  endpoint: 'https://s3.example.com',
  bucket: 'team',
  region: 'eu-central-1',
  forcePathStyle: true,
  isBrowser: true,
};

const answer = (status: number, name: string, more: object = {}) =>
  Object.assign(new Error(`${name} it says`), { name, $metadata: { httpStatusCode: status }, ...more });
const cut = (code: string) => Object.assign(new TypeError('fetch failed'), { cause: { code } });

function problemOf(error: unknown, place = PLACE) {
  return describeFailure(readFailure(error), 'write', 'hr/users/README.md', place);
}

describe('describeFailure', () => {
  it.each([
    [answer(403, 'InvalidAccessKeyId'), 'destination-key-unknown'],
    [answer(403, 'SignatureDoesNotMatch'), 'destination-secret-wrong'],
    [answer(400, 'ExpiredToken'), 'destination-token-expired'],
    [answer(403, 'RequestTimeTooSkewed'), 'destination-clock'],
    [answer(404, 'NoSuchBucket'), 'destination-bucket-missing'],
    [answer(403, 'AccessDenied'), 'destination-denied'],
    [answer(503, 'SlowDown'), 'destination-busy'],
    [answer(500, 'Whatever'), 'destination-busy'],
    [answer(400, 'InvalidRequest'), 'destination-failed'],
    [new TypeError('Failed to fetch'), 'destination-unreachable'],
    [Object.assign(new Error(), { name: 'WireTimeout' }), 'destination-timeout'],
    [Object.assign(new Error(), { name: 'CredentialsProviderError' }), 'destination-no-credentials'],
  ])('calls %s %s', (error, code) => {
    const problem = problemOf(error);
    expect(problem.code).toBe(code);
    expect(problem.hint).toBeTruthy();
  });

  it('names the right region where the answer does', () => {
    const moved = answer(301, 'PermanentRedirect', {
      $response: { headers: { 'x-amz-bucket-region': 'us-west-2' } },
    });
    expect(problemOf(moved)).toEqual({
      code: 'destination-region',
      message: 'The bucket team lies in the region us-west-2, not in eu-central-1.',
      hint: 'Enter the region us-west-2, and its endpoint.',
    });
    const malformed = answer(400, 'AuthorizationHeaderMalformed', {
      message: "the region 'us-east-1' is wrong; expecting 'eu-north-1'",
    });
    expect(problemOf(malformed).message).toContain('eu-north-1');
  });

  it('names the permission that a key lacks', () => {
    expect(problemOf(answer(403, 'AccessDenied')).hint).toContain('s3:PutObject');
    const listed = describeFailure(readFailure(answer(403, 'AccessDenied')), 'list', '', PLACE);
    expect([listed.message, listed.hint]).toEqual([
      'The key may not list team.',
      expect.stringContaining('s3:ListBucket'),
    ]);
  });

  it('says the reasons that a browser hides, and one more for a bucket in the host name', () => {
    const hidden = problemOf(new TypeError('Failed to fetch'));
    expect(hidden.message).toMatch(/cannot be reached .* no bucket team, .* does not allow this page .*CORS/);
    const inHost = problemOf(new TypeError('Failed to fetch'), { ...PLACE, forcePathStyle: false });
    expect(inHost.message).toContain('bucket in the path');
  });

  it('says after answers that could be read that the connection broke, and that a browser is offline', () => {
    const broken = problemOf(new TypeError('Failed to fetch'), { ...PLACE, hasAnswered: true });
    expect(broken.message).toContain('answered before, but the connection broke off');
    expect(broken.hint).toContain('it goes on with what is missing');
    const offline = problemOf(new TypeError('Failed to fetch'), {
      ...PLACE,
      hasAnswered: true,
      isOffline: true,
    });
    expect(offline.message).toBe('This browser is offline: https://s3.example.com cannot be reached.');
  });

  it('says under Node what happened to the connection', () => {
    const place = { ...PLACE, isBrowser: false };
    expect(problemOf(cut('ECONNREFUSED'), place).message).toBe(
      'https://s3.example.com could not be reached: nothing listens there.',
    );
    expect(problemOf(cut('CERT_HAS_EXPIRED'), place).message).toContain('certificate');
    expect(problemOf(cut('ENOTFOUND'), { ...place, forcePathStyle: false }).hint).toContain('--path-style');
  });
});

describe('insist', () => {
  const pauses: number[] = [];
  const patience = {
    attempts: 4,
    totalTimeoutMs: 10_000,
    now: () => pauses.reduce((sum, ms) => sum + ms, 0),
    sleep: async (ms: number) => void pauses.push(ms),
  };
  const failing = (error: unknown) => {
    let calls = 0;
    pauses.length = 0;
    const work = async (): Promise<never> => {
      calls += 1;
      throw error;
    };
    return { work, calls: () => calls };
  };

  it.each([
    [answer(503, 'SlowDown'), 4],
    [answer(409, 'ConditionalRequestConflict'), 4],
    [cut('ECONNRESET'), 4],
    [answer(403, 'RequestTimeTooSkewed'), 2],
    [answer(403, 'AccessDenied'), 1],
    [answer(412, 'PreconditionFailed'), 1],
  ])('after %s tries %i times', async (error, times) => {
    const { work, calls } = failing(error);
    await expect(insist(work, patience)).rejects.toBe(error);
    expect(calls()).toBe(times);
  });

  it('pauses longer each time, and ends in time', async () => {
    const { work, calls } = failing(answer(500, 'InternalError'));
    await expect(insist(work, { ...patience, attempts: 100 })).rejects.toThrow();
    expect(pauses.every((ms, i) => ms >= 100 * 2 ** Math.min(i, 5))).toBe(true);
    expect(patience.now()).toBeLessThanOrEqual(10_000);
    expect(calls()).toBeLessThan(10);
  });

  it('ends at once when it is cancelled in a pause', async () => {
    const controller = new AbortController();
    const { work, calls } = failing(answer(503, 'SlowDown'));
    const going = insist(work, { ...patience, sleep: sleepFor }, controller.signal);
    setTimeout(() => controller.abort(), 10);
    await expect(going).rejects.toHaveProperty('name', 'AbortError');
    expect(calls()).toBe(1);
  });

  it('never tries again what cannot change', () => {
    expect(isTransient(readFailure(new Error('a fault of our own')))).toBe(false);
  });
});
