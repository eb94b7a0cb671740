// Nothing is lost when the browser is killed: while typing, importing, running and publishing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import {
  addPublication,
  expectFiles,
  listPrivateFiles,
  makeNotebook,
  note,
  openRecent,
  publication,
  publish,
  readPrivateFile,
  saved,
  sources,
  withProfile,
  writeLargeCsv,
} from './nothing-lost.ts';
import { openBrowser } from './own-browser.ts';
import { cell, confirmImport, openFiles, runCell, startNotebook, writeSql } from './workbench.ts';

/** Types on until the browser is killed under it; answers how many signs were typed and for how long. */
async function typeFor(page: Page, milliseconds: number): Promise<{ typed: number; elapsedMs: number }> {
  const started = Date.now();
  let typed = 0;
  while (Date.now() - started < milliseconds) {
    await page.keyboard.type('1');
    typed += 1;
  }
  return { typed, elapsedMs: Date.now() - started };
}

async function expectChainWhole(page: Page, words: readonly string[]): Promise<void> {
  await page.getByRole('navigation', { name: 'Log' }).getByRole('button', { name: 'Log' }).click();
  for (const each of words)
    await expect(page.getByRole('table', { name: 'Log entries' })).toContainText(each);
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await expect(page.getByRole('region', { name: 'Chain' })).toContainText('The chain is whole');
  await page.getByRole('button', { name: 'Notebook', exact: true }).click();
}

test('killed while typing, importing and running: notebook, sources and log are whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-large-'));
  const large = join(folder, 'large.csv');
  await writeLargeCsv(large, 64);
  await withProfile(async (profile) => {
    const first = await openBrowser(profile);
    await makeNotebook(first.page);
    await writeSql(first.page, 'cell_1', 'SELECT 0');
    const { typed, elapsedMs } = await typeFor(first.page, 1_500);
    await first.kill();

    const second = await openBrowser(profile);
    await openRecent(second.page);
    const editor = cell(second.page, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' });
    await expect(editor).toContainText('SELECT 0');
    const kept = (await editor.innerText()).replace(/[^1]/g, '').length;
    const lostMs = Math.round(((typed - kept) / typed) * elapsedMs);
    note(`typed in the last ${lostMs} ms was lost`);
    expect(kept).toBeGreaterThan(0);
    expect(lostMs).toBeLessThan(900);
    await expect(sources(second.page)).toContainText('1,000 rows', { timeout: 60_000 });
    await openFiles(second.page, [large]);
    await confirmImport(second.page);
    await expect(sources(second.page).getByRole('progressbar')).toBeVisible();
    await expect.poll(async () => (await listPrivateFiles(second.page)).join()).toContain('partial/');
    await expect(saved(second.page)).toContainText('Saved here');
    await second.kill();

    const third = await openBrowser(profile);
    await openRecent(third.page);
    await expect(sources(third.page)).toContainText('1,000 rows', { timeout: 60_000 });
    await expect(sources(third.page)).toContainText('did not come to its end');
    await expect(third.page.getByLabel('Bind file to large')).toBeAttached();
    await expectFiles(third.page, (paths) => !paths.join().includes('partial/'));
    const sql = 'SELECT sum(a.range * b.range) FROM range(200000) a, range(200000) b';
    await writeSql(third.page, 'cell_1', sql);
    await runCell(third.page, 'cell_1');
    const cancel = cell(third.page, 'cell_1').getByRole('button', { name: 'Cancel cell cell_1' });
    await expect(cancel).toBeVisible();
    await expect(saved(third.page)).toContainText('Saved');
    await third.kill();

    const fourth = await openBrowser(profile);
    await openRecent(fourth.page);
    await expect(sources(fourth.page)).toContainText('1,000 rows', { timeout: 60_000 });
    await writeSql(fourth.page, 'cell_1', 'SELECT count(*) AS n FROM users');
    await runCell(fourth.page, 'cell_1');
    await expect(cell(fourth.page, 'cell_1').getByRole('grid')).toContainText('1000');
    await expectChainWhole(fourth.page, ['Source users imported', 'Notebook opened.', 'Cell cell_1 ran']);
    await fourth.context.close();
  });
  await rm(folder, { recursive: true });
});

/** From now on the file of that name never comes to its place: whoever writes it waits until the browser is killed. */
function holdBack(page: Page, name: string): Promise<void> {
  return page.evaluate((heldBack) => {
    const files = FileSystemFileHandle.prototype as FileSystemFileHandle & {
      move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
    };
    const { move } = files;
    files.move = function (folder, target) {
      return target === heldBack ? new Promise<void>(() => {}) : move.call(this, folder, target);
    };
  }, name);
}

test('killed before the commit of a version, and again after it: the library is whole each time', async () => {
  const folder = 'library/ops/totals/v/1.0.0/';
  await withProfile(async (profile) => {
    const first = await openBrowser(profile);
    await startNotebook(first.page);
    await addPublication(first.page);
    await holdBack(first.page, '_COMMIT.json');
    await publish(first.page, '1.0.0');
    await expectFiles(first.page, (paths) => paths.some((path) => path.startsWith(`${folder}data/`)));
    expect(await listPrivateFiles(first.page)).not.toContain(`${folder}_COMMIT.json`);
    await first.kill();

    const second = await openBrowser(profile);
    await expectFiles(second.page, (paths) => !paths.some((path) => path.startsWith('library/')));
    await openRecent(second.page);
    await expect(sources(second.page)).toContainText('40 rows', { timeout: 60_000 });
    await expect(second.page.getByRole('navigation', { name: 'Modules' })).toContainText(
      'Nothing published yet',
    );
    await holdBack(second.page, 'index.json');
    await publish(second.page, '1.0.0');
    await expectFiles(second.page, (paths) => paths.includes(`${folder}_COMMIT.json`));
    expect(await listPrivateFiles(second.page)).not.toContain('library/ops/totals/index.json');
    await second.kill();

    const third = await openBrowser(profile);
    await expectFiles(third.page, (paths) => paths.includes('library/ops/totals/index.json'));
    const index = JSON.parse(await readPrivateFile(third.page, 'library/ops/totals/index.json'));
    expect(index).toMatchObject({ newest: '1.0.0', versions: [{ version: '1.0.0' }] });
    await openRecent(third.page);
    await expect(sources(third.page)).toContainText('40 rows', { timeout: 60_000 });
    await writeSql(third.page, 'totals', 'SELECT region, count(*) AS n FROM figures GROUP BY region');
    await publish(third.page, '2.0.0');
    await publication(third.page)
      .getByRole('button', { name: 'Open the module page' })
      .click({ timeout: 60_000 });
    await third.page.getByRole('button', { name: 'Verify' }).click();
    const verification = third.page.getByRole('region', { name: 'Verification' });
    await expect(verification).toContainText('The module is valid', { timeout: 60_000 });
    await third.page.getByRole('button', { name: 'Notebook', exact: true }).click();
    await expectChainWhole(third.page, ['Source figures imported', 'totals']);
    await third.context.close();
  });
});
