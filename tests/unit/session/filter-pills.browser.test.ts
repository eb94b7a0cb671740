// Where the focus goes when filters are taken back one by one.
import { flushSync, mount, tick, unmount } from 'svelte';
import { expect, it } from 'vitest';
import { FilterDesk } from '../../../src/lib/session/filter-desk.svelte.ts';
import type { ResultLook } from '../../../src/lib/session/look-view-types.ts';
import FilterPills from '../../../src/lib/ui/grid/FilterPills.svelte';

it('goes to the pill that takes the place of the removed one, and back to the rows after the last', async () => {
  const columns = ['a', 'b', 'c'].map((name) => ({ name, type: 'INTEGER' }));
  const filters = new FilterDesk({ columnsOf: () => columns, announce: () => {} });
  for (const { name } of columns)
    filters.set('t', `header:${name}`, name, { kind: 'null', column: name, isNull: true });
  const look = {
    get filters() {
      return filters.of('t');
    },
    remove: ({ relation, origin, clause }: ResultLook['filters'][number]) =>
      filters.set(relation, origin, clause.column, null),
  } as ResultLook;
  let emptied = 0;
  const props = { name: 't', look, blurred: [], onkeep: undefined, onempty: () => (emptied += 1) };
  const pills = mount(FilterPills, { target: document.body, props });
  flushSync();
  const removal = (column: string) =>
    [...document.querySelectorAll('button')].find((button) =>
      button.ariaLabel?.startsWith(`Remove filter ${column} `),
    );
  const remove = async (column: string) => {
    removal(column)?.focus();
    removal(column)?.click();
    await tick();
    await tick();
    return document.activeElement;
  };
  expect(await remove('a')).toBe(removal('b'));
  expect(removal('b')).toBeDefined();
  expect(await remove('c')).toBe(removal('b'));
  await remove('b');
  expect(emptied).toBe(1);
  await unmount(pills);
});
