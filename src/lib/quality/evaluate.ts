// Runs checks of one relation in the engine and says how each came out; must not know notebooks' runs, gate or modules.
import { ProblemError, unwrap, type Problem, type Result } from '../base/result.ts';
import type { CellValue, ColumnType, Engine } from '../engine/contract.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { CheckSpec } from '../notebook/notebook-types.ts';
import { CHECK_COMPILERS } from './check-compilers.ts';
import { countSql, failingSql, figureSql, rowsSql, type Rows } from './check-sql.ts';
import type { CheckResult } from './check-types.ts';
import {
  CheckTarget,
  refuseCheck,
  type CompiledCheck,
  type FigureCheck,
  type MeasuredCheck,
  type RowCheck,
} from './compiled-check.ts';
import { guardCheck, type ParseStatement } from './guard-check.ts';
import { severityOf, thresholdsOf } from './thresholds.ts';

/** All that checks ask of an engine. */
export type CheckEngine = Pick<Engine, 'describe' | 'query'>;

export interface ChecksRequest {
  readonly engine: CheckEngine;
  /** A table of the engine: a source or the result of a cell. */
  readonly relation: string;
  readonly checks: readonly CheckSpec[];
  readonly parse: ParseStatement;
  readonly registry: MacroRegistry;
  readonly now: () => Date;
}

type Judged = Pick<
  CheckResult,
  'outcome' | 'observed' | 'threshold' | 'failingRows' | 'examinedRows' | 'isVacuous' | 'message'
>;

interface Prepared {
  readonly compiled: CompiledCheck;
  readonly rows: Rows;
  readonly reads: readonly string[];
}

type Context = Omit<ChecksRequest, 'checks'>;

async function ask(engine: CheckEngine, sql: string): Promise<readonly CellValue[]> {
  return unwrap(await engine.query({ sql })).rows[0] ?? [];
}

async function requireOthers(engine: CheckEngine, check: RowCheck): Promise<void> {
  for (const { relation, columns } of check.others ?? []) {
    const described = unwrap(await engine.describe({ relation }));
    const names = new Set(described.columns.map((column) => column.name.toLowerCase()));
    const missing = columns.find((column) => !names.has(column.toLowerCase()));
    if (missing !== undefined)
      refuseCheck('column', `${relation} has no column ${missing}.`, 'Name it in to_columns.');
  }
}

/** @throws ProblemError where the check cannot run. */
async function prepare(
  context: Context,
  columns: readonly ColumnType[],
  check: CheckSpec,
): Promise<Prepared> {
  const { engine, relation, parse, registry, now } = context;
  const reads = await guardCheck(check, parse);
  const target = new CheckTarget({ columns, check, registry, now: now() });
  const compiled = CHECK_COMPILERS[check.kind](target);
  if (compiled.form === 'rows') await requireOthers(engine, compiled);
  const where = check.parameters['where'];
  return { compiled, reads, rows: { relation, where: typeof where === 'string' ? where : null } };
}

