// Words of a chart: captions of a saved one, times in tips.
import { expect, it } from 'vitest';
import { momentWords } from '../../../src/lib/ui/charts/chart-shape.ts';
import { wrapWords } from '../../../src/lib/ui/charts/export-chart.ts';

it('break where a line is full, and within a word that is longer than a line', () => {
  expect(wrapWords('Only rows where country: UA, PL.', 24 + 16.1 * 7.2)).toEqual([
    'Only rows where',
    'country: UA, PL.',
  ]);
  expect(wrapWords(`a ${'x'.repeat(20)} b`, 24 + 9.1 * 7.2)).toEqual([
    'a',
    'x'.repeat(9),
    'x'.repeat(9),
    'xx b',
  ]);
  expect(wrapWords('', 400)).toEqual([]);
});

it('says times of every era as the grid does', () => {
  const at = (year: number, ...rest: readonly number[]) => {
    const [month = 0, day = 1, hour = 0, minute = 0, second = 0] = rest;
    return new Date(new Date(0).setUTCFullYear(year, month, day)).setUTCHours(hour, minute, second, 0);
  };
  expect([at(2016, 1, 3, 7, 55), at(2016, 1, 3), at(2016, 1, 3, 0, 0, 9)].map(momentWords)).toEqual([
    '2016-02-03 07:55',
    '2016-02-03',
    '2016-02-03 00:00:09',
  ]);
  expect([at(12016), at(1), at(0), at(-43, 2, 15)].map(momentWords)).toEqual([
    '12016-01-01',
    '0001-01-01',
    '0001-01-01 (BC)',
    '0044-03-15 (BC)',
  ]);
});
