// Makes buckets with CORS, versions and narrow keys on an S3 server through its own API; knows no test.
import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { S3Keys } from './rgw.ts';

/** What the publisher's document must be able to read of an answer. */
const EXPOSED_HEADERS = [
  'ETag',
  'Date',
  'Content-Range',
  'Content-Length',
  'x-amz-version-id',
  'x-amz-request-id',
  'x-amz-checksum-sha256',
  'x-amz-meta-sha256',
];

export interface BucketOptions {
  /** Origins allowed to use it from a browser, e.g. `http://127.0.0.1:4273`; none by default. */
  readonly corsOrigins?: readonly string[];
  readonly versioned?: boolean;
  readonly name: string;
}

/** What a narrow key may do, below `prefix` (empty: the whole bucket). */
export interface KeyScope {
  readonly access: 'read' | 'publish';
  readonly prefix?: string;
}

export function openClient(endpoint: string, region: string, credentials: S3Keys): S3Client {
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true });
}

export async function createBucket(admin: S3Client, options: BucketOptions): Promise<void> {
  const Bucket = options.name;
  await admin.send(new CreateBucketCommand({ Bucket }));
  if (options.versioned === true)
    await admin.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  if (options.corsOrigins === undefined) return;
  const rule = {
    AllowedOrigins: [...options.corsOrigins],
    AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    AllowedHeaders: ['*'],
    ExposeHeaders: EXPOSED_HEADERS,
    MaxAgeSeconds: 60,
  };
  await admin.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }));
}

/** One user's part of a bucket's policy: AWS policy language, as RGW takes it. */
export function makeStatements(bucket: string, user: string, scope: KeyScope): readonly object[] {
  const below = scope.prefix === undefined || scope.prefix === '' ? '' : `${scope.prefix}/`;
  const Principal = { AWS: [`arn:aws:iam:::user/${user}`] };
  const objects = [
    's3:GetObject',
    ...(scope.access === 'publish' ? ['s3:PutObject', 's3:AbortMultipartUpload'] : []),
  ];
  const listing = {
    Effect: 'Allow',
    Principal,
    Action: ['s3:ListBucket'],
    Resource: `arn:aws:s3:::${bucket}`,
  };
  return [
    { Effect: 'Allow', Principal, Action: objects, Resource: `arn:aws:s3:::${bucket}/${below}*` },
    below === '' ? listing : { ...listing, Condition: { StringLike: { 's3:prefix': `${below}*` } } },
  ];
}

export async function writePolicy(
  admin: S3Client,
  bucket: string,
  statements: readonly object[],
): Promise<void> {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await admin.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}
