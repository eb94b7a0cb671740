// A step from a suggestion and one from its form, changed, and turned into SQL.
import { expect, test } from '@playwright/test';
import { addCell, runCell, startNotebook, writeSql } from './workbench.ts';

test('a step is chosen, seen before and after, added, changed, and becomes SQL', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await page.getByRole('button', { name: 'Add step at the end' }).click();
  const form = page.getByRole('dialog', { name: 'Add a step' });
  await form.getByLabel('Works on').selectOption('customers');
  await expect(form.getByText('Still missing: columns.')).toBeVisible();
  await expect(form.getByRole('button', { name: 'Add the step' })).toBeDisabled();

  await form.getByRole('button', { name: 'What could be done with customers?' }).click();
  await form
    .getByRole('button', { name: /^Dismiss for good: / })
    .last()
    .click();
  await expect(form.getByRole('button', { name: 'Make 1 dismissed suggestion again' })).toBeVisible();
  await form.getByRole('button', { name: 'Use: Hash email with the project key' }).click();
  await expect(form.getByRole('region', { name: 'SQL of the step' })).toContainText('hmac_sha256(email)');

  await form.getByLabel('Step', { exact: true }).selectOption({ label: 'Mask' });
  await expect(form.getByRole('checkbox', { name: /^email/ })).toBeChecked();
  await form.getByLabel('As', { exact: true }).selectOption({ label: '*****@example.com' });
  await expect(
    form.getByText('2,000 rows before, 2,000 after. Values changed: 1,930 in email.'),
  ).toBeVisible();
  await expect(form.getByRole('region', { name: 'Rows after the step' })).toContainText('*****@example.com');
  await form.getByRole('button', { name: 'Add the step' }).click();

  await expect(page.getByText('Mask email', { exact: true })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Result of customers_mask' })).toContainText(
    '*****@example.com',
  );

  await page.getByRole('button', { name: 'Change the step customers_mask' }).click();
  const change = page.getByRole('dialog', { name: 'Change the step' });
  await change.getByRole('checkbox', { name: /^first_name/ }).check();
  await change.getByLabel('As', { exact: true }).selectOption({ label: '[REDACTED]' });
  await change.getByRole('button', { name: 'Change the step' }).click();
  await expect(page.getByText('Redact email and first_name', { exact: true })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Result of customers_mask' })).toContainText('[REDACTED]');

  await page.getByRole('button', { name: 'Turn customers_mask into SQL' }).click();
  await expect(page.getByRole('button', { name: 'Change the step customers_mask' })).toBeHidden();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Change the step customers_mask' })).toBeVisible();
});

test('a step is begun from the menu of a column, by key', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    "SELECT * FROM (VALUES ('Ann', 20::DOUBLE), ('Bob', 30), ('Cleo', NULL)) t(name, age)",
  );
  await runCell(page, 'cell_1');
  await page.getByRole('grid', { name: 'Result of cell_1' }).focus();
  for (const key of ['ArrowUp', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  const menu = page.getByRole('menu', { name: 'Menu of age' });
  await expect(menu).toBeVisible();
  await page.keyboard.type('Add');
  await expect(menu.getByRole('menuitem', { name: 'Add step…' })).toBeFocused();
  await page.keyboard.press('Enter');
  const steps = page.getByRole('menu', { name: 'Steps for age' });
  await expect(steps.getByRole('menuitem', { name: 'Mask…' })).toBeHidden();
  await expect(steps.getByRole('menuitem', { name: 'Impute by the mean…', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add a step' });
  await expect(form.getByLabel('Works on')).toHaveValue('cell_1');
  await expect(form.getByRole('checkbox', { name: /^age/ })).toBeChecked();
  await expect(form.getByText('3 rows before, 3 after. Values changed: 1 in age.')).toBeVisible();
  await form.getByRole('button', { name: 'Add the step' }).press('Enter');
  await expect(page.getByRole('grid', { name: 'Result of cell_1_impute' })).toContainText('25');
});

test('a step is begun from the menu of a column of a source', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await page
    .getByRole('navigation', { name: 'Sources' })
    .getByRole('button', { name: /^customers/ })
    .click();
  await page.getByRole('button', { name: 'Look at the rows' }).click();
  const rows = page.getByRole('dialog', { name: 'Rows of customers' });
  await rows.getByRole('button', { name: 'Menu of email' }).click();
  await page.getByRole('menuitem', { name: 'Add step…' }).click();
  await page.getByRole('menuitem', { name: 'Filter rows…' }).click();
  await expect(rows).toBeHidden();
  const form = page.getByRole('dialog', { name: 'Add a step' });
  await expect(form.getByLabel('Works on')).toHaveValue('customers');
  await expect(form.getByRole('combobox', { name: 'Column of condition 1' })).toHaveValue('email');
});

test('a step is begun by its name from the command palette, and says which columns do not suit it', async ({
  page,
}) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', `SELECT 1 AS id, 'Lviv' AS town`);
  await runCell(page, 'cell_1');
  await expect(page.getByRole('grid', { name: 'Result of cell_1' })).toBeVisible({ timeout: 90_000 });
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: /command/i }).fill('step outl');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add a step' });
  await expect(form.getByLabel('Step', { exact: true })).toHaveValue('outliers');
  await form.getByLabel('Column', { exact: true }).selectOption('town');
  await expect(form).toContainText('town is VARCHAR, and “Outliers” needs numbers.');
  await form.getByLabel('Column', { exact: true }).selectOption('id');
  await expect(form).toContainText('1 row before, 1 after.');
});
