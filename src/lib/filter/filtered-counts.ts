// How many of the rows a condition leaves lie in each bin and have each of the top values of profiled columns; must not know who filters.
import { fail, succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import { askColumns, type Asked, type Expressions, type Figures } from '../profile/ask-columns.ts';
import { histogramExpressions, readBins } from '../profile/histogram.ts';
import { magnitudeOf } from '../profile/magnitude.ts';
import type { PlannedProfile } from '../profile/profile-columns.ts';
import { predicateOf } from './predicate.ts';
import type { FilteredCounts } from './view-types.ts';

function topExpressions({ profile }: PlannedProfile, column: ColumnType): Result<Expressions> {
  const counted: Record<string, string> = {};
  for (const [index, { value }] of profile.top.entries()) {
    const condition = predicateOf([{ kind: 'in', column: column.name, values: [value] }], [column]);
    if (!condition.ok) return fail(condition.error);
    counted[`top${index}`] = `count(*) FILTER (WHERE ${condition.value ?? 'TRUE'})`;
  }
  return succeed(counted);
}

function expressionsOf(planned: PlannedProfile): Result<Expressions> {
  const { name, type } = planned.profile;
  const column = { name, type };
  const top = topExpressions(planned, column);
  if (!top.ok) return top;
  return succeed({
    rows: 'count(*)',
    present: `count(${quoteIdentifier(name)})`,
    finite: `count(${magnitudeOf(column) ?? quoteIdentifier(name)})`,
    ...histogramExpressions(column, planned.plan),
    ...top.value,
  });
}

function readCounts({ profile, plan }: PlannedProfile, figures: Figures): FilteredCounts {
  const count = (name: string) => Number(figures[name] ?? 0);
  const rows = count('rows');
  const nulls = rows - count('present');
  const isSingle = plan !== null && plan.edges.length === 0;
  return {
    rows,
    nulls,
    bins: plan === null ? [] : isSingle ? [count('finite')] : readBins(plan, figures),
    top: profile.top.map((_, index) => count(`top${index}`)),
  };
}

/**
 * One entry for each profile, in order. `condition` is SQL over the relation's columns; null counts every row.
 * @returns the engine's problem; `engine-cancelled` where the signal came between two statements.
 */
export async function countFiltered(
  asked: Asked,
  relation: string,
  profiles: readonly PlannedProfile[],
  condition: string | null,
): Promise<Result<readonly FilteredCounts[]>> {
  const wanted: Expressions[] = [];
  for (const planned of profiles) {
    const expressions = expressionsOf(planned);
    if (!expressions.ok) return expressions;
    wanted.push(expressions.value);
  }
  const from = quoteIdentifier(relation) + (condition === null ? '' : ` WHERE ${condition}`);
  const figures = await askColumns(asked, from, wanted);
  if (!figures.ok) return figures;
  return succeed(profiles.map((planned, index) => readCounts(planned, figures.value[index] ?? {})));
}
