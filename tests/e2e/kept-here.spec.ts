// What only this tab still needs is not swept by another one, and what only this tab holds is not given up unasked.
import { expect, test, type Page } from '@playwright/test';
import { addCell, cell, startNotebook, writeSql } from './workbench.ts';

const saved = (page: Page) => page.getByRole('status', { name: 'Saved state' });
const bar = (page: Page) => page.getByRole('region', { name: 'Notebook in another tab' });

async function deleteFirst(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Delete notebook/ })
    .first()
    .click();
  await page
    .getByRole('alertdialog')
    .or(page.getByRole('dialog'))
    .getByRole('button', { name: /Delete/ })
    .click();
}

async function keptFiles(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sources');
    let count = 0;
    for await (const name of folder.keys()) count += Number(name !== '');
    return count;
  });
}

test('a notebook deleted elsewhere, long after its import, is kept as new with its files', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  const main = page.getByRole('main', { name: 'Notebook' });
  await expect(main).toBeVisible();
  await expect(saved(page)).toContainText('Saved', { timeout: 60_000 });
  await expect.poll(() => keptFiles(page).catch(() => 0)).toBe(2);

  const other = await page.context().newPage();
  await other.clock.setSystemTime(Date.now() + 2 * 3_600_000);
  await other.goto('/');
  await deleteFirst(other);
  await expect(bar(page)).toContainText('Deleted in another tab');
  await other.reload();
  await expect(other.getByRole('main').first()).toBeVisible();
  await other.waitForTimeout(1_000);
  expect(await keptFiles(page)).toBe(2);

  await page.bringToFront();
  await bar(page).getByRole('button', { name: 'Save as a new notebook' }).click();
  await expect(bar(page)).toBeHidden();
  await expect(saved(page)).toContainText('Saved');
  await page.reload();
  await expect(main).toBeVisible();
  await expect(page.getByText('is not kept in this browser')).toBeHidden();
  expect(await keptFiles(page)).toBe(2);

  await page.close();
  await other.bringToFront();
  await other.reload();
  await deleteFirst(other);
  await expect.poll(() => keptFiles(other)).toBe(0);
});

test('taking back asks before it gives up what could not be saved', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT 1');
  await expect(saved(page)).toContainText('Saved');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(bar(other)).toContainText('Open in another tab');
  await page.bringToFront();
  const sql = (tab: Page) => cell(tab, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' });
  await sql(page).click();
  await page.keyboard.press('ControlOrMeta+a');
  // Its thread is busy for longer than anyone waits, from the very moment of typing: nothing of it is saved by then.
  const frozen = page.evaluate(() => {
    document.execCommand('insertText', false, 'SELECT 99');
    const end = Date.now() + 5_000;
    while (Date.now() < end);
  });
  await other.bringToFront();
  await bar(other).getByRole('button', { name: 'Take over here' }).click();
  await expect(bar(other)).toBeHidden({ timeout: 4_500 });
  await frozen;
  await expect(bar(page)).toContainText('could not be saved');

  await page.bringToFront();
  await bar(page).getByRole('button', { name: 'Take back' }).click();
  await expect(bar(page)).toContainText('gives them up');
  await expect(sql(page)).toContainText('SELECT 99');
  await bar(page).getByRole('button', { name: 'Not now' }).click();
  await expect(bar(page)).not.toContainText('gives them up');
  await bar(page).getByRole('button', { name: 'Take back' }).click();
  await bar(page).getByRole('button', { name: 'Take back and lose them' }).click();
  await expect(bar(page)).toBeHidden();
  await expect(sql(page)).toContainText('SELECT 1');
});
