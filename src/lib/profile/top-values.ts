// The most frequent values of a column; must not know what else is measured.
import { succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import { ask, type Asked } from './ask-columns.ts';
import { isNumber, isTemporal } from './column-kind.ts';
import type { Counts } from './counts.ts';
import type { ValueCount } from './profile-types.ts';

const TOP_COUNT = 10;
/** Numbers and times with more distinct values than this are told by their histogram. */
const MOST_DISTINCT_MEASURES = 100;
/** An estimate up to this is small enough to group by all the rows of a large relation, and so to know exactly. */
const MOST_DISTINCT_GROUPED = 10_000;

export interface TopValues {
  readonly top: readonly ValueCount[];
  /** Distinct values, where grouping all rows has counted them. */
  readonly distinct: number | null;
  readonly isSampled: boolean;
}

const NOTHING: TopValues = { top: [], distinct: null, isSampled: false };

function wantsTop({ kind, distinct, nulls, rows, distinctIsExact }: Counts): boolean {
  if (distinct === 0 || ['bytes', 'nested', 'interval', 'other'].includes(kind)) return false;
  // An estimate may be off by a quarter and more; grouping tells.
  if (!distinctIsExact && distinct <= MOST_DISTINCT_GROUPED) return true;
  if (isNumber(kind) || isTemporal(kind)) return distinct <= MOST_DISTINCT_MEASURES;
  return !distinctIsExact || distinct < rows - nulls || distinct <= TOP_COUNT;
}

/**
 * Most frequent first, equal counts in the order of the values. A relation too large for exact figures is grouped whole
 * where few values are expected, else its sample is.
 */
export async function findTop(
  asked: Asked,
  relation: string,
  sample: string | null,
  counts: Counts,
): Promise<Result<TopValues>> {
  if (!wantsTop(counts)) return succeed(NOTHING);
  const name = quoteIdentifier(counts.name);
  const isSampled = sample !== null && counts.distinct > MOST_DISTINCT_GROUPED;
  const from = isSampled ? sample : quoteIdentifier(relation);
  const answer = await ask(
    asked,
    `SELECT v, n, groups FROM (SELECT ${name} AS v, count(*) AS n, count(*) OVER () AS groups FROM ${from} ` +
      `WHERE ${name} IS NOT NULL GROUP BY ALL) ORDER BY n DESC, v LIMIT ${TOP_COUNT}`,
  );
  if (!answer.ok) return answer;
  const distinct = isSampled ? null : Number(answer.value[0]?.[2] ?? 0);
  const isMeasure = isNumber(counts.kind) || isTemporal(counts.kind);
  if (isMeasure && (distinct ?? 0) > MOST_DISTINCT_MEASURES) return succeed({ ...NOTHING, distinct });
  if (isSampled && Number(answer.value[0]?.[1] ?? 0) <= 1) return succeed({ ...NOTHING, isSampled });
  const top = answer.value.map(([value = null, count]) => ({ value, count: Number(count) }));
  return succeed({ top, distinct, isSampled });
}
