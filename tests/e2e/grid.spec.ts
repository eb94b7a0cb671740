// A million rows: what is in the page and what was fetched stay small wherever one looks.
import { expect, test } from '@playwright/test';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

const ROWS = 1_000_000;

test('row 900,000 of a million is reached with fewer than 200 rows in the page and 5,000 fetched', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    `SELECT i AS n, i * 2 AS twice, 'row ' || i AS label FROM range(${ROWS}) t(i)`,
  );
  await runCell(page, 'cell_1');
  const grid = page.getByRole('grid', { name: 'Result of cell_1' });
  await expect(grid).toHaveAttribute('aria-rowcount', String(ROWS + 1), { timeout: 60_000 });
  await cell(page, 'cell_1').getByLabel('Go to row').fill('900000');
  await page.keyboard.press('Enter');
  await expect(grid.getByRole('gridcell', { name: 'row 899999', exact: true })).toBeVisible();
  expect(await grid.getByRole('row').count()).toBeLessThan(200);
  const fetched = await page.evaluate(() =>
    performance
      .getEntriesByName('sluice:page')
      .reduce((sum, entry) => sum + (entry as PerformanceMark).detail.rows, 0),
  );
  expect(fetched).toBeGreaterThan(0);
  expect(fetched).toBeLessThan(5_000);
});
