// Every way to smuggle something out is stopped, by the rule that is there for it.
import { describe, expect, it } from 'vitest';
import { ADVERSARY } from './cases.ts';
import { judgeCase } from './gate-case.ts';
import { adversaryFault } from './outcomes.ts';

/** Rules of the plan that are not built yet: their cases are known to go through, and this list to be shortened. */
const AWAITED: ReadonlySet<string> = new Set(['canary', 'overlap', 'weak_hash']);

describe('the adversary', () => {
  it('knows at least 60 ways, each under its own name', () => {
    const ways = ADVERSARY.cases.map(({ way }) => way);
    expect(ways.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ways).size).toBe(ways.length);
  });

  for (const each of ADVERSARY.cases) {
    const isAwaited = each.awaits !== undefined || AWAITED.has(each.rule ?? '');
    const test = isAwaited ? it.fails : it;
    test(`${each.way}: ${each.rule ?? each.refused ?? 'kept out'}`, async () => {
      expect(adversaryFault(each, await judgeCase(ADVERSARY, each))).toBeNull();
    });
  }
});
