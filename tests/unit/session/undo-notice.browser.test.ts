import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { AppSession } from '../../../src/lib/session/app-session.svelte.ts';
import { EMPTY_NOTEBOOK, makeCellId } from '../../../src/lib/session/notebook-desk.svelte.ts';
import UndoNoticeUnderTest from './UndoNoticeUnderTest.svelte';

let close = async () => {};
afterEach(() => close());

function openNotice() {
  const session = new AppSession();
  const { desk } = session;
  desk.open('a', EMPTY_NOTEBOOK);
  const id = makeCellId();
  desk.edit({ kind: 'add-cell', id, cell: { kind: 'sql', sql: 'SELECT 1' }, after: null });
  const notice = mount(UndoNoticeUnderTest, { target: document.body, props: { session } });
  close = () => unmount(notice);
  flushSync();
  desk.edit({ kind: 'remove-cell', id });
  notice.show('Cell deleted.');
  flushSync();
  return { desk, id, button: () => document.querySelector('button') };
}

it('brings the deleted cell back', () => {
  const { desk, id, button } = openNotice();
  button()?.click();
  expect(desk.notebook.cells.map((cell) => cell.id)).toEqual([id]);
});

it('offers nothing any more after another change, which undoing would undo', () => {
  const { desk, button } = openNotice();
  expect(button()).not.toBeNull();
  desk.edit({ kind: 'change-title', title: 'Another' });
  flushSync();
  expect(button()).toBeNull();
});
