// What the publisher's storage may hold, checked member by member, since anything of this origin can write there.
import type { Problem } from '../base/result.ts';
import type {
  JobReceipt,
  MirrorListing,
  MultipartState,
  OutboxJob,
  S3Credentials,
  S3Settings,
  StagedFile,
  WireRecord,
} from './publisher-types.ts';

type Members = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= 4096;
const isTextOrNull: Check = (value) => value === null || isText(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag: Check = (value) => typeof value === 'boolean';
const isInstant: Check = (value) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value);
const isDigest: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isName: Check = (value) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(value);
const isNameOrNull: Check = (value) => value === null || isName(value);
const isVersion: Check = (value) => typeof value === 'string' && /^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(value);
const isVersionOrNull: Check = (value) => value === null || isVersion(value);

const oneOf =
  (...texts: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && texts.includes(value);

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every member there is must be named, and every named one must pass. */
function hasShape(value: unknown, shape: Readonly<Record<string, Check>>): value is Members {
  if (!isMembers(value)) return false;
  if (!Object.keys(value).every((name) => Object.hasOwn(shape, name))) return false;
  return Object.entries(shape).every(([name, check]) =>
    check(Object.hasOwn(value, name) ? value[name] : undefined),
  );
}

/** An id as this application makes them: safe as a name of a folder and in an address. */
export function isRecordId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value);
}

/** A path below a folder, without steps out of it, control signs or backslashes. */
export function isPathBelow(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 1024 || /[\\:\p{Cc}]/u.test(value)) return false;
  return value.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

function isStagedFile(value: unknown): value is StagedFile {
  return hasShape(value, { path: isPathBelow, sizeBytes: isCount, sha256: isDigest });
}

const JOB_BASE = { format: oneOf('sluice-outbox/1'), id: isRecordId, createdAt: isInstant };

function isPublishJob(value: unknown): boolean {
  const isShaped = hasShape(value, {
    ...JOB_BASE,
    kind: oneOf('publish'),
    destinationId: (id) => id === null || isRecordId(id),
    namespace: isName,
    module: isName,
    version: isVersion,
    files: listOf(isStagedFile),
  });
  if (!isShaped) return false;
  const paths = (value['files'] as readonly StagedFile[]).map((file) => file.path);
  return paths.length > 0 && new Set(paths).size === paths.length;
}

function isLookupJob(value: unknown): boolean {
  const isShaped = hasShape(value, {
    ...JOB_BASE,
    kind: oneOf('lookup'),
    destinationId: isRecordId,
    namespace: isNameOrNull,
    module: isNameOrNull,
    version: isVersionOrNull,
  });
  if (!isShaped) return false;
  const isAll = value['namespace'] === null;
  return (value['module'] === null) === isAll && (!isAll || value['version'] === null);
}

export function isOutboxJob(value: unknown): value is OutboxJob {
  return isPublishJob(value) || isLookupJob(value);
}

export function isSettings(value: unknown): value is S3Settings {
  return hasShape(value, {
    id: isRecordId,
    name: isText,
    endpoint: isText,
    region: isText,
    bucket: isText,
    prefix: isText,
    forcePathStyle: isFlag,
    accessKeyId: isText,
  });
}

/** A key that could be read out is none. */
export function isCredentials(value: unknown): value is S3Credentials {
  if (!isMembers(value)) return false;
  const { accessKeyId, signingKey, sessionToken } = value;
  if (!isText(accessKeyId) || !(sessionToken === undefined || isText(sessionToken))) return false;
  return signingKey instanceof CryptoKey && !signingKey.extractable && signingKey.algorithm.name === 'HMAC';
}

function isProblem(value: unknown): value is Problem {
  if (!isMembers(value)) return false;
  return isText(value['code']) && isText(value['message']) && [undefined, 'string'].includes(hintType(value));
}

function hintType(value: Members): string | undefined {
  return value['hint'] === undefined ? undefined : typeof value['hint'];
}

export function isReceipt(value: unknown): value is JobReceipt {
  return hasShape(value, {
    jobId: isRecordId,
    state: oneOf('sending', 'done', 'failed', 'cancelled', 'refused'),
    at: isInstant,
    destinationId: isRecordId,
    destinationName: isText,
    bytesSent: isCount,
    bytesReceived: isCount,
    uri: isTextOrNull,
    commitSha256: (digest) => digest === null || isDigest(digest),
    problem: (problem) => problem === null || isProblem(problem),
  });
}

export function isWireRecord(value: unknown): value is WireRecord {
  return hasShape(value, {
    id: isText,
    at: isInstant,
    method: isText,
    host: isText,
    path: isText,
    bytesSent: isCount,
    bytesReceived: isCount,
    status: (status) => status === null || isCount(status),
    state: oneOf('open', 'answered', 'broken'),
  });
}

export function isMultipartState(value: unknown): value is MultipartState {
  const isPart: Check = (part) => hasShape(part, { number: isCount, etag: isText });
  return hasShape(value, { uploadId: isText, partBytes: isCount, parts: listOf(isPart) });
}

export function isMirrorListing(value: unknown): value is MirrorListing {
  const isObject: Check = (object) => hasShape(object, { path: isPathBelow, sizeBytes: isCount });
  return hasShape(value, {
    destinationId: isRecordId,
    prefix: isText,
    lookedUpAt: isInstant,
    objects: listOf(isObject),
  });
}
