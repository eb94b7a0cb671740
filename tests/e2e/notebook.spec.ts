// Cells: order by what they read, stale and blocked states, errors in place, cancel, undo, the text form.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { addCell, cell, renameCell, runCell, startNotebook, writeSql } from './workbench.ts';

test('a change makes readers stale, a failure blocks them, and undo brings both back', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT 20 AS n');
  await renameCell(page, 'cell_1', 'base');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT n + 1 AS answer FROM base');
  await runCell(page, 'cell_1');
  await expect(
    page.getByRole('grid', { name: 'Result of cell_1' }).getByRole('gridcell', { name: '21' }),
  ).toBeVisible({ timeout: 90_000 });
  await writeSql(page, 'base', 'SELECT 41 AS n');
  await expect(cell(page, 'base')).toContainText('stale');
  await expect(cell(page, 'cell_1')).toContainText('stale');
  await page.getByRole('button', { name: /^Run stale/ }).click();
  await expect(
    page.getByRole('grid', { name: 'Result of cell_1' }).getByRole('gridcell', { name: '42' }),
  ).toBeVisible();
  await writeSql(page, 'base', 'SELECT nonsense AS n');
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(cell(page, 'base')).toContainText('nonsense');
  await expect(cell(page, 'cell_1')).toContainText('base, which this cell reads, failed');
  await cell(page, 'base').getByRole('button', { name: 'Rename cell base' }).focus();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(
    page.getByRole('grid', { name: 'Result of cell_1' }).getByRole('gridcell', { name: '42' }),
  ).toBeVisible();
});

test('a circle is named, and a refused statement says why', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT * FROM cell_2');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_2', 'SELECT * FROM cell_1');
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(cell(page, 'cell_1')).toContainText(/circle: cell_1 → cell_2 → cell_1/, { timeout: 60_000 });
  await writeSql(page, 'cell_1', "ATTACH 'other.db'");
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1')).toContainText('ATTACH is not allowed');
});

test('a heavy cell is cancelled and the notebook goes on', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    'SELECT count(*) AS n FROM range(100000000) a(i), range(1000) b(j) WHERE hash(i + j) % 7 = 1',
  );
  await runCell(page, 'cell_1');
  const cancel = cell(page, 'cell_1').getByRole('button', { name: 'Cancel cell cell_1' });
  await expect(cell(page, 'cell_1')).toContainText('running', { timeout: 60_000 });
  await cancel.click();
  await expect(cell(page, 'cell_1').getByRole('button', { name: 'Run cell cell_1' })).toBeVisible();
  await writeSql(page, 'cell_1', 'SELECT 7 AS n');
  await runCell(page, 'cell_1');
  await expect(
    page.getByRole('grid', { name: 'Result of cell_1' }).getByRole('gridcell', { name: '7' }),
  ).toBeVisible();
});

test('the saved file is the text form, and opening it gives the same notebook', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT 1 AS one');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save notebook as file' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain('```sql name=cell_1\nSELECT 1 AS one\n```');
  await page.getByRole('button', { name: 'All notebooks' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open notebook' }).click();
  await (
    await chooser
  ).setFiles({ name: 'again.sluice.md', mimeType: 'text/markdown', buffer: Buffer.from(text) });
  await expect(cell(page, 'cell_1')).toContainText('SELECT 1 AS one');
});
