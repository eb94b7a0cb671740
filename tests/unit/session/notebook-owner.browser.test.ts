import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/lib/base/result.ts';
import { NotebookOwner } from '../../../src/lib/session/notebook-owner.svelte.ts';
import { deleteNotebook, readNotebook, writeNotebook } from '../../../src/lib/store/database.ts';
import { claimNotebook } from '../../../src/lib/store/notebook-claims.ts';

const tabs: NotebookOwner[] = [];

/** One tab's hold, with a notebook text of its own that it saves when asked to, as the session does. */
function openTab(id: string) {
  const tab = { shown: 0, unsavedText: null as string | null, isFrozen: false, said: [] as string[] };
  const owner: NotebookOwner = new NotebookOwner({
    flush: async () => {
      while (tab.isFrozen) await new Promise((resolve) => setTimeout(resolve, 10));
      return save();
    },
    reload: async () => void (tab.shown += 1),
    keepAsNew: async () => {},
    closeUnsaved: async () => {},
    announce: (text) => tab.said.push(text),
    tookOver: () => {},
  });
  async function save(): Promise<Problem | null> {
    if (tab.unsavedText === null) return null;
    const saved = await owner.save({ id, title: '', text: tab.unsavedText });
    if (saved.ok) tab.unsavedText = null;
    return saved.ok ? null : saved.error;
  }
  tabs.push(owner);
  return { tab, owner, save };
}

async function openTwo() {
  const id = crypto.randomUUID();
  const [first, second] = [openTab(id), openTab(id)];
  await first.owner.open(id);
  first.tab.unsavedText = 'made';
  expect(await first.save()).toBeNull();
  await second.owner.open(id);
  return { id, first, second };
}

afterEach(async () => {
  await Promise.all(tabs.splice(0).map((owner) => owner.close()));
});

describe('of two tabs with one notebook', () => {
  it('the first owns it and the second reads', async () => {
    const { first, second } = await openTwo();
    expect([first.owner.state, first.owner.isReadOnly]).toEqual(['owner', false]);
    expect([second.owner.state, second.owner.isReadOnly]).toEqual(['elsewhere', true]);
  });

  it('the second takes over after the first has saved, and the first takes back', async () => {
    const { first, second } = await openTwo();
    first.tab.unsavedText = 'the last words';
    await second.owner.takeOver();
    expect([first.owner.state, second.owner.state]).toEqual(['taken', 'owner']);
    expect([first.tab.unsavedText, first.owner.unsaved, second.tab.shown]).toEqual([null, null, 1]);
    await first.owner.takeOver();
    expect([first.owner.state, second.owner.state, first.tab.shown]).toEqual(['owner', 'taken', 1]);
  });

  it('the second overrules a first that does not answer; what that one still writes is refused and said', async () => {
    const { first, second } = await openTwo();
    first.tab.unsavedText = 'too late';
    first.tab.isFrozen = true;
    await second.owner.takeOver();
    expect(second.owner.state).toBe('owner');
    first.tab.isFrozen = false;
    await expect.poll(() => first.owner.state).toBe('taken');
    await expect.poll(() => first.owner.unsaved?.code).toBe('notebook-taken-over');
    expect(first.tab.unsavedText).toBe('too late');
  });

  it('the second goes on by itself once the first is closed', async () => {
    const { first, second } = await openTwo();
    await first.owner.close();
    await expect.poll(() => second.owner.state).toBe('owner');
    expect(second.tab.shown).toBe(1);
  });

  it('a tab with unsaved changes is not overwritten by itself', async () => {
    const { first, second } = await openTwo();
    first.tab.unsavedText = 'only here';
    first.tab.isFrozen = true;
    await second.owner.takeOver();
    first.tab.isFrozen = false;
    await expect.poll(() => first.owner.unsaved?.code).toBe('notebook-taken-over');
    await second.owner.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([first.owner.state, first.tab.shown]).toEqual(['taken', 0]);
    await first.owner.takeOver();
    expect([first.owner.state, first.tab.shown]).toEqual(['taken', 0]);
    await first.owner.takeOver(true);
    expect([first.owner.state, first.owner.unsaved, first.tab.shown]).toEqual(['owner', null, 1]);
  });
});

