// A bucket for the command: credentials, region and endpoint as the SDK finds them under Node. Must not reach a browser bundle.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Destination } from './destination.ts';
import { openBucket } from './s3-bucket.ts';
import type { S3Options } from './s3-bucket.ts';
import { bucketUri, destinationInBucket } from './s3-destination.ts';
import { readBucketName, readEndpoint, readPrefix } from './s3-settings.ts';

/** What the command line or the environment says. */
export interface S3Choice {
  /** e.g. `s3://bucket/prefix`. */
  readonly target: string;
  readonly endpoint?: string;
  readonly region?: string;
  readonly forcePathStyle?: boolean;
}

export interface S3Target {
  readonly bucket: string;
  /** Without slashes at either end; empty for the root. */
  readonly prefix: string;
}

/** Problems begin with `destination-`. */
export function readS3Target(target: string): Result<S3Target> {
  const [, name = '', rest = ''] = /^s3:\/\/([^/]*)\/?(.*)$/i.exec(target) ?? [];
  const bucket = readBucketName(name);
  if (!bucket.ok) return bucket;
  const prefix = readPrefix(rest);
  return prefix.ok ? succeed({ bucket: bucket.value, prefix: prefix.value }) : prefix;
}

/**
 * Signs with what the SDK's default provider chain finds (environment, profile, web identity, container, instance). A
 * store that is not of AWS keeps the bucket in the path and, where no region is told, takes `us-east-1`.
 */
export function createS3NodeDestination(choice: S3Choice, options: S3Options = {}): Result<Destination> {
  const { endpoint: written = '', region = '', forcePathStyle } = choice;
  const target = readS3Target(choice.target);
  if (!target.ok) return target;
  const endpoint = written === '' ? succeed(null) : readEndpoint(written);
  if (!endpoint.ok) return fail(endpoint.error);
  const isForeign = endpoint.value !== null && !endpoint.value.includes('amazonaws.com');
  const place = {
    ...target.value,
    endpoint: endpoint.value,
    region: region !== '' ? region : isForeign ? 'us-east-1' : null,
    forcePathStyle: forcePathStyle ?? (isForeign || target.value.bucket.includes('.')),
  };
  return succeed(destinationInBucket(openBucket(place, null, options), bucketUri(place)));
}
