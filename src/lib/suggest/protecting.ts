// Suggestions that hide what identifies, per entity the recognizers found; must not know how the gate judges.
import type { Looked, SuggestedStep, Suggestion } from './suggest-types.ts';
import { countWords, suggestionOf } from './suggestion-words.ts';

type Advice = (column: string) => { readonly words: string; readonly step: SuggestedStep };

const mask =
  (macro: string): Advice =>
  (column) => ({ words: `Mask ${column}`, step: { kind: 'mask', parameters: { column: [column], macro } } });

const hash: Advice = (column) => ({
  words: `Hash ${column} with the project key`,
  step: { kind: 'hash', parameters: { column: [column] } },
});

const BY_ENTITY: Readonly<Record<string, readonly [string, Advice]>> = {
  EMAIL_ADDRESS: ['e-mail addresses', hash],
  PHONE_NUMBER: ['phone numbers', mask('mask_phone')],
  CREDIT_CARD: ['card numbers', mask('mask_card')],
  IP_ADDRESS: ['IP addresses', mask('mask_ip')],
  US_SSN: ['Social Security numbers', mask('mask_ssn')],
  PERSON: ['names of people', mask('mask_name')],
};

function isDate(looked: Looked): boolean {
  return ['date', 'timestamp'].includes(looked.profile.kind);
}

function isKey({ profile }: Looked): boolean {
  const isNamedKey = /(^|[_\s])(id|key|uuid|guid)$/i.test(profile.name);
  return isNamedKey && profile.rows > 1 && profile.nulls === 0 && profile.distinct === profile.rows;
}

/** At most one piece of advice for a column that identifies. */
export function suggestProtecting(looked: Looked): readonly Suggestion[] {
  const { profile, finding } = looked;
  const columns = [profile.name];
  const there = profile.rows - profile.nulls;
  const isFound = finding !== null && finding.sensitivity !== 'none' && finding.evidence.examined > 0;
  const known = isFound && finding.entity !== null ? BY_ENTITY[finding.entity] : undefined;
  if (isFound && known && finding.evidence.matched > 0) {
    const { examined, matched } = finding.evidence;
    const [noun, advice] = known;
    const { words, step } = advice(profile.name);
    const reason = `${countWords(matched, examined, 'different value')} that look like ${noun}.`;
    return [suggestionOf({ columns, title: words, reason, figure: { count: matched, of: examined }, step })];
  }
  if (isFound && isDate(looked) && finding.evidence.nameHint !== null) {
    const reason = `${countWords(there, profile.rows, 'row')} with an exact date, which identifies beside others.`;
    const step: SuggestedStep = {
      kind: 'generalize',
      parameters: { column: columns, macro: 'truncate_date', argument: 'year' },
    };
    const title = `Keep only the year of ${profile.name}`;
    return [suggestionOf({ columns, title, reason, figure: { count: there, of: profile.rows }, step })];
  }
  if (!isKey(looked)) return [];
  const { words, step } = hash(profile.name);
  const reason = `${countWords(profile.distinct, profile.rows, 'row')} with a value of their own: it is a key.`;
  return [
    suggestionOf({
      columns,
      title: words,
      reason,
      figure: { count: profile.distinct, of: profile.rows },
      step,
    }),
  ];
}
