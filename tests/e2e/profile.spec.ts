// A result is looked at: profiles in the heads, filters across columns, order, search; the cell stays as it is.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

/** 1,000 people: every fourth without a city, ages from 0 to 99. */
const PEOPLE = `SELECT i AS id, CASE WHEN i % 4 = 0 THEN NULL ELSE 'city ' || (i % 3) END AS city, i % 100 AS age,
  'mail' || i || '@example.com' AS email FROM range(1000) t(i)`;

async function openPeople(page: Page): Promise<{ region: Locator; grid: Locator }> {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', PEOPLE);
  await runCell(page, 'cell_1');
  const grid = page.getByRole('grid', { name: 'Result of cell_1' });
  await expect(grid.getByRole('img', { name: /^city: 1,000 rows, 25 % NULL, 3 distinct/ })).toBeVisible({
    timeout: 90_000,
  });
  return { region: cell(page, 'cell_1'), grid };
}

test('bars filter across columns, pills take filters back, and what is left is kept as a cell', async ({
  page,
}) => {
  const { region, grid } = await openPeople(page);
  await expect(grid.getByRole('img', { name: /^age: .* from 0 to 99, mean 49\.5/ })).toBeVisible();

  // Drawn over the left half of the histogram of ages.
  const bars = grid.getByRole('img', { name: /^age: / });
  const { width, height } = (await bars.boundingBox()) ?? { width: 0, height: 0 };
  await bars.hover({ position: { x: 2, y: height / 2 } });
  await page.mouse.down();
  await bars.hover({ position: { x: width * 0.45, y: height / 2 } });
  await page.mouse.up();
  await expect(region.getByText('500 of 1,000 rows')).toBeVisible();

  // By key: the column's menu, its figures, a bar.
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu', { name: 'Menu of city' })).toBeVisible();
  await page.keyboard.press('Enter');
  const card = page.getByRole('dialog', { name: 'Figures of city' });
  await expect(card.getByText('Every figure is exact: all rows were counted.')).toBeVisible();
  await expect(
    card.getByRole('button', { name: 'NULL: 250 rows, 25 %; 130 left by the filters' }),
  ).toBeVisible();
  await card.getByRole('button', { name: /^NULL: / }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await expect(region.getByText('130 of 1,000 rows')).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', '131');

  await region.getByRole('button', { name: 'Keep as a cell' }).click();
  await expect(cell(page, 'cell_2').getByRole('textbox', { name: 'SQL of cell_2' })).toContainText(
    '"city" IS NULL',
  );
  await expect(cell(page, 'cell_2').getByText('130 rows')).toBeVisible();

  await region.getByRole('button', { name: 'Remove filter city is NULL' }).click();
  await expect(region.getByText('500 of 1,000 rows')).toBeVisible();
  await region.getByRole('button', { name: 'Clear all' }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', '1001');
});

test('rows are sorted by several columns and searched; columns are pinned, hidden and blurred; the cell is the same', async ({
  page,
}) => {
  const { region, grid } = await openPeople(page);
  const firstRow = grid.getByRole('row').nth(1);
  await grid.getByText('age', { exact: true }).click();
  await grid.getByText('age', { exact: true }).click();
  await expect(grid.getByRole('columnheader', { name: /^age/ })).toHaveAttribute('aria-sort', 'descending');
  await grid.getByText('id', { exact: true }).click({ modifiers: ['Shift'] });
  await grid.getByText('id', { exact: true }).click({ modifiers: ['Shift'] });
  await expect(firstRow).toContainText('mail999@example.com');

  await grid.focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('MAIL1@');
  await page.keyboard.press('Enter');
  await expect(region.getByText('1 of 1 row', { exact: true })).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: 'mail1@example.com' })).toBeVisible();

  await grid.getByRole('button', { name: 'Menu of email' }).click();
  await page.getByRole('menuitem', { name: 'Pin at the left' }).click();
  await expect(grid.getByRole('columnheader').first()).toContainText('email');
  await grid.getByRole('button', { name: 'Menu of city' }).click();
  await page.getByRole('menuitem', { name: 'Hide column' }).click();
  await expect(grid).toHaveAttribute('aria-colcount', '3');
  await region.getByRole('button', { name: '1 hidden' }).click();
  await page.getByRole('menuitem', { name: 'Show all columns' }).click();
  await expect(grid).toHaveAttribute('aria-colcount', '4');

  await region.getByRole('button', { name: 'Profiles of the columns' }).click();
  await expect(grid.getByRole('img', { name: /^city: / })).toBeHidden();
  await expect(page.getByText('Saved here')).toBeVisible();
  await page.reload();
  await expect(cell(page, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' })).toContainText(
    'FROM range(1000)',
  );
  await expect(region.getByRole('button', { name: 'Clear all' })).toBeHidden();
  await runCell(page, 'cell_1');
  await expect(firstRow).toContainText('mail0@example.com', { timeout: 60_000 });
  await expect(region.getByRole('button', { name: 'Profiles of the columns' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
});