describe('a deleted notebook', () => {
  it('is said to be so in the tab that shows it, and is not written again', async () => {
    const { id, first, second } = await openTwo();
    await deleteNotebook(id);
    second.owner.tellDeleted(id);
    await expect.poll(() => first.owner.state).toBe('deleted');
    first.tab.unsavedText = 'after all';
    expect((await first.save())?.code).toBe('notebook-deleted');
  });

  it('is noticed with the next save where the other tab did not say so', async () => {
    const { id, first } = await openTwo();
    await deleteNotebook(id);
    first.tab.unsavedText = 'after all';
    expect((await first.save())?.code).toBe('notebook-deleted');
    expect(first.owner.state).toBe('deleted');
  });
});

describe('a notebook that was left', () => {
  it('for another while it was being taken over stays with whoever has it, and the other is this tab’s own', async () => {
    const { id, first, second } = await openTwo();
    first.tab.isFrozen = true;
    const taking = second.owner.takeOver();
    const other = crypto.randomUUID();
    await second.owner.close();
    await second.owner.open(other);
    await taking;
    expect([second.owner.state, second.owner.isTakingOver, second.tab.shown]).toEqual(['owner', false, 0]);
    expect(await second.owner.save({ id: other, title: '', text: 'other' })).toEqual({
      ok: true,
      value: null,
    });
    first.tab.isFrozen = false;
    await expect.poll(() => first.tab.shown).toBe(1);
    expect([first.owner.state, first.tab.said[0]]).toEqual(['owner', 'Another tab took this notebook over.']);
    expect(await readNotebook(id)).toMatchObject({ value: { text: 'made' } });
  });

  it('at once after it was opened, for another, is free for others', async () => {
    const [id, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const [first, second] = [openTab(id), openTab(id)];
    await Promise.all([first.owner.open(id), first.owner.open(other)]);
    await second.owner.open(id);
    expect([first.owner.state, second.owner.state]).toEqual(['owner', 'owner']);
    expect(await first.owner.save({ id: other, title: '', text: '' })).toMatchObject({ ok: true });
  });
});

describe('a claim that could not be written for lack of space', () => {
  const text = (id: string, words: string) => ({ id, title: '', text: words });

  it('is made with the first save, though a tab that is gone left its own standing', async () => {
    const id = crypto.randomUUID();
    await claimNotebook(id, 'of a tab that crashed');
    const held = { claim: 'mine', isUnwritten: true, leftOver: 'of a tab that crashed' };
    expect(await writeNotebook(text(id, 'kept'), undefined, held)).toEqual({ ok: true, value: null });
    expect(await writeNotebook(text(id, 'again'), undefined, { ...held, isUnwritten: false })).toMatchObject({
      ok: true,
    });
  });

  it('is not made over the claim of a tab that came later', async () => {
    const id = crypto.randomUUID();
    await writeNotebook(text(id, 'theirs'));
    await claimNotebook(id, 'came later');
    const held = { claim: 'mine', isUnwritten: true, leftOver: 'of a tab that crashed' };
    expect(await writeNotebook(text(id, 'mine'), undefined, held)).toMatchObject({
      ok: false,
      error: { code: 'notebook-taken-over' },
    });
    expect(await readNotebook(id)).toMatchObject({ value: { text: 'theirs' } });
  });

  it('counts for nothing once it was written', async () => {
    const id = crypto.randomUUID();
    await claimNotebook(id, 'left over');
    const held = { claim: 'mine', isUnwritten: false, leftOver: 'left over' };
    expect(await writeNotebook(text(id, 'mine'), undefined, held)).toMatchObject({ ok: false });
  });
});
