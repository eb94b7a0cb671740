// Conditions of a step in its form.
import { describe, expect, it } from 'vitest';
import { checkStep } from '../../../src/lib/notebook/steps/check-step.ts';
import {
  changeLine,
  linesOf,
  type ConditionLine,
  type LineChange,
} from '../../../src/lib/ui/steps/condition-lines.ts';
import { readScalar, readScalarLines, writeScalarLines } from '../../../src/lib/ui/steps/step-fields.ts';

const TYPES: Readonly<Record<string, string>> = { name: 'VARCHAR', n: 'INTEGER' };
const GIVEN = [
  { column: 'name', is: 'in', value: ['Smith, John', '2016', '1.50', 'a'] },
  { column: 'name', is: '=', value: '2016' },
  { column: 'n', is: '=', value: '1.50' },
  { column: 'n', is: 'between', value: [1, 5] },
  { column: 'n', is: 'present' },
];

function edited(
  lines: readonly ConditionLine[],
  index: number,
  change: LineChange,
): readonly ConditionLine[] {
  return lines.map((line, at) => (at === index ? changeLine(line, change, (name) => TYPES[name]) : line));
}
const conditionsOf = (lines: readonly ConditionLine[]) => lines.map(({ condition }) => condition);

describe('conditions in a form', () => {
  it('stay as they are where another line is edited', () => {
    const lines = edited(linesOf(GIVEN, []), 3, { text: '2, 6' });
    expect(conditionsOf(lines)).toEqual(GIVEN.with(3, { column: 'n', is: 'between', value: [2, 6] }));
  });

  it('are read as they were from the texts they show', () => {
    const lines = linesOf(GIVEN, []);
    for (const [index, { condition, text }] of lines.entries()) {
      const again = edited(lines, index, { text });
      expect(again[index]?.condition).toEqual(condition);
    }
  });

  it('go along half filled, so that the step is refused until they are whole', () => {
    const begun = [...linesOf(GIVEN, []), ...linesOf([], [])];
    const faultOf = (lines: readonly ConditionLine[]) => checkStep('filter', { where: conditionsOf(lines) });
    expect(faultOf(begun)?.what).toBe('“where” must name a column in condition 6');
    const half = edited(begun, 5, { column: 'n' });
    expect(faultOf(half)?.what).toBe('“where” needs one value in condition 6');
    expect(faultOf(edited(half, 5, { text: '3' }))).toBeNull();
    expect(conditionsOf(edited(half, 5, { text: '3' })).at(-1)).toEqual({ column: 'n', is: '=', value: 3 });
  });

  it('take values of a column of texts as texts, and one value over to a list whole', () => {
    const [line] = linesOf([{ column: 'name', is: '=' }], []);
    if (!line) throw new Error('There is no line.');
    const typed = edited([line], 0, { text: '2016' });
    expect(typed[0]?.condition.value).toBe('2016');
    expect(edited(typed, 0, { column: 'n' })[0]?.condition.value).toBe(2016);
    const whole = edited(edited([line], 0, { text: 'Smith, John' }), 0, { is: 'in' });
    expect(whole[0]).toMatchObject({ condition: { value: ['Smith, John'] }, text: '"Smith, John"' });
  });

  it('leave the text alone that is being typed', () => {
    const lines = edited(linesOf(GIVEN, []), 0, { text: '"Smith, J' });
    expect(linesOf(conditionsOf(lines), lines)[0]?.text).toBe('"Smith, J');
    expect(linesOf([{ column: 'n', is: '=', value: 1 }], lines)[0]?.text).toBe('1');
  });
});

describe('values in a form', () => {
  it('come back from their lines', () => {
    const values = ['2016', 2016, 'true', true, '01234', ' a', 'x, "y"', '"z"'];
    expect(readScalarLines(writeScalarLines(values))).toEqual(values);
  });

  it('are numbers only where a number says all of the text', () => {
    expect(['2016', '1.50', '007', '-1.5', 'true', ' '].map(readScalar)).toEqual([
      2016,
      '1.50',
      '007',
      -1.5,
      true,
      null,
    ]);
  });
});
