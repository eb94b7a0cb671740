// Spans of sensitive values in free text, the strongest where they overlap; must not know where the text comes from.
import { findBirthDates, findCards, findEmails, findIpAddresses } from './text-patterns.ts';
import { findPersons, findPhones } from './text-people.ts';
import type { TextSpan } from './sensitivity-types.ts';

function byStrength(a: TextSpan, b: TextSpan): number {
  return b.score - a.score || b.end - b.start - (a.end - a.start) || a.start - b.start;
}

/** Keeps the stronger of two spans that overlap. Both lists are sorted and walked once. */
function withoutOverlaps(spans: readonly TextSpan[]): readonly TextSpan[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || byStrength(a, b));
  const kept: TextSpan[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (!last || span.start >= last.end) kept.push(span);
    else if (byStrength(span, last) < 0) kept[kept.length - 1] = span;
  }
  return kept;
}

/**
 * Sensitive values in a text, in order, without overlaps: EMAIL_ADDRESS, PHONE_NUMBER, CREDIT_CARD, IP_ADDRESS, PERSON and
 * DATE_TIME (dates of birth). Offsets count UTF-16 code units, end exclusive.
 */
export function detectText(text: string): readonly TextSpan[] {
  return withoutOverlaps([
    ...findEmails(text),
    ...findCards(text),
    ...findIpAddresses(text),
    ...findPhones(text),
    ...findBirthDates(text),
    ...findPersons(text),
  ]);
}
