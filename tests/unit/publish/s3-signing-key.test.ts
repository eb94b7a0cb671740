import { createHmac, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/lib/base/sha256.ts';
import { createSigningDigest, importSigningKey } from '../../../src/lib/publish/s3-signing-key.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

describe('importSigningKey', () => {
  it('cannot be read', async () => {
    const key = await importSigningKey(SECRET);
    expect([key.extractable, key.usages]).toEqual([false, ['sign']]);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});

describe('createSigningDigest', () => {
  it('derives the key of AWS’s own example from a key that nobody can read', async () => {
    // “Examples of how to derive a signing key for Signature Version 4”, AWS General Reference.
    const Digest = createSigningDigest(await importSigningKey(SECRET), 'stand-in');
    let key: string | Uint8Array = 'AWS4stand-in';
    for (const part of ['20150830', 'us-east-1', 'iam', 'aws4_request']) {
      const hmac: InstanceType<typeof Digest> = new Digest(key);
      hmac.update(part);
      key = await hmac.digest();
    }
    expect(toHex(key as Uint8Array)).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
  });

  it('is plain SHA-256 without a key, and plain HMAC with any other', async () => {
    const Digest = createSigningDigest(await importSigningKey(SECRET), 'stand-in');
    const plain = new Digest();
    plain.update(new TextEncoder().encode('a'));
    plain.update('b');
    expect(toHex(await plain.digest())).toBe(createHash('sha256').update('ab').digest('hex'));
    const keyed = new Digest('other');
    keyed.update('ab');
    expect(toHex(await keyed.digest())).toBe(createHmac('sha256', 'other').update('ab').digest('hex'));
  });
});
