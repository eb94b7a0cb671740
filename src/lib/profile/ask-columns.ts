// Asks for one row of figures about several columns at a time, few enough for a statement of ordinary size; must not know what they mean.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import type { CellValue, Engine } from '../engine/contract.ts';

/** SQL expressions over the relation by the name under which their value is wanted. */
export type Expressions = Readonly<Record<string, string>>;
export type Figures = Readonly<Record<string, CellValue>>;

/** What is needed of an engine to measure relations. */
export type AskedEngine = Pick<Engine, 'describe' | 'query'>;

export interface Asked {
  readonly engine: AskedEngine;
  readonly signal?: AbortSignal;
}

const COLUMNS_AT_ONCE = 8;

const CANCELLED: Problem = {
  code: 'engine-cancelled',
  message: 'The profile was stopped before it was done.',
};

/** One statement, unless it was stopped before. */
export async function ask(asked: Asked, sql: string): Promise<Result<readonly (readonly CellValue[])[]>> {
  if (asked.signal?.aborted) return fail(CANCELLED);
  const answer = await asked.engine.query({ sql });
  return answer.ok ? succeed(answer.value.rows) : answer;
}

async function askTogether(
  asked: Asked,
  from: string,
  wanted: readonly Expressions[],
): Promise<Result<readonly Figures[]>> {
  const named = wanted.map((expressions) => Object.entries(expressions));
  const list = named.flat().map(([, sql]) => sql);
  if (list.length === 0) return succeed(wanted.map(() => ({})));
  const answer = await ask(asked, `SELECT ${list.join(', ')} FROM ${from}`);
  if (!answer.ok) return answer;
  const values = answer.value[0] ?? [];
  let at = 0;
  return succeed(
    named.map((entries) => Object.fromEntries(entries.map(([name]) => [name, values[at++] ?? null]))),
  );
}

/**
 * One row of aggregates for each column, in order. Columns that do not fit into memory together are asked for one by one.
 * @returns the engine's problem; `engine-cancelled` where the signal came between two statements.
 */
export async function askColumns(
  asked: Asked,
  from: string,
  wanted: readonly Expressions[],
): Promise<Result<readonly Figures[]>> {
  const figures: Figures[] = [];
  for (let start = 0; start < wanted.length; start += COLUMNS_AT_ONCE) {
    const batch = wanted.slice(start, start + COLUMNS_AT_ONCE);
    const together = await askTogether(asked, from, batch);
    if (together.ok) figures.push(...together.value);
    else if (together.error.code !== 'engine-out-of-memory') return together;
    else
      for (const one of batch) {
        const alone = await askTogether(asked, from, [one]);
        if (!alone.ok) return alone;
        figures.push(...alone.value);
      }
  }
  return succeed(figures);
}
