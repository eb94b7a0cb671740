// Whether the checks of the notebook hold; must not know how they were computed.
import { isBlocking, type CheckResult } from '../../quality/check-types.ts';
import { describeForPublication } from '../../quality/published-checks.ts';
import type { RuleVerdict } from '../gate-input.ts';
import type { Finding } from '../gate-types.ts';
import { countOf, summarizeRule } from '../outcome.ts';

interface QualityInput {
  /** Outcomes of the checks of the published relation and of what it comes from. */
  readonly checks: readonly CheckResult[];
  readonly relation: string;
}

/** Words of an engine may hold a value: only what a check says of itself is repeated. */
function sayWhy(check: CheckResult, relation: string): string {
  if (check.outcome === 'error')
    return check.problem?.startsWith('check-')
      ? check.message
      : `It could not run (${check.problem ?? 'unknown'}).`;
  const { isWithheld, failingRows, observed } = describeForPublication(check, relation);
  if (isWithheld) return 'It did not hold.';
  if (failingRows !== null) return check.message;
  return `Asked was ${check.threshold}, found ${String(observed)}.`;
}

function judgeCheck(check: CheckResult, relation: string): readonly Finding[] {
  if (check.outcome === 'pass') return [];
  const isOwn = check.relation.toLowerCase() === relation.toLowerCase();
  const text =
    check.outcome === 'error'
      ? 'Mend the check, or what it looks at: a check that cannot run has failed.'
      : 'Mend the rows in a cell before it, or change the check where it asks too much.';
  return [
    {
      rule: 'quality',
      severity: isBlocking(check) ? 'block' : 'warn',
      column: isOwn && check.column !== null && !check.column.includes(',') ? check.column : null,
      path: check.column === null ? check.relation : `${check.relation}.${check.column}`,
      message: `The check ${check.name} of ${check.relation}: ${sayWhy(check, relation)}`,
      mend: { text },
    },
  ];
}

/** A check of severity fail that failed or could not run blocks; others that did not pass warn. Null without checks. */
export function judgeQuality({ checks, relation }: QualityInput): RuleVerdict | null {
  if (checks.length === 0) return null;
  const findings = checks.flatMap((check) => judgeCheck(check, relation));
  const count = (outcome: CheckResult['outcome']): number =>
    checks.filter((check) => check.outcome === outcome).length;
  const parts = [
    [count('fail'), 'failed'],
    [count('error'), 'could not run'],
    [count('warn'), 'warned'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, words]) => `, ${number} ${words}`);
  return {
    findings,
    outcome: summarizeRule('quality', findings, `${countOf(checks.length, 'check')}${told.join('')}`),
  };
}
