// A shared notebook as the fragment of an address and back; must not know what may be shared or what becomes of it.
import { Inflate, deflateSync, strToU8 } from 'fflate';
import { canonicalJson } from '../base/canonical-json.ts';
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import { readShared } from './read-shared.ts';
import type { SharedNotebook } from './share-types.ts';

/** What stands before the code in an address. */
export const LINK_MARK = '#link=';
/** Characters of a whole address; longer ones get lost in mail and chat programs. */
export const LONGEST_ADDRESS = 8192;

const VERSION = '1';
const LARGEST_CODE = 64 * 1024;
const LARGEST_TEXT = 1024 * 1024;
const CHECK_BYTES = 8;
const STEP = 1024;

const DAMAGED: Problem = {
  code: 'share-link-damaged',
  message: 'This link is not whole: a part of it was lost or changed on its way.',
  hint: 'Copy the whole link again, or ask for the notebook as a file.',
};

const FOREIGN: Problem = {
  code: 'share-link-foreign',
  message: 'This link does not hold a notebook of Sluice.',
  hint: 'Ask whoever sent it for a new link, or for the notebook as a file.',
};

const NEWER: Problem = {
  code: 'share-link-newer',
  message: 'This link was made by a newer Sluice.',
  hint: 'Open it with the newest version.',
};

const TOO_LARGE: Problem = {
  code: 'share-link-too-large',
  message: 'This link holds more than a notebook may hold.',
  hint: 'It was not opened. Ask for the notebook as a file.',
};

/** RFC 4648, section 5, without padding. */
function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** The first bytes of the SHA-256, so that what was changed on its way is told from what was meant. */
async function checkOf(bytes: Uint8Array): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).subarray(0, CHECK_BYTES);
}

/** The bytes that a DEFLATE stream (RFC 1951) holds, in steps, so that a bomb stops at the limit. */
function inflate(packed: Uint8Array): Result<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  let isDone = false;
  const stream = new Inflate((chunk, final) => {
    chunks.push(chunk);
    total += chunk.length;
    isDone = final;
  });
  try {
    for (let at = 0; at < packed.length && total <= LARGEST_TEXT; at += STEP)
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch {
    return fail(DAMAGED);
  }
  if (total > LARGEST_TEXT) return fail(TOO_LARGE);
  if (!isDone) return fail(DAMAGED);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return succeed(bytes);
}

/** `1.<base64url of check and DEFLATE of the canonical JSON>`. */
export async function encodeLink(shared: SharedNotebook): Promise<string> {
  const bytes = strToU8(canonicalJson(shared));
  const packed = deflateSync(bytes, { level: 9 });
  const check = await checkOf(bytes);
  const whole = new Uint8Array(CHECK_BYTES + packed.length);
  whole.set(check);
  whole.set(packed, CHECK_BYTES);
  return `${VERSION}.${toBase64Url(whole)}`;
}

function readJson(bytes: Uint8Array): Result<unknown> {
  try {
    return succeed(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown);
  } catch {
    return fail(FOREIGN);
  }
}

/** The bytes after the version, or why there are none. */
function readCode(code: string): Result<Uint8Array> {
  const [, version, text] = /^(\d{1,6})\.(.*)$/s.exec(code) ?? [];
  if (version === undefined || text === undefined) return fail(FOREIGN);
  if (Number(version) > Number(VERSION)) return fail(NEWER);
  if (version !== VERSION) return fail(FOREIGN);
  if (text.length > Math.ceil((LARGEST_CODE * 4) / 3)) return fail(TOO_LARGE);
  const whole = fromBase64Url(text);
  return whole === null || whole.length <= CHECK_BYTES ? fail(DAMAGED) : succeed(whole);
}

/**
 * What `encodeLink` wrote. At most 64 kB of code and 1 MB of text are read, whatever is in it.
 * Fails with `share-link-damaged`, `-foreign`, `-newer`, `-too-large` or as `readShared`.
 */
export async function decodeLink(code: string): Promise<Result<SharedNotebook>> {
  const whole = readCode(code);
  if (!whole.ok) return whole;
  const bytes = inflate(whole.value.subarray(CHECK_BYTES));
  if (!bytes.ok) return bytes;
  const check = await checkOf(bytes.value);
  if (!check.every((byte, index) => byte === whole.value[index])) return fail(DAMAGED);
  const json = readJson(bytes.value);
  return json.ok ? readShared(json.value) : json;
}
