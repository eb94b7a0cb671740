// Every screen of the main job in each theme: no accessibility finding (WCAG 2.2 AA), and the pictures of the guide.
import { expect, test } from '@playwright/test';
import { inspectScreen, widen } from './inspect-screen.ts';
import { createKey } from './workbench.ts';

test('every screen of the main job is accessible in every theme, wide and narrow', async ({ page }) => {
  await widen(page);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try the sample' })).toBeEnabled();
  await inspectScreen(page, 'start');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await expect(sources).toContainText('12,000 rows', { timeout: 90_000 });
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(page.getByRole('dialog', { name: /key/i })).toBeVisible();
  await inspectScreen(page, 'key');
  await createKey(page);
  await expect(page.getByRole('grid', { name: 'Result of spend_by_country' })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('region', { name: 'Cell safe' })).toContainText('done');
  await inspectScreen(page, 'notebook');
  await sources.getByRole('button', { name: /^customers/ }).click();
  await inspectScreen(page, 'inspector');
  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  await publishCell.getByLabel('Relation to publish').selectOption('customers');
  await publishCell.getByRole('button', { name: 'Check' }).click();
  const verdict = page.getByRole('dialog', { name: /^Publish / });
  await expect(verdict.getByRole('heading', { name: 'Blocked' })).toBeVisible({ timeout: 60_000 });
  await inspectScreen(page, 'blocked');
  await verdict.getByRole('button', { name: 'Back to the notebook' }).click();
  await publishCell.getByLabel('Relation to publish').selectOption('safe');
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expect(verdict.getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await inspectScreen(page, 'passed');
  await verdict.getByRole('button', { name: 'Publish', exact: true }).click();
  await verdict.getByRole('button', { name: 'Open the module page' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('region', { name: 'Verification' })).toContainText('The module is valid', {
    timeout: 60_000,
  });
  await inspectScreen(page, 'module');
});
