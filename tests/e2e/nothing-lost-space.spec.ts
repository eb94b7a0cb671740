// Nothing is lost when there is no space, or no storage at all: everything says so, and goes on once there is some.
import { expect, test, type Page } from '@playwright/test';
import {
  addPublication,
  expectFiles,
  notices,
  publication,
  publishCell,
  readPrivateFile,
  saved,
  sources,
  USERS,
} from './nothing-lost.ts';
import {
  addCell,
  cell,
  confirmImport,
  openFiles,
  PASSPHRASE,
  runCell,
  startNotebook,
  writeSql,
} from './workbench.ts';

const unsaved = (page: Page) => page.getByRole('region', { name: 'Notebook not saved' });

/** Enough for the app itself and a little more. */
const QUOTA = 100 * 1024 * 1024;

/** From now on the browser gives the site no more than `quotaSize` bytes; without it, what it would give anyone. */
async function limitSpace(page: Page, quotaSize?: number): Promise<void> {
  const { origin } = new URL(test.info().project.use.baseURL ?? '');
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize ? { quotaSize } : {}) });
}

/** Fills the space up to the last kilobyte, as another part of the same site could. */
function fillUp(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const opened = indexedDB.open('filler', 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore('filler', { autoIncrement: true });
    await new Promise((resolve) => (opened.onsuccess = resolve));
    // What is the same twice would be packed.
    const noise = new Uint8Array(1_000_000);
    for (let start = 0; start < noise.length; start += 50_000)
      crypto.getRandomValues(noise.subarray(start, start + 50_000));
    const put = (size: number): Promise<boolean> =>
      new Promise((resolve) => {
        const transaction = opened.result.transaction('filler', 'readwrite');
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
        transaction.objectStore('filler').put(noise.slice(0, size));
      });
    let filled = 0;
    for (const size of [1_000_000, 100_000, 10_000, 1_000]) while (await put(size)) filled += size;
    opened.result.close();
    return filled;
  });
}

function freeSpace(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const deleted = indexedDB.deleteDatabase('filler');
    await new Promise((resolve) => (deleted.onsuccess = resolve));
  });
}

/** More than a kilobyte. */
const COMMENT = `/* ${'why this is asked '.repeat(150)} */`;

test('without space everything says so, and nothing is lost once there is some again', async ({ page }) => {
  await limitSpace(page, QUOTA);
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await expect(saved(page)).toContainText('Saved here');
  await expect(page.getByRole('contentinfo')).toContainText('Ready offline', { timeout: 90_000 });
  await fillUp(page);
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(notices(page)).toContainText('no more space');
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
  await writeSql(page, 'cell_1', `SELECT count(*) AS n FROM users ${COMMENT}`);
  await expect(unsaved(page)).toContainText('no more space');
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('grid')).toContainText('1000');

  await page.getByRole('contentinfo').getByRole('button', { name: 'No key' }).click();
  const keys = page.getByRole('dialog', { name: /key/i });
  await keys.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await keys.getByLabel('Passphrase again').fill(PASSPHRASE);
  await keys.getByRole('button', { name: 'Create key and save file' }).click();
  await expect(keys).toContainText('no more space', { timeout: 60_000 });
  await page.keyboard.press('Escape');

  await freeSpace(page);
  await unsaved(page).getByRole('button', { name: 'Try again now' }).click();
  await expect(saved(page)).toContainText('Saved here');
  await expect(unsaved(page)).toBeHidden();
  await page.reload();
  await expect(cell(page, 'cell_1')).toContainText('count(*)', { timeout: 60_000 });
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
});

test('a publication without space leaves nothing half done and is made once there is some', async ({
  page,
}) => {
  await startNotebook(page);
  await addPublication(page);
  await expect(sources(page)).toContainText('40 rows', { timeout: 60_000 });
  await expect(saved(page)).toContainText('Saved here');
  await limitSpace(page, 1);
  await publishCell(page).getByRole('button', { name: 'Check' }).click();
  await expect(publication(page).getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await publication(page).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(publication(page)).toContainText('no more space');
  await expectFiles(page, (paths) => !paths.some((path) => path.startsWith('library/')));
  await limitSpace(page);
  await publication(page).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(publication(page).getByRole('button', { name: 'Open the module page' })).toBeVisible();
  await expectFiles(page, (paths) => paths.includes('library/ops/totals/v/1.0.0/_COMMIT.json'));
});

test('a notebook that cannot be saved can be kept as a file, and then closed', async ({ page }) => {
  await limitSpace(page, QUOTA);
  await startNotebook(page);
  await expect(page.getByRole('contentinfo')).toContainText('Ready offline', { timeout: 90_000 });
  await fillUp(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', `SELECT 42 AS answer ${COMMENT}`);
  await expect(unsaved(page)).toContainText('no more space');
  await expect(unsaved(page).getByRole('button', { name: 'Close anyway' })).toBeHidden();
  const download = page.waitForEvent('download');
  await unsaved(page).getByRole('button', { name: 'Save a copy as a file' }).click();
  const copy = await (await download).path();
  await writeSql(page, 'cell_1', `SELECT 43 AS answer ${COMMENT}`);
  await expect(unsaved(page).getByRole('button', { name: 'Close anyway' })).toBeHidden();
  const newer = page.waitForEvent('download');
  await unsaved(page).getByRole('button', { name: 'Save the newest state as a file' }).click();
  expect(await (await newer).path()).not.toBe(copy);
  await unsaved(page).getByRole('button', { name: 'Close anyway' }).click();
  await expect(page.getByRole('main', { name: 'Start' })).toBeVisible();
});

test('without any storage the app says so and works in memory', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('no storage here', 'SecurityError');
    };
    navigator.storage.getDirectory = () =>
      Promise.reject(new DOMException('no storage here', 'SecurityError'));
  });
  await startNotebook(page);
  await expect(notices(page)).toContainText('gives this page no storage');
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
  await expect(saved(page)).toContainText('Not saved');
});

test('a version that never got its commit is swept away at the next start', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(async () => {
    let folder = await navigator.storage.getDirectory();
    for (const name of ['library', 'hr', 'users', 'v', '1.0.0'])
      folder = await folder.getDirectoryHandle(name, { create: true });
    const file = await (await folder.getFileHandle('README.md', { create: true })).createWritable();
    await file.write('half');
    await file.close();
  });
  expect(await readPrivateFile(page, 'library/hr/users/v/1.0.0/README.md')).toBe('half');
  await page.reload();
  await expectFiles(page, (paths) => !paths.some((path) => path.startsWith('library/')));
});
