// Outcomes of checks as plain data; must not know how they are computed.
import type { CheckKind } from '../notebook/check-kinds.ts';

export type CheckOutcome = 'pass' | 'warn' | 'fail' | 'error';

export interface CheckResult {
  /** As given, else made of kind and column; unique among the checks of one evaluation. */
  readonly name: string;
  readonly kind: CheckKind;
  /** What was checked. */
  readonly relation: string;
  /** The column, or several joined by commas; null where the whole table is meant. */
  readonly column: string | null;
  /** Whether it can fail, or warns at most. */
  readonly severity: 'warn' | 'fail';
  /** `error`: it could not run, and so has failed. */
  readonly outcome: CheckOutcome;
  /** Share of failing rows, or the figure measured; null where nothing could be. */
  readonly observed: number | string | null;
  /** What was asked, in words. */
  readonly threshold: string;
  /** Count; null where the check is not about rows. */
  readonly failingRows: number | null;
  /** Rows the check looked at, after `where` and without those its NULL rule leaves out; null as above. */
  readonly examinedRows: number | null;
  /** True where there was nothing to look at: no rows, or NULL only. It passes then, and says so. */
  readonly isVacuous: boolean;
  /** What was found, in one sentence without any value of a row. */
  readonly message: string;
  /** Code of the problem where it could not run. */
  readonly problem: string | null;
  /** True where the figures may be told outside: they are of this relation alone, not of others its SQL reads. */
  readonly isOwnFigure: boolean;
  readonly elapsedMs: number;
}

/** True where a check of severity fail failed or could not run. */
export function isBlocking({ severity, outcome }: Pick<CheckResult, 'severity' | 'outcome'>): boolean {
  return severity === 'fail' && (outcome === 'fail' || outcome === 'error');
}
