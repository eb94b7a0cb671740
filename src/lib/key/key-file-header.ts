// The outside of a key file: form, algorithms and limits, checked before any costly work; must not know the key within.
import { base64url } from 'jose';
import { fail, succeed, type Problem, type Result } from '../base/result.ts';

export const WRAP_ALGORITHM = 'PBES2-HS512+A256KW';
export const CONTENT_ALGORITHM = 'A256GCM';
/** Media type of the header; a file without one, written by another JOSE tool, is taken too. */
export const KEY_FILE_TYPE = 'sluice-key';
/** Below this a passphrase is tried too fast; OWASP asks for 210,000 with SHA-512. */
const MIN_ITERATIONS = 210_000;
/** Above this a file could keep the machine busy for more than a few seconds. */
export const MAX_ITERATIONS = 5_000_000;
/** A key file has some 300 characters. */
const MAX_CHARACTERS = 4_096;
/** Bytes of encrypted key (RFC 3394: 32 + 8), initialization vector and tag of A256GCM. */
const SEGMENT_BYTES = { encryptedKey: 40, iv: 12, tag: 16 };

export interface KeyFileHeader {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly encryptedKey: Uint8Array<ArrayBuffer>;
}

function describeFormat(reason: string): Problem {
  return {
    code: 'key-file-format',
    message: `This is not a Sluice key file: ${reason}.`,
    hint: 'Choose the file that ends in .sluice-key.jwe and was saved when the key was made.',
  };
}

const CUT: Problem = {
  code: 'key-file-damaged',
  message: 'The key file is cut short or was changed after it was written.',
  hint: 'Take another copy of the file.',
};

function decodeSegment(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    return new Uint8Array(base64url.decode(text));
  } catch {
    return null;
  }
}

/** By hand, since a file that was cut still has a header that says what it was. */
function readProtected(compact: string): Readonly<Record<string, unknown>> | null {
  const bytes = decodeSegment(compact.split('.', 1)[0] ?? '');
  if (!bytes) return null;
  try {
    const fields: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof fields === 'object' && fields !== null ? Object.fromEntries(Object.entries(fields)) : null;
  } catch {
    return null;
  }
}

function readSalt(fields: Readonly<Record<string, unknown>>): Uint8Array<ArrayBuffer> | null {
  const salt = typeof fields['p2s'] === 'string' ? decodeSegment(fields['p2s']) : null;
  return salt && salt.length >= 8 && salt.length <= 1_024 ? salt : null;
}

function judgeFields(fields: Readonly<Record<string, unknown>>): Problem | null {
  if (fields['alg'] !== WRAP_ALGORITHM || fields['enc'] !== CONTENT_ALGORITHM)
    return describeFormat(`it is encrypted in another way than ${WRAP_ALGORITHM} with ${CONTENT_ALGORITHM}`);
  if (fields['typ'] !== undefined && fields['typ'] !== KEY_FILE_TYPE)
    return describeFormat('it holds something else');
  if (fields['zip'] !== undefined || fields['crit'] !== undefined)
    return describeFormat('it asks for extensions');
  const iterations = fields['p2c'];
  if (typeof iterations !== 'number' || !Number.isSafeInteger(iterations)) return CUT;
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS)
    return describeFormat(
      `its iteration count of ${iterations} is outside ${MIN_ITERATIONS} to ${MAX_ITERATIONS}`,
    );
  return null;
}

/** @returns `key-file-format` or `key-file-damaged`. Costs nothing that grows with the file's wishes. */
export function readKeyFileHeader(compact: string): Result<KeyFileHeader> {
  if (compact.length > MAX_CHARACTERS) return fail(describeFormat('it is far too long'));
  const segments = compact.split('.');
  const fields = readProtected(compact);
  if (!fields || fields['alg'] === undefined) return fail(describeFormat('it is no encrypted JOSE text'));
  const wrong = judgeFields(fields);
  if (wrong) return fail(wrong);
  const [, encryptedKey, iv, ciphertext, tag] = segments.map(decodeSegment);
  const salt = readSalt(fields);
  const isWhole =
    segments.length === 5 &&
    encryptedKey?.length === SEGMENT_BYTES.encryptedKey &&
    iv?.length === SEGMENT_BYTES.iv &&
    tag?.length === SEGMENT_BYTES.tag &&
    ciphertext;
  if (!isWhole || !salt) return fail(CUT);
  return succeed({ salt, iterations: Number(fields['p2c']), encryptedKey });
}

/**
 * Whether the passphrase opens the key that encrypts the content (RFC 7518, 4.8; RFC 3394 has an integrity check of its
 * own), which tells a wrong passphrase from content that was changed.
 */
export async function isEncryptedKeyOpenedBy(
  header: KeyFileHeader,
  secret: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const label = new TextEncoder().encode(WRAP_ALGORITHM);
  const salt = new Uint8Array([...label, 0, ...header.salt]);
  try {
    const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
    const wrapping = await crypto.subtle.deriveKey(
      { name: 'PBKDF2', hash: 'SHA-512', salt, iterations: header.iterations },
      base,
      { name: 'AES-KW', length: 256 },
      false,
      ['unwrapKey'],
    );
    await crypto.subtle.unwrapKey('raw', header.encryptedKey, wrapping, 'AES-KW', 'AES-GCM', false, [
      'decrypt',
    ]);
    return true;
  } catch {
    return false;
  }
}