const countOf = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : `${one}s`}`;

function judgeCount(check: CheckSpec, failing: number, examined: number, also: string): Judged {
  const { judge, words } = thresholdsOf(check);
  const isVacuous = examined === 0;
  const found = `${countOf(failing, 'row')} of ${examined.toLocaleString('en-US')} ${failing === 1 ? 'fails' : 'fail'}${also}.`;
  return {
    outcome: judge(failing, examined),
    observed: isVacuous ? null : failing / examined,
    threshold: words,
    failingRows: failing,
    examinedRows: examined,
    isVacuous,
    message: isVacuous ? 'Vacuous: there is no value to look at.' : found,
  };
}

async function judgeRows(
  engine: CheckEngine,
  check: CheckSpec,
  compiled: RowCheck,
  rows: Rows,
): Promise<Judged> {
  const [, examined = 0, failing = 0, apart = 0] = (await ask(engine, countSql(compiled, rows))).map(Number);
  const also =
    compiled.also && failing > 0 ? `, ${apart.toLocaleString('en-US')} of them ${compiled.also.words}` : '';
  return judgeCount(check, failing, examined, also);
}

async function judgeStatement(
  engine: CheckEngine,
  check: CheckSpec,
  sql: string,
  rows: Rows,
): Promise<Judged> {
  const [failing = 0] = (await ask(engine, `SELECT count(*) FROM (\n${sql}\n) AS "_sl_failing"`)).map(Number);
  const [all = 0] = (await ask(engine, `SELECT count(*) FROM ${rowsSql(rows)}`)).map(Number);
  const judged = judgeCount(check, failing, all, '');
  if (all > 0) return judged;
  return { ...judged, isVacuous: false, message: `${countOf(failing, 'row')} returned.` };
}

const overOrUnder = (isLow: boolean, isHigh: boolean): string =>
  isLow ? ', which is too small' : isHigh ? ', which is too large' : '';

async function judgeFigure(
  engine: CheckEngine,
  check: CheckSpec,
  compiled: FigureCheck,
  rows: Rows,
): Promise<Judged> {
  const [text = null, isLow, isHigh] = await ask(engine, figureSql(compiled, rows));
  const shared = { threshold: compiled.threshold, failingRows: null, examinedRows: null };
  if (text === null && compiled.ofNothing === 'vacuous')
    return {
      ...shared,
      outcome: 'pass',
      observed: null,
      isVacuous: true,
      message: 'Vacuous: there is no value to look at.',
    };
  if (text === null || /^-?nan$/i.test(String(text)))
    return refuseCheck(
      'no-value',
      'The figure cannot be computed: there are too few values, or one is not a number.',
      'Check row_count_between first, or look at the rows.',
    );
  const number = Number(text);
  const isFailing = isLow === true || isHigh === true;
  return {
    ...shared,
    outcome: isFailing ? severityOf(check) : 'pass',
    observed: Number.isFinite(number) && String(text).trim() !== '' ? number : String(text),
    isVacuous: false,
    message: `The figure is ${isFailing ? 'not ' : ''}${compiled.threshold}${overOrUnder(isLow === true, isHigh === true)}.`,
  };
}

async function judgeMeasured(
  engine: CheckEngine,
  check: CheckSpec,
  compiled: MeasuredCheck,
  rows: Rows,
): Promise<Judged> {
  const answers: (readonly number[])[] = [];
  for (const query of compiled.queries) answers.push((await ask(engine, query(rowsSql(rows)))).map(Number));
  const { isPassed, observed, message } = compiled.judge(answers);
  const outcome = isPassed ? 'pass' : severityOf(check);
  const shared = { failingRows: null, examinedRows: null, isVacuous: false };
  return { ...shared, outcome, observed, threshold: compiled.threshold, message };
}

async function judge(engine: CheckEngine, check: CheckSpec, { compiled, rows }: Prepared): Promise<Judged> {
  switch (compiled.form) {
    case 'rows':
      return judgeRows(engine, check, compiled, rows);
    case 'statement':
      return judgeStatement(engine, check, compiled.sql, rows);
    case 'figure':
      return judgeFigure(engine, check, compiled, rows);
    case 'measured':
      return judgeMeasured(engine, check, compiled, rows);
    case 'schema': {
      const { isPassed, observed, threshold, message } = compiled;
      const outcome = isPassed ? 'pass' : severityOf(check);
      const shared = { failingRows: null, examinedRows: null, isVacuous: false };
      return { ...shared, outcome, observed, threshold, message };
    }
  }
}

function columnOf({ parameters }: CheckSpec): string | null {
  const { column, columns } = parameters;
  if (typeof column === 'string') return column;
  return Array.isArray(columns) ? columns.join(', ') : null;
}

/** Names by kind and column; the second of the same name gets ` 2`. */
function nameChecks(checks: readonly CheckSpec[]): readonly string[] {
  const taken = new Set<string>();
  return checks.map((check) => {
    const given = check.parameters['name'];
    const column = columnOf(check);
    const base =
      typeof given === 'string' ? given : column === null ? check.kind : `${check.kind}(${column})`;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base} ${number}`;
    taken.add(name);
    return name;
  });
}

