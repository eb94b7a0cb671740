// US social security numbers (ranges never issued left out, as published by the Social Security Administration); must not know any table.
import type { Recognizer } from './recognizer.ts';

const AREA = '(?:00[1-9]|0[1-9][0-9]|[1-578][0-9]{2}|6(?:[0-57-9][0-9]|6[0-57-9]))';
const dashed = `CASE WHEN contains(v, '-') THEN regexp_matches(v, '(?:^|[^0-9A-Za-z-])${AREA}-(?:0[1-9]|[1-9][0-9])-(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})(?:$|[^0-9A-Za-z-])') ELSE FALSE END`;
const bare = "regexp_full_match(v, '\\s*[0-9]{9}\\s*')";

export const usSsn: Recognizer = {
  entity: 'US_SSN',
  sensitivity: 'direct',
  hints: {
    strong: ['ssn', 'socialsecurity', 'socialsecuritynumber', 'socialsecurityno', 'socsec'],
    weak: [],
    against: ['has', 'is', 'count', 'status', 'valid', 'verified', 'benefit', 'benefits', 'income'],
  },
  families: ['text', 'integer'],
  shapes: {
    text: { matched: `(${dashed} OR ${bare})`, validated: dashed },
    integer: { matched: 'x BETWEEN 1010001 AND 899999999', validated: 'FALSE' },
  },
  hintConfidence: 0.5,
  shareWithoutHint: 0.5,
  shareOfMatched: 0.5,
  shareWithWeakHint: 0.5,
  content: {
    kind: 'any',
    certain: { text: dashed },
    withHint: { text: `(${dashed} OR ${bare})`, integer: 'x BETWEEN 1010001 AND 899999999' },
  },
};
