import { describe, expect, it } from 'vitest';
import { corsJson, policyJson } from '../../../src/lib/publish/s3-policies.ts';

describe('corsJson', () => {
  it('lets this page alone send and read what it needs', () => {
    const [rule, ...more] = JSON.parse(corsJson('https://sluice.example'));
    expect(more).toEqual([]);
    expect(rule.AllowedOrigins).toEqual(['https://sluice.example']);
    for (const header of [
      'ETag',
      'x-amz-version-id',
      'x-amz-request-id',
      'x-amz-meta-sha256',
      'Date',
      'Content-Range',
    ])
      expect(rule.ExposeHeaders).toContain(header);
  });
});

describe('policyJson', () => {
  it('allows five actions below the prefix, and none to delete', () => {
    const { Statement } = JSON.parse(policyJson({ bucket: 'team', prefix: 'modules' }));
    const actions = Statement.flatMap((statement: { Action: string | string[] }) => statement.Action);
    expect(actions.sort()).toEqual([
      's3:AbortMultipartUpload',
      's3:GetObject',
      's3:ListBucket',
      's3:ListMultipartUploadParts',
      's3:PutObject',
    ]);
    expect(Statement[0].Resource).toBe('arn:aws:s3:::team/modules/*');
    expect(Statement[1].Condition).toEqual({ StringLike: { 's3:prefix': 'modules/*' } });
  });

  it('is for the whole bucket without a prefix', () => {
    const { Statement } = JSON.parse(policyJson({ bucket: 'team', prefix: '' }));
    expect([Statement[0].Resource, 'Condition' in Statement[1]]).toEqual(['arn:aws:s3:::team/*', false]);
  });
});
