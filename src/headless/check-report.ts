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

type ToldCheck = Pick<CheckResult, 'outcome' | 'message' | 'observed' | 'failingRows'>;

/** The message, and the figure where one was looked at; rows are counted in the message itself. */
export function tellCheck({ outcome, message, observed, failingRows }: ToldCheck): string {
  const isFigure = outcome !== 'error' && failingRows === null && observed !== null && observed !== '';
  return isFigure ? `${message} It is ${observed}.` : message;
}

export function writeCheckLine(check: ToldCheck & Pick<CheckResult, 'relation' | 'name'>): string {
  return `${MARKS[check.outcome]} ${check.relation}: ${check.name}: ${tellCheck(check)}`;
}
