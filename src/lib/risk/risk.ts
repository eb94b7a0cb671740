// Measures disclosure risk by classes of equal quasi-identifiers, grouped in the engine; must not know the gate or its limits.
import { fail, succeed, type Result } from '../base/result.ts';
import { quoteIdentifier } from '../base/sql-text.ts';
import type { Engine } from '../engine/contract.ts';
import { DEFAULT_POLICY } from '../notebook/notebook-types.ts';
import type { RiskReport } from './risk-types.ts';

export interface RiskRequest {
  readonly engine: Engine;
  readonly relation: string;
  /** Columns that identify in combination; none: all rows are one class. */
  readonly quasi: readonly string[];
  /** Column whose distinct values are counted in each class (l-diversity); NULL is a value of its own. */
  readonly sensitive?: string;
  /** Rows in classes smaller than this are at risk; the default policy's k when absent. */
  readonly k?: number;
}

/** The engine's grouping: NULL, NaN and the empty string are values like any other. */
export function classSql(request: Pick<RiskRequest, 'relation' | 'quasi' | 'sensitive'>): string {
  const keys = request.quasi.map(quoteIdentifier);
  const sensitive = request.sensitive === undefined ? null : quoteIdentifier(request.sensitive);
  const distinct = sensitive
    ? `count(DISTINCT ${sensitive}) + CASE WHEN count(*) > count(${sensitive}) THEN 1 ELSE 0 END`
    : 'NULL::BIGINT';
  const group = keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ' HAVING count(*) > 0';
  return `SELECT count(*) AS size, ${distinct} AS diversity FROM ${quoteIdentifier(request.relation)}${group}`;
}

const NO_ROWS: RiskReport = {
  rows: 0,
  classes: 0,
  k: 0,
  prosecutorMax: 0,
  prosecutorAverage: 0,
  recordsAtRisk: 0,
  uniqueness: 0,
  lDiversity: null,
  tCloseness: null,
  nullTreatment: 'own-value',
};

/**
 * Prosecutor risk (El Emam, "Guide to the De-Identification of Personal Health Information", 2013): every row is as much at
 * risk as one over the size of its class. A table without rows has no class and no risk.
 * @returns the engine's problem where a column does not exist.
 */
export async function measureRisk(request: RiskRequest): Promise<Result<RiskReport>> {
  const limit = request.k ?? DEFAULT_POLICY.k;
  if (!Number.isFinite(limit) || limit < 1)
    return fail({
      code: 'risk-limit',
      message: 'The smallest allowed class size must be a number of at least 1.',
      hint: 'Set k in the policy to 2 or more.',
    });
  const answer = await request.engine.query({
    sql:
      `SELECT coalesce(sum(size), 0)::BIGINT, count(*), coalesce(min(size), 0), ` +
      `coalesce(sum(size) FILTER (WHERE size < ${limit}), 0)::BIGINT, count(*) FILTER (WHERE size = 1), min(diversity) ` +
      `FROM (${classSql(request)})`,
  });
  if (!answer.ok) return answer;
  const [rows = 0, classes = 0, k = 0, atRisk = 0, unique = 0] = (answer.value.rows[0] ?? []).map(Number);
  const diversity = answer.value.rows[0]?.[5] ?? null;
  if (rows === 0) return succeed(NO_ROWS);
  return succeed({
    ...NO_ROWS,
    rows,
    classes,
    k,
    prosecutorMax: 1 / k,
    prosecutorAverage: classes / rows,
    recordsAtRisk: atRisk / rows,
    uniqueness: unique / rows,
    lDiversity: diversity === null ? null : Number(diversity),
  });
}
