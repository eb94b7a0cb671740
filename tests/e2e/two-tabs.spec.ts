// Two tabs, one notebook: one owns it, the other reads, and can take over; nothing is overwritten.
import { expect, test, type Page } from '@playwright/test';
import { addCell, cell, startNotebook, writeSql } from './workbench.ts';

const saved = (page: Page) => page.getByRole('status', { name: 'Saved state' });
const bar = (page: Page) => page.getByRole('region', { name: 'Notebook in another tab' });

async function openTwice(page: Page): Promise<Page> {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT 1');
  await expect(saved(page)).toContainText('Saved');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(bar(other)).toContainText('Open in another tab');
  return other;
}

const sql = (page: Page) => cell(page, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' });

test('the second tab reads, takes over, and the first can take back', async ({ page }) => {
  const other = await openTwice(page);
  await expect(sql(other)).toContainText('SELECT 1');
  await expect(other.getByRole('button', { name: 'Run all' })).toBeDisabled();
  await expect(cell(other, 'cell_1').getByRole('button', { name: 'Run cell cell_1' })).toBeDisabled();
  await page.bringToFront();
  await writeSql(page, 'cell_1', 'SELECT 2');
  await other.bringToFront();
  await bar(other).getByRole('button', { name: 'Take over here' }).click();
  await expect(bar(other)).toBeHidden();
  await expect(sql(other)).toContainText('SELECT 2');
  await expect(bar(page)).toContainText('Taken over by another tab');
  await writeSql(other, 'cell_1', 'SELECT 3');
  await expect(saved(other)).toContainText('Saved');
  await page.bringToFront();
  await bar(page).getByRole('button', { name: 'Take back' }).click();
  await expect(sql(page)).toContainText('SELECT 3');
  await expect(bar(other)).toContainText('Taken over');
  await page.close();
  await expect(bar(other)).toBeHidden();
  await writeSql(other, 'cell_1', 'SELECT 4');
  await expect(saved(other)).toContainText('Saved');
});

test('a tab that does not answer is overruled, and can never write again', async ({ page }) => {
  const other = await openTwice(page);
  await page.bringToFront();
  await sql(page).click();
  // The page's thread is busy for longer than anyone waits; what it typed before is unsaved by then.
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('SELECT 99');
  const frozen = page.evaluate(() => {
    const end = Date.now() + 5_000;
    while (Date.now() < end);
  });
  await other.bringToFront();
  await bar(other).getByRole('button', { name: 'Take over here' }).click();
  await expect(bar(other)).toBeHidden({ timeout: 4_500 });
  await writeSql(other, 'cell_1', 'SELECT 5');
  await expect(saved(other)).toContainText('Saved');
  await frozen;
  await expect(bar(page)).toContainText('Taken over by another tab');
  await expect(bar(page).getByRole('button', { name: 'Save as a new notebook' })).toBeVisible();
  await other.reload();
  await expect(sql(other)).toContainText('SELECT 5');
});

test('a notebook deleted in another tab can be kept as a new one', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT 1');
  await expect(saved(page)).toContainText('Saved');
  const other = await page.context().newPage();
  await other.goto('/');
  await other.getByRole('button', { name: /^Delete notebook/ }).click();
  await other
    .getByRole('alertdialog')
    .or(other.getByRole('dialog'))
    .getByRole('button', { name: /Delete/ })
    .click();
  await expect(bar(page)).toContainText('Deleted in another tab');
  await page.bringToFront();
  await bar(page).getByRole('button', { name: 'Save as a new notebook' }).click();
  await expect(bar(page)).toBeHidden();
  await writeSql(page, 'cell_1', 'SELECT 2');
  await expect(saved(page)).toContainText('Saved');
  await page.goBack();
  await page.reload();
});

test('back and forward lead from notebook to start page and to the notebook again', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await expect(saved(page)).toContainText('Saved');
  await page.goBack();
  await expect(page.getByRole('main', { name: 'Start' })).toBeVisible();
  await page.goForward();
  await expect(cell(page, 'cell_1')).toBeVisible();
});
