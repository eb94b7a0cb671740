// What a passphrase must be and how it becomes bytes; must not know what it protects.
import type { Problem } from '../base/result.ts';

/** In Unicode characters, after normalization. */
export const PASSPHRASE_MIN_CHARACTERS = 12;

/** NFC, as RFC 8265 (OpaqueString) asks, so that one passphrase typed on two systems is one passphrase. */
function normalizePassphrase(passphrase: string): string {
  return passphrase.normalize('NFC');
}

/** UTF-8 bytes; the caller overwrites them after use. */
export function encodePassphrase(passphrase: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(normalizePassphrase(passphrase));
}

/** Why a new key may not be protected by it, or null. */
export function judgePassphrase(passphrase: string): Problem | null {
  const count = [...normalizePassphrase(passphrase).trim()].length;
  if (count >= PASSPHRASE_MIN_CHARACTERS) return null;
  return {
    code: 'key-passphrase-short',
    message: `The passphrase has ${count} characters and needs ${PASSPHRASE_MIN_CHARACTERS}, since whoever holds the key file can try passphrases as fast as their machines allow.`,
    hint: 'Take four or more random words; blanks around them do not count.',
  };
}
