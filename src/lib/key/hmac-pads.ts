// HMAC-SHA-256 by its two padded keys (RFC 2104) and HKDF (RFC 5869); must not know passphrases, files or the engine.
import { toHex } from '../base/sha256.ts';
import type { HmacPads } from '../engine/contract.ts';

/** Block size of SHA-256 in bytes (FIPS 180-4). */
const BLOCK_BYTES = 64;
const INNER_BYTE = 0x36;
const OUTER_BYTE = 0x5c;
const FINGERPRINT_LABEL = 'sluice/key-fingerprint/1';

async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
  joined.fill(0);
  return digest;
}

/** Pads of an HMAC key of any length; a key longer than 64 bytes is hashed first, as RFC 2104 asks. */
export async function padsOfKey(key: Uint8Array): Promise<HmacPads> {
  const short = key.length > BLOCK_BYTES ? await sha256(key) : key;
  const inner = new Uint8Array(BLOCK_BYTES).fill(INNER_BYTE);
  const outer = new Uint8Array(BLOCK_BYTES).fill(OUTER_BYTE);
  short.forEach((byte, at) => {
    inner[at] = byte ^ INNER_BYTE;
    outer[at] = byte ^ OUTER_BYTE;
  });
  if (short !== key) short.fill(0);
  return { inner, outer };
}

/** HMAC-SHA-256 of a message, 32 bytes: what `hmac_sha256` computes in the engine. */
export async function authenticate(pads: HmacPads, message: Uint8Array): Promise<Uint8Array> {
  return sha256(pads.outer, await sha256(pads.inner, message));
}

/**
 * First 16 hex digits of SHA-256 over the HMAC of a fixed public label: equal for equal pads, and no way back to them.
 */
export async function fingerprintPads(pads: HmacPads): Promise<string> {
  const mark = await authenticate(pads, new TextEncoder().encode(FINGERPRINT_LABEL));
  return toHex(await sha256(mark)).slice(0, 16);
}

export interface HkdfRequest {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly info: Uint8Array<ArrayBuffer>;
  /** At most 255 x 32 bytes. */
  readonly byteLength: number;
}

/** HKDF-SHA-256 (RFC 5869), extract and expand. */
export async function deriveBytes(key: CryptoKey, request: HkdfRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { salt, info, byteLength } = request;
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, key, byteLength * 8),
  );
}
