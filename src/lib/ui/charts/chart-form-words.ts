// Words for kinds of charts and what is computed; must not know SQL.
import type { Aggregate, ChartMark } from '../../notebook/chart-cell-types.ts';
import type { FilterClause } from '../../filter/filter-types.ts';

export const MARK_WORDS: Readonly<Record<ChartMark, string>> = {
  bar: 'Bars',
  line: 'Line',
  area: 'Area',
  scatter: 'Scatter plot',
  histogram: 'Histogram',
  box: 'Box plot',
  heatmap: 'Heat map',
};

export const AGGREGATE_WORDS: Readonly<Record<Aggregate, string>> = {
  count: 'Number of rows',
  distinct: 'Distinct values',
  sum: 'Sum',
  mean: 'Mean',
  median: 'Median',
  min: 'Least',
  max: 'Greatest',
};

/** Which settings a kind has, in the order of the form. */
export const FIELDS: Readonly<Record<ChartMark, readonly ('x' | 'aggregate' | 'y' | 'series' | 'bins')[]>> = {
  bar: ['x', 'aggregate', 'y', 'series', 'bins'],
  line: ['x', 'aggregate', 'y', 'series', 'bins'],
  area: ['x', 'aggregate', 'y', 'series', 'bins'],
  scatter: ['x', 'y', 'series'],
  histogram: ['x', 'series', 'bins'],
  box: ['x', 'y'],
  heatmap: ['x', 'y', 'aggregate', 'series', 'bins'],
};

function valueWords(value: unknown): string {
  return value === null ? 'NULL' : String(value);
}

/** No more than can be read at a glance. */
const MOST_LISTED = 6;

function listOf(words: readonly string[]): string {
  const more = words.length - MOST_LISTED;
  return more > 0 ? `${words.slice(0, MOST_LISTED).join(', ')} and ${more} more` : words.join(', ');
}

/** `country: UA`, `pay: 10 to 15`. */
export function clauseWords(clause: FilterClause): string {
  switch (clause.kind) {
    case 'in':
      return `${clause.column}: ${clause.isExcluded ? 'not ' : ''}${listOf(clause.values.map(valueWords))}`;
    case 'range':
      return clause.low === clause.high
        ? `${clause.column}: ${valueWords(clause.low)}`
        : `${clause.column}: ${clause.low ?? '…'} to ${clause.high ?? '…'}`;
    case 'null':
      return `${clause.column}: ${clause.isNull ? 'NULL' : 'not NULL'}`;
    case 'contains':
      return `${clause.column}: contains “${clause.text}”`;
  }
}
