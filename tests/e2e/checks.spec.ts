// Check cells: a form for each kind, outcomes, the rows that fail, stale and disabled ones; nothing of it is kept.
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

const people = (age: number): string =>
  `SELECT * FROM (VALUES (1, 20), (2, NULL), (3, ${age})) AS people(id, age)`;

async function addCheck(checks: Locator, kind: string, settings: Record<string, string>): Promise<void> {
  await checks.getByRole('button', { name: 'Add a check' }).click();
  const form = checks.getByRole('form', { name: 'New check' });
  await form.getByLabel('Kind of check').selectOption(kind);
  const { Column: column, ...others } = settings;
  if (column) await form.getByLabel('Column', { exact: true }).selectOption(column);
  for (const [label, value] of Object.entries(others)) await form.getByLabel(label).fill(value);
  await form.getByRole('button', { name: 'Add this check' }).click();
  await expect(form).toBeHidden();
}

async function saveAsFile(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save notebook as file' }).click();
  return readFile(await (await download).path(), 'utf8');
}

async function openText(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'All notebooks' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open notebook' }).click();
  const buffer = Buffer.from(text);
  await (await chooser).setFiles({ name: 'again.sluice.md', mimeType: 'text/markdown', buffer });
}

test('a check fails, shows its rows, is mended and passes; it is edited, kept and disabled', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', people(200));
  await runCell(page, 'cell_1');
  await expect(page.getByRole('grid', { name: 'Result of cell_1' })).toBeVisible({ timeout: 90_000 });
  await addCell(page, 'check cell');
  const checks = page.getByRole('region', { name: 'Check cell cell_1' });
  await expect(checks).toContainText('not run');
  await addCheck(checks, 'not_null', { Column: 'id' });
  await addCheck(checks, 'between', { Column: 'age', Min: '0', Max: '120' });
  const run = checks.getByRole('button', { name: 'Run the checks of cell_1' });
  await run.click();
  await expect(checks).toContainText('2 of 3 pass');
  const between = checks.getByRole('listitem').filter({ hasText: 'between · age' });
  await expect(between).toContainText('Fails');
  await expect(between).toContainText('1 row of 2 fails.');
  await between.getByRole('button', { name: 'Show failing rows' }).click();
  const rows = checks.getByRole('region', { name: 'Rows that fail between(age)' });
  await expect(rows.getByRole('row', { name: '3 3 200' })).toBeVisible();
  await expect(rows.getByRole('row')).toHaveCount(2);

  await writeSql(page, 'cell_1', people(100));
  await expect(checks).toContainText('stale');
  await expect(rows).toBeHidden();
  await page.getByRole('button', { name: /^Run stale/ }).click();
  await expect(checks).toContainText('3 of 3 pass');
  await expect(page.getByRole('button', { name: /^Run stale/ })).toBeDisabled();

  await checks.getByRole('button', { name: 'Edit between(age)' }).click();
  const form = checks.getByRole('form', { name: 'Edit the check' });
  await expect(form.getByLabel('Max')).toHaveValue('120');
  await form.getByLabel('Max').fill('90');
  await form.getByRole('button', { name: 'Keep the check' }).click();
  await expect(checks).toContainText('stale');
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(checks).toContainText('2 of 3 pass');

  const text = await saveAsFile(page);
  expect(text).toContain('```check of=cell_1\n');
  expect(text).toContain('max: 90');
  expect(text).not.toMatch(/fails|pass/i);
  await openText(page, text.replace('```check of=cell_1', '```check of=cell_1 disabled'));
  await expect(checks).toContainText('disabled');
  await expect(checks.getByRole('list')).toContainText('Not run');
  await expect(run).toBeDisabled();
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(cell(page, 'cell_1')).toContainText('done');
  await expect(checks).toContainText('disabled');
});

test('a drift from the rows and columns of now is kept by its form, and edited as form and text', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT i AS id FROM range(10) t(i)');
  await runCell(page, 'cell_1');
  await expect(page.getByRole('grid', { name: 'Result of cell_1' })).toBeVisible();
  await addCell(page, 'check cell');
  const checks = page.getByRole('region', { name: 'Check cell cell_1' });
  await checks.getByRole('button', { name: 'Add a check' }).click();
  const form = checks.getByRole('form', { name: 'New check' });
  await form.getByLabel('Kind of check').selectOption('drift_from');
  await form.getByRole('button', { name: 'Take rows and columns as they are now' }).click();
  await expect(form.getByLabel('Baseline')).toHaveValue('rows: 10\ncolumns: { id: BIGINT }');
  await form.getByRole('button', { name: 'Add this check' }).click();
  await checks.getByRole('button', { name: 'Run the checks of cell_1' }).click();
  await expect(checks).toContainText('Nothing drifted.');

  await checks.getByRole('button', { name: /^Edit drift/ }).click();
  const edited = checks.getByRole('form', { name: 'Edit the check' });
  await edited.getByLabel('Baseline').fill('rows: 20\ncolumn: 1');
  await edited.getByRole('button', { name: 'Keep the check' }).click();
  await expect(edited.getByRole('alert')).toContainText(
    'Line 2 of the baseline: a baseline has no “column”.',
  );
  await edited.getByLabel('Baseline').fill('rows: 20');
  await edited.getByRole('button', { name: 'Keep the check' }).click();
  await checks.getByRole('button', { name: 'Edit as text' }).click();
  await expect(checks.getByLabel('Checks as YAML')).toHaveValue(/drift_from: \{ baseline: \{ rows: 20 \} \}/);
  await checks.getByRole('button', { name: 'Cancel', exact: true }).click();
  await checks.getByRole('button', { name: 'Run the checks of cell_1' }).click();
  await expect(checks).toContainText('rows changed by -50%');
});
