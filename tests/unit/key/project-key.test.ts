// The project key's way: made, wrapped, opened again, refused where it must be.
import { hkdfSync } from 'node:crypto';
import { base64url, CompactEncrypt, compactDecrypt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap, type Result } from '../../../src/lib/base/result.ts';
import { platformEffects, type Effects } from '../../../src/lib/base/effects.ts';
import { padsOfKey } from '../../../src/lib/key/hmac-pads.ts';
import { KEY_DOMAIN } from '../../../src/lib/key/key-domain.ts';
import { judgePassphrase } from '../../../src/lib/key/passphrase.ts';
import {
  createProjectKey,
  derivePads,
  importAsHkdf,
  nameKeyFile,
  unwrapKey,
  wrapKey,
  WRAP_ITERATIONS,
} from '../../../src/lib/key/project-key.ts';

const PASSPHRASE = 'plain river cotton Übung';
const keyBytes = () => Uint8Array.from({ length: 32 }, (_, at) => at * 7);
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

let file = '';
beforeAll(async () => {
  file = unwrap(await wrapKey(keyBytes(), PASSPHRASE));
});

async function writeForeignFile(
  header: Record<string, unknown>,
  payload: Uint8Array,
  p2c: number,
): Promise<string> {
  const { alg, enc, ...rest } = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', ...header };
  return new CompactEncrypt(payload)
    .setProtectedHeader({ alg: String(alg), enc: String(enc), ...rest })
    .setKeyManagementParameters({ p2c })
    .encrypt(new TextEncoder().encode(PASSPHRASE.normalize('NFC')));
}

function changeHeader(text: string, change: Record<string, unknown>): string {
  const [header = '', ...others] = text.split('.');
  const fields: unknown = JSON.parse(new TextDecoder().decode(base64url.decode(header)));
  return [base64url.encode(JSON.stringify(Object.assign({}, fields, change))), ...others].join('.');
}

function changeSegment(text: string, index: number): string {
  const segments = text.split('.');
  const bytes = base64url.decode(segments[index] ?? '');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  segments[index] = base64url.encode(bytes);
  return segments.join('.');
}

describe('createProjectKey', () => {
  it('takes 32 bytes from the given source of randomness', () => {
    const effects: Effects = {
      now: () => new Date(0),
      randomBytes: (length) => new Uint8Array(length).fill(9),
    };
    expect(createProjectKey(effects)).toEqual(new Uint8Array(32).fill(9));
  });

  it('never gives the same key twice', () => {
    expect(createProjectKey(platformEffects)).not.toEqual(createProjectKey(platformEffects));
  });
});

