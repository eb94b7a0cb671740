// When the outcomes of a check cell hold, and what is said of them.
import { describe, expect, it } from 'vitest';
import type { CheckCellSpec } from '../../../src/lib/notebook/notebook-types.ts';
import type { CheckResult } from '../../../src/lib/quality/check-types.ts';
import { markOf, outcomeWords, viewChecks } from '../../../src/lib/session/check-judgement.ts';

const CELL: CheckCellSpec = {
  kind: 'check',
  of: 'safe',
  checks: [{ kind: 'not_null', parameters: { column: 'id' } }],
};
const SAFE = { name: 'safe', mark: ['done', 1], problem: null };
const PROBLEM = { code: 'source-missing', message: 'No file is bound to the source a.' };

const result = (outcome: CheckResult['outcome']): CheckResult => ({
  name: 'n',
  kind: 'not_null',
  relation: 'safe',
  column: 'id',
  severity: 'fail',
  outcome,
  observed: 0,
  threshold: '',
  failingRows: 0,
  examinedRows: 1,
  isVacuous: false,
  message: '',
  problem: null,
  isOwnFigure: true,
  elapsedMs: 0,
});
const kept = (mark: string, problem: typeof PROBLEM | null = null) => ({
  results: problem ? [] : [result('pass')],
  problem,
  reads: ['safe'],
  mark,
});
const STILL = { isDisabled: false, isRunning: false };

describe('the outcomes of a check cell', () => {
  it('hold until the checks, what is checked or its rows are others', () => {
    const mark = markOf(CELL, [SAFE]);
    expect(viewChecks(kept(mark), { ...STILL, mark: markOf({ ...CELL }, [{ ...SAFE }]) }).state).toBe('done');
    const others = [
      markOf(CELL, [{ ...SAFE, mark: ['done', 2] }]),
      markOf(CELL, [{ ...SAFE, mark: ['stale', 1] }]),
      markOf({ ...CELL, of: 'raw' }, [SAFE]),
      markOf({ ...CELL, checks: [{ kind: 'not_null', parameters: { column: 'other' } }] }, [SAFE]),
      markOf({ ...CELL, checks: [] }, [SAFE]),
    ];
    expect(others.map((now) => viewChecks(kept(mark), { ...STILL, mark: now }).state)).toEqual(
      others.map(() => 'stale'),
    );
  });

  it('stay in sight while they are found anew, and are none of a cell that is disabled or never ran', () => {
    const now = { ...STILL, mark: 'm' };
    expect(viewChecks(kept('m'), { ...now, isRunning: true })).toMatchObject({
      state: 'running',
      results: [{}],
    });
    expect(viewChecks(kept('m'), { ...now, isDisabled: true })).toEqual({
      state: 'disabled',
      results: [],
      problem: null,
    });
    expect(viewChecks(undefined, now).state).toBe('new');
  });

  it('say why there are none, until that may have changed', () => {
    expect(viewChecks(kept('m', PROBLEM), { ...STILL, mark: 'm' })).toMatchObject({
      state: 'failed',
      problem: PROBLEM,
    });
    expect(viewChecks(kept('m', PROBLEM), { ...STILL, mark: 'n' })).toMatchObject({
      state: 'stale',
      problem: null,
    });
  });

  it('are said in words', () => {
    const results = [result('pass'), result('fail'), result('error')];
    expect(outcomeWords('safe', { results, problem: null })).toBe('1 of 3 checks of safe pass.');
    expect(outcomeWords('safe', { results: [], problem: PROBLEM })).toContain(PROBLEM.message);
  });
});
