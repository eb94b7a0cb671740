// Suggestions that mend values: missing, far out, untidy, text that is something else; must not know sensitivity.
import type { ColumnProfile } from '../profile/profile-types.ts';
import type { Looked, SuggestedStep, Suggestion } from './suggest-types.ts';
import { countWords, suggestionOf } from './suggestion-words.ts';

/** Above so large a share missing, filling would invent the column. */
const MOST_FILLED = 0.5;
/** Of the texts, the share that must be readable before a column is taken for numbers or dates. */
const READABLE = 0.95;
/** Distance of mean and median, in standard deviations, from which the median is the better middle. */
const SKEWED = 0.2;
const MOST_CATEGORIES = 12;

export function isNumeric(profile: ColumnProfile): boolean {
  return ['integer', 'decimal', 'float'].includes(profile.kind);
}

function isSkewed({ mean, quartiles, stddev }: ColumnProfile): boolean {
  const middle = quartiles?.[1];
  if (typeof mean !== 'number' || middle === null || middle === undefined || stddev === null || stddev === 0)
    return false;
  return Math.abs(mean - Number(middle)) / stddev > SKEWED;
}

function fillingStep(profile: ColumnProfile): { readonly step: SuggestedStep; readonly by: string } | null {
  const parameters = { column: [profile.name] };
  if (isNumeric(profile))
    return isSkewed(profile)
      ? { step: { kind: 'impute-median', parameters }, by: 'its median, since the values are skewed' }
      : { step: { kind: 'impute-mean', parameters }, by: 'its mean' };
  // The most frequent value says something only where values repeat.
  const [most] = profile.top;
  const isCategory = ['text', 'category', 'boolean'].includes(profile.kind);
  if (!isCategory || most === undefined || profile.distinct > profile.rows / 10) return null;
  return { step: { kind: 'impute-mode', parameters }, by: 'its most frequent value' };
}

/** A made-up card number or name would be worse than none. */
function isIdentifying({ finding }: Looked): boolean {
  return finding !== null && ['direct', 'secret'].includes(finding.sensitivity);
}

function suggestFilling(looked: Looked): Suggestion | null {
  const { profile } = looked;
  const missing = profile.nulls + profile.notANumber;
  if (missing === 0 || missing / profile.rows > MOST_FILLED || isIdentifying(looked)) return null;
  const filling = fillingStep(profile);
  if (!filling) return null;
  return suggestionOf({
    columns: [profile.name],
    title: `Impute ${profile.name} by ${filling.by}`,
    reason: `${countWords(missing, profile.rows, 'row')} without a value.`,
    figure: { count: missing, of: profile.rows },
    step: filling.step,
  });
}

function suggestOutliers(looked: Looked): Suggestion | null {
  const { profile, measure } = looked;
  if (isIdentifying(looked)) return null;
  const count = measure.outliers ?? 0;
  const there = profile.rows - profile.nulls;
  // Two or three different values have no tails, and a tenth of all rows is a tail, not an accident.
  if (count === 0 || profile.distinct < 10 || count / there > 0.1) return null;
  return suggestionOf({
    columns: [profile.name],
    title: `Flag outliers in ${profile.name}`,
    reason: `${countWords(count, there, 'value')} beyond 1.5 interquartile ranges.`,
    figure: { count, of: there },
    step: { kind: 'outliers', parameters: { column: profile.name, method: 'iqr', threshold: 1.5 } },
  });
}

function suggestTidying({ profile, measure }: Looked): Suggestion | null {
  const untidy = measure.untidy ?? 0;
  const spellings = measure.spellings ?? 0;
  const blanks = profile.blanks ?? 0;
  const worst = Math.max(untidy, spellings, blanks);
  if (worst === 0) return null;
  const reasons = [
    ...(untidy > 0 ? [`${countWords(untidy, profile.rows, 'row')} with surplus blanks.`] : []),
    ...(spellings > 0
      ? [
          `${countWords(spellings, profile.distinct, 'value')} that differ from another in case or blanks only.`,
        ]
      : []),
    ...(blanks > 0
      ? [`${countWords(blanks, profile.rows, 'row')} with blank text, which could be NULL.`]
      : []),
  ];
  const isCased = spellings > untidy;
  return suggestionOf({
    columns: [profile.name],
    title: `Tidy ${profile.name}`,
    reason: reasons.join(' '),
    figure: { count: worst, of: worst === spellings ? profile.distinct : profile.rows },
    step: {
      kind: 'text',
      parameters: { column: [profile.name], case: isCased ? 'lower' : 'keep', trim: true, blank: true },
    },
  });
}

function suggestReading({ profile, measure }: Looked): Suggestion | null {
  const texts = measure.texts ?? 0;
  if (texts < 2) return null;
  const asDates = measure.dates ?? 0;
  const asNumbers = measure.numbers ?? 0;
  const isDate = asDates >= asNumbers;
  const count = Math.max(asDates, asNumbers);
  if (count / texts < READABLE) return null;
  const what = isDate ? 'dates' : 'numbers';
  return suggestionOf({
    columns: [profile.name],
    title: `Read ${profile.name} as ${what}`,
    reason: `${countWords(count, texts, 'text')} that can be read as ${what}.`,
    figure: { count, of: texts },
    step: { kind: 'parse', parameters: { column: [profile.name], as: isDate ? 'date' : 'number' } },
  });
}

function suggestEncoding(looked: Looked): Suggestion | null {
  const { profile, measure } = looked;
  const { distinct, rows, top } = profile;
  if (!['text', 'category'].includes(profile.kind) || isIdentifying(looked)) return null;
  const isFew = distinct >= 2 && distinct <= MOST_CATEGORIES && distinct <= rows / 10;
  if (!isFew || top.length < distinct || (measure.spellings ?? 0) > 0) return null;
  return suggestionOf({
    columns: [profile.name],
    title: `Encode ${profile.name} as columns of 0 and 1`,
    reason: `${distinct} different values in ${rows.toLocaleString('en')} rows.`,
    figure: { count: distinct, of: rows },
    step: {
      kind: 'encode-one-hot',
      parameters: { column: profile.name, values: top.map(({ value }) => String(value)), keep: true },
    },
  });
}

function suggestEmailCheck({ profile, measure }: Looked): Suggestion | null {
  const { texts, emails } = measure;
  if (texts === null || emails === null || emails === texts || emails / texts < 0.5) return null;
  return suggestionOf({
    columns: [profile.name],
    title: `Look at addresses in ${profile.name}`,
    reason: `${countWords(texts - emails, texts, 'value')} that are no e-mail addresses.`,
    figure: { count: texts - emails, of: texts },
    step: null,
  });
}

export function suggestCleansing(looked: Looked): readonly Suggestion[] {
  return [
    suggestFilling(looked),
    suggestOutliers(looked),
    suggestTidying(looked),
    suggestReading(looked),
    suggestEncoding(looked),
    suggestEmailCheck(looked),
  ].filter((one) => one !== null);
}
