// Tries a connection step by step and says what is wrong; must not know who asks or where the settings are kept.
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Problem } from '../base/result.ts';
import { openBucket } from './s3-bucket.ts';
import type { Bucket, S3Options } from './s3-bucket.ts';
import { digestOf, hexDigestOf, toBase64 } from './s3-digest.ts';
import { isPreconditionFailure, readFailure } from './s3-failure.ts';
import { abortOptions } from './s3-object.ts';
import { corsJson, policyJson } from './s3-policies.ts';
import type { ConnectionReport, ConnectionStep, S3Credentials, S3Settings, WireRecord } from './s3-types.ts';

export interface ConnectionTestOptions extends S3Options {
  /** The page's origin, for its CORS rule. */
  readonly origin: string;
  readonly signal?: AbortSignal;
}

interface Attempt {
  readonly bucket: Bucket;
  readonly settings: S3Settings;
  readonly options: ConnectionTestOptions;
}

/** Lies below the prefix after a test, 50 bytes; the key needs no right to delete it. */
const PROBE_PATH = '.sluice-probe';
const PROBE_TEXT = 'Sluice wrote this to test the connection. Harmless.\n';

const STEPS: readonly ConnectionStep['name'][] = [
  'reach',
  'sign-in',
  'list',
  'write',
  'read',
  'conditional-write',
];

/** Problems of the key itself: the store was reached and says who may not sign in. */
const SIGN_IN_CODES = new Set([
  'destination-key-unknown',
  'destination-secret-wrong',
  'destination-token-expired',
  'destination-clock',
  'destination-region',
]);

/** Problems that only who is signed in is told. */
const BEYOND_SIGN_IN_CODES = new Set(['destination-denied', 'destination-bucket-missing']);

function ok(name: ConnectionStep['name'], message: string): ConnectionStep {
  return { name, outcome: 'ok', message };
}

function failed(name: ConnectionStep['name'], { message, hint }: Problem): ConnectionStep {
  return { name, outcome: 'failed', message, ...(hint === undefined ? {} : { hint }) };
}

function probeRecord(endpoint: string): WireRecord {
  return {
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    method: 'HEAD',
    host: new URL(endpoint).host,
    path: '/',
    bytesSent: 0,
    bytesReceived: 0,
    status: null,
    state: 'open',
  };
}

/** Whether anything answers, which a page may learn without CORS. */
async function isReached({ settings, options }: Attempt): Promise<boolean> {
  const send = options.fetch ?? fetch;
  const timeout = AbortSignal.timeout(options.requestTimeoutMs ?? 15_000);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const init = { mode: 'no-cors', cache: 'no-store', credentials: 'omit', method: 'HEAD', signal } as const;
  const entry = probeRecord(settings.endpoint);
  await options.record?.(entry);
  const isAnswered = await send(settings.endpoint, { ...init, referrerPolicy: 'no-referrer' }).then(
    () => true,
    () => false,
  );
  await options.record?.({ ...entry, state: isAnswered ? 'answered' : 'broken' });
  return isAnswered;
}

function hiddenStep({ settings, options }: Attempt): ConnectionStep {
  return {
    name: 'reach',
    outcome: 'failed',
    message: `${settings.endpoint} answers, but the browser hides its answers from this page (${options.origin}).`,
    hint: 'Most often the bucket has no CORS rule for this page: paste the one below into the bucket’s configuration. If it has one, the store leaves it off refusals: then check bucket, access key and secret.',
  };
}

function unreachedStep({ settings }: Attempt, problem: Problem): ConnectionStep {
  const host = settings.forcePathStyle ? settings.endpoint : `${settings.bucket} at ${settings.endpoint}`;
  const isSilent = problem.code === 'destination-timeout';
  const why = isSilent ? 'It took the connection, but did not answer in time.' : 'Is it running?';
  return {
    name: 'reach',
    outcome: 'failed',
    message: `Nothing answers at ${host}.`,
    hint: `${why} Check the address, the connection and the certificate: open ${settings.endpoint} in a tab.`,
  };
}

interface FirstSteps {
  readonly steps: readonly ConnectionStep[];
  readonly goesOn: boolean;
}

/** The first signed request tells of reach, sign-in and list at once; a key that may not list may still write. */
async function tryList(attempt: Attempt): Promise<FirstSteps> {
  const { bucket, settings, options } = attempt;
  const command = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: bucket.keyOf(''), MaxKeys: 1 });
  const reached = ok('reach', `${settings.endpoint} answers, and this page may read its answers.`);
  const signedIn = ok('sign-in', `The store accepts the key ${settings.accessKeyId}.`);
  try {
    await bucket.insist(() => bucket.client.send(command, abortOptions(options.signal)), options.signal);
    const steps = [reached, signedIn, ok('list', 'Versions that are there can be listed.')];
    return { steps, goesOn: true };
  } catch (error) {
    const problem = bucket.problem(error, 'list', '');
    if (problem.code === 'destination-timeout')
      return { steps: [unreachedStep(attempt, problem)], goesOn: false };
    if (problem.code === 'destination-unreachable') {
      const step = (await isReached(attempt)) ? hiddenStep(attempt) : unreachedStep(attempt, problem);
      return { steps: [step], goesOn: false };
    }
    if (SIGN_IN_CODES.has(problem.code))
      return { steps: [reached, failed('sign-in', problem)], goesOn: false };
    if (!BEYOND_SIGN_IN_CODES.has(problem.code)) return { steps: [failed('reach', problem)], goesOn: false };
    const steps = [reached, signedIn, failed('list', problem)];
    return { steps, goesOn: problem.code === 'destination-denied' };
  }
}

