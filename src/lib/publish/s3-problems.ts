// Failures of an object store in plain words: what, why, what to do; must not know the client that met them.
import type { Problem } from '../base/result.ts';
import { isClockSkew, isUnanswered } from './s3-failure.ts';
import type { S3Failure } from './s3-failure.ts';

export type S3Action = 'list' | 'read' | 'write';

export interface S3Place {
  /** Null where the SDK finds it by the region. */
  readonly endpoint: string | null;
  readonly bucket: string;
  readonly region: string | null;
  readonly forcePathStyle: boolean;
  /** Whether a browser sends, which hides answers without CORS headers. */
  readonly isBrowser: boolean;
  /** Whether this browser has no network. */
  readonly isOffline?: boolean;
  /** Whether an answer of the store could be read before: then neither address nor CORS rule are all wrong. */
  readonly hasAnswered?: boolean;
}

type Words = (failure: S3Failure, place: S3Place) => Omit<Problem, 'code'>;

const PERMISSIONS: Readonly<Record<S3Action, string>> = {
  list: 's3:ListBucket on the bucket',
  read: 's3:GetObject on the objects below the prefix',
  write: 's3:PutObject on the objects below the prefix',
};

const VERBS: Readonly<Record<S3Action, string>> = { list: 'list', read: 'read', write: 'write' };

const expired: Words = () => ({
  message: 'The session token has expired or is not valid.',
  hint: 'Sign in again and enter the new key, secret and token.',
});

/** By S3's own code. Codes of AWS: “Error responses”, Amazon S3 API Reference. */
const KNOWN: Readonly<Record<string, readonly [string, Words]>> = {
  InvalidAccessKeyId: [
    'destination-key-unknown',
    (_, { bucket }) => ({
      message: `The store of ${bucket} does not know this access key.`,
      hint: 'Check the access key id, and that it belongs to this store and is not switched off.',
    }),
  ],
  SignatureDoesNotMatch: [
    'destination-secret-wrong',
    () => ({
      message: 'The store knows the access key, but the secret does not fit it.',
      hint: 'Enter the secret again, without spaces around it. If it is right, check that no proxy on the way changes the host name or path.',
    }),
  ],
  ExpiredToken: ['destination-token-expired', expired],
  InvalidToken: ['destination-token-expired', expired],
  TokenRefreshRequired: ['destination-token-expired', expired],
  NoSuchBucket: [
    'destination-bucket-missing',
    (_, { bucket, endpoint }) => ({
      message: `There is no bucket ${bucket} at ${endpoint ?? 'this store'}.`,
      hint: 'Check the bucket’s name and the endpoint; Sluice creates no buckets.',
    }),
  ],
  ConditionalRequestConflict: ['destination-conflict', conflict],
  OperationAborted: ['destination-conflict', conflict],
  PreconditionFailed: [
    'destination-refused',
    () => ({
      message: 'The store refuses to write because something is there already, but shows nothing there.',
      hint: 'Try again in a minute. If it stays, show these words to whoever runs the store: a lock or a rule of the bucket may forbid it.',
    }),
  ],
  SlowDown: ['destination-busy', busy],
  ServiceUnavailable: ['destination-busy', busy],
  InternalError: ['destination-busy', busy],
  WireTimeout: [
    'destination-timeout',
    (_, { endpoint }) => ({
      message: `${endpoint ?? 'The store'} took the connection but did not answer in time, several times.`,
      hint: 'Check the connection and try again: it goes on with what is missing.',
    }),
  ],
  WireTruncated: [
    'destination-truncated',
    () => ({
      message: 'Answers of the store broke off before their end, several times.',
      hint: 'Check the connection and try again; if it stays, something between here and the store cuts answers short.',
    }),
  ],
  WireRedirect: ['destination-region', wrongRegion],
  PermanentRedirect: ['destination-region', wrongRegion],
  AuthorizationHeaderMalformed: ['destination-region', wrongRegion],
  IllegalLocationConstraintException: ['destination-region', wrongRegion],
  WireUnrecorded: [
    'destination-unrecorded',
    (failure) => ({
      message: `${failure.message}. What cannot be recorded is not sent.`,
      hint: 'Free space in the browser’s storage or on the disk, reload, and try again.',
    }),
  ],
  CredentialsProviderError: [
    'destination-no-credentials',
    () => ({
      message: 'No credentials for the object store were found.',
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or sign in with the tool of your cloud.',
    }),
  ],
};

function busy(): Omit<Problem, 'code'> {
  return {
    message: 'The store answers that it is busy or broken, several times.',
    hint: 'Try again in a few minutes: it goes on with what is missing.',
  };
}

function conflict(): Omit<Problem, 'code'> {
  return {
    message: 'The store says, several times, that somebody else is writing the same file at this moment.',
    hint: 'Try again in a minute: it goes on with what is missing, or tells you the next free number.',
  };
}

