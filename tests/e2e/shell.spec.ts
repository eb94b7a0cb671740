// What surrounds the notebook: the DEMO sample and where it may go, how everything stands, the help, the tour.
import { expect, test } from '@playwright/test';
import { inspectScreen, widen } from './inspect-screen.ts';
import { createKey } from './workbench.ts';

test('the sample is marked DEMO wherever it shows, and stays in this browser', async ({ page }) => {
  await widen(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await expect(sources).toContainText('12,000 rows', { timeout: 180_000 });
  await expect(sources.getByText('DEMO', { exact: true })).toHaveCount(2);
  await expect(page.getByRole('banner').getByText('DEMO', { exact: true })).toBeVisible();

  const outline = page.getByRole('navigation', { name: 'Outline' });
  await expect(outline).toContainText('11 not run');
  await page.getByRole('button', { name: 'Run all' }).click();
  await createKey(page);
  await expect(outline.getByRole('button', { name: 'Checks of orders_clean warned' })).toBeVisible({
    timeout: 180_000,
  });
  await expect(outline.getByText('2 warned', { exact: true })).toBeVisible();

  await expect(page.getByRole('meter', { name: 'Engine memory' })).toHaveAttribute('aria-valuetext', /MB of/);
  await page.getByRole('button', { name: /^Memory: / }).click();
  const memory = page.getByRole('dialog', { name: 'Memory' });
  await expect(memory.getByRole('row', { name: 'orders source 12,000 9' })).toBeVisible();
  await inspectScreen(page, 'memory');
  await page.keyboard.press('Escape');

  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  const verdict = page.getByRole('dialog', { name: /^Publish / });
  await publishCell.getByLabel('Destination').selectOption({ label: 'Zip file (download)' });
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expect(verdict.getByRole('heading', { name: 'Blocked' })).toBeVisible({ timeout: 180_000 });
  await expect(verdict.getByText(/customers is the DEMO sample, and invented data/)).toBeVisible();
  await verdict.getByRole('button', { name: 'Back to the notebook' }).click();
  await expect(outline.getByRole('button', { name: 'Publish demo/customers blocked' })).toBeVisible();

  await publishCell.getByLabel('Destination').selectOption({ label: 'This browser’s library' });
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expect(verdict.getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 180_000 });
  await verdict.getByRole('button', { name: 'Publish', exact: true }).click();
  await verdict.getByRole('button', { name: 'Open the module page' }).click({ timeout: 180_000 });
  await expect(page.getByRole('heading', { name: /customers 1\.0\.0 DEMO/ })).toBeVisible();
  await page.getByRole('button', { name: 'Download zip' }).click();
  await expect(page.getByText('stays in this browser').first()).toBeVisible();
});

test('the help is searched and the tour left and taken up again, by keyboard', async ({ page }) => {
  await widen(page);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Try the sample' })).toBeEnabled();
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByRole('heading', { name: 'Getting started' })).toBeVisible();
  await inspectScreen(page, 'help');
  await page.keyboard.type('mask_email');
  await help.getByRole('list', { name: 'Places' }).getByRole('button').first().press('Enter');
  await expect(help.getByRole('heading', { name: 'mask_email(v)' })).toBeFocused();
  await help.getByRole('button', { name: 'The gate' }).press('Enter');
  await expect(help.getByRole('heading', { name: /^Rule \d: demo$/ })).toBeAttached();
  await help.getByRole('button', { name: 'Take the tour' }).press('Enter');

  const choice = page.getByRole('dialog', { name: 'Take the tour' });
  await inspectScreen(page, 'tour-choice');
  await choice.getByRole('button', { name: 'Engineer' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Files, opened here' })).toBeVisible({ timeout: 60_000 });
  await inspectScreen(page, 'tour');
  for (const stop of ['How everything stands', 'Run', 'A step: a form that writes SQL']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('dialog', { name: stop, exact: true })).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.reload();
  await expect(page.getByRole('region', { name: 'Check cell customers_clean' })).toBeVisible({
    timeout: 60_000,
  });
  await page
    .getByRole('region', { name: 'Check cell customers_clean' })
    .getByRole('button', { name: 'Help: checks' })
    .click();
  await expect(help.getByRole('heading', { name: 'Quality checks' })).toBeVisible();
  await help.getByRole('button', { name: 'Take the tour' }).press('Enter');
  await expect(choice).toContainText('at stop 4 of 9');
  await choice.getByRole('button', { name: 'Continue the tour' }).press('Enter');
  for (const stop of [
    'A step: a form that writes SQL',
    'What must hold',
    'The gate',
    'Modules',
    'The same in a pipeline',
    'The engine',
  ]) {
    await expect(page.getByRole('dialog', { name: stop, exact: true })).toBeVisible();
    await page.keyboard.press('ArrowRight');
  }
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('F1');
  await help.getByRole('button', { name: 'Take the tour' }).click();
  await expect(choice.getByRole('button', { name: 'Continue the tour' })).toBeHidden();
});
