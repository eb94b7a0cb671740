// Captions of a saved chart.
import { expect, it } from 'vitest';
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
