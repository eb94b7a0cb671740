// What the owner of a bucket pastes: a CORS rule for this page and the least a key needs. Must not know any secret.
import type { S3Settings } from './s3-types.ts';

/** Answer headers that the publisher reads; a browser hides all others from a page. */
const EXPOSED_HEADERS = [
  'ETag',
  'x-amz-version-id',
  'x-amz-request-id',
  'x-amz-bucket-region',
  'x-amz-checksum-sha256',
  'x-amz-checksum-crc64nvme',
  'x-amz-checksum-type',
  'x-amz-meta-sha256',
  'Date',
  'Content-Range',
];

/** CORS configuration as the S3 console and `aws s3api put-bucket-cors` (its `CORSRules`) take it. */
export function corsJson(origin: string): string {
  const rule = {
    AllowedOrigins: [origin],
    AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    AllowedHeaders: ['*'],
    ExposeHeaders: EXPOSED_HEADERS,
    MaxAgeSeconds: 3000,
  };
  return JSON.stringify([rule], null, 2);
}

/** IAM policy: write and read below the prefix, list it, clean up broken uploads; no right to delete. */
export function policyJson({ bucket, prefix }: Pick<S3Settings, 'bucket' | 'prefix'>): string {
  const below = prefix === '' ? '' : `${prefix}/`;
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SluiceObjects',
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        Resource: `arn:aws:s3:::${bucket}/${below}*`,
      },
      {
        Sid: 'SluiceList',
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: `arn:aws:s3:::${bucket}`,
        ...(below === '' ? {} : { Condition: { StringLike: { 's3:prefix': `${below}*` } } }),
      },
    ],
  };
  return JSON.stringify(document, null, 2);
}
