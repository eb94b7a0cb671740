// What an error of the S3 client says, as plain data, and whether trying again can help; must not know what was asked.

export interface S3Failure {
  /** S3's own code, e.g. `NoSuchBucket`; the error's name where no answer came. */
  readonly code: string;
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** Region the bucket lies in, where the answer says it. */
  readonly region: string | null;
  /** The system's word for what happened to the connection (Node alone), e.g. `ENOTFOUND`. */
  readonly system: string | null;
  readonly message: string;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown, name: string): string | null {
  const member = memberOf(value, name);
  return typeof member === 'string' && member !== '' ? member : null;
}

function regionOf(error: unknown): string | null {
  const headers = memberOf(memberOf(error, '$response'), 'headers');
  const told = textOf(headers, 'x-amz-bucket-region') ?? textOf(error, 'Region');
  return told ?? /expecting '([a-z0-9-]+)'/.exec(textOf(error, 'message') ?? '')?.[1] ?? null;
}

function systemCodeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at !== undefined && depth < 4; at = memberOf(at, 'cause'), depth += 1) {
    const code = textOf(at, 'code');
    if (code !== null && /^(E[A-Z]+|UND_ERR_\w+|CERT_\w+|\w*_CERT\w*|DEPTH_ZERO\w*)$/.test(code)) return code;
  }
  return null;
}

export function readFailure(error: unknown): S3Failure {
  const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode');
  return {
    code: textOf(error, 'Code') ?? textOf(error, 'name') ?? 'Unknown',
    status: typeof status === 'number' ? status : null,
    region: regionOf(error),
    system: systemCodeOf(error),
    message: textOf(error, 'message') ?? String(error),
  };
}

/** No answer came, or none that could be read: the connection broke, was refused, or the browser hides the answer. */
export function isUnanswered(failure: S3Failure): boolean {
  return failure.status === null && (failure.code === 'TypeError' || failure.system !== null);
}

const TRANSIENT_CODES = new Set([
  'SlowDown',
  'InternalError',
  'ServiceUnavailable',
  'RequestTimeout',
  'OperationAborted',
  'ConditionalRequestConflict',
  'BadDigest',
  'XAmzContentSHA256Mismatch',
  'IncompleteBody',
  'WireTimeout',
  'WireTruncated',
]);

/** Whether the same request may succeed a little later. */
export function isTransient(failure: S3Failure): boolean {
  if (TRANSIENT_CODES.has(failure.code)) return true;
  if (failure.status !== null)
    return failure.status === 429 || failure.status === 409 || failure.status >= 500;
  return isUnanswered(failure);
}

/** The SDK has corrected its clock by the answer: one more try is signed with the right time. */
export function isClockSkew(failure: S3Failure): boolean {
  return failure.code === 'RequestTimeTooSkewed';
}

export function isMissingObject(failure: S3Failure): boolean {
  return failure.code === 'NoSuchKey' || (failure.status === 404 && failure.code !== 'NoSuchBucket');
}

export function isPreconditionFailure(failure: S3Failure): boolean {
  return failure.status === 412 || failure.code === 'PreconditionFailed';
}
