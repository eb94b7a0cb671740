// Values, filters and figures of columns in words; must not know how they are drawn.
import type { CellValue } from '../../engine/contract.ts';
import type { FilterClause } from '../../filter/filter-types.ts';
import type { ColumnProfile } from '../../profile/profile-types.ts';
import { formatCount, formatQuantity, formatShare } from '../primitives/figures.ts';
import { cellText } from './value-text.ts';

const LONGEST_VALUE = 40;

/** A value within a sentence: whole numbers as they are, others to six digits, long texts cut. */
export function valueWords(value: CellValue): string {
  if (value === '') return 'empty text';
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  const text = cellText(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

/** A mean: of dates and times without fractions of a second. */
function meanWords(mean: CellValue): string {
  return typeof mean === 'string' ? mean.replace(/\.\d+(?=Z?$)/, '') : valueWords(mean);
}

const SHOWN_VALUES = 3;

function listWords(values: readonly CellValue[]): string {
  const shown = values.slice(0, SHOWN_VALUES).map(valueWords).join(', ');
  const more = values.length - SHOWN_VALUES;
  return more > 0 ? `${shown} and ${formatCount(more)} more` : shown;
}

function rangeWords({ low, high, includesHigh }: Extract<FilterClause, { kind: 'range' }>): string {
  const until = `${includesHigh ? '≤' : '<'} ${valueWords(high)}`;
  if (low !== null && low === high && includesHigh) return `is ${valueWords(low)}`;
  if (low === null) return high === null ? 'any value' : until;
  return high === null ? `≥ ${valueWords(low)}` : `${valueWords(low)} to ${until}`;
}

/** What a filter lets through, after the column's name: `is Kyiv, Lviv`, `18 to < 65`, `is NULL`. */
export function clauseWords(clause: FilterClause): string {
  switch (clause.kind) {
    case 'in':
      return `${clause.isExcluded ? 'is not' : 'is'} ${listWords(clause.values)}`;
    case 'range':
      return rangeWords(clause);
    case 'null':
      return clause.isNull ? 'is NULL' : 'is not NULL';
    case 'contains':
      return `contains “${valueWords(clause.text)}”`;
  }
}

export function nullWords({ rows, nulls }: Pick<ColumnProfile, 'rows' | 'nulls'>): string {
  if (nulls === 0 || rows === 0) return 'no NULL';
  const share = nulls / rows;
  return `${share < 0.001 ? '< 0.1 %' : formatShare(share)} NULL`;
}

/** `≈` before what is estimated. */
export function distinctWords({ distinct, distinctIsExact }: ColumnProfile): string {
  return `${distinctIsExact ? '' : '≈ '}${formatCount(distinct)} distinct`;
}

/** The line under the bars. */
export function captionOf(profile: ColumnProfile): string {
  return `${distinctWords(profile)} · ${nullWords(profile)}`;
}

/** All that the bars show, for who does not see them. Without values where they are not to be shown. */
export function summaryOf(profile: ColumnProfile, showsValues = true): string {
  const { min, max, mean, top, histogram, rows } = profile;
  const [first] = top;
  const isHistogram = histogram !== null && histogram.bins.length > 0;
  const values = !showsValues
    ? []
    : [
        ...(isHistogram && min !== null ? [`from ${valueWords(min)} to ${valueWords(max)}`] : []),
        ...(isHistogram && mean !== null ? [`mean ${meanWords(mean)}`] : []),
        ...(!isHistogram && first
          ? [`most often ${valueWords(first.value)} (${formatQuantity(first.count, 'row')})`]
          : []),
      ];
  return [`${formatQuantity(rows, 'row')}`, nullWords(profile), distinctWords(profile), ...values].join(', ');
}

interface Measure {
  readonly name: string;
  readonly value: string;
}

/** What applies to the column's type, in the order in which it is read. */
export function measuresOf(profile: ColumnProfile): readonly Measure[] {
  const { min, max, mean, stddev, quartiles, blanks, minLength, maxLength } = profile;
  const unusual = profile.notANumber + profile.positiveInfinity + profile.negativeInfinity;
  const measure = (name: string, value: CellValue): readonly Measure[] =>
    value === null ? [] : [{ name, value: valueWords(value) }];
  return [
    ...measure('Least', typeof min === 'number' ? String(min) : min),
    ...measure('Quartiles', quartiles === null ? null : quartiles.map(valueWords).join(' · ')),
    ...measure('Greatest', typeof max === 'number' ? String(max) : max),
    ...measure('Mean', mean === null ? null : meanWords(mean)),
    ...measure('Standard deviation', stddev),
    ...measure(
      'Length',
      maxLength === null ? null : `${formatCount(minLength ?? 0)} to ${formatCount(maxLength)}`,
    ),
    ...measure('Blank texts', blanks ? formatCount(blanks) : null),
    ...measure('NaN and infinite', unusual > 0 ? formatCount(unusual) : null),
  ];
}

/** How sure the figures are. */
export function exactnessOf({ distinctIsExact, sampled, sampleRows }: ColumnProfile): string {
  if (distinctIsExact && sampled.length === 0) return 'Every figure is exact: all rows were counted.';
  const parts = [
    ...(distinctIsExact ? [] : ['the number of distinct values is an estimate']),
    ...(sampled.includes('quartiles') ? [`quartiles come from ${formatCount(sampleRows)} rows`] : []),
    ...(sampled.includes('top')
      ? [
          `which values are most frequent was seen in ${formatCount(sampleRows)} rows, how often was counted in all`,
        ]
      : []),
  ];
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. All else is exact.`;
}
