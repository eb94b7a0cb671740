import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Problem } from '../../../src/lib/base/result.ts';
import type { Page } from '../../../src/lib/engine/contract.ts';
import { PageCache } from '../../../src/lib/ui/grid/page-cache.ts';

const COLUMNS = [{ name: 'n', type: 'BIGINT' }];

function pageOf(offset: number, limit: number): Page {
  return { columns: COLUMNS, offset, rows: Array.from({ length: limit }, (_, index) => [offset + index]) };
}

function makeCache(rowCount: number, capacity = 20) {
  const asked: (readonly [number, number])[] = [];
  let changes = 0;
  const cache = new PageCache({
    rowCount,
    capacity,
    load: (offset, limit) => {
      asked.push([offset, limit]);
      return Promise.resolve(pageOf(offset, limit));
    },
    onChange: () => (changes += 1),
  });
  return { cache, asked, changes: () => changes };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the rows of a result', () => {
  it('come in blocks of 200, the first at once', async () => {
    const { cache, asked, changes } = makeCache(1_000);
    cache.show(0, 30);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([[0, 200]]);
    expect([cache.row(0), cache.row(199), cache.row(200)]).toEqual([[0], [199], null]);
    expect([cache.fetchedRows, changes()]).toEqual([200, 1]);
  });

  it('end with a short block', async () => {
    const { cache, asked } = makeCache(450);
    cache.show(440, 449);
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([[400, 50]]);
  });

  it('are not fetched twice, neither when here nor when on their way', async () => {
    const { cache, asked } = makeCache(1_000);
    cache.show(0, 30);
    cache.show(1, 31);
    await vi.advanceTimersByTimeAsync(0);
    cache.show(2, 32);
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toEqual([[0, 200]]);
  });

  it('of a neighbouring block are fetched without delay', async () => {
    const { cache, asked } = makeCache(1_000);
    cache.show(0, 30);
    await vi.advanceTimersByTimeAsync(0);
    cache.show(190, 220);
    expect(asked).toEqual([
      [0, 200],
      [200, 200],
    ]);
  });

  it('passed over while scrolling fast are never fetched', async () => {
    const { cache, asked } = makeCache(1_000_000);
    cache.show(0, 30);
    await vi.advanceTimersByTimeAsync(0);
    for (let row = 10_000; row <= 900_000; row += 10_000) {
      cache.show(row, row + 30);
      await vi.advanceTimersByTimeAsync(16);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toEqual([
      [0, 200],
      [900_000, 200],
    ]);
    expect(cache.row(900_000)).toEqual([900_000]);
    expect(cache.fetchedRows).toBeLessThan(5_000);
  });

  it('seen longest ago make room', async () => {
    const { cache, asked } = makeCache(10_000, 2);
    for (const row of [0, 200, 0, 400]) {
      cache.show(row, row + 10);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect([cache.row(0), cache.row(200), cache.row(400)]).toEqual([[0], null, [400]]);
    expect(asked).toHaveLength(3);
  });
});

describe('a result whose rows cannot be had', () => {
  const problem: Problem = { code: 'engine-crashed', message: 'The engine stopped.' };

  it('tells the problem, and loads again when asked to', async () => {
    let isBroken = true;
    const cache = new PageCache({
      rowCount: 10,
      load: (offset, limit) => Promise.resolve(isBroken ? problem : pageOf(offset, limit)),
      onChange: () => undefined,
    });
    cache.show(0, 9);
    await vi.advanceTimersByTimeAsync(0);
    expect(cache.problem).toEqual(problem);
    isBroken = false;
    cache.retry(0, 9);
    await vi.advanceTimersByTimeAsync(0);
    expect([cache.problem, cache.row(9)]).toEqual([null, [9]]);
  });

  it('that is gone is silent: late answers change nothing', async () => {
    const { cache, changes } = makeCache(10);
    cache.show(0, 9);
    cache.dispose();
    await vi.advanceTimersByTimeAsync(100);
    cache.show(0, 9);
    expect([cache.row(0), changes()]).toEqual([null, 0]);
  });

  it('with no rows asks for nothing', async () => {
    const { cache, asked } = makeCache(0);
    cache.show(0, -1);
    cache.show(0, 5);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual([]);
  });
});
