// Finds e-mail addresses, cards, IP addresses and birth dates in running text; every scan is linear in its length.
import { CARD_ISSUER_RE2, CARD_TOKEN_RE2, NO_CARD_RE2 } from './recognizers/credit-card.ts';
import { IPV4_RE2, IPV6_RE2 } from './recognizers/ip-address.ts';
import { WRITTEN_DATE_RE2 } from './recognizers/birth-date.ts';
import { luhnValid } from './luhn.ts';
import type { TextSpan } from './sensitivity-types.ts';

/** RFC 5321, section 4.5.3.1: octets of a local part and of a domain. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;

const LOCAL_END = /[\p{L}\p{M}\p{N}_%+'-][\p{L}\p{M}\p{N}._%+'-]*$/u;
const DOMAIN_START =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?:xn--[A-Za-z0-9-]{2,59}|\p{L}{2,24})(?![\p{L}\p{N}@])/u;

export function findEmails(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const before = text.slice(Math.max(0, at - LONGEST_LOCAL), at);
    const local = LOCAL_END.exec(before)?.[0];
    const domain = DOMAIN_START.exec(text.slice(at + 1, at + 1 + LONGEST_DOMAIN))?.[0];
    if (local === undefined || domain === undefined) continue;
    const start = at - local.length;
    if (/[*•#]/.test(text.charAt(start - 1))) continue;
    spans.push({ entity: 'EMAIL_ADDRESS', start, end: at + 1 + domain.length, score: 0.95 });
  }
  return spans;
}

const CARD_ISSUER = new RegExp(`^(?:${CARD_ISSUER_RE2})$`);

export function findCards(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  const readable = text.replace(new RegExp(NO_CARD_RE2, 'g'), (part) => '#'.repeat(part.length));
  for (const match of readable.matchAll(new RegExp(CARD_TOKEN_RE2, 'g'))) {
    const digits = match[0].replace(/\D/g, '');
    if (!CARD_ISSUER.test(digits) || !luhnValid(digits)) continue;
    spans.push({
      entity: 'CREDIT_CARD',
      start: match.index,
      end: match.index + match[0].length,
      score: 0.95,
    });
  }
  return spans;
}

/** The part of a match that lies between the boundary characters the RE2 patterns consume. */
function innerSpan(
  match: RegExpExecArray,
  inner: RegExp,
): { readonly start: number; readonly end: number } | null {
  const found = inner.exec(match[0]);
  if (!found) return null;
  return { start: match.index + found.index, end: match.index + found.index + found[0].length };
}

function findInner(text: string, pattern: string, inner: RegExp): readonly { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const scan = new RegExp(pattern, 'gu');
  for (let match = scan.exec(text); match; match = scan.exec(text)) {
    const span = innerSpan(match, inner);
    if (span) spans.push(span);
    // A boundary character may belong to the next match as well.
    scan.lastIndex = Math.max(match.index + 1, match.index + match[0].length - 1);
  }
  return spans;
}

export function findIpAddresses(text: string): readonly TextSpan[] {
  const four = findInner(text, IPV4_RE2, /\d+(?:\.\d+){3}/).filter(
    (span) =>
      !/\b(?:version|ver|release|build|firmware|v)\.?\s*$/i.test(
        text.slice(Math.max(0, span.start - 12), span.start),
      ),
  );
  const six = findInner(text, IPV6_RE2, /[0-9A-Fa-f]+:[0-9A-Fa-f:]*/).filter((span) =>
    /\d/.test(text.slice(span.start, span.end)),
  );
  return [...four, ...six].map((span) => ({ entity: 'IP_ADDRESS', ...span, score: 0.9 }));
}

/** Words before a date that make it a date of birth. */
const BIRTH_WORDS =
  /(?:\bborn\b|\bbirth|\bd\.?o\.?b\b|\bgeboren\b|\bgeburts|\bn[ée]e?\s*\(?e?\)?\s+le\b|\bnaissance\b|\bnacid[oa]\b|\bnacimiento\b|\bnascid[oa]\b|\bnascimento\b|\bnat[oa]\b|\bnascita\b|\burodz|народ|рожд|родив|родил)[^\n\d]{0,30}$/iu;

export function findBirthDates(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  const dates = new RegExp(`(?<![\\p{L}\\p{N}])${WRITTEN_DATE_RE2}(?![\\p{L}\\p{N}])`, 'giu');
  for (const match of text.matchAll(dates)) {
    const before = text.slice(Math.max(0, match.index - 48), match.index);
    if (!BIRTH_WORDS.test(before)) continue;
    spans.push({ entity: 'DATE_TIME', start: match.index, end: match.index + match[0].length, score: 0.85 });
  }
  return spans;
}
