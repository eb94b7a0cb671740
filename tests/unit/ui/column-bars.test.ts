import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../../src/lib/profile/profile-types.ts';
import type { ColumnFigures } from '../../../src/lib/session/look-view-types.ts';
import { barsOf, barWords, chooseBars, isChosen } from '../../../src/lib/ui/grid/column-bars.ts';
import {
  captionOf,
  clauseWords,
  exactnessOf,
  summaryOf,
  valueWords,
} from '../../../src/lib/ui/grid/value-words.ts';

const PROFILE: ColumnProfile = {
  name: 'age',
  type: 'INTEGER',
  kind: 'integer',
  rows: 100,
  nulls: 10,
  distinct: 40,
  distinctIsExact: true,
  min: 1,
  max: 30,
  mean: 14.25,
  stddev: 3,
  quartiles: [8, 14, 20],
  top: [],
  histogram: {
    bins: [
      { from: 0, to: 10, count: 20 },
      { from: 10, to: 20, count: 50 },
      { from: 20, to: 30, count: 20 },
    ],
    nulls: 10,
    notFinite: 0,
    rule: 'freedman-diaconis',
  },
  notANumber: 0,
  positiveInfinity: 0,
  negativeInfinity: 0,
  blanks: null,
  minLength: null,
  maxLength: null,
  isSampled: false,
  sampled: [],
  sampleRows: 100,
};

const CITIES: ColumnProfile = {
  ...PROFILE,
  name: 'city',
  type: 'VARCHAR',
  kind: 'text',
  histogram: null,
  top: [
    { value: 'Kyiv', count: 40 },
    { value: '', count: 30 },
  ],
};

const figures = (profile: ColumnProfile, more: Partial<ColumnFigures> = {}): ColumnFigures => ({
  profile,
  whole: null,
  filtered: null,
  problem: null,
  ...more,
});

describe('bars of a column', () => {
  it('are its bins, then NULL, each with what the filters leave', () => {
    const filtered = { rows: 30, nulls: 4, bins: [1, 20, 5], top: [] };
    const bars = barsOf(figures(PROFILE, { filtered }));
    expect(bars.map(({ kind, label, count, left }) => [kind, label, count, left])).toEqual([
      ['bin', '0 to 10', 20, 1],
      ['bin', '10 to 20', 50, 20],
      ['bin', '20 to 30', 20, 5],
      ['null', 'NULL', 10, 4],
    ]);
    expect(barsOf({ profile: null, whole: null, filtered: null, problem: null })).toEqual([]);
  });

  it('are top values, the rest and NULL; counts of a sample give way to those of the whole', () => {
    const whole = { rows: 100, nulls: 10, bins: [], top: [45, 25] };
    const filtered = { rows: 20, nulls: 2, bins: [], top: [10, 3] };
    const bars = barsOf(figures(CITIES, { whole, filtered }));
    expect(bars.map(({ kind, label, count, left }) => [kind, label, count, left])).toEqual([
      ['value', 'Kyiv', 45, 10],
      ['value', 'empty text', 25, 3],
      ['other', 'all other values', 20, 5],
      ['null', 'NULL', 10, 2],
    ]);
  });
});

