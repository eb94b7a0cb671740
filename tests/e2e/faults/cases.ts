// What can go wrong with key, bucket, store, version and browser, and what must follow; data alone.
import type { FaultRule } from '../../s3/fault-rules.ts';
import type { FaultCase } from './case-types.ts';
import type { RaceCase } from './races.ts';

const COMMIT = /\/_COMMIT\.json\?/;
const PART = /part-0\.csv\?/;
const ALWAYS = { times: Infinity } as const;

const status = (code: number, name: string) => ({ action: 'status', status: code, code: name }) as const;
const always = (code: number, name: string): FaultRule => ({ ...status(code, name), ...ALWAYS });

export const SENT = 'hr/users 1.0.0 is in team.';
export const SHORT = 'Answers of the store broke off before their end, several times.';
/** After answers that could be read. */
export const brokenOff = (what: string): string =>
  `${what}: <store> answered before, but the connection broke off several times, or the answer is hidden from this page.`;
export const UNREADABLE = (bucket = '<bucket>'): string =>
  `No answer from <store> could be read: it cannot be reached (wrong address, blocked, no valid certificate), there is no bucket ${bucket}, or the bucket does not allow this page to read its answers (CORS).`;
const BUSY = 'The store answers that it is busy or broken, several times.';
const SILENT = '<store> took the connection but did not answer in time, several times.';
const TAKEN = 'Version 1.0.0 of hr/users was written by someone else.';
const denied = (path: string): string => `The key may not write hr/users/${path} in <bucket>.`;
const DONE = { person: SENT, receipt: 'done', bucket: '1.0.0 whole' } as const;
const NOTHING = { receipt: 'failed', bucket: 'nothing', later: 'sent: 1.0.0 whole' } as const;
const SOME = { receipt: 'failed', bucket: 'no version, some files', later: 'sent: 1.0.0 whole' } as const;
const EQUAL = { ledger: 'equal' } as const;
const BROKE = { ledger: 'equal but for what broke' } as const;

/** Key, bucket and its configuration. */
export const CONFIGURATION_CASES: readonly FaultCase[] = [
  { name: 'nothing is wrong', expected: { ...DONE, ...EQUAL } },
  {
    name: 'wrong key id',
    setting: { key: 'unknown' },
    later: 'another destination',
    expected: { person: 'The store of <bucket> does not know this access key.', ...NOTHING, ...EQUAL },
  },
  {
    name: 'wrong secret',
    setting: { key: 'wrong secret' },
    later: 'another key',
    expected: {
      person: 'The store knows the access key, but the secret does not fit it.',
      ...NOTHING,
      ...EQUAL,
    },
  },
  {
    name: 'key without the right to write',
    setting: { key: 'may not write' },
    later: 'another destination',
    expected: { person: denied('v/1.0.0/README.md'), ...NOTHING, ...EQUAL },
  },
  {
    name: 'bucket does not exist',
    setting: { bucket: 'missing' },
    later: 'another destination',
    expected: { person: UNREADABLE('<bucket>-missing'), ...NOTHING, ...BROKE },
  },
  {
    name: 'session token has expired',
    rules: [always(400, 'ExpiredToken')],
    expected: { person: 'The session token has expired or is not valid.', ...NOTHING, ...EQUAL },
  },
  {
    name: 'clock is wrong',
    rules: [always(403, 'RequestTimeTooSkewed')],
    expected: {
      person:
        'The clock of this device differs by more than 15 minutes from that of the store, which then refuses signatures.',
      ...NOTHING,
      ...EQUAL,
    },
  },
  {
    name: 'bucket without CORS',
    setting: { bucket: 'no CORS' },
    act: 'CORS is added',
    expected: { person: UNREADABLE(), ...NOTHING, ...BROKE },
  },
  {
    name: 'CORS rule exposes no header',
    setting: { bucket: 'no exposed headers' },
    expected: { ...DONE, ...EQUAL },
  },
];

/** What a store answers. */
export const ANSWER_CASES: readonly FaultCase[] = [
  {
    name: '403 on one file',
    rules: [{ ...always(403, 'AccessDenied'), method: 'PUT', match: PART }],
    expected: { person: denied('v/1.0.0/data/part-0.csv'), ...SOME, ...EQUAL },
  },
  {
    name: '403 on one file, hidden from the page',
    rules: [{ ...status(403, 'AccessDenied'), ...ALWAYS, noCors: true, method: 'PUT', match: PART }],
    expected: {
      person: brokenOff('hr/users/v/1.0.0/data/part-0.csv could not be written'),
      ...SOME,
      ...BROKE,
    },
  },
  {
    name: '403 on the commit',
    rules: [{ ...always(403, 'AccessDenied'), method: 'PUT', match: COMMIT }],
    expected: { person: denied('v/1.0.0/_COMMIT.json'), ...SOME, ...EQUAL },
  },
  {
    name: '503 storm, shorter than the patience',
    rules: [{ ...status(503, 'SlowDown'), times: 4 }],
    expected: { ...DONE, ...EQUAL },
  },
  {
    name: '503 storm, longer than the patience',
    rules: [always(503, 'SlowDown')],
    expected: { person: BUSY, ...NOTHING, ...EQUAL },
  },
  {
    name: '503 storm at the commit',
    rules: [{ ...always(503, 'SlowDown'), method: 'PUT', match: COMMIT }],
    expected: { person: BUSY, ...SOME, ...EQUAL },
  },
  {
    name: '500 once',
    rules: [{ ...status(500, 'InternalError'), method: 'PUT', match: PART }],
    expected: { ...DONE, ...EQUAL },
  },
  {
    name: '500 always',
    rules: [{ ...always(500, 'InternalError'), method: 'PUT', match: PART }],
    expected: { person: BUSY, ...SOME, ...EQUAL },
  },
  {
    name: '409 ConditionalRequestConflict twice',
    rules: [{ ...status(409, 'ConditionalRequestConflict'), method: 'PUT', times: 2 }],
    expected: { ...DONE, ...EQUAL },
  },
  {
    name: '409 ConditionalRequestConflict always',
    rules: [{ ...always(409, 'ConditionalRequestConflict'), method: 'PUT', match: COMMIT }],
    expected: {
      person: 'The store says, several times, that somebody else is writing the same file at this moment.',
      ...SOME,
      ...EQUAL,
    },
  },
  {
    name: '412 though nothing is there',
    rules: [{ ...always(412, 'PreconditionFailed'), method: 'PUT', match: COMMIT }],
    expected: {
      person: 'The store refuses to write because something is there already, but shows nothing there.',
      ...SOME,
      ...EQUAL,
    },
  },
  {
    name: '403 on the index',
    rules: [{ ...always(403, 'AccessDenied'), method: 'PUT', match: /index\.json/ }],
    expected: {
      person: `${SENT} The key may not write hr/users/index.json in <bucket>.`,
      receipt: 'done',
      bucket: '1.0.0 whole',
      ...EQUAL,
    },
  },
];

