// Links from outside: whole ones come back, and nothing else does harm, whatever it is.
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import { decodeLink, encodeLink } from '../../../src/lib/share/link-code.ts';
import type { SharedNotebook } from '../../../src/lib/share/share-types.ts';

const SHARED: SharedNotebook = {
  format: 'sluice-link/1',
  text: '---\nsluice: 1\ntitle: Größe 😀\n---\n\n```sql name=a\nSELECT 1\n```\n',
  sources: [{ name: 'users', file: 'users.csv', columns: [{ name: 'email', type: 'VARCHAR' }] }],
};

function toCode(bytes: Uint8Array): string {
  return `1.${Buffer.from(bytes).toString('base64url')}`;
}

async function codeOf(content: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content as Uint8Array<ArrayBuffer>));
  return toCode(Buffer.concat([digest.subarray(0, 8), deflateSync(content)]));
}

const failureOf = async (code: string) => {
  const decoded = await decodeLink(code);
  return decoded.ok ? null : decoded.error.code;
};

describe('links', () => {
  it('come back as they were, in letters that every program passes on', async () => {
    const code = await encodeLink(SHARED);
    expect(code).toMatch(/^1\.[A-Za-z0-9_-]+$/);
    expect(unwrap(await decodeLink(code))).toEqual(SHARED);
  });

  it('are refused where they are cut, at every place', async () => {
    const code = await encodeLink(SHARED);
    for (let length = 0; length < code.length; length++)
      expect(await failureOf(code.slice(0, length)), `first ${length}`).toMatch(/^share-link-/);
  });

  it('are refused where any bit of them changed', async () => {
    const whole = Buffer.from((await encodeLink(SHARED)).slice(2), 'base64url');
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const changed = Buffer.from(whole);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const decoded = await decodeLink(toCode(changed));
      // Bits after the end of the DEFLATE stream mean nothing: then it says what it said.
      if (decoded.ok) expect(decoded.value).toEqual(SHARED);
      else expect(decoded.error.code).toMatch(/^share-link-/);
    }
  });

  it('never throw and never hang on random bytes', async () => {
    let seed = 7;
    const next = () => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff);
    for (let round = 0; round < 400; round++) {
      const bytes = Uint8Array.from({ length: next() % 400 }, () => next() >> 8);
      expect(await failureOf(toCode(bytes))).toMatch(/^share-link-/);
      expect(await failureOf(String.fromCharCode(...bytes))).toMatch(/^share-link-/);
    }
  });

  it('stop at a bomb before it goes off', async () => {
    const bomb = deflateSync(new Uint8Array(40_000_000), { level: 9 });
    expect(bomb.length).toBeLessThan(64 * 1024);
    const started = performance.now();
    expect(await failureOf(toCode(Buffer.concat([Buffer.alloc(8), bomb])))).toBe('share-link-too-large');
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await failureOf(`1.${'A'.repeat(90_000)}`)).toBe('share-link-too-large');
  });

  it('tell what is foreign from what is newer', async () => {
    expect(await failureOf('2.AAAA')).toBe('share-link-newer');
    expect(await failureOf('hello')).toBe('share-link-foreign');
    expect(await failureOf('0.AAAA')).toBe('share-link-foreign');
    expect(await failureOf(await codeOf(strToU8('no json')))).toBe('share-link-foreign');
    expect(await failureOf(await codeOf(Uint8Array.of(0xff, 0xfe)))).toBe('share-link-foreign');
    expect(await failureOf(await codeOf(strToU8('['.repeat(200_000))))).toMatch(/^share-link-/);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['another format', { ...SHARED, format: 'sluice-link/9' }],
    ['a text that is none', { ...SHARED, text: 1 }],
    ['more members', { ...SHARED, key: 'x' }],
    ['a missing member', { format: SHARED.format, text: '' }],
    ['a path', { ...SHARED, sources: [{ name: 'a', file: '../a.csv', columns: [] }] }],
    ['no file', { ...SHARED, sources: [{ name: 'a', file: '', columns: [] }] }],
    ['a name of Sluice itself', { ...SHARED, sources: [{ name: '__proto__', file: 'a', columns: [] }] }],
    ['one name twice', { ...SHARED, sources: ['a', 'A'].map((name) => ({ name, file: 'a', columns: [] })) }],
    ['a column without type', { ...SHARED, sources: [{ name: 'a', file: 'a', columns: [{ name: 'x' }] }] }],
    [
      'a long name',
      { ...SHARED, sources: [{ name: 'a', file: 'a', columns: [{ name: 'x'.repeat(9_999), type: '' }] }] },
    ],
  ])('are refused with %s', async (_, value) => {
    expect(await failureOf(await codeOf(strToU8(JSON.stringify(value))))).toBe('share-link-form');
  });
});
