// The editor and the cells by keyboard: completion, mends, format, several cells, folding, disabling, auto mode, history.
import { expect, test, type Page } from '@playwright/test';
import { addCell, cell, renameCell, runCell, startNotebook, writeSql } from './workbench.ts';

const sqlOf = (page: Page, name: string) => cell(page, name).getByRole('textbox', { name: `SQL of ${name}` });

/** A notebook with `base`, which holds e-mail addresses, and `cell_1`, which reads it. */
async function startPair(page: Page): Promise<void> {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', "SELECT 'ann@example.org' AS email, 41 AS age");
  await renameCell(page, 'cell_1', 'base');
  await runCell(page, 'base');
  await expect(page.getByRole('grid', { name: 'Result of base' })).toBeVisible({ timeout: 90_000 });
  await addCell(page, 'SQL cell');
}

/** A completion takes no key in its first moment, so that what is typed is not taken for a choice. */
async function choose(page: Page): Promise<void> {
  await page.waitForTimeout(200);
  await page.keyboard.press('Enter');
}

test('writing SQL: completion, what a call takes, the mend by keyboard, format, undo', async ({ page }) => {
  await startPair(page);
  await writeSql(page, 'cell_1', 'SELECT  FROM base');
  const editor = sqlOf(page, 'cell_1');
  await editor.press('Home');
  for (let step = 0; step < 7; step++) await editor.press('ArrowRight');
  await page.keyboard.type('mask_em');
  const option = page.getByRole('option', { name: /mask_email/ });
  await expect(option).toBeVisible();
  await choose(page);
  await expect(editor).toContainText('mask_email()');
  await page.keyboard.type('em');
  await expect(page.getByRole('option', { name: /email.*VARCHAR/ })).toBeVisible();
  await choose(page);
  await expect(editor).toContainText('SELECT mask_email(email) FROM base');

  await writeSql(page, 'cell_1', 'select emial from base');
  await expect(editor.getByText('emial')).toHaveClass(/cm-lintRange/);
  await page.keyboard.press('ControlOrMeta+.');
  await expect(editor).toContainText('select email from base');
  await page.keyboard.press('Alt+Shift+F');
  await expect(editor).toContainText('SELECT');
  await expect(editor).toContainText('FROM');
  await page.keyboard.press('Escape');
  await expect(cell(page, 'cell_1')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor).toContainText('select email from base');
});

test('several cells: split, look, select, duplicate, delete, undo, drag, fold, disable', async ({ page }) => {
  await startPair(page);
  await writeSql(page, 'cell_1', 'SELECT age FROM base; SELECT 2 AS two');
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(
    page
      .getByRole('grid', { name: 'Result of the selection of cell_1' })
      .getByRole('gridcell', { name: '2' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Split cell_1 into 2 cells' }).click();
  await expect(cell(page, 'cell_2')).toContainText('SELECT 2 AS two');
  await sqlOf(page, 'cell_2').press('Escape');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(page.getByText('2 cells selected')).toBeAttached();
  await page.keyboard.press('ControlOrMeta+Shift+D');
  await expect(cell(page, 'cell_1_2')).toBeVisible();
  await expect(cell(page, 'cell_2_2')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+Backspace');
  await expect(cell(page, 'cell_1_2')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo the deletion' }).click();
  await expect(cell(page, 'cell_2_2')).toBeVisible();

  const names = (): Promise<string[]> => page.getByRole('button', { name: /^Rename cell/ }).allTextContents();
  await page
    .getByRole('button', { name: 'Select or drag Cell cell_2_2' })
    .dragTo(cell(page, 'base'), { targetPosition: { x: 200, y: 4 } });
  await expect.poll(async () => (await names()).map((name) => name.trim())[0]).toBe('cell_2_2');

  await cell(page, 'base').getByRole('button', { name: 'Rename cell base' }).focus();
  await page.keyboard.press('Alt+Shift+X');
  await expect(cell(page, 'base')).toContainText('disabled');
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1')).toContainText('base, which this cell reads, is disabled');
  await cell(page, 'base').getByRole('button', { name: 'Rename cell base' }).focus();
  await page.keyboard.press('Alt+Shift+C');
  await expect(cell(page, 'base').getByRole('button', { name: 'Show cell base' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Saved state' })).toContainText('Saved here');
  await page.reload();
  await expect(cell(page, 'base').getByRole('button', { name: 'Show cell base' })).toBeVisible();
  await expect(cell(page, 'base')).toContainText('disabled');
});

test('auto mode runs what an edit touches; the history compares and restores over a reload', async ({
  page,
}) => {
  await startPair(page);
  await writeSql(page, 'cell_1', 'SELECT age + 1 AS next FROM base');
  await page.getByRole('button', { name: 'Run cells by themselves' }).click();
  await writeSql(page, 'base', "SELECT 'ann@example.org' AS email, 76 AS age");
  await runCell(page, 'cell_1');
  const result = page.getByRole('grid', { name: 'Result of cell_1' });
  await expect(result.getByRole('gridcell', { name: '77' })).toBeVisible({ timeout: 30_000 });
  await writeSql(page, 'base', "SELECT 'ann@example.org' AS email, 98 AS age");
  await expect(result.getByRole('gridcell', { name: '99' })).toBeVisible({ timeout: 30_000 });

  await page.waitForTimeout(2_000);
  await page.reload();
  await page.getByRole('button', { name: 'History' }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await dialog.getByRole('button', { name: /Cell cell_1: renamed to base/ }).click();
  await expect(dialog.getByRole('region', { name: 'Differences' })).toContainText('mode: auto');
  await dialog.getByRole('button', { name: 'Restore this state' }).click();
  await expect(cell(page, 'cell_1')).toHaveCount(0);
  await expect(sqlOf(page, 'base')).toContainText('41 AS age');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(sqlOf(page, 'base')).toContainText('98 AS age');
});
