// Every screen in each theme: no accessibility finding (WCAG 2.2 AA), and the pictures of the guide.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { createKey } from './workbench.ts';

const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const WIDTHS = [
  { name: '', width: 1440, height: 900 },
  { name: '-narrow', width: 390, height: 844 },
];

async function inspect(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      targets: nodes.map((node) => node.target.join(' ')),
    }));
    expect.soft(found, `${name}, ${scheme}`).toEqual([]);
    if (!process.env['SLUICE_PICTURES']) continue;
    await mkdir(PICTURES, { recursive: true });
    const suffix = scheme === 'dark' ? '-dark' : '';
    await page.screenshot({ path: `${PICTURES}${name}${suffix}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function inspectWidths(page: Page, name: string): Promise<void> {
  for (const { name: suffix, ...size } of WIDTHS) {
    await page.setViewportSize(size);
    await inspect(page, `${name}${suffix}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('every screen of the main job is accessible in light and dark, wide and narrow', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try the sample' })).toBeEnabled();
  await inspectWidths(page, 'start');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await expect(sources).toContainText('12,000 rows', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Run all' }).click();
  await createKey(page);
  await expect(page.getByRole('grid', { name: 'Result of spend_by_country' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('region', { name: 'Cell safe' })).toContainText('done');
  await inspectWidths(page, 'notebook');
  await sources.getByRole('button', { name: /^customers/ }).click();
  await inspect(page, 'inspector');
  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  await publishCell.getByLabel('Relation to publish').selectOption('customers');
  await publishCell.getByRole('button', { name: 'Check' }).click();
  const verdict = page.getByRole('dialog', { name: /^Publish / });
  await expect(verdict.getByRole('heading', { name: 'Blocked' })).toBeVisible({ timeout: 60_000 });
  await inspectWidths(page, 'blocked');
  await verdict.getByRole('button', { name: 'Back to the notebook' }).click();
  await publishCell.getByLabel('Relation to publish').selectOption('safe');
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expect(verdict.getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await inspect(page, 'passed');
  await verdict.getByRole('button', { name: 'Publish', exact: true }).click();
  await verdict.getByRole('button', { name: 'Open the module page' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('region', { name: 'Verification' })).toContainText('The module is valid', {
    timeout: 60_000,
  });
  await inspectWidths(page, 'module');
});
