// The project key from birth to pads: made, wrapped by a passphrase, held non-extractable; must not store or log anything.
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { Effects } from '../base/effects.ts';
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { HmacPads } from '../engine/contract.ts';
import { deriveBytes, padsOfKey } from './hmac-pads.ts';
import {
  isEncryptedKeyOpenedBy,
  KEY_FILE_TYPE,
  MAX_ITERATIONS,
  readKeyFileHeader,
  WRAP_ALGORITHM,
  CONTENT_ALGORITHM,
} from './key-file-header.ts';
import { encodePassphrase, judgePassphrase } from './passphrase.ts';

export const PROJECT_KEY_BYTES = 32;

/**
 * PBKDF2-HMAC-SHA-512 iterations for new key files: nearly three times the 210,000 that OWASP's password storage cheat
 * sheet asks for, 0.3 s on the machine it was measured on.
 */
export const WRAP_ITERATIONS = 600_000;

/** 32 random bytes. The caller overwrites them after use; `importAsHkdf` does. */
export function createProjectKey(effects: Effects): Uint8Array<ArrayBuffer> {
  return new Uint8Array(effects.randomBytes(PROJECT_KEY_BYTES));
}

/**
 * The key as a compact JWE (RFC 7516) that any JOSE tool opens: PBES2-HS512+A256KW (RFC 7518, 4.8), A256GCM, the payload
 * being the key's raw bytes. The salt is random, so that two files of one key differ.
 * @returns `key-passphrase-short`, `key-length`.
 */
export async function wrapKey(bytes: Uint8Array, passphrase: string): Promise<Result<string>> {
  const weak = judgePassphrase(passphrase);
  if (weak) return fail(weak);
  if (bytes.length !== PROJECT_KEY_BYTES) return fail(describeWrongLength(bytes.length));
  const secret = encodePassphrase(passphrase);
  try {
    const text = await new CompactEncrypt(bytes)
      .setProtectedHeader({ alg: WRAP_ALGORITHM, enc: CONTENT_ALGORITHM, typ: KEY_FILE_TYPE })
      .setKeyManagementParameters({ p2c: WRAP_ITERATIONS })
      .encrypt(secret);
    return succeed(text);
  } finally {
    secret.fill(0);
  }
}

/**
 * The raw key of a key file. The caller overwrites the bytes after use; `importAsHkdf` does.
 * @returns `key-file-format` where it is no key file of this kind, `key-file-damaged`, `key-passphrase-wrong`,
 * `key-length`.
 */
export async function unwrapKey(text: string, passphrase: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const compact = text.replace(/^\uFEFF/, '').trim();
  const header = readKeyFileHeader(compact);
  if (!header.ok) return header;
  const secret = encodePassphrase(passphrase);
  try {
    const { plaintext } = await compactDecrypt(compact, secret, {
      keyManagementAlgorithms: [WRAP_ALGORITHM],
      contentEncryptionAlgorithms: [CONTENT_ALGORITHM],
      maxPBES2Count: MAX_ITERATIONS,
    });
    const bytes = new Uint8Array(plaintext);
    plaintext.fill(0);
    return bytes.length === PROJECT_KEY_BYTES ? succeed(bytes) : fail(describeWrongLength(bytes.length));
  } catch {
    const isDamaged = await isEncryptedKeyOpenedBy(header.value, secret);
    return fail(isDamaged ? DAMAGED : WRONG_PASSPHRASE);
  } finally {
    secret.fill(0);
  }
}

/** Non-extractable, for HKDF only. Overwrites `bytes` with zeros. */
export async function importAsHkdf(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
  } finally {
    bytes.fill(0);
  }
}

/**
 * Pads of the domain's own HMAC key: HKDF-SHA-256 with empty salt and info `sluice/hmac-sha256/<domain>`, 32 bytes.
 * Another domain gives unrelated tokens.
 */
export async function derivePads(key: CryptoKey, domain: string): Promise<HmacPads> {
  const info = new TextEncoder().encode(`sluice/hmac-sha256/${domain}`);
  const derived = await deriveBytes(key, { salt: new Uint8Array(0), info, byteLength: 32 });
  const pads = await padsOfKey(derived);
  derived.fill(0);
  return pads;
}

/** `<notebook>.sluice-key.jwe`, with what file systems refuse replaced by `-`. */
export function nameKeyFile(notebook: string): string {
  const stem = notebook
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, '-')
    .replace(/^[\s.-]+|[\s.-]+$/g, '');
  return `${[...stem].slice(0, 80).join('') || 'project'}.sluice-key.jwe`;
}

const WRONG_PASSPHRASE: Problem = {
  code: 'key-passphrase-wrong',
  message: 'The passphrase does not open this key file.',
  hint: 'Type it again and mind upper case and blanks; if it is surely the right one, the file was changed: take another copy.',
};

const DAMAGED: Problem = {
  code: 'key-file-damaged',
  message: 'The passphrase is right, but the key file was changed or cut after it was written.',
  hint: 'Take another copy of the file.',
};

function describeWrongLength(length: number): Problem {
  return {
    code: 'key-length',
    message: `A project key has ${PROJECT_KEY_BYTES} bytes, this one has ${length}.`,
    hint: 'Use a key file that Sluice wrote.',
  };
}
