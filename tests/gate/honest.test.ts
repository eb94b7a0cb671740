// Work that an honest person does passes as it is: a false alarm drives people away.
import { describe, expect, it } from 'vitest';
import { HONEST } from './cases.ts';
import { judgeCase } from './gate-case.ts';
import { honestFault } from './outcomes.ts';

describe('the honest notebook', () => {
  for (const each of HONEST.cases) {
    const test = each.falseAlarm === undefined ? it : it.fails;
    test(each.work, async () => {
      expect(honestFault(await judgeCase(HONEST, each))).toBeNull();
    });
  }
});
