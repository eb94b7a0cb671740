// Checks made from a form's fields.
import { describe, expect, it } from 'vitest';
import { KIND_GROUPS } from '../../../src/lib/session/check-kind-facts.ts';
import type { CheckSpec } from '../../../src/lib/notebook/notebook-types.ts';
import { CHECK_FORMS } from '../../../src/lib/notebook/check-kinds.ts';
import { checkFromFields, fieldsOfCheck, presentBaseline } from '../../../src/lib/session/check-fields.ts';

describe('a check from fields', () => {
  it('keeps numbers, texts, lists, thresholds and shares what they are, and leaves empty fields out', () => {
    expect(
      checkFromFields('between', {
        column: 'a, "b": c',
        min: '1',
        max: '2024-05-01',
        warn: '1%',
        fail: '3',
        where: ' ',
      }),
    ).toEqual({
      ok: true,
      value: {
        kind: 'between',
        parameters: { column: 'a, "b": c', min: 1, max: '2024-05-01', warn: '1%', fail: 3 },
      },
    });
    expect(checkFromFields('in_set', { column: 'n', values: '1, x, true', mostly: '0.9' })).toMatchObject({
      value: { parameters: { values: [1, 'x', true], mostly: 0.9 } },
    });
    expect(checkFromFields('not_null', { column: 'n', blank: 'true' })).toMatchObject({
      value: { parameters: { column: 'n', blank: true } },
    });
  });

  it('keeps the zeros of a code: a number only where it says every character', () => {
    const values =
      '01234, 00501, 1.50, 1e3, +1, -0, 12345678901234567890, NaN, Infinity, 0, -1.5, 2016, "2016"';
    const kept = ['01234', '00501', '1.50', '1e3', '+1', '-0', '12345678901234567890', 'NaN', 'Infinity'];
    for (const kind of ['in_set', 'not_in_set'] as const)
      expect(checkFromFields(kind, { column: 'zip', values })).toMatchObject({
        value: { parameters: { values: [...kept, 0, -1.5, 2016, '2016'] } },
      });
    expect(checkFromFields('between', { column: 'zip', min: '00501', max: '1.50' })).toMatchObject({
      value: { parameters: { min: '00501', max: '1.50' } },
    });
  });

  it('refuses what the text form refuses, without a line', () => {
    const missing = checkFromFields('not_null', {});
    expect(missing.ok ? '' : missing.error.message).toMatch(/column/);
    expect(missing.ok ? '' : missing.error.message).not.toMatch(/^Line/);
    expect(checkFromFields('row_count_between', { min: 'many' }).ok).toBe(false);
    expect(checkFromFields('between', { column: 'a', min: '1', warn: 'x' }).ok).toBe(false);
  });

  it('reads no second setting out of a text', () => {
    expect(checkFromFields('matches', { column: 'a', pattern: 'x, fail: 9 }' })).toMatchObject({
      value: { parameters: { column: 'a', pattern: 'x, fail: 9 }' } },
    });
  });

  it('reads a baseline alone, and names its line', () => {
    const baseline = 'rows: 10\ncolumns:\n  a: BIGINT';
    expect(checkFromFields('drift_from', { baseline, max_psi: '0.3' })).toEqual({
      ok: true,
      value: {
        kind: 'drift_from',
        parameters: { baseline: { rows: 10, columns: { a: 'BIGINT' } }, max_psi: 0.3 },
      },
    });
    const problem = (text: string) => {
      const made = checkFromFields('drift_from', { baseline: text });
      return made.ok ? '' : made.error.message;
    };
    expect(problem('')).toMatch(/baseline/);
    expect(problem('rows: 10\ncolumn: 3')).toBe('Line 2 of the baseline: a baseline has no “column”.');
    for (const text of ['10', '- rows: 10', '{ rows: 10 }, max_psi: 9', '{ rows: 10', 'rows: &a [*a]'])
      expect(problem(text), text).toMatch(/^Line 1 of the baseline: /);
    expect(checkFromFields('not_null', { column: 'a', baseline: '{' }).ok).toBe(true);
  });

  it('takes the baseline of a relation as it stands', () => {
    const text = presentBaseline(3, [
      { name: 'age', type: 'BIGINT' },
      { name: 'a b', type: 'VARCHAR' },
    ]);
    expect(text).toBe('rows: 3\ncolumns: { age: BIGINT, a b: VARCHAR }');
    expect(checkFromFields('drift_from', { baseline: text }).ok).toBe(true);
  });

  it('has a form for every kind', () => {
    const kinds = KIND_GROUPS.flatMap((group) => group.kinds);
    expect(kinds.toSorted()).toEqual(Object.keys(CHECK_FORMS).toSorted());
  });

  it('comes back from the fields it fills', () => {
    const checks: readonly CheckSpec[] = [
      {
        kind: 'in_set',
        parameters: {
          column: 'a',
          values: [1, '1', 'true', true, 'a, b', ' c', '"d"', '', '01234', '1.50', 'null'],
        },
      },
      { kind: 'between', parameters: { column: 'a', min: '5', max: 7.5, mostly: '95%', where: 'b > "c"' } },
      { kind: 'between', parameters: { column: 'a', min: '2024-01-01', fail: 3, name: 'x, y: z' } },
      { kind: 'primary_key', parameters: { columns: ['a', 'b, c', '1'] } },
      { kind: 'not_null', parameters: { column: 'true', blank: true } },
      { kind: 'mean_between', parameters: { column: 'a', min: -1e21, severity: 'warn' } },
      { kind: 'column_set', parameters: { columns: ['a'], mode: 'ordered' } },
      { kind: 'drift_from', parameters: { baseline: { rows: 0 }, max_psi: 0.1, name: 'x: y' } },
      {
        kind: 'drift_from',
        parameters: {
          baseline: {
            rows: 1_000,
            columns: {
              age: 'BIGINT',
              'a: "b", {c}': 'DECIMAL(18,3)',
              '1': 'STRUCT(a INTEGER)',
              true: 'x\ny',
            },
            distributions: {
              age: { edges: [-1.5, 40, 1e21], shares: [0.1, 0.4, 0.3, 0.2] },
              'a, b': { values: { '01': 0.7, '': 0.1, '# c': 0.2, null: 0 } },
            },
          },
          max_row_change: '5%',
          schema: 'superset',
        },
      },
    ];
    for (const check of checks)
      expect(checkFromFields(check.kind, fieldsOfCheck(check))).toEqual({ ok: true, value: check });
  });
});
