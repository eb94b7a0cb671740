import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { FilterClause } from '../../../src/lib/filter/filter-types.ts';
import { FilterDesk } from '../../../src/lib/session/filter-desk.svelte.ts';

function openDesk() {
  const said: string[] = [];
  let columns = [
    { name: 'city', type: 'VARCHAR' },
    { name: 'n', type: 'INTEGER' },
  ];
  const desk = new FilterDesk({ columnsOf: () => columns, announce: (text) => said.push(text) });
  return { desk, said, remake: (next: typeof columns) => desk.remade('t', (columns = next)) };
}

const CITY: FilterClause = { kind: 'in', column: 'city', values: ['Kyiv'] };
const FEW: FilterClause = { kind: 'range', column: 'n', low: null, high: 5, includesHigh: false };

describe('filters of a relation', () => {
  it('filter every view but the one that set them', () => {
    const { desk } = openDesk();
    desk.set('T', 'header:city', 'city', CITY);
    desk.set('t', 'chart', 'n', FEW);
    expect(unwrap(desk.predicate('t', 'header:city'))).toBe(`"n" < CAST('5' AS INTEGER)`);
    expect(unwrap(desk.predicate('t', 'chart'))).toBe(`"city" IN ('Kyiv')`);
    expect(unwrap(desk.predicate('t'))).toBe(`"city" IN ('Kyiv') AND "n" < CAST('5' AS INTEGER)`);
    expect(unwrap(desk.predicate('other'))).toBeNull();
  });

  it('are replaced in place, taken back by null, and cleared', () => {
    const { desk } = openDesk();
    desk.set('t', 'a', 'city', CITY);
    desk.set('t', 'a', 'n', FEW);
    desk.set('t', 'a', 'city', { ...CITY, isExcluded: true });
    expect(desk.of('t').map(({ clause }) => clause.column)).toEqual(['city', 'n']);
    desk.set('t', 'a', 'city', null);
    expect(desk.of('t').map(({ clause }) => clause)).toEqual([FEW]);
    desk.clear('T');
    expect(desk.of('t')).toEqual([]);
  });

  it('stay over a run where their column does; the loss of another is told', () => {
    const { desk, said, remake } = openDesk();
    desk.set('t', 'a', 'city', CITY);
    desk.set('t', 'a', 'n', FEW);
    remake([{ name: 'n', type: 'BIGINT' }]);
    expect(unwrap(desk.predicate('t'))).toBe(`"n" < CAST('5' AS BIGINT)`);
    expect(said).toEqual(['t no longer has city: the filter on it is removed.']);
  });
});
