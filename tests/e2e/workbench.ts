// Words of the interface as the journeys use them: roles and accessible names only.
import { expect, type Locator, type Page } from '@playwright/test';

export const PASSPHRASE = 'correct horse battery staple';

/** Opens the app and chooses files through the start page's or the sources panel's picker. */
export async function openFiles(page: Page, paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^(Open files|Add files)/ })
    .first()
    .click();
  await (await chooser).setFiles([...paths]);
}

/** Opens the app with an empty notebook. */
export async function startNotebook(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'New empty notebook' }).click();
  await expect(page.getByRole('main', { name: 'Notebook' })).toBeVisible();
}

/** Waits for the import dialog's preview and imports. */
export async function confirmImport(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Import / });
  await expect(dialog.getByRole('region', { name: 'Preview of the first rows' })).toBeVisible({
    timeout: 60_000,
  });
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
}

export async function addCell(
  page: Page,
  kind: 'SQL cell' | 'text cell' | 'publish cell' | 'check cell' | 'chart',
): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^Add ${kind}`) })
    .last()
    .click();
}

export function cell(page: Page, name: string): Locator {
  return page.getByRole('region', { name: `Cell ${name}`, exact: true });
}

/** Replaces the SQL of a cell by typing over it. */
export async function writeSql(page: Page, name: string, sql: string): Promise<void> {
  const region = cell(page, name);
  const editor = region.getByRole('textbox', { name: `SQL of ${name}` });
  await expect(editor).toBeEditable();
  await editor.focus();
  await editor.press('ControlOrMeta+a');
  await page.keyboard.insertText(sql);
}

export async function runCell(page: Page, name: string): Promise<void> {
  await cell(page, name)
    .getByRole('button', { name: `Run cell ${name}` })
    .click();
}

/** Creates the project key in the dialog that a missing key opens; answers the saved file's text path. */
export async function createKey(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: /key/i });
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await dialog.getByLabel('Passphrase again').fill(PASSPHRASE);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Create key and save file' }).click();
  const path = await (await download).path();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return path;
}

/** Renames a cell in place. */
export async function renameCell(page: Page, from: string, to: string): Promise<void> {
  await cell(page, from)
    .getByRole('button', { name: `Rename cell ${from}` })
    .click();
  await page.getByLabel(`Name of cell ${from}`).fill(to);
  await page.keyboard.press('Enter');
  await expect(cell(page, to)).toBeVisible();
}
