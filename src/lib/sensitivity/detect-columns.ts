// Counts shapes over the distinct values of each column inside the engine and has them classified; must not know the gate.
import { succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { AskedEngine } from '../profile/ask-columns.ts';
import { classifyColumn, NOTHING_COUNTED, recognizersFor, type ShapeCounts } from './classify-column.ts';
import type { Recognizer } from './recognizers/recognizer.ts';
import type { ColumnFinding } from './sensitivity-types.ts';
import { typeFamily } from './type-family.ts';

/** Up to so many distinct values are all looked at; of more, about so many, chosen by the hash of the value. */
export const DISTINCT_CAP = 100_000;

export interface DetectRequest {
  readonly engine: AskedEngine;
  readonly relation: string;
  readonly columns: readonly ColumnType[];
}

/** One row: distinct non-NULL values examined, then how many fulfil each condition. Every `stride`th value by its hash. */
function countingSql(
  relation: string,
  column: ColumnType,
  conditions: readonly string[],
  stride: number,
): string {
  const name = quoteIdentifier(column.name);
  const sample = stride > 1 ? ` AND hash(${name}) % ${stride} = 0` : '';
  const counts = conditions.map((condition) => `count(*) FILTER (WHERE ${condition})`);
  return (
    `SELECT ${['count(*)', ...counts].join(', ')} FROM (SELECT x, CAST(x AS VARCHAR) AS v FROM ` +
    `(SELECT DISTINCT ${name} AS x FROM ${quoteIdentifier(relation)} WHERE ${name} IS NOT NULL${sample}))`
  );
}

interface Counted {
  readonly examined: number;
  /** In the order of the conditions. */
  readonly fulfilled: readonly number[];
}

type CountConditions = (conditions: readonly string[]) => Promise<Result<Counted>>;

function counterOf(request: DetectRequest, column: ColumnType, stride: number): CountConditions {
  return async (conditions) => {
    const answer = await request.engine.query({
      sql: countingSql(request.relation, column, conditions, stride),
    });
    if (!answer.ok) return answer;
    const [examined = 0, ...fulfilled] = (answer.value.rows[0] ?? []).map(Number);
    return succeed({ examined, fulfilled });
  };
}

/** Shapes first; checksums, ranges and dictionaries only for the recognizers whose shape occurs. */
async function countShapes(
  column: ColumnType,
  recognizers: readonly Recognizer[],
  count: CountConditions,
): Promise<Result<{ readonly examined: number; readonly shapes: ReadonlyMap<Recognizer, ShapeCounts> }>> {
  const family = typeFamily(column.type);
  const shaped = recognizers.flatMap((recognizer) => {
    const shape = recognizer.shapes[family];
    return shape ? [{ recognizer, shape }] : [];
  });
  const matched = await count(shaped.map(({ shape }) => shape.matched));
  if (!matched.ok) return matched;
  const found = shaped.map((entry, index) => ({ ...entry, matched: matched.value.fulfilled[index] ?? 0 }));
  const doubtful = found.filter(({ shape, matched }) => matched > 0 && shape.validated !== shape.matched);
  const validated = doubtful.length > 0 ? await count(doubtful.map(({ shape }) => shape.validated)) : null;
  if (validated && !validated.ok) return validated;
  const shapes = new Map<Recognizer, ShapeCounts>();
  for (const { recognizer, matched } of found) shapes.set(recognizer, { matched, validated: matched });
  for (const [index, { recognizer, matched }] of doubtful.entries())
    shapes.set(recognizer, { matched, validated: validated?.value.fulfilled[index] ?? 0 });
  return succeed({ examined: matched.value.examined, shapes });
}

/** For each column, which share of its values to look at: 1 is all, n about every nth. */
async function findStrides(request: DetectRequest): Promise<Result<readonly number[]>> {
  const { engine, relation, columns } = request;
  const described = await engine.describe({ relation });
  if (!described.ok) return described;
  if (described.value.rowCount <= DISTINCT_CAP) return succeed(columns.map(() => 1));
  const estimates = columns.map((column) => `approx_count_distinct(${quoteIdentifier(column.name)})`);
  const answer = await engine.query({
    sql: `SELECT ${estimates.join(', ')} FROM ${quoteIdentifier(relation)}`,
  });
  if (!answer.ok) return answer;
  const row = answer.value.rows[0] ?? [];
  return succeed(columns.map((_, index) => Math.max(1, Math.ceil(Number(row[index]) / DISTINCT_CAP))));
}

/**
 * What every column of a relation holds, in the order of `columns`, with evidence. The same values give the same answer.
 * @returns the engine's problem where a count fails.
 */
export async function detectColumns(request: DetectRequest): Promise<Result<readonly ColumnFinding[]>> {
  if (request.columns.length === 0) return succeed([]);
  const strides = await findStrides(request);
  if (!strides.ok) return strides;
  const findings: ColumnFinding[] = [];
  for (const [index, column] of request.columns.entries()) {
    const recognizers = recognizersFor(column);
    if (recognizers.length === 0) {
      findings.push(classifyColumn(column, NOTHING_COUNTED));
      continue;
    }
    const stride = strides.value[index] ?? 1;
    const counted = await countShapes(column, recognizers, counterOf(request, column, stride));
    if (!counted.ok) return counted;
    findings.push(classifyColumn(column, { ...counted.value, sampled: stride > 1 }));
  }
  return succeed(findings);
}