function failedJudgement(check: CheckSpec, problem: Problem): Judged & { readonly problem: string } {
  return {
    outcome: 'error',
    observed: null,
    threshold: formThreshold(check),
    failingRows: null,
    examinedRows: null,
    isVacuous: false,
    message: `It could not run: ${problem.message}`,
    problem: problem.code,
  };
}

function formThreshold(check: CheckSpec): string {
  return severityOf(check) === 'warn' ? thresholdsOf(check).words || 'warns' : thresholdsOf(check).words;
}

/** Each check as failed for the same reason: what it is about is not there. */
export function failChecks(
  relation: string,
  checks: readonly CheckSpec[],
  problem: Problem,
): readonly CheckResult[] {
  const names = nameChecks(checks);
  return checks.map((check, index) => ({
    name: names[index] ?? check.kind,
    kind: check.kind,
    relation,
    column: columnOf(check),
    severity: severityOf(check),
    ...failedJudgement(check, problem),
    isOwnFigure: false,
    elapsedMs: 0,
  }));
}

async function evaluateOne(
  context: Context,
  columns: readonly ColumnType[],
  check: CheckSpec,
  name: string,
): Promise<CheckResult> {
  const startedAt = context.now().getTime();
  const about = {
    name,
    kind: check.kind,
    relation: context.relation,
    column: columnOf(check),
    severity: severityOf(check),
  };
  const elapsed = (): number => Math.max(0, context.now().getTime() - startedAt);
  try {
    const prepared = await prepare(context, columns, check);
    const judged = await judge(context.engine, check, prepared);
    const isOwnFigure = check.kind !== 'custom_sql' && prepared.reads.length === 0;
    return { ...about, ...judged, problem: null, isOwnFigure, elapsedMs: elapsed() };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...about, ...failedJudgement(check, error.problem), isOwnFigure: false, elapsedMs: elapsed() };
  }
}

/**
 * The outcome of each check, in order. A check that cannot run (a column that is not there, a value of another type, SQL
 * that a cell may not say, an engine that fails) is an outcome, `error`, and never leaves a gap.
 */
export async function evaluateChecks(request: ChecksRequest): Promise<readonly CheckResult[]> {
  const { checks, ...context } = request;
  const described = await context.engine.describe({ relation: context.relation });
  if (!described.ok) return failChecks(context.relation, checks, described.error);
  const names = nameChecks(checks);
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries())
    results.push(await evaluateOne(context, described.value.columns, check, names[index] ?? check.kind));
  return results;
}

/**
 * One-based numbers of the rows that fail, the first `limit` (at most 1,000), for looking at them on this machine.
 * `check-rowless` where the check is not about rows of the relation.
 */
export async function findFailingRows(
  request: Omit<ChecksRequest, 'checks'> & { readonly check: CheckSpec; readonly limit: number },
): Promise<Result<readonly number[]>> {
  const { check, limit, ...context } = request;
  try {
    const { columns } = unwrap(await context.engine.describe({ relation: context.relation }));
    const { compiled, rows } = await prepare(context, columns, check);
    if (compiled.form !== 'rows')
      return refuseCheck('rowless', `${check.kind} names no rows.`, 'Look at the whole relation.');
    const sql = failingSql(compiled, rows, Math.min(1_000, Math.max(1, Math.trunc(limit))));
    const page = unwrap(await context.engine.query({ sql }));
    return { ok: true, value: page.rows.map((row) => Number(row[0])) };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, error: error.problem };
    throw error;
  }
}
