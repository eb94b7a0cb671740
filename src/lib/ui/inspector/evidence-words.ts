// Says in words why a column counts as sensitive; must not know how it was recognized.
import { sensitivityRank, type Sensitivity } from '../../base/sensitivity-level.ts';
import type { ColumnFinding } from '../../sensitivity/sensitivity-types.ts';
import { formatCount, formatQuantity } from '../primitives/figures.ts';

const ENTITY_WORDS: Readonly<Record<string, string>> = {
  EMAIL_ADDRESS: 'an e-mail address',
  PHONE_NUMBER: 'a phone number',
  CREDIT_CARD: 'a payment card number',
  IP_ADDRESS: 'an IP address',
  PERSON: 'a person’s name',
  DATE_TIME: 'a date',
  BIRTH_DATE: 'a date of birth',
  DATE_OF_BIRTH: 'a date of birth',
  LOCATION: 'a place',
  POSTCODE: 'a postcode',
  PASSWORD: 'a password',
  URL: 'a web address',
};

/** `an e-mail address`; an entity without words of its own is named as it is. */
export function entityInWords(entity: string): string {
  return ENTITY_WORDS[entity] ?? `${entity.toLowerCase().replaceAll('_', ' ')}`;
}

function matchSentence(finding: ColumnFinding, entity: string): string | null {
  const { examined, matched, validated } = finding.evidence;
  if (examined === 0 || matched === 0) return null;
  const values = examined === 1 ? 'value looks' : 'values look';
  const of = `${formatCount(matched)} of ${formatCount(examined)} distinct ${values} like ${entityInWords(entity)}`;
  if (validated === matched)
    return `${of}, and ${matched === 1 ? 'it passes' : 'all of them pass'} its check.`;
  return validated > 0 ? `${of}; ${formatCount(validated)} of those pass its check.` : `${of}.`;
}

/** One sentence for each piece of evidence; what was looked at comes last. */
export function describeEvidence(finding: ColumnFinding): readonly string[] {
  const { examined, sampled, nameHint } = finding.evidence;
  const scope =
    examined === 0
      ? 'The column has no values to look at.'
      : sampled
        ? `A sample of ${formatQuantity(examined, 'distinct value')} was looked at.`
        : `Every distinct value was looked at (${formatCount(examined)}).`;
  const hint = nameHint ? `The column name says “${nameHint}”.` : null;
  const match = finding.entity ? matchSentence(finding, finding.entity) : null;
  if (finding.sensitivity === 'none' && !match && !hint) return ['Nothing sensitive was recognized.', scope];
  return [match, hint, scope].filter((sentence) => sentence !== null);
}

/** True where a declaration takes a detected level down, so that a reason is needed. */
export function isLowered(found: Sensitivity | null, declared: Sensitivity): boolean {
  return found !== null && sensitivityRank(declared) < sensitivityRank(found);
}