describe('wrapKey', () => {
  it('writes a compact JWE whose header states algorithm and iteration count', () => {
    const [header = '', ...others] = file.split('.');
    expect(others).toHaveLength(4);
    expect(JSON.parse(new TextDecoder().decode(base64url.decode(header)))).toEqual({
      alg: 'PBES2-HS512+A256KW',
      enc: 'A256GCM',
      typ: 'sluice-key',
      p2c: WRAP_ITERATIONS,
      p2s: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(WRAP_ITERATIONS).toBeGreaterThanOrEqual(600_000);
  });

  it('can be opened by any JOSE tool', async () => {
    const secret = new TextEncoder().encode(PASSPHRASE.normalize('NFC'));
    const opened = await compactDecrypt(file, secret, {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      maxPBES2Count: WRAP_ITERATIONS,
    });
    expect(new Uint8Array(opened.plaintext)).toEqual(keyBytes());
  });

  it('gives two files that differ for one key', async () => {
    expect(unwrap(await wrapKey(keyBytes(), PASSPHRASE))).not.toBe(file);
  });

  it('refuses a short passphrase and a key of another length', async () => {
    expect(codeOf(await wrapKey(keyBytes(), 'elevenchars'))).toBe('key-passphrase-short');
    expect(codeOf(await wrapKey(new Uint8Array(31), PASSPHRASE))).toBe('key-length');
  });
});

describe('unwrapKey', () => {
  it('gives the key back, with blank lines around the text and a byte order mark', async () => {
    expect(unwrap(await unwrapKey(`\uFEFF\n${file}\r\n\n`, PASSPHRASE))).toEqual(keyBytes());
  });

  it('takes the passphrase in either Unicode spelling', async () => {
    expect(unwrap(await unwrapKey(file, PASSPHRASE.normalize('NFD')))).toEqual(keyBytes());
  });

  it.each(['plain river cotton Ubung', 'PLAIN RIVER COTTON ÜBUNG', ` ${PASSPHRASE}`, ''])(
    'says that the passphrase is wrong: "%s"',
    async (passphrase) => {
      expect(codeOf(await unwrapKey(file, passphrase))).toBe('key-passphrase-wrong');
    },
  );

  it('tells content that was changed from a wrong passphrase', async () => {
    expect(codeOf(await unwrapKey(changeSegment(file, 2), PASSPHRASE))).toBe('key-file-damaged');
    expect(codeOf(await unwrapKey(changeSegment(file, 3), PASSPHRASE))).toBe('key-file-damaged');
    expect(codeOf(await unwrapKey(changeSegment(file, 4), PASSPHRASE))).toBe('key-file-damaged');
    expect(codeOf(await unwrapKey(changeSegment(file, 3), 'some other passphrase'))).toBe(
      'key-passphrase-wrong',
    );
    expect(codeOf(await unwrapKey(changeSegment(file, 1), PASSPHRASE))).toBe('key-passphrase-wrong');
  });

  it('says that the file is cut, wherever it was cut', async () => {
    const [header = ''] = file.split('.');
    for (const length of [header.length + 1, header.length + 20, file.length - 30, file.length - 2])
      expect([length, codeOf(await unwrapKey(file.slice(0, length), PASSPHRASE))]).toEqual([
        length,
        'key-file-damaged',
      ]);
    expect(codeOf(await unwrapKey(file.replace('.', '. '), PASSPHRASE))).toBe('key-file-damaged');
    expect(codeOf(await unwrapKey(changeHeader(file, { p2c: '600000' }), PASSPHRASE))).toBe(
      'key-file-damaged',
    );
    expect(codeOf(await unwrapKey(changeHeader(file, { p2s: 'AAAA' }), PASSPHRASE))).toBe('key-file-damaged');
  });

  it.each([
    ['nothing', ''],
    ['prose', 'Dear colleague, here is the key. Regards.'],
    ['binary', '\u0000\u0001\uFFFF....'],
    ['a signed token', 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----'],
    ['a header that is no object', `${base64url.encode('[]')}.a.a.a.a`],
    ['a very long text', `${'A'.repeat(5_000)}.A.A.A.A`],
  ])('says that it is no key file: %s', async (_, text) => {
    expect(codeOf(await unwrapKey(text, PASSPHRASE))).toBe('key-file-format');
  });

  it('refuses at once what asks for too many or too few iterations, whatever the passphrase', async () => {
    const started = performance.now();
    for (const p2c of [1, 1_000, 209_999, 5_000_001, 2 ** 40, 2 ** 53 - 1])
      expect([p2c, codeOf(await unwrapKey(changeHeader(file, { p2c }), PASSPHRASE))]).toEqual([
        p2c,
        'key-file-format',
      ]);
    for (const p2c of [-1, 0.5, 1e300, null])
      expect(codeOf(await unwrapKey(changeHeader(file, { p2c }), PASSPHRASE))).toMatch(/^key-file-/);
    expect(performance.now() - started).toBeLessThan(150);
  });

  it('refuses other algorithms, other contents and compression', async () => {
    expect(codeOf(await unwrapKey(changeHeader(file, { alg: 'dir' }), PASSPHRASE))).toBe('key-file-format');
    expect(codeOf(await unwrapKey(changeHeader(file, { enc: 'A128CBC-HS256' }), PASSPHRASE))).toBe(
      'key-file-format',
    );
    expect(codeOf(await unwrapKey(changeHeader(file, { typ: 'JWT' }), PASSPHRASE))).toBe('key-file-format');
    expect(codeOf(await unwrapKey(changeHeader(file, { zip: 'DEF' }), PASSPHRASE))).toBe('key-file-format');
  });

  it('takes a file of another JOSE tool and refuses a payload that is no key', async () => {
    expect(unwrap(await unwrapKey(await writeForeignFile({}, keyBytes(), 210_000), PASSPHRASE))).toEqual(
      keyBytes(),
    );
    const long = await writeForeignFile({}, new Uint8Array(33), 210_000);
    expect(codeOf(await unwrapKey(long, PASSPHRASE))).toBe('key-length');
  });

  it('names neither the passphrase nor the file in what it says', async () => {
    const result = await unwrapKey(changeSegment(file, 3), PASSPHRASE);
    const said = JSON.stringify(result);
    expect(said).not.toContain('river');
    expect(said).not.toContain(file.slice(0, 20));
  });
});

describe('importAsHkdf', () => {
  it('overwrites the raw bytes and gives a key that cannot be read', async () => {
    const bytes = keyBytes();
    const key = await importAsHkdf(bytes);
    expect(bytes).toEqual(new Uint8Array(32));
    expect(key.extractable).toBe(false);
    expect(key.usages).toEqual(['deriveBits']);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });
});

describe('derivePads', () => {
  it('derives the key of the domain by HKDF with an info of its own', async () => {
    const derived = hkdfSync('sha256', keyBytes(), new Uint8Array(0), `sluice/hmac-sha256/${KEY_DOMAIN}`, 32);
    const pads = await derivePads(await importAsHkdf(keyBytes()), KEY_DOMAIN);
    expect(pads).toEqual(await padsOfKey(new Uint8Array(derived)));
  });

  it('gives unrelated pads to two domains', async () => {
    const key = await importAsHkdf(keyBytes());
    expect(await derivePads(key, 'hr')).not.toEqual(await derivePads(key, 'sales'));
  });
});

describe('judgePassphrase', () => {
  it('counts characters, not code units, and no blanks around them', () => {
    expect(judgePassphrase('twelve chars')).toBeNull();
    expect(judgePassphrase('💳'.repeat(12))).toBeNull();
    expect(judgePassphrase('💳'.repeat(11))?.code).toBe('key-passphrase-short');
    expect(judgePassphrase(' '.repeat(40))?.message).toContain('has 0 characters');
    expect(judgePassphrase('u\u0308'.repeat(11))?.message).toContain('has 11 characters');
  });
});

describe('nameKeyFile', () => {
  it.each([
    ['Users, cleansed', 'Users, cleansed.sluice-key.jwe'],
    ['../../etc/passwd', 'etc-passwd.sluice-key.jwe'],
    ['a<b>:"c"|?*\u0000\u202Ed', 'a-b-c-d.sluice-key.jwe'],
    ['Облік 2024', 'Облік 2024.sluice-key.jwe'],
    [' .. ', 'project.sluice-key.jwe'],
    ['', 'project.sluice-key.jwe'],
    ['x'.repeat(85), `${'x'.repeat(80)}.sluice-key.jwe`],
  ])('makes of "%s" the name "%s"', (notebook, expected) => {
    expect(nameKeyFile(notebook)).toBe(expected);
  });
});
