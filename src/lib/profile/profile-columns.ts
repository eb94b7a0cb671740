// Profiles the columns of a relation in a few statements each, exactly or as said; must not know files, notebooks or who asks.
import { fail, succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { ColumnType } from '../engine/contract.ts';
import {
  ask,
  askColumns,
  type Asked,
  type AskedEngine,
  type Expressions,
  type Figures,
} from './ask-columns.ts';
import { countExpressions, countFinite, readCounts, type Counts } from './counts.ts';
import { planBins, type BinPlan } from './edges.ts';
import { histogramExpressions, readHistogram } from './histogram.ts';
import { momentExpressions, quartileExpressions, readMoments, scaleOf, type Moments } from './moments.ts';
import type { ColumnProfile, Histogram, RelationProfile } from './profile-types.ts';
import { sampleOf } from './row-sample.ts';
import { findTop, type TopValues } from './top-values.ts';

/** Up to so many rows every figure is exact. */
export const EXACT_ROWS = 500_000;

export interface ProfileRequest {
  readonly engine: AskedEngine;
  /** Name of a table. */
  readonly relation: string;
  /** Names, in the order wanted; all columns when absent. */
  readonly columns?: readonly string[];
  /** Rows up to which every figure is exact; `EXACT_ROWS` when absent. */
  readonly exactUpTo?: number;
  /** Stops between two statements with `engine-cancelled`. */
  readonly signal?: AbortSignal;
}

/** What all steps of one profile share. */
interface Task extends Asked {
  readonly relation: string;
  readonly rows: number;
  readonly columns: readonly ColumnType[];
  /** What follows FROM for statistics that need not see every row; null where the relation is small. */
  readonly sample: string | null;
  readonly sampleRows: number;
}

async function prepare(request: ProfileRequest): Promise<Result<Task>> {
  const { engine, relation, signal } = request;
  const described = await engine.describe({ relation });
  if (!described.ok) return described;
  const { columns: all, rowCount: rows } = described.value;
  const columns: ColumnType[] = [];
  for (const name of request.columns ?? all.map((column) => column.name)) {
    const column = all.find((one) => one.name === name);
    if (!column)
      return fail({
        code: 'profile-column-missing',
        message: `There is no column ${name}.`,
        hint: `There are ${all.map((one) => one.name).join(', ')}.`,
      });
    columns.push(column);
  }
  const asked: Asked = { engine, ...(signal ? { signal } : {}) };
  const isLarge = rows > (request.exactUpTo ?? EXACT_ROWS);
  const task = { ...asked, relation, rows, columns, sample: null, sampleRows: rows };
  if (!isLarge || columns.length === 0) return succeed(task);
  const sample = sampleOf(relation, rows, all);
  const counted = await ask(asked, `SELECT count(*) FROM ${sample}`);
  if (!counted.ok) return counted;
  return succeed({ ...task, sample, sampleRows: Number(counted.value[0]?.[0] ?? 0) });
}

function askAll(task: Task, wanted: readonly Expressions[]): Promise<Result<readonly Figures[]>> {
  return askColumns(task, quoteIdentifier(task.relation), wanted);
}

async function countAll(task: Task): Promise<Result<readonly Counts[]>> {
  const isExact = task.sample === null;
  const figures = await askAll(
    task,
    task.columns.map((column) => countExpressions(column, isExact)),
  );
  if (!figures.ok) return figures;
  return succeed(
    task.columns.map((column, index) => readCounts(column, task.rows, isExact, figures.value[index] ?? {})),
  );
}

async function measureMoments(task: Task, counts: readonly Counts[]): Promise<Result<readonly Moments[]>> {
  const { columns, sample } = task;
  const scales = counts.map((one) => scaleOf(one, one.min, one.max));
  const means = columns.map((column, index) => momentExpressions(column, scales[index] ?? 1));
  const quartiles = columns.map((column, index) => quartileExpressions(column, scales[index] ?? 1));
  const together = sample === null ? means.map((one, index) => ({ ...one, ...quartiles[index] })) : means;
  const whole = await askAll(task, together);
  if (!whole.ok) return whole;
  const sampled = sample === null ? whole : await askColumns(task, sample, quartiles);
  if (!sampled.ok) return sampled;
  return succeed(
    columns.map((column, index) =>
      readMoments(column, scales[index] ?? 1, { ...whole.value[index], ...sampled.value[index] }),
    ),
  );
}

interface PlannedHistogram {
  readonly plan: BinPlan | null;
  readonly histogram: Histogram | null;
}

async function fillBins(
  task: Task,
  counts: readonly Counts[],
  moments: readonly Moments[],
): Promise<Result<readonly PlannedHistogram[]>> {
  const plans = counts.map((one, index) => {
    const { range = null, interquartileRange = 0 } = moments[index] ?? {};
    if (range === null) return null;
    const [low, high] = range;
    return planBins(one.kind, { low, high, interquartileRange, count: countFinite(one) });
  });
  const figures = await askAll(
    task,
    task.columns.map((column, index) => histogramExpressions(column, plans[index] ?? null)),
  );
  if (!figures.ok) return figures;
  return succeed(
    counts.map((one, index) => {
      const plan = plans[index] ?? null;
      return { plan, histogram: readHistogram(one, plan, one, figures.value[index] ?? {}) };
    }),
  );
}

function join(
  task: Task,
  counts: Counts,
  moments: Moments | undefined,
  histogram: Histogram | null,
  values: TopValues,
): ColumnProfile {
  const quartiles = moments?.quartiles ?? null;
  const sampled = [
    ...(task.sample !== null && quartiles !== null ? (['quartiles'] as const) : []),
    ...(values.isSampled ? (['top'] as const) : []),
  ];
  return {
    ...counts,
    distinct: values.distinct ?? counts.distinct,
    distinctIsExact: counts.distinctIsExact || values.distinct !== null,
    mean: moments?.mean ?? counts.mean,
    stddev: moments?.stddev ?? null,
    quartiles,
    top: values.top,
    histogram,
    isSampled: sampled.length > 0,
    sampled,
    sampleRows: sampled.length > 0 ? task.sampleRows : task.rows,
  };
}

/** A profile, and what is needed to count other rows into the same bins. */
export interface PlannedProfile {
  readonly profile: ColumnProfile;
  /** Null where the column has no histogram. */
  readonly plan: BinPlan | null;
}

/** As `profileColumns`, with the bins as they were planned. */
export async function planProfiles(
  request: ProfileRequest,
): Promise<Result<{ readonly rows: number; readonly columns: readonly PlannedProfile[] }>> {
  const prepared = await prepare(request);
  if (!prepared.ok) return prepared;
  const task = prepared.value;
  const counts = await countAll(task);
  if (!counts.ok) return counts;
  const moments = await measureMoments(task, counts.value);
  if (!moments.ok) return moments;
  const histograms = await fillBins(task, counts.value, moments.value);
  if (!histograms.ok) return histograms;
  const columns: PlannedProfile[] = [];
  for (const [index, one] of counts.value.entries()) {
    const values = await findTop(task, task.relation, task.sample, one);
    if (!values.ok) return values;
    const { plan = null, histogram = null } = histograms.value[index] ?? {};
    columns.push({ profile: join(task, one, moments.value[index], histogram, values.value), plan });
  }
  return succeed({ rows: task.rows, columns });
}

/**
 * Profiles of the columns asked for, in that order. Relations above `exactUpTo` rows get estimated distinct counts,
 * quartiles and, of columns with many values, top values from a sample; each profile says so. Counts, extremes, means and
 * histograms always see every row. With several threads the last digits of means may differ from run to run.
 * @returns `profile-column-missing`, `engine-cancelled`, or the engine's problem, e.g. where there is no such relation.
 */
export async function profileColumns(request: ProfileRequest): Promise<Result<RelationProfile>> {
  const planned = await planProfiles(request);
  if (!planned.ok) return planned;
  const { rows, columns } = planned.value;
  return succeed({ rows, columns: columns.map(({ profile }) => profile) });
}
