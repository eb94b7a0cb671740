// Keeps values out of the log: every text is looked at by the recognizers, cut, and flattened; knows no storage.
import { REDACTED, redactText } from '../metadata/sql-literals.ts';
import { detectText } from '../sensitivity/detect-text.ts';
import type { AuditDetails, AuditEvent } from './audit-types.ts';

const LONGEST_TEXT = 200;
const LONGEST_ACTOR = 60;
const MOST_DETAILS = 24;
/** Larger than any count, size or duration here, smaller than the numbers of cards and accounts. */
const LARGEST_NUMBER = 1e12;

/** Digests and fingerprints, which a recognizer could take for something else. A card number has no letters. */
const DIGEST = /^(?:[0-9a-f]{64}|(?=[0-9a-f]*[a-f])[0-9a-f]{16})$/;
const DETAIL_NAME = /^[a-z][A-Za-z0-9]{0,39}$/;

/** One line without control characters, at most `longest` UTF-16 code units, values masked. */
function cleanText(text: string, longest = LONGEST_TEXT): string {
  if (DIGEST.test(text)) return text;
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  // Masked before it is cut: the beginning of a value that was cut is no longer recognized.
  const masked = redactText(line.slice(0, longest * 10), detectText);
  if (masked.length <= longest) return masked;
  return `${masked.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function cleanDetail(value: unknown): string | number | boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return Math.abs(value) < LARGEST_NUMBER ? Math.round(value) : REDACTED;
}

/**
 * Names, counts, codes and digests only: texts are masked by the recognizers and cut to 200 characters, numbers are whole
 * and below 10^12, anything else is left out.
 */
export function cleanDetails(details: AuditDetails): AuditDetails {
  const clean: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(details).slice(0, MOST_DETAILS)) {
    const kept = DETAIL_NAME.test(name) ? cleanDetail(value) : null;
    if (kept !== null) clean[name] = kept;
  }
  return clean;
}

/** The event as it may be stored: what is said of the data is said without its values. */
export function cleanEvent({ action, subject, notebook, details }: AuditEvent): AuditEvent {
  return {
    action,
    subject: subject === null ? null : cleanText(subject),
    notebook: notebook === null ? null : { id: notebook.id.slice(0, 64), title: cleanText(notebook.title) },
    details: cleanDetails(details),
  };
}

export const DEFAULT_ACTOR = 'analyst';

/** The name as a person chose it, on one line and of at most 60 characters; `analyst` where nothing is left. */
export function cleanActor(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, LONGEST_ACTOR).join('').trim() || DEFAULT_ACTOR;
}
