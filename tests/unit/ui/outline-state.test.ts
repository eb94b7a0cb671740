import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/lib/quality/check-types.ts';
import type { CheckRunView } from '../../../src/lib/session/check-view-types.ts';
import {
  checkState,
  publishState,
  summarizeOutline,
  type OutlineSign,
} from '../../../src/lib/ui/shell/outline-state.ts';

type Result = Pick<CheckResult, 'outcome' | 'severity'>;

function run(state: CheckRunView['state'], ...results: readonly Result[]): CheckRunView {
  return { state, results: results as readonly CheckResult[], problem: null };
}

const pass: Result = { outcome: 'pass', severity: 'fail' };

describe('a check cell in the outline', () => {
  it.each([
    ['passed', run('done', pass, pass)],
    ['passed', run('done')],
    ['warned', run('done', pass, { outcome: 'warn', severity: 'fail' })],
    ['warned', run('done', { outcome: 'error', severity: 'warn' })],
    ['failed', run('done', { outcome: 'warn', severity: 'fail' }, { outcome: 'fail', severity: 'fail' })],
    ['failed', run('done', { outcome: 'error', severity: 'fail' })],
    ['could not run', run('failed')],
    ['stale', run('stale', pass)],
    ['not run', run('new')],
    [null, run('disabled')],
  ])('is %s', (word, view) => {
    expect(checkState(view)?.word ?? null).toBe(word);
  });
});

describe('a publish cell in the outline', () => {
  it('says what the last check came to, until the notebook changes', () => {
    expect(publishState(null)).toBeNull();
    expect(publishState({ outcome: 'blocked', isStale: false })?.word).toBe('blocked');
    expect(publishState({ outcome: 'blocked', isStale: true })?.word).toBe('stale');
  });
});

describe('all cells in one line', () => {
  const all = (...signs: readonly (OutlineSign | null)[]) =>
    summarizeOutline(signs.map((sign) => (sign === null ? null : { sign, word: sign })));

  it('counts what is to be looked at, the worst first', () => {
    expect(all('done', 'stale', 'new', 'stale', 'failed', null, 'warned')).toBe(
      '1 failed · 1 warned · 2 stale · 1 not run',
    );
  });

  it('says so where nothing is, and nothing while cells run', () => {
    expect([all('done', null), all('done', 'running'), all(null), all()]).toEqual(['All done.', '', '', '']);
  });
});
