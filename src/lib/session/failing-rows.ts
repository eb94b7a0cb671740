// Rows by their numbers, fetched in as few pages as they lie in; must not know why they are wanted.
import type { Problem } from '../base/result.ts';
import type { CellValue, Page } from '../engine/contract.ts';
import type { FailingRows } from './check-view-types.ts';

type LoadPage = (offset: number, limit: number) => Promise<Page | Problem>;

interface Stretch {
  readonly first: number;
  readonly count: number;
}

/** Neighbours together: 3, 4, 5, 9 are two stretches. Numbers ascend. */
export function stretchesOf(numbers: readonly number[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const number of numbers) {
    const last = stretches.at(-1);
    if (last && last.first + last.count === number)
      stretches[stretches.length - 1] = { ...last, count: last.count + 1 };
    else stretches.push({ first: number, count: 1 });
  }
  return stretches;
}

function textOf(value: CellValue): string | null {
  return value === null ? null : String(value);
}

/** The rows of these one-based numbers, which ascend. */
export async function fetchRows(numbers: readonly number[], load: LoadPage): Promise<FailingRows | Problem> {
  const rows: FailingRows['rows'][number][] = [];
  let columns: readonly string[] = [];
  for (const { first, count } of stretchesOf(numbers)) {
    const page = await load(first - 1, count);
    if ('code' in page) return page;
    columns = page.columns.map(({ name }) => name);
    for (const [index, row] of page.rows.entries())
      rows.push({ number: first + index, values: row.map(textOf) });
  }
  return { columns, rows };
}
