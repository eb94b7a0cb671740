// Outcomes of checks in the form in which they may leave: no values, no figures of other relations; must not know modules.
import type { CheckResult } from './check-types.ts';

export interface PublishedCheck extends Pick<
  CheckResult,
  'name' | 'kind' | 'relation' | 'column' | 'severity' | 'outcome' | 'threshold'
> {
  readonly observed: CheckResult['observed'];
  readonly failingRows: CheckResult['failingRows'];
  readonly isVacuous: boolean;
  /** True where the figures stay here: they are of rows that are not published. */
  readonly isWithheld: boolean;
}

/**
 * A figure may leave where it is one of the published relation's own columns. What was measured on other relations, or by
 * SQL that reads them, would tell of rows that stay: there only the outcome leaves.
 */
export function describeForPublication(check: CheckResult, published: string): PublishedCheck {
  const { name, kind, relation, column, severity, outcome, threshold, isVacuous } = check;
  const isWithheld = !check.isOwnFigure || relation.toLowerCase() !== published.toLowerCase();
  return {
    name,
    kind,
    relation,
    column,
    severity,
    outcome,
    threshold,
    isVacuous: !isWithheld && isVacuous,
    isWithheld,
    observed: isWithheld ? null : check.observed,
    failingRows: isWithheld ? null : check.failingRows,
  };
}
