// The windows beside the main job, in every theme: no accessibility finding (WCAG 2.2 AA), and their pictures.
import { expect, test } from '@playwright/test';
import { inspectScreen, widen } from './inspect-screen.ts';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

const ROWS = `SELECT i AS id, CASE WHEN i % 9 = 0 THEN NULL ELSE (i * 37) % 250 / 10.0 END AS amount,
  ['Ghent', 'Oslo', 'Porto', 'Turin'][i % 4 + 1] AS town FROM range(400) t(i)`;

test('windows and cells beside the main job are accessible in every theme', async ({ page }) => {
  await widen(page);
  await startNotebook(page);
  await inspectScreen(page, 'empty');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', ROWS);
  await runCell(page, 'cell_1');
  await expect(page.getByRole('grid', { name: 'Result of cell_1' })).toBeVisible({ timeout: 60_000 });

  await cell(page, 'cell_1').getByRole('button', { name: 'Save cell_1 as a file' }).click();
  await expect(page.getByRole('dialog', { name: 'Save cell_1 as a file' })).toBeVisible();
  await inspectScreen(page, 'save');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Add step at the end' }).click();
  const step = page.getByRole('dialog', { name: 'Add a step' });
  await step.getByLabel('Step', { exact: true }).selectOption({ label: 'Outliers' });
  await step.getByLabel('Column', { exact: true }).selectOption('amount');
  await expect(step.getByText(/400 rows before/)).toBeVisible({ timeout: 60_000 });
  await inspectScreen(page, 'step');
  await step.getByRole('button', { name: 'Cancel' }).click();

  await addCell(page, 'chart');
  const chart = page.getByRole('region', { name: 'Chart 1 of cell_1', exact: true });
  await chart.getByLabel('x', { exact: true }).selectOption('town');
  await expect(chart.getByRole('img', { name: 'Bars of cell_1' })).toBeVisible({ timeout: 60_000 });
  await inspectScreen(page, 'chart', chart);

  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_2', 'SELECT amount, twon FROM cell_1');
  await runCell(page, 'cell_2');
  await expect(cell(page, 'cell_2')).toContainText('Did you mean "town"');
  await inspectScreen(page, 'error', cell(page, 'cell_2'));

  for (const [button, dialog, name] of [
    ['Paste a table', 'Paste a table', 'paste'],
    ['Settings', 'Settings', 'settings'],
    ['History', 'History', 'history'],
    ['Share notebook', /^Share/, 'share'],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).first().click();
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await inspectScreen(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: dialog })).toBeHidden();
  }
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: /command/i })).toBeFocused();
  await inspectScreen(page, 'palette');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Log' }).getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('main', { name: 'Log' })).toBeVisible();
  await inspectScreen(page, 'log');
});

test('forms and what they find are accessible in every theme', async ({ page }) => {
  await widen(page);
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open files' }).click();
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i};${i % 7 === 3 ? 'n/a' : `${i},5`};2024-01-0${(i % 9) + 1}`,
  );
  const buffer = Buffer.from(['id;weight;seen', ...rows, '41;"broken', ''].join('\n'));
  await (await chooser).setFiles({ name: 'weights.csv', mimeType: 'text/csv', buffer });
  const preview = page.getByRole('dialog', { name: 'Import weights.csv' });
  await expect(preview.getByRole('region', { name: 'Preview of the first rows' })).toBeVisible({
    timeout: 60_000,
  });
  await inspectScreen(page, 'import');
  await preview.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(preview).toBeHidden();
  await page.getByRole('button', { name: 'Close inspector' }).click();

  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', `${ROWS} WHERE i >= coalesce($least, 0)`);
  await cell(page, 'cell_1').getByRole('button', { name: 'Add the input least' }).click();
  const input = page.getByRole('dialog', { name: 'New input' });
  await expect(input).toBeVisible();
  await inspectScreen(page, 'input');
  await input.getByLabel('Type').selectOption('Number');
  await input.getByRole('button', { name: 'Add the input' }).click();
  await runCell(page, 'cell_1');
  const grid = page.getByRole('grid', { name: 'Result of cell_1' });
  await expect(grid).toBeVisible({ timeout: 60_000 });

  await grid.getByRole('gridcell').first().click();
  for (const key of ['Control+Home', 'ArrowUp', 'ArrowRight', 'ArrowRight', 'Enter', 'Enter'])
    await page.keyboard.press(key);
  await expect(page.getByRole('dialog', { name: 'Figures of town' })).toBeVisible();
  await inspectScreen(page, 'profile');
  await page.keyboard.press('Escape');

  await addCell(page, 'check cell');
  const checks = page.getByRole('region', { name: 'Check cell cell_1' });
  await checks.getByRole('button', { name: 'Add a check' }).click();
  const form = checks.getByRole('form', { name: 'New check' });
  await form.getByLabel('Kind of check').selectOption('not_null');
  await form.getByLabel('Column', { exact: true }).selectOption('amount');
  await inspectScreen(page, 'check-form', form);
  await form.getByRole('button', { name: 'Add this check' }).click();
  await checks.getByRole('button', { name: 'Run the checks of cell_1' }).click();
  await expect(checks).toContainText('Fails', { timeout: 60_000 });
  await inspectScreen(page, 'check', checks);
});
