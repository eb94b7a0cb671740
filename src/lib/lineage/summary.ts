// What SUMMARIZE and DESCRIBE produce; must not know other queries.
import { NO_FLOW, passThrough, mergeFlows, type Flow } from './flow.ts';
import { readRelationAsQuery } from './from-clause.ts';
import type { CommonTables, Context } from './place.ts';
import type { Relation, Scope } from './scope.ts';
import { onlyFields, type Fields } from './tree.ts';

/** Output columns of SUMMARIZE in DuckDB 1.5 with the aggregate each shows; null where it shows no value. */
const SUMMARY: readonly (readonly [string, string | null])[] = [
  ['column_name', null],
  ['column_type', null],
  ['min', 'min'],
  ['max', 'max'],
  ['approx_unique', 'approx_count_distinct'],
  ['avg', 'avg'],
  ['std', 'stddev'],
  ['q25', 'approx_quantile'],
  ['q50', 'approx_quantile'],
  ['q75', 'approx_quantile'],
  ['count', 'count'],
  ['null_percentage', 'count'],
];

const DESCRIPTION = ['column_name', 'column_type', 'null', 'key', 'default', 'extra'];

/** One row a column: each figure is made of every column. */
export function followSummarize(
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  onlyFields(fields, 'SUMMARIZE', ['this']);
  const relation = readRelationAsQuery(fields['this'], { tables, outer, context });
  const all = mergeFlows(relation.columns.map((column) => column.flow));
  const show = (aggregate: string | null): Flow =>
    aggregate === null
      ? NO_FLOW
      : passThrough(all, { name: aggregate, isLibraryMacro: false, argument: 0 }, 'aggregation');
  return {
    columns: SUMMARY.map(([name, aggregate]) => ({ name, flow: show(aggregate) })),
    indirect: relation.indirect,
  };
}

/** Names and types only, no value. What is described must still be understood. */
export function followDescribe(
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  onlyFields(fields, 'DESCRIBE', ['target']);
  readRelationAsQuery(fields['target'], { tables, outer, context });
  return { columns: DESCRIPTION.map((name) => ({ name, flow: NO_FLOW })), indirect: [] };
}
