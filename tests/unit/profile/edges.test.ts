// Where bins begin and end: readable, ascending, around every value; and the calendar below them against the platform's.
import { describe, expect, it } from 'vitest';
import { daysFromCivil, civilFromDays, formatDay, formatMoment } from '../../../src/lib/profile/calendar.ts';
import { planBins } from '../../../src/lib/profile/edges.ts';
import type { ColumnKind } from '../../../src/lib/profile/profile-types.ts';

const DAY = 86_400_000;
const MICROS = 1000 * DAY;
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY;

function edgesOf(kind: ColumnKind, low: number, high: number, interquartileRange: number, count: number) {
  return planBins(kind, { low, high, interquartileRange, count }).edges;
}

describe('readable edges', () => {
  it('are multiples of 1, 2 or 5 without a tail of digits', () => {
    // Width by Freedman and Diaconis: 2 · 0.3 / ∛1000 = 0.06, rounded up to 0.1.
    expect(edgesOf('float', 0.3, 0.95, 0.3, 1000)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    // 2 · 500 / ∛1000 = 100.
    expect(edgesOf('integer', 1, 999, 500, 1000)).toEqual([
      0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000,
    ]);
    expect(edgesOf('float', -7e-9, 8e-9, 1e-8, 8)).toEqual([-1e-8, 0, 1e-8]);
  });

  it('are whole numbers for integers, however many rows there are', () => {
    expect(edgesOf('integer', 3, 8, 4, 1_000_000)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  it('follow Sturges where the middle half is one value', () => {
    // ⌈log2 100⌉ + 1 = 8 bins of 12.5, rounded up to 20.
    expect(planBins('integer', { low: 0, high: 100, interquartileRange: 0, count: 100 })).toEqual({
      rule: 'sturges',
      edges: [0, 20, 40, 60, 80, 100, 120],
    });
  });

  it('need none for a single value', () => {
    expect(planBins('float', { low: 5, high: 5, interquartileRange: 0, count: 9 })).toEqual({
      rule: 'single-value',
      edges: [],
    });
  });
});

describe('edges of the calendar', () => {
  it.each([
    [
      'days',
      '2016-02-27',
      '2016-03-02',
      ['2016-02-27', '2016-02-28', '2016-02-29', '2016-03-01', '2016-03-02', '2016-03-03'],
    ],
    [
      'weeks from Monday',
      '2024-01-03',
      '2024-01-24',
      ['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-22', '2024-01-29'],
    ],
    [
      'months',
      '1969-11-15',
      '1970-02-10',
      ['1969-11-01', '1969-12-01', '1970-01-01', '1970-02-01', '1970-03-01'],
    ],
    [
      'quarters',
      '2019-02-01',
      '2019-12-31',
      ['2019-01-01', '2019-04-01', '2019-07-01', '2019-10-01', '2020-01-01'],
    ],
    [
      'decades',
      '1955-01-19',
      '1988-05-05',
      ['1950-01-01', '1960-01-01', '1970-01-01', '1980-01-01', '1990-01-01'],
    ],
  ])('%s', (_, from, to, edges) => {
    const [low, high] = [day(from), day(to)];
    // An interquartile range that asks for about four bins.
    const iqr = ((high - low) / 4) * (Math.cbrt(64) / 2);
    expect(edgesOf('date', low, high, iqr, 64).map(formatDay)).toEqual(edges);
  });

  it('hours and quarters of an hour', () => {
    const [low, high] = [day('2016-02-03') * MICROS, day('2016-02-03') * MICROS + 50 * 60 * 1e6];
    expect(edgesOf('timestamp', low, high, 25 * 60 * 1e6, 64).map(formatMoment)).toEqual([
      '2016-02-03T00:00:00',
      '2016-02-03T00:15:00',
      '2016-02-03T00:30:00',
      '2016-02-03T00:45:00',
      '2016-02-03T01:00:00',
    ]);
  });
});

/** Reproducible numbers in [0, 1) (Park & Miller 1988). */
function* chances(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

describe('any spread', () => {
  it.each(['integer', 'float', 'date', 'timestamp'] as const)(
    'of %s lies within few ascending edges',
    (kind) => {
      const chance = chances(11);
      const next = () => chance.next().value as number;
      for (let round = 0; round < 2000; round++) {
        const size =
          10 ** (next() * (kind === 'float' ? 300 : kind === 'integer' ? 18 : kind === 'date' ? 9 : 18));
        const [a, b] = [(next() - 0.5) * size, (next() - 0.5) * size * next()];
        const [low, high] = [a, b].sort((x, y) => x - y).map(kind === 'float' ? Number : Math.floor) as [
          number,
          number,
        ];
        if (low === high) continue;
        const edges = edgesOf(kind, low, high, (high - low) * next(), Math.ceil(10 ** (next() * 7)) + 1);
        expect(edges.length).toBeGreaterThanOrEqual(2);
        expect(edges.length).toBeLessThanOrEqual(43);
        expect(edges[0]).toBeLessThanOrEqual(low);
        expect(edges.at(-1)).toBeGreaterThanOrEqual(high);
        expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
      }
    },
  );
});

describe('calendar', () => {
  it("agrees with the platform's over its range", () => {
    for (let days = -90_000_000; days < 90_000_000; days += 7_919_317) {
      const date = new Date(days * DAY);
      const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(civilFromDays(days)).toEqual(civil);
      expect(daysFromCivil(civil)).toBe(days);
    }
    for (let days = day('1899-12-25'); days < day('2105-01-05'); days++)
      expect(formatDay(days)).toBe(new Date(days * DAY).toISOString().slice(0, 10));
  });

  it('writes years before 1 and after 9999 as the engine does', () => {
    expect([formatDay(-735_160), formatDay(2_147_483_646)]).toEqual(['0044-03-15 (BC)', '5881580-07-10']);
    expect(formatMoment(-1)).toBe('1969-12-31T23:59:59.999999');
  });
});
