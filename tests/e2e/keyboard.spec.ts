// The whole main job without a mouse: every control is reached by Tab and worked by keys, and the focus is never lost.
import { fileURLToPath } from 'node:url';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { PASSPHRASE, cell } from './workbench.ts';

const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));
const MOST_STEPS = 250;

const SAFE = `SELECT truncate_date(birthdate, 'decade') AS birth_decade, hmac_sha256(email) AS token, salary
FROM users WHERE country = 'China' AND salary IS NOT NULL
AND truncate_date(birthdate, 'decade') BETWEEN DATE '1960-01-01' AND DATE '1990-01-01'`;

/** Presses Tab until the control has the focus, and Enter, or `key`, on it. */
async function press(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await expect(control).toBeVisible({ timeout: 90_000 });
  await expect(control).toBeEnabled();
  await tabTo(page, control);
  await page.keyboard.press(key);
}

async function tabTo(page: Page, control: Locator): Promise<void> {
  const hasFocus = () => control.evaluate((element) => element === document.activeElement);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (await hasFocus()) return expectFocusShown(control);
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(control)} is not reached by ${MOST_STEPS} times Tab.`);
}

/** Something drawn around or in it changes with the focus: an outline or a shadow. */
async function expectFocusShown(control: Locator): Promise<void> {
  const shown = await control.evaluate((element) => {
    const around = [element, element.parentElement, element.closest('label, .field')].filter(
      (each) => each !== null,
    );
    return around.some((each) => {
      const style = getComputedStyle(each);
      return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
    });
  });
  expect(shown, `focus is shown on ${String(control)}`).toBe(true);
}

/** By name from the command palette. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  const search = page.getByRole('combobox', { name: /command/i });
  await expect(search).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole('option').first()).toContainText(words);
  await page.keyboard.press('Enter');
}

test('from a file to a verified module by keyboard alone', async ({ page }) => {
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await press(page, page.getByRole('button', { name: 'Open files' }));
  await (await chooser).setFiles([USERS]);

  const dialog = page.getByRole('dialog', { name: 'Import users.csv' });
  await expect(dialog.getByRole('region', { name: 'Preview of the first rows' })).toBeVisible({
    timeout: 90_000,
  });
  await press(page, dialog.getByRole('button', { name: 'Import', exact: true }));
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('1,000 rows', {
    timeout: 60_000,
  });

  await command(page, 'Add a SQL cell');
  const editor = cell(page, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' });
  await expect(cell(page, 'cell_1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(editor).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(SAFE);
  await expect(editor).toContainText('BETWEEN DATE');
  await page.keyboard.press('ControlOrMeta+Enter');

  const key = page.getByRole('dialog', { name: /key/i });
  await expect(key).toBeVisible({ timeout: 60_000 });
  for (const label of ['Passphrase', 'Passphrase again']) {
    await tabTo(page, key.getByLabel(label, { exact: true }));
    await page.keyboard.insertText(PASSPHRASE);
  }
  const saved = page.waitForEvent('download');
  await press(page, key.getByRole('button', { name: 'Create key and save file' }));
  await saved;
  await press(page, key.getByRole('button', { name: 'Done' }));
  await expect(page.getByRole('grid', { name: 'Result of cell_1' })).toBeVisible({ timeout: 60_000 });

  await command(page, 'Add a publish cell');
  const publish = page.getByRole('region', { name: /^Publish cell/ });
  await tabTo(page, publish.getByLabel('Relation to publish'));
  await page.keyboard.type('cell_1');
  await expect(publish.getByLabel('Relation to publish')).toHaveValue('cell_1');
  for (const [label, text] of [
    ['Namespace', 'hr'],
    ['Module', 'people'],
  ] as const) {
    await tabTo(page, publish.getByLabel(label));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  }
  await press(page, publish.getByRole('checkbox', { name: /birth_decade/ }), 'Space');
  await press(page, publish.getByRole('button', { name: 'Check' }));

  const verdict = page.getByRole('dialog', { name: /^Publish / });
  await expect(verdict.getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 90_000 });
  await press(page, verdict.getByRole('button', { name: 'Publish', exact: true }));
  await press(page, verdict.getByRole('button', { name: 'Open the module page' }));
  await press(page, page.getByRole('button', { name: 'Verify' }));
  await expect(page.getByRole('region', { name: 'Verification' })).toContainText('The module is valid', {
    timeout: 60_000,
  });
});
