// What checks mean for a publication: what blocks, what warns, and that no value and no foreign figure is told.
import { describe, expect, it } from 'vitest';
import { judgeQuality } from '../../../../src/lib/gate/rules/quality.ts';
import type { CheckResult } from '../../../../src/lib/quality/check-types.ts';
import { describeForPublication } from '../../../../src/lib/quality/published-checks.ts';

const PASSED: CheckResult = {
  name: 'between(salary)',
  kind: 'between',
  relation: 'safe',
  column: 'salary',
  severity: 'fail',
  outcome: 'pass',
  observed: 0,
  threshold: 'fails above 0',
  failingRows: 0,
  examinedRows: 10,
  isVacuous: false,
  message: '0 rows of 10 fail.',
  problem: null,
  isOwnFigure: true,
  elapsedMs: 1,
};
const FAILED = {
  ...PASSED,
  outcome: 'fail',
  observed: 0.2,
  failingRows: 2,
  message: '2 rows of 10 fail.',
} as const;
const BROKEN = {
  ...FAILED,
  outcome: 'error',
  observed: null,
  failingRows: null,
  message: "It could not run: Could not convert string 'ada' to INT32.",
  problem: 'engine-sql',
} as const;

const judge = (...checks: readonly CheckResult[]) => judgeQuality({ checks, relation: 'SAFE' });

describe('the rule quality', () => {
  it('says nothing without checks', () => {
    expect(judge()).toBeNull();
  });

  it('passes, blocks and warns by severity', () => {
    expect(judge(PASSED)?.outcome).toEqual({ rule: 'quality', outcome: 'pass', summary: '1 check' });
    expect(judge(PASSED, FAILED)?.outcome).toEqual({
      rule: 'quality',
      outcome: 'block',
      summary: '2 checks, 1 failed',
    });
    expect(judge(BROKEN)?.outcome.outcome).toBe('block');
    expect(judge({ ...BROKEN, severity: 'warn' })?.outcome.outcome).toBe('warn');
    expect(judge({ ...FAILED, severity: 'warn', outcome: 'warn' })?.outcome).toEqual({
      rule: 'quality',
      outcome: 'warn',
      summary: '1 check, 1 warned',
    });
  });

  it('names the check, its column and the rows, and repeats no words of the engine', () => {
    const [failed, broken] = judge(FAILED, BROKEN)?.findings ?? [];
    expect(failed).toMatchObject({ column: 'salary', path: 'safe.salary', severity: 'block' });
    expect(failed?.message).toBe('The check between(salary) of safe: 2 rows of 10 fail.');
    expect(broken?.message).toBe('The check between(salary) of safe: It could not run (engine-sql).');
    const [refused] = judge({ ...BROKEN, problem: 'check-column', message: 'No column x.' })?.findings ?? [];
    expect(refused?.message).toContain('No column x.');
  });

  it('keeps figures of other relations back', () => {
    const raw = { ...FAILED, relation: 'users' };
    const [finding] = judge(raw)?.findings ?? [];
    expect([finding?.column, finding?.path]).toEqual([null, 'users.salary']);
    expect(finding?.message).toBe('The check between(salary) of users: It did not hold.');
    for (const check of [raw, { ...FAILED, isOwnFigure: false }])
      expect(describeForPublication(check, 'safe')).toMatchObject({
        isWithheld: true,
        observed: null,
        failingRows: null,
        outcome: 'fail',
      });
    expect(describeForPublication(FAILED, 'safe')).toMatchObject({ isWithheld: false, failingRows: 2 });
    expect(Object.keys(describeForPublication(FAILED, 'safe'))).not.toContain('message');
  });
});
