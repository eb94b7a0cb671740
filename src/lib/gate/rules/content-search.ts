// Counts in the engine which values of a column fulfil which conditions, over all rows; must not judge.
import { succeed, type Result } from '../../base/result.ts';
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { Engine } from '../../engine/contract.ts';
import type { JudgedColumn } from '../judged-columns.ts';
import type { ReadTable } from '../read-back.ts';
import { conditionsFor, type ContentCondition } from './content-conditions.ts';

export interface Hit {
  readonly condition: ContentCondition;
  readonly column: JudgedColumn;
  /** Values that fulfil the condition. */
  readonly count: number;
  /** The first of their rows, one-based. */
  readonly rows: readonly number[];
}

/** Rows named in a finding. */
const ROWS_NAMED = 5;

/** Below this share of distinct values it is cheaper to look at each value once. */
const FEW_DISTINCT = 0.25;

/** Values of one column as stored and as text; `x` and `v` are what the recognizers' conditions speak of. */
export function valuesSql(table: ReadTable, column: string): string {
  const name = quoteIdentifier(column);
  return `SELECT ${name} AS x, CAST(${name} AS VARCHAR) AS v FROM ${quoteIdentifier(table.relation)} WHERE ${name} IS NOT NULL`;
}

function groupedSql(table: ReadTable, column: string): string {
  const name = quoteIdentifier(column);
  return (
    `SELECT x, CAST(x AS VARCHAR) AS v, times FROM (SELECT ${name} AS x, count(*) AS times ` +
    `FROM ${quoteIdentifier(table.relation)} WHERE ${name} IS NOT NULL GROUP BY ${name})`
  );
}

async function queryNumbers(engine: Engine, sql: string): Promise<Result<readonly number[]>> {
  const answer = await engine.query({ sql });
  return answer.ok ? succeed((answer.value.rows[0] ?? []).map(Number)) : answer;
}

/** How many values fulfil each condition: over the distinct values where there are few, else each condition in a scan. */
async function countEach(
  engine: Engine,
  table: ReadTable,
  column: string,
  conditions: readonly ContentCondition[],
  isRepetitive: boolean,
): Promise<Result<readonly number[]>> {
  if (isRepetitive) {
    const counts = conditions.map(({ sql }) => `coalesce(sum(times) FILTER (WHERE ${sql}), 0)::BIGINT`);
    return queryNumbers(engine, `SELECT ${counts.join(', ')} FROM (${groupedSql(table, column)})`);
  }
  const counts: number[] = [];
  for (const { sql } of conditions) {
    // In WHERE, unlike in FILTER, what comes after a failed AND is not computed.
    const counted = await queryNumbers(
      engine,
      `SELECT count(*) FROM (${valuesSql(table, column)}) WHERE ${sql}`,
    );
    if (!counted.ok) return counted;
    counts.push(counted.value[0] ?? 0);
  }
  return succeed(counts);
}

async function findRows(
  engine: Engine,
  table: ReadTable,
  column: string,
  sql: string,
): Promise<Result<readonly number[]>> {
  const name = quoteIdentifier(column);
  const answer = await engine.query({
    sql:
      `SELECT place FROM (SELECT row_number() OVER () AS place, ${name} AS x, CAST(${name} AS VARCHAR) AS v ` +
      `FROM ${quoteIdentifier(table.relation)}) WHERE x IS NOT NULL AND ${sql} ORDER BY place LIMIT ${ROWS_NAMED}`,
  });
  return answer.ok ? succeed(answer.value.rows.map((row) => Number(row[0]))) : answer;
}

/** What stands in one column, above its condition's share. @returns the engine's problem where a search fails. */
export async function searchColumn(
  engine: Engine,
  table: ReadTable,
  column: JudgedColumn,
): Promise<Result<readonly Hit[]>> {
  const conditions = conditionsFor(column);
  if (conditions.length === 0) return succeed([]);
  const name = quoteIdentifier(column.name);
  const sized = await queryNumbers(
    engine,
    `SELECT count(${name}), approx_count_distinct(${name}) FROM ${quoteIdentifier(table.relation)}`,
  );
  if (!sized.ok) return sized;
  const [total = 0, distinct = 0] = sized.value;
  const found = await countEach(engine, table, column.name, conditions, distinct <= FEW_DISTINCT * total);
  if (!found.ok) return found;
  const hits: Hit[] = [];
  for (const [index, condition] of conditions.entries()) {
    const count = found.value[index] ?? 0;
    if (count === 0 || count < condition.share * total) continue;
    const rows = await findRows(engine, table, column.name, condition.sql);
    if (!rows.ok) return rows;
    hits.push({ condition, column, count, rows: rows.value });
  }
  return succeed(hits);
}
