// Rows fetched by number.
import { describe, expect, it } from 'vitest';
import { fetchRows, stretchesOf } from '../../../src/lib/session/failing-rows.ts';

describe('rows by number', () => {
  it('are asked for in as few pages as they lie in', async () => {
    expect(stretchesOf([])).toEqual([]);
    const asked: number[][] = [];
    const found = await fetchRows([1, 2, 3, 7], async (offset, limit) => {
      asked.push([offset, limit]);
      const rows = Array.from({ length: limit }, (_, at) => [offset + at + 1, at === 1 ? null : 'x']);
      const columns = ['n', 'v'].map((name) => ({ name, type: 'VARCHAR' }));
      return { columns, offset, rows };
    });
    expect(asked).toEqual([
      [0, 3],
      [6, 1],
    ]);
    expect(found).toEqual({
      columns: ['n', 'v'],
      rows: [
        { number: 1, values: ['1', 'x'] },
        { number: 2, values: ['2', null] },
        { number: 3, values: ['3', 'x'] },
        { number: 7, values: ['7', 'x'] },
      ],
    });
  });

  it('are a problem where one page is', async () => {
    const problem = { code: 'engine-crashed', message: 'Gone.' };
    expect(await fetchRows([1], async () => problem)).toBe(problem);
  });
});
