// The steps that the menu of a column offers.
import { describe, expect, it } from 'vitest';
import { checkStep, presentParameters } from '../../../src/lib/notebook/steps/check-step.ts';
import { stepEntries } from '../../../src/lib/ui/grid/column-menu.ts';
import { stepsForColumn } from '../../../src/lib/ui/steps/column-steps.ts';

const kindsFor = (type: string) => stepsForColumn({ name: 'x', type }).map(({ start }) => start.kind);

describe('the steps for a column', () => {
  it('are those that take its type', () => {
    const ofAny = ['impute-mode', 'encode-label', 'deduplicate', 'hash', 'generalize', 'filter', 'sample'];
    const [ofNumbers, ofTexts] = [
      ['impute-mean', 'outliers', 'scale'],
      ['text', 'parse', 'mask'],
    ];
    for (const type of ['DECIMAL(18,3)', 'VARCHAR', 'DATE'])
      expect(kindsFor(type), type).toEqual(expect.arrayContaining(ofAny));
    expect(kindsFor('DECIMAL(18,3)')).toEqual(expect.arrayContaining(ofNumbers));
    expect(kindsFor('VARCHAR')).toEqual(expect.arrayContaining(ofTexts));
    for (const [type, others] of [
      ['BIGINT', ofTexts],
      ['VARCHAR', ofNumbers],
      ['DATE', [...ofNumbers, ...ofTexts]],
    ] as const)
      expect(kindsFor(type).filter((kind) => others.some((other) => other === kind))).toEqual([]);
    expect(kindsFor('VARCHAR')).not.toContain('join');
  });

  it('begin with the column where it belongs', () => {
    const [mean] = stepsForColumn({ name: 'age', type: 'INTEGER' });
    expect(mean?.start).toEqual({ kind: 'impute-mean', parameters: { column: 'age' } });
    for (const { start } of stepsForColumn({ name: 'x', type: 'VARCHAR' })) {
      const { kind = 'join', parameters = {} } = start;
      const fault = checkStep(kind, presentParameters(parameters));
      const isAtColumn =
        fault?.path.length === 1 && fault.path[0] !== undefined && fault.path[0] in parameters;
      expect(isAtColumn, `${kind}: ${fault?.what}`).toBe(false);
    }
  });

  it('stand in their groups', () => {
    const entries = stepEntries({ name: 'x', type: 'VARCHAR' }, () => {});
    expect(entries[0]?.startsGroup).toBe(false);
    expect(entries.filter(({ startsGroup }) => startsGroup).length).toBeGreaterThan(1);
    expect(new Set(entries.map(({ label }) => label)).size).toBe(entries.length);
  });
});
