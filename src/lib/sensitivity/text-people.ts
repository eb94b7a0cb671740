// Finds telephone numbers and names of persons in running text, by form, context words and the dictionary.
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { foldText } from './name-hint.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './recognizers/person-names.ts';
import type { TextSpan } from './sensitivity-types.ts';

const PHONE_CANDIDATE =
  /(?<![\p{L}\p{N}+.,@_-])(?:\+|\()?\d(?:[ ().\-/\u00A0]{0,3}\d){6,16}(?![\p{L}\p{N}@_]|[.,-]\d)/gu;
const PHONE_WORDS =
  /(?:phone|\btel\b|\btel[ée]|telefon|mobile|\bmobil\b|\bcell\b|\bcall\b|\bfax\b|whatsapp|\bsms\b|rufnummer|handy|m[óo]vil|celular|cellulare|телефон|тел\.|моб\.)[^\n\d+]{0,24}$/iu;
const NANP = /^(?:1[ .-])?(?:\([2-9]\d{2}\)[ -]?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}$/;

function phoneScore(candidate: string, before: string): number | null {
  if (/^\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}\b)/.test(candidate)) return null;
  if (candidate.startsWith('+')) {
    const parsed = parsePhoneNumberFromString(candidate);
    if (parsed?.isValid()) return 0.95;
    return parsed?.isPossible() ? 0.6 : null;
  }
  const digits = candidate.replace(/\D/g, '').length;
  const hasContext = PHONE_WORDS.test(before);
  if (NANP.test(candidate))
    return hasContext || parsePhoneNumberFromString(candidate, 'US')?.isValid() ? 0.8 : 0.6;
  return hasContext && digits >= 7 && digits <= 15 ? 0.7 : null;
}

export function findPhones(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  for (const match of text.matchAll(PHONE_CANDIDATE)) {
    const score = phoneScore(match[0], text.slice(Math.max(0, match.index - 40), match.index));
    if (score === null) continue;
    spans.push({ entity: 'PHONE_NUMBER', start: match.index, end: match.index + match[0].length, score });
  }
  return spans;
}

const given = new Set(GIVEN_NAMES);
const family = new Set(FAMILY_NAMES);

/** Up to four capitalized words in a row, initials and particles included. */
const CAPITALIZED =
  /(?<![\p{L}\p{N}@_])\p{Lu}[\p{L}'’-]{0,30}(?: (?:\p{Lu}\.|(?:van|von|de|da|di|del|la|le|bin|al|der|den|dos|du) ){0,2} ?\p{Lu}[\p{L}'’-]{0,30}){0,3}(?![\p{L}\p{N}@_])/gu;
const HONORIFIC =
  /^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Herr|Frau|Sr|Sra|Srta|Mme|Mlle|Monsieur|Madame|Pan|Pani|Sig|Signor|Signora|Don|Doña|Пан|Пані)\.?$/u;
const INTRODUCTION =
  /(?:\bname(?: is|:)|\bnamed|\bcalled|\bI am|\bI'm|\bsigned(?: by)?:?|\bregards,|\bdear|\bhello|\bhi|\bheiße|\bje m'appelle|\bme llamo|\bmi chiamo|\bmeu nome é|\bnazywam się|\bмене звати|\bклієнт|\bcustomer|\bpatient|\bcontact:?|\bMr\.?|\bMrs\.?|\bMs\.?|\bDr\.?|\bProf\.?|\bHerr|\bFrau|\bPan|\bPani|\bSra?\.?|\bMme)\s+$/iu;

interface NameCandidate {
  readonly words: readonly string[];
  readonly before: string;
}

function personScore({ words, before }: NameCandidate): number | null {
  if (words.every((word) => HONORIFIC.test(word))) return null;
  const folded = words.map((word) => foldText(word).replace(/[.’']/g, ''));
  const isGiven = given.has(folded[0] ?? '');
  const isFamily = family.has(folded.at(-1) ?? '');
  if (words.length >= 2 && isGiven && isFamily) return 0.9;
  if (words.length >= 2 && isGiven) return 0.8;
  if (INTRODUCTION.test(before)) return isGiven || isFamily || words.length >= 2 ? 0.85 : 0.6;
  if (words.length === 1 && isGiven && folded[0] !== undefined && folded[0].length >= 4) return 0.5;
  return null;
}

export function findPersons(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  for (const match of text.matchAll(CAPITALIZED)) {
    const all = match[0].split(/ +/);
    let skipped = all.findLastIndex((word, place) => place < all.length - 1 && HONORIFIC.test(word)) + 1;
    while (skipped < all.length - 1 && isLeadIn(all, skipped)) skipped++;
    const offset = skipped === 0 ? 0 : all.slice(0, skipped).join(' ').length + 1;
    const start = match.index + offset;
    const before = text.slice(Math.max(0, start - 24), start);
    const score = personScore({ words: all.slice(skipped), before });
    if (score !== null) spans.push({ entity: 'PERSON', start, end: match.index + match[0].length, score });
  }
  return spans;
}

/** The capitalized start of a sentence before a known given name: `Yesterday Anna Kowalska`. */
function isLeadIn(words: readonly string[], place: number): boolean {
  const isKnown = (word: string | undefined) => given.has(foldText(word ?? ''));
  return !isKnown(words[place]) && words.slice(place + 1).some(isKnown);
}
