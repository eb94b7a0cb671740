// Inputs that cells read, and charts of cells: made by form, kept in the text, followed by what reads them.
import { expect, test } from '@playwright/test';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

test('an input is made from an undefined name, changes what reads it, is renamed, kept and deleted', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    "SELECT id FROM (VALUES (1, 'O''Brien'), (2, 'Kyiv'), (3, NULL)) AS t(id, place) WHERE place = $wher",
  );
  await cell(page, 'cell_1').getByRole('button', { name: 'Add the input wher' }).click();
  const form = page.getByRole('dialog', { name: 'New input' });
  await form.getByLabel('Type').selectOption('One of several');
  await form.getByLabel('Choices').fill("Kyiv\nO'Brien");
  await form.getByRole('button', { name: 'Add the input' }).click();
  const inputs = page.getByRole('region', { name: 'Inputs' });
  await inputs.getByLabel('wher', { exact: true }).selectOption("O'Brien");
  await runCell(page, 'cell_1');
  const grid = page.getByRole('grid', { name: 'Result of cell_1' });
  await expect(grid.getByRole('gridcell', { name: '1', exact: true })).toBeVisible({ timeout: 90_000 });
  await expect(grid.getByRole('gridcell', { name: '2', exact: true })).toHaveCount(0);

  await page.getByRole('button', { name: 'Run cells by themselves' }).click();
  await inputs.getByLabel('wher', { exact: true }).selectOption('Kyiv');
  await expect(grid.getByRole('gridcell', { name: '2', exact: true })).toBeVisible();

  await inputs.getByRole('button', { name: 'Edit the input wher' }).click();
  const edited = page.getByRole('dialog', { name: 'Input wher' });
  await expect(edited).toContainText('Read by cell_1');
  await edited.getByLabel('Name').fill('place');
  await edited.getByRole('button', { name: 'Keep the input' }).click();
  await expect(cell(page, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' })).toContainText(
    '= $place',
  );
  await expect(page.getByText('Saved here')).toBeVisible();
  await page.reload();
  await expect(inputs.getByLabel('place', { exact: true })).toHaveValue('0');
  await inputs.getByRole('button', { name: 'Edit the input place' }).click();
  await page.getByRole('button', { name: 'Delete the input' }).click();
  await expect(inputs).toBeHidden();
  await expect(cell(page, 'cell_1').getByRole('button', { name: 'Add the input place' })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(inputs.getByLabel('place', { exact: true })).toBeVisible();
});
