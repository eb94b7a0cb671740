// First look at a column: NULLs, distinct values, extremes, lengths, what is not finite; must not know means or histograms.
import { quoteIdentifier, quoteLiteral } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { Expressions, Figures } from './ask-columns.ts';
import { canBeInfinite, kindOf } from './column-kind.ts';
import type { ColumnProfile } from './profile-types.ts';

/** Unicode's property White_Space (UAX #44, PropList.txt). */
const WHITE_SPACE =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

const WITHOUT_EXTREMES: ReadonlySet<string> = new Set(['bytes', 'nested', 'other']);

function unusual(name: string, type: string): Expressions {
  const isFloat = kindOf(type) === 'float';
  const beyond = (sign: '' | '-') =>
    `count(*) FILTER (WHERE ${name} = ${quoteLiteral(`${sign}infinity`)}::${type})`;
  return {
    notANumber: isFloat ? `count(*) FILTER (WHERE isnan(${name}))` : '0',
    positiveInfinity: beyond(''),
    negativeInfinity: beyond('-'),
  };
}

/** Few texts begin with white space: only those are looked through. */
function isBlank(name: string): string {
  const codes = Array.from(WHITE_SPACE, (character) => character.codePointAt(0)).join(', ');
  return (
    `CASE WHEN ${name} = '' THEN TRUE WHEN unicode(${name}) IN (${codes}) ` +
    `THEN ltrim(${name}, ${quoteLiteral(WHITE_SPACE)}) = '' ELSE FALSE END`
  );
}

function lengths(name: string, measure: string): Expressions {
  return { minLength: `min(${measure}(${name}))`, maxLength: `max(${measure}(${name}))` };
}

/** Aggregates of one column; `isExact` says whether distinct values are counted or estimated. */
export function countExpressions(column: ColumnType, isExact: boolean): Expressions {
  const name = quoteIdentifier(column.name);
  const kind = kindOf(column.type);
  const finite = canBeInfinite(kind) ? ` FILTER (WHERE isfinite(${name}))` : '';
  return {
    present: `count(${name})`,
    distinct: isExact ? `count(DISTINCT ${name})` : `approx_count_distinct(${name})`,
    ...(WITHOUT_EXTREMES.has(kind) ? {} : { min: `min(${name})${finite}`, max: `max(${name})${finite}` }),
    ...(canBeInfinite(kind) ? unusual(name, column.type) : {}),
    ...(kind === 'text'
      ? {
          ...lengths(name, 'length'),
          blanks: `count(*) FILTER (WHERE ${isBlank(name)})`,
        }
      : {}),
    ...(kind === 'bytes' ? lengths(name, 'octet_length') : {}),
    ...(kind === 'interval' ? { mean: `avg(${name})` } : {}),
  };
}

export type Counts = Omit<
  ColumnProfile,
  'stddev' | 'quartiles' | 'top' | 'histogram' | 'isSampled' | 'sampled' | 'sampleRows'
>;

/** What the aggregates of `countExpressions` say. An estimate is never larger than the values there are. */
export function readCounts(column: ColumnType, rows: number, isExact: boolean, figures: Figures): Counts {
  const count = (name: string) => Number(figures[name] ?? 0);
  const maybe = (name: string) => {
    const value = figures[name] ?? null;
    return value === null ? null : Number(value);
  };
  const kind = kindOf(column.type);
  const present = count('present');
  return {
    name: column.name,
    type: column.type,
    kind,
    rows,
    nulls: rows - present,
    distinct: Math.min(count('distinct'), present),
    distinctIsExact: isExact || present <= 1,
    min: figures['min'] ?? null,
    max: figures['max'] ?? null,
    mean: figures['mean'] ?? null,
    notANumber: count('notANumber'),
    positiveInfinity: count('positiveInfinity'),
    negativeInfinity: count('negativeInfinity'),
    blanks: kind === 'text' ? count('blanks') : null,
    minLength: maybe('minLength'),
    maxLength: maybe('maxLength'),
  };
}

/** Values that are neither NULL nor NaN nor infinite. */
export function countFinite(counts: Counts): number {
  const { rows, nulls, notANumber, positiveInfinity, negativeInfinity } = counts;
  return rows - nulls - notANumber - positiveInfinity - negativeInfinity;
}
