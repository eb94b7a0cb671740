// Inputs that cells read, and charts of cells: made by form, kept in the text, followed by what reads them.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { addCell, cell, renameCell, runCell, startNotebook, writeSql } from './workbench.ts';

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

test('a chart is drawn, has a table, filters another, goes stale, is saved as picture and turned into SQL', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  const people = (last: string): string =>
    `SELECT * FROM (VALUES ('UA', 10), ('UA', 20), ('PL', 5), ('${last}', NULL)) AS t(country, pay)`;
  await writeSql(page, 'cell_1', people('DE'));
  await addCell(page, 'chart');
  const first = page.getByRole('region', { name: 'Chart 1 of cell_1', exact: true });
  await expect(first).toContainText('cell_1 has not run');
  await first.getByRole('button', { name: 'Run what chart 1 of cell_1 shows' }).click();
  await expect(first).toContainText('A bar chart needs a column for x', { timeout: 90_000 });
  await first.getByLabel('x', { exact: true }).selectOption('country');
  const picture = first.getByRole('img', { name: 'Bars of cell_1' });
  await expect(picture).toHaveAccessibleDescription(/3 marks from 4 rows\. Largest 2 at UA/);
  await first.getByLabel('Title').fill('By country');
  await first.getByLabel('Title').press('Enter');
  await first.getByRole('button', { name: 'Table of By country' }).click();
  const table = first.getByRole('table');
  await expect(table.getByRole('row', { name: /^UA 2/ })).toBeVisible();

  await addCell(page, 'chart');
  const second = page.getByRole('region', { name: 'Chart 2 of cell_1', exact: true });
  await second.getByLabel('Kind').selectOption('Box plot');
  await second.getByLabel('y', { exact: true }).selectOption('pay');
  const boxes = second.getByRole('img', { name: 'Box plot of cell_1' });
  await expect(boxes).toHaveAccessibleDescription(/from 4 rows/);
  await table.getByRole('row', { name: /^UA 2/ }).getByRole('button').press('Enter');
  await expect(second).toContainText('Only rows where country: UA.');
  await expect(boxes).toHaveAccessibleDescription(/from 2 rows\. Largest 15/);
  await first.getByRole('button', { name: 'Table of By country' }).click();
  await first.getByRole('img', { name: 'country PL; rows 1' }).click();
  await expect(boxes).toHaveAccessibleDescription(/from 1 row\. Largest 5/);
  await second.getByRole('button', { name: 'Clear the filters of cell_1' }).click();
  await expect(boxes).toHaveAccessibleDescription(/from 4 rows/);

  for (const [entry, start] of [
    ['Save as SVG', '<svg'],
    ['Save as PNG', '\u0089PNG'],
  ] as const) {
    await first.getByRole('button', { name: 'Actions of Chart 1 of cell_1' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: entry }).click();
    const bytes = await readFile(await (await download).path());
    expect(bytes.toString('latin1').slice(0, start.length)).toBe(start);
    expect(bytes.toString('utf8')).not.toContain('var(--');
  }

  await writeSql(page, 'cell_1', people('UA'));
  await expect(first).toContainText('stale');
  await first.getByRole('button', { name: 'Actions of Chart 1 of cell_1' }).click();
  const stale = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as SVG' }).click();
  expect((await readFile(await (await stale).path())).toString('utf8')).toContain('Not current: stale');
  await first.getByRole('button', { name: 'Table of By country' }).click();
  await first.getByRole('button', { name: 'Actions of Chart 1 of cell_1' }).click();
  await expect(page.getByRole('menuitem', { name: 'Save as SVG (show the drawing first)' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await first.getByRole('button', { name: 'Table of By country' }).click();
  await first.getByRole('button', { name: 'Run what chart 1 of cell_1 shows' }).click();
  await expect(first.getByRole('img', { name: 'By country' })).toHaveAccessibleDescription(
    /2 marks from 4 rows\. Largest 3 at UA/,
  );
  await first.getByRole('button', { name: 'Actions of Chart 1 of cell_1' }).click();
  await page.getByRole('menuitem', { name: 'Turn into SQL' }).click();
  const grid = page.getByRole('grid', { name: 'Result of cell_1_chart' });
  await expect(grid.getByRole('gridcell', { name: '3', exact: true })).toBeVisible();
  await expect(page.getByText('Saved here')).toBeVisible();
  await page.reload();
  await expect(first).toContainText('By country');
  await renameCell(page, 'cell_1', 'people');
  await expect(page.getByRole('region', { name: 'Chart 2 of people', exact: true })).toBeVisible();
});

test('a part of a chart is chosen by dragging or from the table, and filters charts and grid', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT i AS id, i % 10 AS digit, i / 10.0 AS share FROM range(100) t(i)');
  await runCell(page, 'cell_1');
  const result = cell(page, 'cell_1');
  await expect(result).toContainText('100 rows', { timeout: 90_000 });
  await addCell(page, 'chart');
  const first = page.getByRole('region', { name: 'Chart 1 of cell_1', exact: true });
  await first.getByLabel('Kind').selectOption('Scatter plot');
  await first.getByLabel('x', { exact: true }).selectOption('id');
  await first.getByLabel('y', { exact: true }).selectOption('share');
  const scatter = first.getByRole('img', { name: 'Scatter plot of cell_1' });
  await expect(scatter).toBeVisible();
  await addCell(page, 'chart');
  const second = page.getByRole('region', { name: 'Chart 2 of cell_1', exact: true });
  await second.getByLabel('x', { exact: true }).selectOption('digit');
  const bars = second.getByRole('img', { name: 'Bars of cell_1' });
  await expect(bars).toHaveAccessibleDescription(/from 100 rows/);

  const drag = async (from: readonly [number, number], to: readonly [number, number]): Promise<void> => {
    await scatter.scrollIntoViewIfNeeded();
    const box = await scatter.boundingBox();
    if (!box) throw new Error('The chart is not on the page.');
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
    await page.mouse.move(...at(to));
  };
  await drag([0.3, 0.05], [0.7, 0.8]);
  await page.mouse.up();
  await expect(first).toContainText(/Filters everything of cell_1 by id: .* to .*, share: .* to /);
  await expect(second).toContainText(/Only rows where id: .* to .*, share: /);
  await expect(bars).toHaveAccessibleDescription(/from [2-5]\d rows/);
  await expect(result.getByRole('group', { name: 'Filters of cell_1' })).toContainText('share');

  await drag([0.3, 0.2], [0.6, 0.6]);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(bars).toHaveAccessibleDescription(/from [2-5]\d rows/);
  const box = await scatter.boundingBox();
  await page.mouse.click((box?.x ?? 0) + 80, (box?.y ?? 0) + 30);
  await expect(bars).toHaveAccessibleDescription(/from 100 rows/);

  await second.getByRole('button', { name: 'Table of Bars of cell_1' }).click();
  const rows = second.getByRole('table');
  await rows.getByRole('button', { name: 'Filter by row 2', exact: true }).press('Enter');
  await rows.getByRole('button', { name: 'Filter by row 5', exact: true }).press('Shift+Enter');
  await expect(second).toContainText('Filters everything of cell_1 by digit: 1, 2, 3, 4.');
  await expect(rows.getByRole('button', { pressed: true })).toHaveCount(4);
  await expect(scatter).toHaveAccessibleDescription(/from 40 rows/);
});
