// The statements a compiled check runs as; must not know any kind of check.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { FigureCheck, RowCheck } from './compiled-check.ts';

export interface Rows {
  readonly relation: string;
  /** A guarded SQL condition, or null for all rows. */
  readonly where: string | null;
}

const NUMBER = '"_sl_row"';

/** The rows to look at, named as the relation is, so that SQL may call its columns by it. */
export function rowsSql({ relation, where }: Rows): string {
  const name = quoteIdentifier(relation);
  return `(SELECT * FROM ${name}${where === null ? '' : ` WHERE (\n${where}\n)`}) AS "_sl_child"`;
}

/** With the one-based number of each row in the relation. */
function numberedSql({ relation, where }: Rows): string {
  const name = quoteIdentifier(relation);
  const numbered = `(SELECT row_number() OVER () AS ${NUMBER}, * FROM ${name}) AS ${name}`;
  return `(SELECT * FROM ${numbered}${where === null ? '' : ` WHERE (\n${where}\n)`}) AS "_sl_child"`;
}

/** A plain column beside them keeps aggregates out of what is asked of each row. One row: all rows, examined ones, failing ones, those told apart among them. */
export function countSql(check: RowCheck, rows: Rows): string {
  const also = check.also?.sql ?? 'FALSE';
  return `SELECT count(*), count(*) FILTER (WHERE e), count(*) FILTER (WHERE e AND f), count(*) FILTER (WHERE e AND f AND a)
    FROM (SELECT (${check.examined}) AS e, (${check.failing}) AS f, (${also}) AS a, "_sl_is_row"
    FROM (SELECT *, TRUE AS "_sl_is_row" FROM ${rowsSql(rows)}) AS "_sl_child")`;
}

/** Numbers of failing rows, the first `limit`. */
export function failingSql(check: RowCheck, rows: Rows, limit: number): string {
  return `SELECT n FROM (SELECT ${NUMBER} AS n, (${check.examined}) AS e, (${check.failing}) AS f
    FROM ${numberedSql(rows)}) WHERE e AND f ORDER BY n LIMIT ${limit}`;
}

/** One row: the figure as text, whether it is too small, whether it is too large. */
export function figureSql(check: FigureCheck, rows: Rows): string {
  const from = check.from ? check.from(rowsSql(rows)) : rowsSql(rows);
  const [low, high] = [check.min, check.max];
  return `SELECT CAST(v AS VARCHAR), ${low === undefined ? 'FALSE' : `coalesce(v < ${low}, FALSE)`},
    ${high === undefined ? 'FALSE' : `coalesce(v > ${high}, FALSE)`} FROM (SELECT ${check.figure} AS v FROM ${from})`;
}
