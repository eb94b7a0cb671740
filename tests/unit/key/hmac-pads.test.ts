// Known answers for HKDF (RFC 5869, appendix A) and HMAC (RFC 4231), and agreement with Node's own HMAC.
import { createHmac, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/lib/base/sha256.ts';
import { authenticate, deriveBytes, fingerprintPads, padsOfKey } from '../../../src/lib/key/hmac-pads.ts';
import { importAsHkdf } from '../../../src/lib/key/project-key.ts';

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const range = (from: number, to: number) => Uint8Array.from({ length: to - from + 1 }, (_, at) => from + at);

const RFC_5869 = [
  {
    name: 'test case 1',
    ikm: '0b'.repeat(22),
    salt: '000102030405060708090a0b0c',
    info: 'f0f1f2f3f4f5f6f7f8f9',
    okm: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    name: 'test case 2, longer inputs',
    ikm: toHex(range(0x00, 0x4f)),
    salt: toHex(range(0x60, 0xaf)),
    info: toHex(range(0xb0, 0xff)),
    okm:
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
      '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    name: 'test case 3, no salt and no info',
    ikm: '0b'.repeat(22),
    salt: '',
    info: '',
    okm: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  },
];

describe('deriveBytes', () => {
  it.each(RFC_5869)('gives the output of RFC 5869 $name', async ({ ikm, salt, info, okm }) => {
    const key = await importAsHkdf(bytesOf(ikm));
    const derived = await deriveBytes(key, {
      salt: bytesOf(salt),
      info: bytesOf(info),
      byteLength: okm.length / 2,
    });
    expect(toHex(derived)).toBe(okm);
  });
});

describe('padsOfKey', () => {
  it('fills a short key with zeros before it is mixed with the two pad bytes', async () => {
    const pads = await padsOfKey(new TextEncoder().encode('Jefe'));
    expect(toHex(pads.inner)).toBe('7c535053' + '36'.repeat(60));
    expect(toHex(pads.outer)).toBe('16393a39' + '5c'.repeat(60));
  });

  it.each([0, 1, 63, 64, 65, 131])('agrees with another HMAC for a key of %i bytes', async (length) => {
    const key = Uint8Array.from({ length }, (_, at) => (at * 37 + 11) % 256);
    const message = new TextEncoder().encode('Zoë 💳');
    const expected = createHmac('sha256', key).update(message).digest('hex');
    expect(toHex(await authenticate(await padsOfKey(key), message))).toBe(expected);
  });

  it('leaves the key it was given as it was', async () => {
    const key = new Uint8Array(100).fill(7);
    await padsOfKey(key);
    expect(key).toEqual(new Uint8Array(100).fill(7));
  });
});

describe('fingerprintPads', () => {
  it('is the start of a digest over an HMAC of a public label', async () => {
    const key = new Uint8Array(32).fill(1);
    const mark = createHmac('sha256', key).update('sluice/key-fingerprint/1').digest();
    const expected = createHash('sha256').update(mark).digest('hex').slice(0, 16);
    expect(await fingerprintPads(await padsOfKey(key))).toBe(expected);
  });

  it('differs for keys that differ in one bit', async () => {
    const first = await fingerprintPads(await padsOfKey(new Uint8Array(32)));
    const second = await fingerprintPads(await padsOfKey(Uint8Array.of(1, ...new Uint8Array(31))));
    expect(first).not.toBe(second);
  });
});
