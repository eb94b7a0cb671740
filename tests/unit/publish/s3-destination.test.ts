import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { createS3Destination } from '../../../src/lib/publish/s3-destination.ts';
import { importSigningKey } from '../../../src/lib/publish/s3-signing-key.ts';

const MEBIBYTE = 1024 * 1024;

async function open(answer: (request: { readonly url: string; readonly range: string }) => Response) {
  const settings = {
    id: 'test',
    name: 'test',
    endpoint: 'https://s3.example.org',
    region: 'us-east-1',
    bucket: 'team-bucket',
    prefix: '',
    forcePathStyle: true,
    accessKeyId: 'AKIAEXAMPLE',
  };
  const credentials = { accessKeyId: 'AKIAEXAMPLE', signingKey: await importSigningKey('secret') };
  return createS3Destination(settings, credentials, {
    attempts: 1,
    fetch: async (url, init) =>
      answer({ url: String(url), range: new Headers(init?.headers).get('range') ?? '' }),
  });
}

function lengthOf(range: string): number {
  const [, from = '0', to = '0'] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  return Number(to) - Number(from) + 1;
}

describe('an S3 destination over a store that misbehaves', () => {
  it('gives up a list that never ends', async () => {
    let pages = 0;
    const destination = await open(() => {
      pages += 1;
      return new Response(
        `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>${pages}</NextContinuationToken></ListBucketResult>`,
      );
    });
    const listed = await destination.list('');
    expect(listed.ok ? '' : listed.error.code).toBe('destination-too-many');
    expect(pages).toBe(1000);
  });

  it('reads a large object piece by piece', async () => {
    const ranges: string[] = [];
    const destination = await open(({ range }) => {
      ranges.push(range);
      return new Response(new Uint8Array(lengthOf(range)), { status: 206 });
    });
    const sizes: number[] = [];
    for await (const piece of destination.readSlices('big.bin', 17 * MEBIBYTE)) sizes.push(piece.byteLength);
    expect(sizes).toEqual([8 * MEBIBYTE, 8 * MEBIBYTE, MEBIBYTE]);
    expect(ranges[1]).toBe(`bytes=${8 * MEBIBYTE}-${16 * MEBIBYTE - 1}`);
  });

  it('takes no piece of another length than asked for', async () => {
    const destination = await open(() => new Response(new Uint8Array(9 * MEBIBYTE)));
    const reading = destination.readSlices('big.bin', 9 * MEBIBYTE).next();
    await expect(reading).rejects.toMatchObject({ problem: { code: 'destination-failed' } });
  });

  it('does not compare what the key may not look at', async () => {
    const xml = '<Error><Code>AccessDenied</Code><Message>No</Message></Error>';
    const destination = await open(() => new Response(xml, { status: 403 }));
    const held = await destination.holds?.('big.bin', { sizeBytes: 1, sha256: '0'.repeat(64) });
    expect(held?.ok === false ? held.error.code : held && unwrap(held)).toBe('destination-denied');
  });
});
