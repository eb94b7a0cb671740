import { describe, expect, it } from 'vitest';
import type { FilterClause } from '../../../src/lib/filter/filter-types.ts';
import type { SortKey } from '../../../src/lib/filter/view-types.ts';
import { columnEntries, nextDirection, type ColumnLook } from '../../../src/lib/ui/grid/column-menu.ts';
import { arrangeColumns, columnsInView, startsOf } from '../../../src/lib/ui/grid/column-order.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const WIDTHS = [100, 50, 80, 70];

describe('columns of a grid', () => {
  it('stand as they are, pinned ones first, hidden ones not at all', () => {
    expect(arrangeColumns(NAMES, { hidden: [], pinned: [] }, WIDTHS, 500)).toEqual({
      shown: [0, 1, 2, 3],
      fixed: 0,
    });
    expect(arrangeColumns(NAMES, { hidden: ['b'], pinned: ['d', 'a', 'b'] }, WIDTHS, 500)).toEqual({
      shown: [3, 0, 2],
      fixed: 2,
    });
  });

  it('stay fixed as far as there is room', () => {
    const order = arrangeColumns(NAMES, { hidden: [], pinned: ['d', 'a'] }, WIDTHS, 120);
    expect(order).toEqual({ shown: [3, 0, 1, 2], fixed: 1 });
    expect(startsOf(order, WIDTHS, 40)).toEqual([40, 110, 210, 260, 340]);
  });

  it('are seen beside the fixed ones only', () => {
    const order = { shown: [3, 0, 1, 2], fixed: 1 };
    const starts = startsOf(order, WIDTHS, 40);
    expect(columnsInView(order, starts, 0, 220)).toEqual([1, 2]);
    expect(columnsInView(order, starts, 120, 200)).toEqual([2, 3]);
    expect(columnsInView(order, starts, 0, 0)).toEqual([-1, -2]);
  });
});

function fakeLook(sort: readonly SortKey[], clause: FilterClause | null = null) {
  const calls: unknown[] = [];
  const look: ColumnLook = {
    sort,
    pinned: [],
    ownClause: () => clause,
    sortBy: (...all) => calls.push(all),
    filter: (...all) => calls.push(all),
    pin: (...all) => calls.push(all),
    hide: (...all) => calls.push(all),
  };
  return { look, calls };
}

describe('the menu of a column', () => {
  it('goes round ascending, descending, not at all', () => {
    expect(nextDirection({ sort: [] }, 'a')).toBe('ascending');
    expect(nextDirection({ sort: [{ column: 'a', isDescending: false }] }, 'a')).toBe('descending');
    expect(nextDirection({ sort: [{ column: 'a', isDescending: true }] }, 'a')).toBeNull();
  });

  it('offers a further key where rows are sorted by another column, and takes NULLs back', () => {
    const verbs = { onfigures: () => {}, onsteps: undefined, oninspect: undefined };
    const { look, calls } = fakeLook([{ column: 'b', isDescending: false }], {
      kind: 'null',
      column: 'a',
      isNull: true,
    });
    const entries = columnEntries(look, 'a', verbs);
    const choose = (label: string) => entries.find((entry) => entry.label === label)?.onselect();
    choose('Then sort descending');
    choose('Only NULL');
    choose('Without NULL');
    expect(calls).toEqual([
      ['a', 'descending', true],
      ['a', null],
      ['a', { kind: 'null', column: 'a', isNull: false }],
    ]);
    const labels = columnEntries(fakeLook([]).look, 'a', verbs).map(({ label }) => label);
    expect(labels).not.toContain('Then sort descending');
    expect(labels).not.toContain('Inspect column');
    expect(labels).not.toContain('Add step…');
    const [step] = columnEntries(look, 'a', { ...verbs, onsteps: () => calls.push(['steps']) }).slice(-1);
    step?.onselect();
    expect([step?.label, calls.at(-1)]).toEqual(['Add step…', ['steps']]);
  });
});
