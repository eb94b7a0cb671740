// A result becomes a file on this machine: format, columns, settings under a name, the clipboard, a line in the log.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { readXlsx } from 'hucre/xlsx';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a result is saved in several formats, with settings under a name, and copied', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    "SELECT * FROM (VALUES (1, 2.5::DOUBLE, 'a;b', 'ann@example.org'), (2, NULL, '=1+1', NULL)) t(n, price, label, email)",
  );
  await runCell(page, 'cell_1');
  const open = cell(page, 'cell_1').getByRole('button', { name: 'Save cell_1 as a file' });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Save cell_1 as a file' });
  const written = async (name: string): Promise<Buffer> => {
    const file = page.waitForEvent('download');
    await dialog.getByRole('button', { name: `Save ${name}` }).click();
    const saved = await file;
    expect(saved.suggestedFilename()).toBe(name);
    await expect(dialog.getByRole('status')).toContainText('2 rows written');
    return readFile(await saved.path());
  };
  expect(String(await written('cell_1.csv'))).toBe(
    'n,price,label,email\r\n1,2.5,a;b,ann@example.org\r\n2,,=1+1,\r\n',
  );

  await dialog.getByLabel('Export settings').selectOption('Excel');
  await dialog.getByRole('checkbox', { name: /^email/ }).uncheck();
  const [sheet] = (await readXlsx(await written('cell_1.xlsx'))).sheets;
  expect(sheet?.rows).toEqual([
    ['n', 'price', 'label'],
    [1, 2.5, 'a;b'],
    [2, null, '=1+1'],
  ]);

  await dialog.getByLabel('Export settings').selectOption('CSV for spreadsheets with a decimal comma');
  await dialog.getByLabel('NULL is written as').fill('NA');
  await dialog.getByRole('button', { name: 'Keep under a name' }).click();
  await dialog.getByLabel('Name of these settings').fill('Accounts');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Export settings')).toHaveValue('Accounts');
  await dialog.getByRole('button', { name: 'Copy to the clipboard' }).click();
  await expect(dialog.getByRole('status')).toContainText('2 rows on the clipboard');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('1;2,5;"a;b"\r\n2;NA;\'=1+1');
  await page.keyboard.press('Escape');

  await page.reload();
  await runCell(page, 'cell_1');
  await open.click();
  await dialog.getByLabel('Export settings').selectOption('Accounts');
  await expect(dialog.getByLabel('NULL is written as')).toHaveValue('NA');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Log' }).getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('table', { name: 'Log entries' })).toContainText(
    '2 rows, 3 columns of cell_1 written as xlsx, outside the gate.',
  );
});

test('what the grid shows is saved as it is shown, or the whole result, as it is chosen', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    "SELECT * FROM (VALUES (1, 'b', 2.5), (2, 'a', NULL), (3, 'b', 1.0), (4, 'c', 9.5)) t(n, label, price)",
  );
  await runCell(page, 'cell_1');
  const region = cell(page, 'cell_1');
  const grid = page.getByRole('grid', { name: 'Result of cell_1' });
  const open = region.getByRole('button', { name: 'Save cell_1 as a file' });
  const dialog = page.getByRole('dialog', { name: 'Save cell_1 as a file' });
  const saved = async (): Promise<string> => {
    const file = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save cell_1.csv' }).click();
    return String(await readFile(await (await file).path()));
  };
  await open.click();
  await expect(dialog.getByRole('radio')).toHaveCount(0);
  await page.keyboard.press('Escape');

  const inMenu = async (column: string, item: string): Promise<void> => {
    await grid.getByRole('button', { name: `Menu of ${column}` }).click();
    await page.getByRole(/NULL|Sort/.test(item) ? 'menuitemradio' : 'menuitem', { name: item }).click();
  };
  await inMenu('label', 'Hide column');
  await open.click();
  await expect(dialog.getByRole('radio', { name: 'The whole result' })).toBeChecked();
  await dialog.getByRole('radio', { name: 'What is shown (4 of 4 rows, 2 of 3 columns)' }).check();
  expect(await saved()).toBe('n,price\r\n1,2.5\r\n2,\r\n3,1.0\r\n4,9.5\r\n');
  await page.keyboard.press('Escape');

  await inMenu('n', 'Sort descending');
  await inMenu('price', 'Without NULL');
  await expect(region.getByText('3 of 4 rows')).toBeVisible();
  await open.click();
  await expect(
    dialog.getByRole('radio', { name: 'What is shown (3 of 4 rows, 2 of 3 columns)' }),
  ).toBeChecked();
  await expect(dialog.getByRole('checkbox', { name: /^label/ })).toHaveCount(0);
  expect(await saved()).toBe('n,price\r\n4,9.5\r\n3,1.0\r\n1,2.5\r\n');
  await expect(dialog.getByRole('status')).toContainText('3 rows written');
  await dialog.getByRole('radio', { name: 'The whole result' }).check();
  expect(await saved()).toBe('n,label,price\r\n1,b,2.5\r\n2,a,\r\n3,b,1.0\r\n4,c,9.5\r\n');
});
