// What a grid puts on the clipboard when rows change, are fewer, or the browser refuses.
import { flushSync, mount, unmount } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Page } from '../../../src/lib/engine/contract.ts';
import GridUnderTest from './GridUnderTest.svelte';

const ROWS = 2_500;

interface Shown {
  readonly grid: HTMLElement;
  readonly noted: (readonly number[])[];
  /** Rows of another result stand there from now on. */
  remake(): void;
  press(key: string, shift?: boolean): void;
  said(): string;
}

const written: string[] = [];
let shown: Record<string, unknown> | null = null;
let held: (() => void)[] | null = null;

function show(rowsIn: number): Shown {
  const state = new SvelteMap([['generation', 1]]);
  const noted: (readonly number[])[] = [];
  const load = async (offset: number, limit: number): Promise<Page> => {
    if (held !== null && limit === 1_000) await new Promise<void>((resolve) => held?.push(resolve));
    const rows = Array.from({ length: Math.min(limit, rowsIn - offset) }, (_, at) => [offset + at, 'x']);
    return { columns: [], offset, rows };
  };
  const column = { type: 'INTEGER', sensitivity: null, badge: null, tags: [] };
  shown = mount(GridUnderTest, {
    target: document.body,
    props: {
      name: 't',
      columns: ['n', 'label'].map((name) => ({ ...column, name })) as never,
      rowCount: ROWS,
      get generation() {
        return state.get('generation') ?? 0;
      },
      load,
      oncopied: (rows: number, columns: number) => noted.push([rows, columns]),
    },
  });
  flushSync();
  const grid = document.querySelector<HTMLElement>('[role=grid]');
  if (grid === null) throw new Error('no grid');
  return {
    grid,
    noted,
    remake: () => {
      state.set('generation', 2);
      flushSync();
    },
    press: (key, shiftKey = false) => {
      grid.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey, bubbles: true }));
      flushSync();
    },
    said: () => document.querySelector('[role=status]')?.textContent ?? '',
  };
}

const unhandled: unknown[] = [];
const note = (event: PromiseRejectionEvent): void => {
  unhandled.push(event.reason);
  event.preventDefault();
};

beforeEach(() => {
  written.length = unhandled.length = 0;
  held = null;
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    written.push(text);
    return Promise.resolve();
  });
  window.addEventListener('unhandledrejection', note);
});
afterEach(async () => {
  window.removeEventListener('unhandledrejection', note);
  vi.restoreAllMocks();
  if (shown !== null) await unmount(shown);
  shown = null;
});

it('is all that is selected, and its size is told', async () => {
  const { press, said, noted } = show(ROWS);
  press('End', true);
  press('c');
  await expect.poll(said).toBe('Copied 2,500 rows × 2 columns');
  expect(written.map((text) => text.split('\n').length)).toEqual([ROWS]);
  expect(noted).toEqual([[ROWS, 2]]);
});

it('never mixes rows of two results: nothing is copied, and it is said', async () => {
  held = [];
  const { press, said, noted, remake } = show(ROWS);
  press('End', true);
  press('c');
  await expect.poll(() => held?.length).toBe(1);
  held[0]?.();
  await expect.poll(() => held?.length).toBe(2);
  remake();
  held[1]?.();
  await expect.poll(said).toContain('The rows changed while they were gathered, so nothing was copied.');
  expect([written, noted]).toEqual([[], []]);
});

it('has the size that was copied, not the one asked for', async () => {
  const { press, said, noted } = show(1_200);
  press('End', true);
  press('c');
  await expect.poll(said).toBe('Copied 1,200 rows × 2 columns');
  expect(noted).toEqual([[1_200, 2]]);
});

it('is what was asked for last, while an earlier copy is still gathering', async () => {
  held = [];
  const { press, said, noted } = show(ROWS);
  press('End', true);
  press('c');
  await expect.poll(() => held?.length).toBe(1);
  press('Home');
  press('c');
  await expect.poll(said).toBe('Copied 1 row × 1 column');
  const waiting = held;
  held = null;
  for (const go of waiting) go();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([written, noted, said()]).toEqual([['0'], [[1, 1]], 'Copied 1 row × 1 column']);
});

it('says what to do where the browser refuses, and notes nothing', async () => {
  vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'));
  const { press, said, noted } = show(ROWS);
  press('c');
  await expect
    .poll(said)
    .toBe(
      'The browser did not let the text onto the clipboard. Click into the grid and copy again, allow this page the clipboard, or save the result as a file.',
    );
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([noted, unhandled]).toEqual([[], []]);
});
