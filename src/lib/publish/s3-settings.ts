// Settings of an S3 destination from what a person typed; must not know where they are kept or any secret.
import { fail, succeed } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { isSafePath } from '../module/paths.ts';
import type { S3Settings } from './s3-types.ts';

/** The fields of a form, as typed. */
export interface S3Form {
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly forcePathStyle: boolean;
  readonly accessKeyId: string;
}

export type S3FormProblems = Partial<Record<keyof S3Form, Problem>>;

function problem(field: string, message: string, hint: string): Result<never> {
  return fail({ code: `destination-${field}`, message, hint });
}

/** A notebook names its destination in one word, and these mean what needs no setting up. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['library', 'zip', 'folder']);

function readName(text: string): Result<string> {
  const name = text.trim();
  if (RESERVED_NAMES.has(name.toLowerCase()))
    return problem(
      'name',
      `In a notebook “${name}” means something else than an S3 destination.`,
      'Choose another name, e.g. team-bucket.',
    );
  if (name !== '' && name.length <= 64) return succeed(name);
  return problem(
    'name',
    'The destination has no name.',
    'Enter a name of at most 64 signs, e.g. team-bucket.',
  );
}

/** The loopback interface; elsewhere nothing is sent unencrypted. */
function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === 'localhost' || host === '[::1]';
}

/** Scheme and host without a path; `https`, or `http` on the loopback interface. */
export function readEndpoint(text: string): Result<string> {
  const written = text.trim().replace(/\/+$/, '');
  const full = /^[a-z]+:\/\//i.test(written) ? written : `https://${written}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  const example = 'Enter for example https://s3.eu-central-1.amazonaws.com.';
  if (written === '' || url === null || url.hostname === '')
    return problem('endpoint', 'The endpoint is no web address.', example);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return problem('endpoint', 'The endpoint holds more than a host.', example);
  if (url.pathname !== '/')
    return problem(
      'endpoint',
      'The endpoint holds a path.',
      'Enter the bucket and the prefix in their own fields.',
    );
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    return problem(
      'endpoint',
      'The endpoint is not encrypted: what is sent could be read on the way.',
      'Use an address with https; http works on this device (127.0.0.1) alone.',
    );
  return succeed(url.origin);
}

function readRegion(text: string): Result<string> {
  const region = text.trim();
  if (/^[a-z0-9][a-z0-9-]{0,62}$/i.test(region)) return succeed(region);
  const hint = 'Enter for example eu-central-1; stores without regions take us-east-1.';
  return problem('region', 'The region is missing or no name of one.', hint);
}

/** “Bucket naming rules”, Amazon S3 User Guide. */
export function readBucketName(text: string): Result<string> {
  const bucket = text.trim();
  const isName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) && !/\.\.|\.-|-\./.test(bucket);
  if (isName && !/^\d+\.\d+\.\d+\.\d+$/.test(bucket)) return succeed(bucket);
  return problem(
    'bucket',
    bucket === '' ? 'The bucket is missing.' : `“${bucket}” cannot be the name of a bucket.`,
    'Use 3 to 63 small letters, digits, “-” and “.”; begin and end with a letter or digit.',
  );
}

/** Without slashes at either end. */
export function readPrefix(text: string): Result<string> {
  const prefix = text
    .trim()
    .replace(/\/+/g, '/')
    .replace(/^\/|\/$/g, '');
  if (prefix === '' || (isSafePath(prefix) && prefix.length <= 512)) return succeed(prefix);
  const hint = 'Use names and single slashes, without “.”, “..”, “:” and “\\”, or leave it empty.';
  return problem('prefix', `“${prefix}” cannot be a prefix.`, hint);
}

function readAccessKeyId(text: string): Result<string> {
  const id = text.trim();
  if (/^[\x21-\x7e]{3,128}$/.test(id)) return succeed(id);
  return problem(
    'key',
    'The access key id is missing or holds signs no key id has.',
    'Copy it from your store.',
  );
}

/** `127.0.0.1`, `[::1]`. */
function isAddress(host: string): boolean {
  return /^(\d+\.){3}\d+$/.test(host) || host.startsWith('[');
}

/** A dotted bucket has no valid certificate as a host name, and nothing can be put before a number. */
function readPathStyle(form: S3Form): Result<boolean> {
  const endpoint = readEndpoint(form.endpoint);
  if (!form.forcePathStyle && endpoint.ok && isAddress(new URL(endpoint.value).hostname))
    return problem(
      'path-style',
      'The endpoint is a number, before which no bucket can be put.',
      'Switch on “bucket in the path”.',
    );
  if (form.forcePathStyle || !form.bucket.includes('.')) return succeed(form.forcePathStyle);
  return problem(
    'path-style',
    'A bucket with a dot in its name has no valid certificate as part of the host name.',
    'Switch on “bucket in the path”.',
  );
}

/** Clean settings, or what is wrong with each field. */
export function readS3Settings(form: S3Form): Result<S3Settings, S3FormProblems> {
  const read = {
    name: readName(form.name),
    endpoint: readEndpoint(form.endpoint),
    region: readRegion(form.region),
    bucket: readBucketName(form.bucket),
    prefix: readPrefix(form.prefix),
    forcePathStyle: readPathStyle(form),
    accessKeyId: readAccessKeyId(form.accessKeyId),
  };
  const { name, endpoint, region, bucket, prefix, forcePathStyle, accessKeyId } = read;
  if (name.ok && endpoint.ok && region.ok && bucket.ok && prefix.ok && forcePathStyle.ok && accessKeyId.ok) {
    return succeed({
      id: form.id,
      name: name.value,
      endpoint: endpoint.value,
      region: region.value,
      bucket: bucket.value,
      prefix: prefix.value,
      forcePathStyle: forcePathStyle.value,
      accessKeyId: accessKeyId.value,
    });
  }
  const problems = Object.entries(read).flatMap(([field, result]) =>
    result.ok ? [] : [[field, result.error] as const],
  );
  return fail(Object.fromEntries(problems));
}
