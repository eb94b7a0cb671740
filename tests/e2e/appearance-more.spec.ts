// The windows beside the main job, in every theme: no accessibility finding (WCAG 2.2 AA), and their pictures.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const THEMES = ['light', 'dark', 'high-contrast-light', 'high-contrast-dark'] as const;
const PICTURED: ReadonlySet<string> = new Set(['light', 'dark']);

/** The themes in turn, as the theme menu sets them, without closing what is open. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      targets: nodes.map((node) => node.target.join(' ')),
    }));
    expect.soft(found, `${name}, ${theme}`).toEqual([]);
    if (!process.env['SLUICE_PICTURES'] || !PICTURED.has(theme)) continue;
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}${name}${theme === 'dark' ? '-dark' : ''}.png` });
  }
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
}

const ROWS = `SELECT i AS id, CASE WHEN i % 9 = 0 THEN NULL ELSE (i * 37) % 250 / 10.0 END AS amount,
  ['Ghent', 'Oslo', 'Porto', 'Turin'][i % 4 + 1] AS town FROM range(400) t(i)`;

test('windows and cells beside the main job are accessible in every theme', async ({ page }) => {
  await startNotebook(page);
  await inspect(page, 'empty');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', ROWS);
  await runCell(page, 'cell_1');
  await expect(page.getByRole('grid', { name: 'Result of cell_1' })).toBeVisible({ timeout: 60_000 });

  await cell(page, 'cell_1').getByRole('button', { name: 'Save cell_1 as a file' }).click();
  await expect(page.getByRole('dialog', { name: 'Save cell_1 as a file' })).toBeVisible();
  await inspect(page, 'save');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Add step at the end' }).click();
  const step = page.getByRole('dialog', { name: 'Add a step' });
  await step.getByLabel('Step', { exact: true }).selectOption({ label: 'Outliers' });
  await step.getByLabel('Column', { exact: true }).selectOption('amount');
  await expect(step.getByText(/400 rows before/)).toBeVisible({ timeout: 60_000 });
  await inspect(page, 'step');
  await step.getByRole('button', { name: 'Cancel' }).click();

  await addCell(page, 'chart');
  const chart = page.getByRole('region', { name: 'Chart 1 of cell_1', exact: true });
  await chart.getByLabel('x', { exact: true }).selectOption('town');
  await expect(chart.getByRole('img', { name: 'Bars of cell_1' })).toBeVisible({ timeout: 60_000 });
  await chart.scrollIntoViewIfNeeded();
  await inspect(page, 'chart');

  for (const [button, dialog, name] of [
    ['Paste a table', 'Paste a table', 'paste'],
    ['Settings', 'Settings', 'settings'],
    ['History', 'History', 'history'],
    ['Share notebook', /^Share/, 'share'],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).first().click();
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await inspect(page, name);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: dialog })).toBeHidden();
  }
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: /command/i })).toBeFocused();
  await inspect(page, 'palette');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation', { name: 'Log' }).getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('main', { name: 'Log' })).toBeVisible();
  await inspect(page, 'log');
});
