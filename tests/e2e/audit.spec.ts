// The audit log: what was done is in it, found again, exported, kept over a reload, and tampering shows.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import {
  addCell,
  cell,
  confirmImport,
  openFiles,
  renameCell,
  runCell,
  startNotebook,
  writeSql,
} from './workbench.ts';

const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));

const entries = (page: Page) => page.getByRole('table', { name: 'Log entries' }).getByRole('row');
const shown = (page: Page) => page.getByRole('status', { name: 'Entries shown' });

async function openLog(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Log' }).getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('main', { name: 'Log' })).toBeVisible();
}

async function download(page: Page, choice: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: choice }).click();
  const saved = await file;
  expect(saved.suggestedFilename()).toMatch(/^sluice-log-\d{4}-\d{2}-\d{2}\.csv$/);
  return readFile(await saved.path(), 'utf8');
}

/** Changes a stored entry behind the log's back, as a person with the browser's tools could. */
function tamper(page: Page, sequence: number): Promise<void> {
  return page.evaluate(
    (key) =>
      new Promise<void>((resolve, reject) => {
        const opened = indexedDB.open('sluice');
        opened.onerror = () => reject(opened.error);
        opened.onsuccess = () => {
          const transaction = opened.result.transaction('auditEntries', 'readwrite');
          const store = transaction.objectStore('auditEntries');
          const read = store.get(key);
          read.onsuccess = () => store.put({ ...read.result, actor: 'somebody else' });
          transaction.oncomplete = () => {
            opened.result.close();
            resolve();
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    sequence,
  );
}

test('what was done is found in the log, exported, kept, and tampering is told', async ({ page }) => {
  await startNotebook(page);
  await page.getByLabel('Notebook title').fill('For ann.lee@example.com');
  await page.keyboard.press('Enter');
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('1,000');
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    "SELECT country, count(*) AS people FROM users WHERE email <> 'x@secret.example' GROUP BY country",
  );
  await renameCell(page, 'cell_1', 'people');
  await runCell(page, 'people');
  await expect(cell(page, 'people')).toContainText('done');
  await writeSql(page, 'people', 'SELECT nothing FROM users');
  await runCell(page, 'people');
  await expect(cell(page, 'people')).toContainText('failed');

  await openLog(page);
  const table = page.getByRole('table', { name: 'Log entries' });
  for (const words of [
    'Notebook created.',
    'Source users imported (1,000 rows, 13 columns).',
    'Cell cell_1: renamed to people.',
    'Cell people: text changed.',
    'Cell people failed: engine-sql.',
  ])
    await expect(table).toContainText(words);
  await expect(table).toContainText(/Cell people ran \(\d+ rows, [\d,]+ ms\)/);
  await expect(table).not.toContainText(/example|SELECT/);
  await expect(entries(page).nth(1).getByRole('time')).toHaveAttribute('datetime', /^\d{4}-.*Z$/);

  await page.getByLabel('Your name in the log').fill('Ann Lee');
  await page.keyboard.press('Enter');
  await expect(entries(page).nth(1)).toContainText('Ann Lee');
  await expect(entries(page).nth(1)).toContainText('Settings changed');

  await page.getByRole('searchbox', { name: 'Search' }).fill('people ran');
  await expect(shown(page)).toHaveText(/^2 of \d+ entries$/);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: /^Action:/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Cell ran' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Source imported' }).click();
  await page.keyboard.press('Escape');
  await expect(shown(page)).toHaveText(/^3 of \d+ entries$/);
  await page.getByLabel('When').selectOption('Today');
  await expect(shown(page)).toHaveText(/^3 of \d+ entries$/);
  const some = await download(page, /^What is shown/);
  expect(some.split('\r\n')).toHaveLength(5);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  const all = await download(page, /^The whole log/);
  expect(all).toMatch(/^\ufeffNumber,Time \(.+\),Time \(UTC\),Who,Action,What happened/);
  expect(all).toContain('Log exported as CSV: 3 entries, as filtered.');
  expect(all).toContain('For [REDACTED]');
  expect(all).not.toMatch(/example\.com|secret\.example|SELECT/);

  await page.reload();
  await expect(page.getByRole('main', { name: 'Notebook' })).toBeVisible();
  await openLog(page);
  await expect(page.getByLabel('Your name in the log')).toHaveValue('Ann Lee');
  await expect(table).toContainText('Source users imported');
  await expect(table).toContainText('Notebook opened.');
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByRole('region', { name: 'Chain' })).toContainText('The chain is whole');
  await page.getByRole('combobox', { name: 'Notebook' }).selectOption('This notebook');
  await expect(shown(page)).toHaveText(/^\d+ of \d+ entries$/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await tamper(page, 3);
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  const report = page.getByRole('region', { name: 'Chain' });
  await expect(report).toContainText('The chain is broken at entry 3.');
  await expect(report).toContainText('Entry 3 was changed after it was written.');
  await expect(report).toContainText('somebody else');
  await page.getByRole('button', { name: 'Notebook', exact: true }).click();
  await expect(cell(page, 'people')).toBeVisible();
});

test('the log opens from the start page, empty, and says what will be in it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('main', { name: 'Log' })).toContainText('Nothing has happened yet');
  await page.getByRole('button', { name: 'Start page' }).click();
  await expect(page.getByRole('main', { name: 'Start' })).toBeVisible();
});

test('an entry made in the last moment of a page is there in the next', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'text cell');
  // Its editor takes the focus when it is there, which would end the title's editing.
  await expect(page.getByRole('textbox', { name: /^Markdown of / })).toBeFocused();
  await expect(page.getByRole('status', { name: 'Saved state' })).toContainText('Saved');
  await page.getByLabel('Notebook title').fill('Last words');
  await page.keyboard.press('Enter');
  // Not even the next frame is waited for.
  await Promise.all([page.waitForEvent('domcontentloaded'), page.evaluate(() => location.reload())]);
  await expect(page.getByRole('main', { name: 'Notebook' })).toBeVisible();
  await openLog(page);
  await expect(page.getByRole('table', { name: 'Log entries' })).toContainText(
    'Notebook renamed from Untitled notebook to Last words.',
  );
});