/** A version that is somebody else's, or one's own. */
export const VERSION_CASES: readonly FaultCase[] = [
  {
    name: '412: somebody else’s version is there',
    act: 'theirs is there',
    later: 'next version',
    expected: {
      person: TAKEN,
      receipt: 'refused',
      bucket: '1.0.0 whole',
      later: 'sent: 1.0.0 whole, 1.0.1 whole',
      ...EQUAL,
    },
  },
  {
    name: '412: somebody else’s commit comes just before one’s own',
    act: 'theirs comes',
    rules: [{ action: 'delay', milliseconds: 600, method: 'PUT', match: COMMIT }],
    later: 'next version',
    expected: {
      person: TAKEN,
      receipt: 'refused',
      bucket: '1.0.0 whole',
      later: 'sent: 1.0.0 whole, 1.0.1 whole',
      ...EQUAL,
    },
  },
  {
    name: '412: one’s own, the answer was lost',
    rules: [{ action: 'cut-after-commit', method: 'PUT', match: COMMIT }],
    expected: { ...DONE, ...BROKE },
  },
  {
    name: 'the same module is sent again',
    later: 'again',
    act: 'staged again',
    expected: { ...DONE, ...EQUAL, later: 'sent: 1.0.0 whole' },
  },
];

/** Silence, slowness and what the person does. */
export const COURSE_CASES: readonly FaultCase[] = [
  {
    name: 'no answer to one file, once',
    isSilent: true,
    rules: [{ action: 'hang', method: 'PUT', match: PART }],
    expected: { ...DONE, ...BROKE },
  },
  {
    name: 'no answer to one file, ever',
    isSilent: true,
    rules: [{ action: 'hang', method: 'PUT', match: PART, ...ALWAYS }],
    expected: { person: SILENT, ...SOME, ...BROKE },
  },
  {
    name: 'no answer to the commit, ever',
    isSilent: true,
    rules: [{ action: 'hang', method: 'PUT', match: COMMIT, ...ALWAYS }],
    expected: { person: SILENT, ...SOME, ...BROKE },
  },
  {
    name: 'slow line',
    rules: [{ action: 'throttle', bytesPerSecond: 400_000, method: 'PUT', ...ALWAYS }],
    expected: { ...DONE, ...EQUAL },
  },
  {
    name: 'tab closed in the middle, opened again',
    act: 'tab closed',
    rules: [{ action: 'hang', method: 'PUT', match: /part-1\.csv/, ...ALWAYS }],
    expected: { person: 'The page was closed or reloaded before this was finished.', ...SOME, ...BROKE },
  },
  {
    name: 'offline in the middle',
    act: 'offline',
    rules: [{ action: 'hang', method: 'PUT', match: PART, ...ALWAYS }],
    expected: { person: 'This browser is offline: <store> cannot be reached.', ...SOME, ...BROKE },
  },
  {
    name: 'cancelled in the middle',
    act: 'cancelled',
    rules: [{ action: 'hang', method: 'PUT', match: PART, ...ALWAYS }],
    expected: {
      person: 'Cancelled at hr/users/v/1.0.0/data/part-0.csv.',
      ...SOME,
      receipt: 'cancelled',
      ...BROKE,
    },
  },
];

/** Two browsers send one version at the same moment. */
export const RACES: readonly RaceCase[] = [
  {
    name: 'two writers, two modules of one version',
    authors: ['first', 'second'],
    expected: {
      person: `${SENT} · ${TAKEN}`,
      receipt: 'done · refused',
      bucket: '1.0.0 of the first whole',
      later: 'sent: 1.0.0 whole, 1.0.1 whole',
      ...EQUAL,
    },
  },
  {
    name: 'two writers, the very same module',
    authors: ['same', 'same'],
    expected: {
      person: `${SENT} · ${SENT}`,
      receipt: 'done · done',
      bucket: '1.0.0 of the first whole',
      later: '',
      ...EQUAL,
    },
  },
];