function wrongRegion({ region: right }: S3Failure, { bucket, region }: S3Place): Omit<Problem, 'code'> {
  const where = right === null ? 'another region' : `the region ${right}`;
  return {
    message: `The bucket ${bucket} lies in ${where}, not in ${region ?? 'the one that was asked'}.`,
    hint:
      right === null
        ? 'Enter the region of the bucket, and the endpoint of that region.'
        : `Enter the region ${right}, and its endpoint.`,
  };
}

function clockSkew(): Problem {
  return {
    code: 'destination-clock',
    message:
      'The clock of this device differs by more than 15 minutes from that of the store, which then refuses signatures.',
    hint: 'Set the clock of this device (and its time zone) right, and try again.',
  };
}

function denied(action: S3Action, path: string, { bucket }: S3Place): Problem {
  const what = path === '' ? bucket : `${path} in ${bucket}`;
  return {
    code: 'destination-denied',
    message: `The key may not ${VERBS[action]} ${what}.`,
    hint: `Ask for ${PERMISSIONS[action]}; the policy to paste is shown with the destination. A key id that was switched off answers the same.`,
  };
}

/** A bucket in the host name needs a DNS name and a certificate for it. */
function isHostStyle({ endpoint, forcePathStyle }: S3Place): boolean {
  return endpoint !== null && !forcePathStyle && !endpoint.includes('amazonaws.com');
}

function hiddenByBrowser(place: S3Place): Problem {
  const { endpoint, bucket } = place;
  const more = isHostStyle(place)
    ? ` Or ${bucket} is put before the host name, which this store may not know; switch on “bucket in the path”.`
    : '';
  return {
    code: 'destination-unreachable',
    message: `No answer from ${endpoint ?? 'the store'} could be read: it cannot be reached (wrong address, blocked, no valid certificate), there is no bucket ${bucket}, or the bucket does not allow this page to read its answers (CORS).${more}`,
    hint: '“Test connection” tells which, and shows the CORS configuration of the bucket to paste.',
  };
}

function offline({ endpoint }: S3Place): Problem {
  return {
    code: 'destination-unreachable',
    message: `This browser is offline: ${endpoint ?? 'the store'} cannot be reached.`,
    hint: 'Connect and try again: it goes on with what is missing.',
  };
}

/** After answers that could be read: the connection broke, or a refusal came without the headers a page needs to read it. */
function brokenOff({ endpoint }: S3Place, action: S3Action, path: string): Problem {
  const what = path === '' ? 'The list' : path;
  const done = action === 'write' ? 'written' : 'read';
  return {
    code: 'destination-unreachable',
    message: `${what} could not be ${done}: ${endpoint ?? 'the store'} answered before, but the connection broke off several times, or the answer is hidden from this page.`,
    hint: `Try again: it goes on with what is missing. If it stays at this file, the key may lack ${PERMISSIONS[action]}; “Test connection” tells.`,
  };
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
  ETIMEDOUT: 'it does not answer',
};

function unreachable(failure: S3Failure, action: S3Action, path: string, place: S3Place): Problem {
  if (place.isOffline === true) return offline(place);
  if (place.isBrowser)
    return place.hasAnswered === true ? brokenOff(place, action, path) : hiddenByBrowser(place);
  const { system } = failure;
  const isCertificate = system !== null && /CERT|DEPTH_ZERO/.test(system);
  const why = isCertificate
    ? `its certificate is not accepted (${system})`
    : (SYSTEM_WORDS[system ?? ''] ?? `the connection failed (${system ?? failure.message})`);
  const isName = system === 'ENOTFOUND' && isHostStyle(place);
  return {
    code: 'destination-unreachable',
    message: `${place.endpoint ?? 'The store'} could not be reached: ${why}.`,
    hint: isName
      ? `The bucket ${place.bucket} is put before the host name, which this store may not know: use --path-style.`
      : 'Check the endpoint and the connection, and try again: it goes on with what is missing.',
  };
}

/** What a failed request of `action` on `path` means. Codes begin with `destination-`. */
export function describeFailure(failure: S3Failure, action: S3Action, path: string, place: S3Place): Problem {
  if (isClockSkew(failure)) return clockSkew();
  const known = KNOWN[failure.code];
  const isMalformedKey = failure.code === 'AuthorizationHeaderMalformed' && failure.region === null;
  if (known && !isMalformedKey) return { code: known[0], ...known[1](failure, place) };
  if (isUnanswered(failure)) return unreachable(failure, action, path, place);
  if (failure.status === 301 || failure.status === 307)
    return { code: 'destination-region', ...wrongRegion(failure, place) };
  if (failure.status === 403 || failure.code === 'AccessDenied') return denied(action, path, place);
  if (failure.status === 429 || (failure.status ?? 0) >= 500) return { code: 'destination-busy', ...busy() };
  const status = failure.status === null ? '' : `HTTP ${failure.status}, `;
  return {
    code: 'destination-failed',
    message: `${path || place.bucket} could not be ${action === 'list' ? 'listed' : action === 'read' ? 'read' : 'written'}: the store says ${failure.code} (${status}${failure.message}).`,
    hint: 'Test the connection; if it stays, show these words to whoever runs the store.',
  };
}
