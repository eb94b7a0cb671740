import { describe, expect, it } from 'vitest';
import {
  DELIMITERS,
  describeChoice,
  hasChoices,
  setColumnType,
  setOption,
} from '../../../src/lib/ui/import/import-choices.ts';
import { compareColumns } from '../../../src/lib/ui/import/column-differences.ts';

describe('choosing how a file is read', () => {
  it('sets one option and keeps the others', () => {
    expect(setOption({ format: 'csv', header: false }, 'decimal', ',')).toEqual({
      format: 'csv',
      header: false,
      decimal: ',',
    });
  });

  it('goes back to the guess by leaving the option out', () => {
    expect(setOption({ format: 'csv', quote: '', skipRows: 2 }, 'quote', undefined)).toEqual({
      format: 'csv',
      skipRows: 2,
    });
  });

  it('keeps “no quoting” apart from “guess”', () => {
    expect(setOption({ format: 'csv' }, 'quote', '')).toEqual({ format: 'csv', quote: '' });
  });

  it('forgets chosen types when another delimiter makes other columns', () => {
    const options = { format: 'csv', types: { a: 'DATE' }, dateFormat: '%Y' } as const;
    expect(setOption(options, 'delimiter', ';')).toEqual({ format: 'csv', dateFormat: '%Y', delimiter: ';' });
    expect(setOption(options, 'dateFormat', '%d')).toEqual({ ...options, dateFormat: '%d' });
  });

  it('sets the type of a column with any name, and drops the list when the last one is guessed again', () => {
    const typed = setColumnType({ format: 'csv' }, '__proto__', 'VARCHAR');
    expect(Object.entries(typed.types ?? {})).toEqual([['__proto__', 'VARCHAR']]);
    expect(setColumnType({ format: 'csv', types: { 'e mail': 'DATE' } }, 'e mail', '')).toEqual({
      format: 'csv',
    });
    expect(setColumnType({ format: 'csv', types: { a: 'DATE', b: 'TIME' } }, 'a', 'BIGINT')).toEqual({
      format: 'csv',
      types: { b: 'TIME', a: 'BIGINT' },
    });
  });

  it('knows whether a person chose anything', () => {
    expect(hasChoices({ format: 'csv' })).toBe(false);
    expect(hasChoices({ format: 'csv', skipRows: 0 })).toBe(true);
  });

  it('shows a value nobody listed as it can be seen', () => {
    expect(describeChoice(DELIMITERS, '\t')).toBe('Tab');
    expect(describeChoice(DELIMITERS, '\u001f')).toBe('"\\u001f"');
    expect(describeChoice(DELIMITERS, '')).toBe('None');
  });
});

describe('comparing the columns of a file with those expected', () => {
  it('finds nothing where they are the same in another order', () => {
    const columns = [
      { name: 'a', type: 'DATE' },
      { name: 'b', type: 'BIGINT' },
    ];
    expect(compareColumns(columns, columns.toReversed())).toEqual([]);
  });

  it('lists missing, then retyped, then added columns', () => {
    const expected = [
      { name: 'kept', type: 'DATE' },
      { name: 'retyped', type: 'DOUBLE' },
      { name: 'gone', type: 'VARCHAR' },
      { name: 'untyped', type: null },
    ];
    const found = [
      { name: 'new', type: 'BIGINT' },
      { name: 'retyped', type: 'VARCHAR' },
      { name: 'kept', type: 'DATE' },
      { name: 'untyped', type: 'BLOB' },
    ];
    expect(compareColumns(expected, found)).toEqual([
      { column: 'gone', kind: 'missing', expected: 'VARCHAR', found: null },
      { column: 'retyped', kind: 'retyped', expected: 'DOUBLE', found: 'VARCHAR' },
      { column: 'new', kind: 'added', expected: null, found: 'BIGINT' },
    ]);
  });

  it('tells names apart by case and counts a file without columns as missing all', () => {
    expect(
      compareColumns([{ name: 'Email', type: 'VARCHAR' }], [{ name: 'email', type: 'VARCHAR' }]),
    ).toEqual([
      { column: 'Email', kind: 'missing', expected: 'VARCHAR', found: null },
      { column: 'email', kind: 'added', expected: null, found: 'VARCHAR' },
    ]);
    expect(compareColumns([], [])).toEqual([]);
  });
});
