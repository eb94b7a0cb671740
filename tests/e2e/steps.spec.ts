// A step from a suggestion and one from its form, changed, and turned into SQL.
import { expect, test } from '@playwright/test';

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
