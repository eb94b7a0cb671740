import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, succeed, type Result } from '../../../src/lib/base/result.ts';
import { EMPTY_NOTEBOOK, NotebookDesk } from '../../../src/lib/session/notebook-desk.svelte.ts';

const FULL = { code: 'storage-full', message: 'no more space' };

/** A store whose answers come when the test says so, in the order the saves were asked for. */
function slowStore() {
  const titles: string[] = [];
  const waiting: ((answer: Result<null>) => void)[] = [];
  return {
    titles,
    save: (record: { title: string }) => {
      titles.push(record.title);
      return new Promise<Result<null>>((resolve) => waiting.push(resolve));
    },
    /** Lets the oldest save end. */
    async end(answer: Result<null>): Promise<void> {
      await vi.advanceTimersByTimeAsync(0);
      const resolve = waiting.shift();
      if (!resolve) throw new Error('no save is under way');
      resolve(answer);
      await vi.advanceTimersByTimeAsync(0);
    },
    get isIdle() {
      return waiting.length === 0;
    },
  };
}

function openDesk() {
  const store = slowStore();
  let isReadOnly = false;
  const desk = new NotebookDesk(
    store.save,
    () => {},
    () => isReadOnly,
  );
  desk.open('a', EMPTY_NOTEBOOK);
  const rename = (title: string) => desk.edit({ kind: 'change-title', title });
  return { store, desk, rename, readOnly: (is: boolean) => (isReadOnly = is) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('saving', () => {
  it('begins a quarter of a second after the first change, however much is typed', async () => {
    const { store, desk, rename } = openDesk();
    expect(desk.saveState).toBe('saved');
    for (let typed = 0; typed < 5; typed += 1) {
      rename(`title ${typed}`);
      await vi.advanceTimersByTimeAsync(49);
    }
    expect([desk.saveState, store.titles]).toEqual(['unsaved', []]);
    await vi.advanceTimersByTimeAsync(10);
    expect([desk.saveState, store.titles]).toEqual(['saving', ['title 4']]);
    await store.end(succeed(null));
    expect(desk.saveState).toBe('saved');
  });

  it('goes on with what was typed while a save was under way', async () => {
    const { store, desk, rename } = openDesk();
    rename('one');
    void desk.flush();
    rename('two');
    await store.end(succeed(null));
    expect(desk.saveState).toBe('unsaved');
    await vi.advanceTimersByTimeAsync(250);
    expect([desk.saveState, store.titles]).toEqual(['saving', ['one', 'two']]);
    await store.end(succeed(null));
    expect(desk.saveState).toBe('saved');
  });

  it('that fails is tried again by itself, with the newest state', async () => {
    const { store, desk, rename } = openDesk();
    rename('one');
    void desk.flush();
    await store.end(fail(FULL));
    expect([desk.saveState, desk.saveProblem]).toEqual(['failed', FULL]);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(store.isIdle).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    await store.end(succeed(null));
    expect([desk.saveState, desk.saveProblem, store.titles]).toEqual(['saved', null, ['one', 'one']]);
  });

  it.each([
    ['fails, succeeds', [fail(FULL), succeed(null)], 'saved', null],
    ['succeeds, fails', [succeed(null), fail(FULL)], 'failed', FULL],
    ['fails, fails', [fail(FULL), fail(FULL)], 'failed', FULL],
    ['succeeds, succeeds', [succeed(null), succeed(null)], 'saved', null],
  ] as const)('of two states, which %s', async (_, answers, state, problem) => {
    const { store, desk, rename } = openDesk();
    rename('one');
    void desk.flush();
    rename('two');
    const flushed = desk.flush();
    await store.end(answers[0]);
    expect(desk.saveState).toBe('saving');
    await store.end(answers[1]);
    await flushed;
    expect([desk.saveState, desk.saveProblem]).toEqual([state, problem]);
  });

  it('that failed stays visible while more is typed, and is tried again soon', async () => {
    const { store, desk, rename } = openDesk();
    rename('one');
    void desk.flush();
    await store.end(fail(FULL));
    rename('two');
    expect(desk.saveState).toBe('failed');
    await vi.advanceTimersByTimeAsync(250);
    await store.end(succeed(null));
    expect([desk.saveState, store.titles]).toEqual(['saved', ['one', 'two']]);
  });

  it('ends for a notebook that was closed meanwhile, and says nothing about the next', async () => {
    const { store, desk, rename } = openDesk();
    rename('one');
    void desk.flush();
    desk.open('b', EMPTY_NOTEBOOK);
    await store.end(fail(FULL));
    expect([desk.saveState, desk.saveProblem]).toEqual(['saved', null]);
  });
});

describe('a save that throws', () => {
  it('has failed like any other, and the next one is made', async () => {
    let isBroken = true;
    const desk = new NotebookDesk(
      async () => {
        if (isBroken) throw new Error('out of order');
        return succeed(null);
      },
      () => {},
    );
    desk.open('a', EMPTY_NOTEBOOK, true);
    await desk.flush();
    expect([desk.saveState, desk.saveProblem?.code]).toEqual(['failed', 'storage-failed']);
    isBroken = false;
    await desk.flush();
    expect(desk.saveState).toBe('saved');
  });
});

describe('closing', () => {
  it('waits for the last save', async () => {
    const { store, desk, rename } = openDesk();
    rename('one');
    const closed = desk.close();
    await store.end(succeed(null));
    expect([await closed, desk.id]).toEqual([true, null]);
  });

  it('does not happen where the last changes could not be saved, unless they may be lost', async () => {
    const { store, desk, rename } = openDesk();
    rename('one');
    const closed = desk.close();
    await store.end(fail(FULL));
    expect([await closed, desk.id, desk.notebook.title]).toEqual([false, 'a', 'one']);
    const lost = desk.close(true);
    await store.end(fail(FULL));
    expect([await lost, desk.id]).toEqual([true, null]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.titles).toEqual(['one', 'one']);
  });
});

describe('a notebook that another tab has', () => {
  it('is neither changed nor saved', async () => {
    const { store, desk, rename, readOnly } = openDesk();
    rename('one');
    readOnly(true);
    expect(rename('two')).toMatchObject({ ok: false, error: { code: 'notebook-read-only' } });
    desk.undo();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([desk.notebook.title, store.titles, await desk.close()]).toEqual(['one', [], true]);
  });
});
