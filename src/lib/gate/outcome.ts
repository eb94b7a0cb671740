// Sums the findings of one rule up; must not know any rule.
import type { Finding, RuleName, RuleOutcome } from './gate-types.ts';

/** The worst severity among the findings decides; `summary` says in figures what was looked at. */
export function summarizeRule(rule: RuleName, findings: readonly Finding[], summary: string): RuleOutcome {
  const isBlocked = findings.some((finding) => finding.severity === 'block');
  return { rule, outcome: isBlocked ? 'block' : findings.length > 0 ? 'warn' : 'pass', summary };
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
