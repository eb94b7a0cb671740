import { describe, expect, it } from 'vitest';
import { SAMPLE_NOTEBOOK } from '../../../src/lib/session/sample.ts';
import { completeNotebook } from '../../../src/lib/notebook/complete.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { nameCells } from '../../../src/lib/ui/notebook/cell-words.ts';
import { readKeptTour } from '../../../src/lib/ui/tour/kept-tour.ts';
import { TOUR_ROLES, tourFor } from '../../../src/lib/ui/tour/tour-steps.ts';

describe('the tour', () => {
  it.each(TOUR_ROLES.map(({ role }) => role))('for the %s names only cells that the sample has', (role) => {
    let next = 0;
    const notebook = completeNotebook(unwrap(parseNotebook(SAMPLE_NOTEBOOK)), () => `cell-${next++}`);
    const names = nameCells(notebook.cells);
    const steps = tourFor(role);
    const named = steps.flatMap(({ target }) => /^section\[aria-label="(.*)"\]$/.exec(target)?.[1] ?? []);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });

  it('is taken up where it was left, and from nowhere else', () => {
    expect(readKeptTour({ role: 'engineer', step: 3 })).toEqual({ role: 'engineer', step: 3 });
    for (const wrong of [
      null,
      7,
      {},
      { role: 'king', step: 1 },
      { role: 'analyst', step: 99 },
      { role: 'analyst', step: -1 },
    ])
      expect(readKeptTour(wrong)).toBeNull();
  });
});
