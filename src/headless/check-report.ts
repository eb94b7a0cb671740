// Outcomes of checks as the promised JSON and as lines for people; must not run anything.
import type { CheckResult } from '../lib/quality/check-types.ts';

export function describeCheck(check: CheckResult) {
  const { name, kind, relation, column, severity, outcome, observed, threshold, failingRows } = check;
  const { examinedRows, isVacuous, message, problem } = check;
  return {
    name,
    kind,
    relation,
    column,
    severity,
    outcome,
    observed,
    threshold,
    failingRows,
    examinedRows,
    isVacuous,
    message,
    problem,
  };
}

const MARKS = { pass: '✓', warn: '!', fail: '✗', error: '✗' } as const;

export function writeCheckLine({
  outcome,
  relation,
  name,
  message,
}: Pick<CheckResult, 'outcome' | 'relation' | 'name' | 'message'>): string {
  return `${MARKS[outcome]} ${relation}: ${name}: ${message}`;
}