async function putProbe({ bucket, options }: Attempt, isConditional: boolean): Promise<void> {
  const body = new TextEncoder().encode(PROBE_TEXT);
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key: bucket.keyOf(PROBE_PATH),
    Body: body,
    ContentType: 'text/plain; charset=utf-8',
    ChecksumSHA256: toBase64(await digestOf(body)),
    Metadata: { sha256: await hexDigestOf(body) },
    ...(isConditional ? { IfNoneMatch: '*' } : {}),
  });
  await bucket.insist(() => bucket.client.send(command, abortOptions(options.signal)), options.signal);
}

async function tryWrite(attempt: Attempt): Promise<ConnectionStep> {
  try {
    await putProbe(attempt, false);
    const place = attempt.bucket.keyOf(PROBE_PATH);
    return ok('write', `A small object was written. It stays: ${place}; the key needs no right to delete.`);
  } catch (error) {
    return failed('write', attempt.bucket.problem(error, 'write', PROBE_PATH));
  }
}

async function tryRead(attempt: Attempt): Promise<ConnectionStep> {
  const { bucket, options } = attempt;
  const command = new GetObjectCommand({ Bucket: bucket.name, Key: bucket.keyOf(PROBE_PATH) });
  try {
    const answer = await bucket.insist(
      () => bucket.client.send(command, abortOptions(options.signal)),
      options.signal,
    );
    if ((await answer.Body?.transformToString()) !== PROBE_TEXT)
      return failed('read', {
        code: 'destination-changed',
        message: 'What was read is not what was written.',
        hint: 'Something between here and the store changes answers: an old copy in a cache, or a proxy.',
      });
    const hidden = [
      ...(answer.ETag === undefined ? ['ETag'] : []),
      ...(answer.Metadata?.['sha256'] === undefined ? ['x-amz-meta-sha256'] : []),
    ];
    if (hidden.length === 0) return ok('read', 'It was read back, byte for byte.');
    return {
      name: 'read',
      outcome: hidden.includes('ETag') ? 'failed' : 'warning',
      message: `It was read back, but the store hides ${hidden.join(' and ')} from this page.`,
      hint: 'Add the ExposeHeaders of the CORS rule below; without ETag large files cannot be sent in parts.',
    };
  } catch (error) {
    return failed('read', bucket.problem(error, 'read', PROBE_PATH));
  }
}

async function tryConditionalWrite(attempt: Attempt): Promise<ConnectionStep> {
  try {
    await putProbe(attempt, true);
    return {
      name: 'conditional-write',
      outcome: 'warning',
      message: 'The store ignores “write only where there is nothing yet” (If-None-Match).',
      hint: 'Sluice then looks before it writes and reads the commit back, but of two people who publish the same version in the same second both may believe they were first. Publish from one place at a time.',
    };
  } catch (error) {
    if (isPreconditionFailure(readFailure(error)))
      return ok('conditional-write', 'The store refuses to replace what is there: two writers cannot mix.');
    return failed('conditional-write', attempt.bucket.problem(error, 'write', PROBE_PATH));
  }
}

async function trySteps(attempt: Attempt): Promise<readonly ConnectionStep[]> {
  const { steps, goesOn } = await tryList(attempt);
  if (!goesOn) return steps;
  const written = await tryWrite(attempt);
  if (written.outcome === 'failed') return [...steps, written];
  return [...steps, written, await tryRead(attempt), await tryConditionalWrite(attempt)];
}

/**
 * Reaches, signs in, lists, writes a probe, reads it back, and tries to write it once more where nothing may be. Never
 * fails as a whole: what could not be tried is `not-tried`. Usable where no step failed and all were tried.
 */
export async function testConnection(
  settings: S3Settings,
  credentials: S3Credentials,
  options: ConnectionTestOptions,
): Promise<ConnectionReport> {
  const patient = { attempts: 2, requestTimeoutMs: 15_000, ...options };
  const bucket = openBucket(settings, credentials, patient);
  const tried = await trySteps({ bucket, settings, options: patient });
  const steps = STEPS.map(
    (name): ConnectionStep =>
      tried.find((step) => step.name === name) ?? {
        name,
        outcome: 'not-tried',
        message: 'Not tried: a step before it failed.',
      },
  );
  return {
    isUsable: steps.every(({ outcome }) => outcome === 'ok' || outcome === 'warning'),
    steps,
    corsJson: corsJson(options.origin),
    policyJson: policyJson(settings),
  };
}