describe('choosing bars', () => {
  it('tells values from NULL where values are not counted one by one', () => {
    const bars = barsOf(figures({ ...CITIES, top: [] }));
    expect(bars.map(({ kind, count }) => [kind, count])).toEqual([
      ['present', 90],
      ['null', 10],
    ]);
    const present = { kind: 'null', column: 'city', isNull: false } as const;
    expect(chooseBars('city', bars, null, 0, 0)).toEqual(present);
    expect(chooseBars('city', bars, present, 0, 0)).toBeNull();
    expect(chooseBars('city', bars, present, 1, 1)).toEqual({ kind: 'in', column: 'city', values: [null] });
    expect(bars.map((bar) => isChosen(bar, present, bars))).toEqual([true, false]);
  });

  const bins = barsOf(figures(PROFILE));
  const values = barsOf(figures(CITIES));

  it('makes a range of bins, whichever end was first; the last bin has its end', () => {
    const range = { kind: 'range', column: 'age', low: 10, high: 30, includesHigh: true } as const;
    expect(chooseBars('age', bins, null, 2, 1)).toEqual(range);
    expect(chooseBars('age', bins, null, 0, 0)).toEqual({ ...range, low: 0, high: 10, includesHigh: false });
    expect(chooseBars('age', bins, range, 1, 2)).toBeNull();
    expect(bins.map((bar) => isChosen(bar, range, bins))).toEqual([false, true, true, false]);
  });

  it('adds a value to those chosen, takes it away again, and knows NULL', () => {
    const kyiv = { kind: 'in', column: 'city', values: ['Kyiv'] } as const;
    expect(chooseBars('city', values, null, 0, 0)).toEqual(kyiv);
    expect(chooseBars('city', values, kyiv, 3, 3)).toEqual({ ...kyiv, values: ['Kyiv', null] });
    expect(chooseBars('city', values, kyiv, 0, 0)).toBeNull();
    expect(chooseBars('city', values, null, 0, 1)).toEqual({ ...kyiv, values: ['Kyiv', ''] });
    expect(chooseBars('city', values, kyiv, 2, 2)).toBeUndefined();
    const isNull = { kind: 'null', column: 'city', isNull: true } as const;
    expect(values.map((bar) => isChosen(bar, isNull, values))).toEqual([false, false, false, true]);
    expect(values.map((bar) => isChosen(bar, kyiv, values))).toEqual([true, false, false, false]);
  });

  it('filters by the value itself where all values are one', () => {
    const histogram = {
      nulls: 0,
      notFinite: 0,
      rule: 'single-value' as const,
      bins: [{ from: 7, to: 7, count: 90 }],
    };
    const one = barsOf(figures({ ...PROFILE, nulls: 0, histogram }));
    const clause = { kind: 'in', column: 'age', values: [7] } as const;
    expect(chooseBars('age', one, null, 0, 0)).toEqual(clause);
    expect(one.map((bar) => isChosen(bar, clause, one))).toEqual([true]);
  });
});

describe('words', () => {
  it('say filters, bars and figures, and how sure they are', () => {
    expect(clauseWords({ kind: 'in', column: 'c', values: ['a', null, '', 'b', 'c'] })).toBe(
      'is a, NULL, empty text and 2 more',
    );
    expect(clauseWords({ kind: 'range', column: 'c', low: 1, high: 2.5, includesHigh: false })).toBe(
      '1 to < 2.5',
    );
    expect(clauseWords({ kind: 'null', column: 'c', isNull: false })).toBe('is not NULL');
    expect(clauseWords({ kind: 'contains', column: 'c', text: 'x' })).toBe('contains “x”');
    expect(valueWords(0.1 + 0.2)).toBe('0.3');
    expect(captionOf(PROFILE)).toBe('40 distinct · 10 % NULL');
    expect(summaryOf(PROFILE)).toBe('100 rows, 10 % NULL, 40 distinct, from 1 to 30, mean 14.25');
    expect(summaryOf(CITIES)).toBe('100 rows, 10 % NULL, 40 distinct, most often Kyiv (40 rows)');
    expect(summaryOf(CITIES, false)).not.toContain('Kyiv');
    expect(exactnessOf(PROFILE)).toBe('Every figure is exact: all rows were counted.');
    const sampled = { ...PROFILE, distinctIsExact: false, sampled: ['quartiles'] as const, sampleRows: 200 };
    expect(exactnessOf(sampled)).toBe(
      'The number of distinct values is an estimate; quartiles come from 200 rows. All else is exact.',
    );
    const words = barsOf(figures(PROFILE)).map((bar) => barWords(bar, 100, (part) => `${part * 100} %`));
    expect(words[0]).toBe('0 to 10: 20 rows, 20 %');
  });
});
