// Counts shapes over the distinct values of each column inside the engine and has them classified; must not know the gate.
import { fail, succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue, ColumnType, Engine } from '../engine/contract.ts';
import {
  classifyColumn,
  NOTHING_COUNTED,
  recognizersFor,
  type ColumnCounts,
  type ShapeCounts,
} from './classify-column.ts';
import type { Recognizer } from './recognizers/recognizer.ts';
import type { ColumnFinding } from './sensitivity-types.ts';
import { typeFamily } from './type-family.ts';

/** Up to so many distinct values are all looked at; of more, about so many, chosen by the hash of the value. */
export const DISTINCT_CAP = 100_000;

export interface DetectRequest {
  readonly engine: Engine;
  readonly relation: string;
  readonly columns: readonly ColumnType[];
}

/** The conditions to count, each once, and which of them each recognizer asks for. */
interface CountPlan {
  readonly conditions: readonly string[];
  readonly places: ReadonlyMap<Recognizer, { readonly matched: number; readonly validated: number }>;
}

function planCounts(column: ColumnType, recognizers: readonly Recognizer[]): CountPlan {
  const conditions: string[] = [];
  const placeOf = (condition: string) => {
    if (!conditions.includes(condition)) conditions.push(condition);
    return conditions.indexOf(condition);
  };
  const places = new Map<Recognizer, { readonly matched: number; readonly validated: number }>();
  for (const recognizer of recognizers) {
    const shape = recognizer.shapes[typeFamily(column.type)];
    if (shape)
      places.set(recognizer, { matched: placeOf(shape.matched), validated: placeOf(shape.validated) });
  }
  return { conditions, places };
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

function readCounts(row: readonly CellValue[], plan: CountPlan, sampled: boolean): ColumnCounts {
  const at = (place: number) => Number(row[1 + place] ?? 0);
  const shapes = new Map<Recognizer, ShapeCounts>();
  for (const [recognizer, place] of plan.places)
    shapes.set(recognizer, { matched: at(place.matched), validated: at(place.validated) });
  return { examined: Number(row[0] ?? 0), sampled, shapes };
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
    const plan = planCounts(column, recognizers);
    const answer = await request.engine.query({
      sql: countingSql(request.relation, column, plan.conditions, stride),
    });
    if (!answer.ok) return fail(answer.error);
    findings.push(classifyColumn(column, readCounts(answer.value.rows[0] ?? [], plan, stride > 1)));
  }
  return succeed(findings);
}
