// Nothing is lost: the browser is killed, workers end, memory and space run out, and the work goes on.
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page, type Worker } from '@playwright/test';
import { makeProfile, openBrowser } from './own-browser.ts';
import { addCell, cell, confirmImport, openFiles, runCell, startNotebook, writeSql } from './workbench.ts';

const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));
const saved = (page: Page) => page.getByRole('status', { name: 'Saved state' });
const sources = (page: Page) => page.getByRole('navigation', { name: 'Sources' });

/** A CSV of about `megabytes`, written in pieces. */
async function writeLargeCsv(path: string, megabytes: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write('id,amount,city,note\n');
  const rowsPerPiece = 20_000;
  let bytes = 0;
  for (let row = 0; bytes < megabytes * 1024 * 1024; row += rowsPerPiece) {
    let piece = '';
    for (let i = row; i < row + rowsPerPiece; i += 1)
      piece += `${i},${(i * 7919) % 100_000}.25,City ${i % 97},some words that fill the line ${i % 1000}\n`;
    bytes += piece.length;
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

/** What lies in the origin's private files, as paths with sizes. */
function listPrivateFiles(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const found: string[] = [];
    async function walk(folder: FileSystemDirectoryHandle, path: string): Promise<void> {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle as FileSystemDirectoryHandle, `${path}${name}/`);
        else found.push(path + name);
      }
    }
    await walk(await navigator.storage.getDirectory(), '');
    return found.sort();
  });
}

async function withProfile(work: (profile: string) => Promise<void>): Promise<void> {
  const profile = await makeProfile();
  try {
    await work(profile.path);
  } finally {
    await profile.remove();
  }
}

/** A notebook with the small file imported and one cell that reads it. */
async function makeNotebook(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New empty notebook' }).click();
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT count(*) AS n FROM users');
}

async function openRecent(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Untitled notebook/ })
    .first()
    .click();
}

test('killed while typing, importing and running: notebook and sources are whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-large-'));
  const large = join(folder, 'large.csv');
  await writeLargeCsv(large, 64);
  await withProfile(async (profile) => {
    const first = await openBrowser(profile);
    await makeNotebook(first.page);
    await writeSql(first.page, 'cell_1', 'SELECT 0');
    const started = Date.now();
    let typed = 0;
    while (Date.now() - started < 1_500) {
      await first.page.keyboard.type('1');
      typed += 1;
    }
    const killedAfter = Date.now() - started;
    await first.kill();

    const second = await openBrowser(profile);
    await openRecent(second.page);
    const editor = cell(second.page, 'cell_1').getByRole('textbox', { name: 'SQL of cell_1' });
    await expect(editor).toContainText('SELECT 0');
    const kept = (await editor.innerText()).replace(/[^1]/g, '').length;
    const lostMs = Math.round(((typed - kept) / typed) * killedAfter);
    test
      .info()
      .annotations.push({ type: 'measured', description: `typed in the last ${lostMs} ms was lost` });
    expect(kept).toBeGreaterThan(0);
    expect(lostMs).toBeLessThan(900);
    await expect(sources(second.page)).toContainText('1,000 rows', { timeout: 60_000 });
    await openFiles(second.page, [large]);
    await confirmImport(second.page);
    await expect(sources(second.page).getByRole('progressbar')).toBeVisible();
    await expect.poll(async () => (await listPrivateFiles(second.page)).join()).toContain('partial/');
    await second.kill();

    const third = await openBrowser(profile);
    await openRecent(third.page);
    await expect(sources(third.page)).toContainText('1,000 rows', { timeout: 60_000 });
    await expect(sources(third.page)).toContainText('did not come to its end');
    await expect(third.page.getByLabel('Bind file to large')).toBeAttached();
    await expect.poll(async () => (await listPrivateFiles(third.page)).join()).not.toContain('partial/');
    await writeSql(
      third.page,
      'cell_1',
      'SELECT sum(a.range * b.range) FROM range(200000) a, range(200000) b',
    );
    await runCell(third.page, 'cell_1');
    await expect(
      cell(third.page, 'cell_1').getByRole('button', { name: 'Cancel cell cell_1' }),
    ).toBeVisible();
    await expect(saved(third.page)).toContainText('Saved');
    await third.kill();

    const fourth = await openBrowser(profile);
    await openRecent(fourth.page);
    await expect(sources(fourth.page)).toContainText('1,000 rows', { timeout: 60_000 });
    await writeSql(fourth.page, 'cell_1', 'SELECT count(*) AS n FROM users');
    await runCell(fourth.page, 'cell_1');
    await expect(cell(fourth.page, 'cell_1').getByRole('grid')).toContainText('1000');
    await fourth.context.close();
  });
  await rm(folder, { recursive: true });
});

test('workers that end are replaced, and the work goes on', async ({ page }) => {
  await page.goto('/');
  await makeNotebook(page);
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('grid')).toContainText('1000');
  const notices = page.getByRole('region', { name: 'Notices' });
  const close = (worker: Worker) =>
    worker
      .evaluate(() => void setTimeout(() => (globalThis as { close?: () => void }).close?.()))
      .catch(() => undefined);
  for (const kind of ['engine', 'analysis', 'store']) {
    const worker = page.workers().find((candidate) => candidate.url().includes(kind));
    expect(worker, `the ${kind} worker`).toBeDefined();
    if (worker) await close(worker);
    if (kind !== 'engine') continue;
    const ended = Date.now();
    await expect(notices).toContainText('A new one was started');
    test.info().annotations.push({ type: 'measured', description: `new engine in ${Date.now() - ended} ms` });
    await expect(sources(page)).toContainText('1,000 rows');
    await notices.getByRole('button', { name: 'Dismiss notice' }).click();
  }
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('grid')).toContainText('1000');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();

  await writeSql(
    page,
    'cell_1',
    "SELECT a.range AS x, repeat('x', 2000) || b.range AS y FROM range(3000) a, range(3000) b",
  );
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('group', { name: 'Problem' })).toBeVisible({ timeout: 90_000 });
  await writeSql(page, 'cell_1', 'SELECT count(*) AS n FROM users');
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('grid')).toContainText('1000', { timeout: 60_000 });
});

test('without space everything says so, and nothing is lost once there is some again', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'New empty notebook' }).click();
  await addCell(page, 'SQL cell');
  await expect(saved(page)).toContainText('Saved');
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('no more space');
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
  await writeSql(page, 'cell_1', 'SELECT count(*) AS n FROM users');
  const unsaved = page.getByRole('region', { name: 'Notebook not saved' });
  await expect(unsaved).toContainText('no more space');
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('grid')).toContainText('1000');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await unsaved.getByRole('button', { name: 'Try again now' }).click();
  await expect(saved(page)).toContainText('Saved here');
  await expect(unsaved).toBeHidden();
  await page.reload();
  await expect(cell(page, 'cell_1')).toContainText('count(*)', { timeout: 60_000 });
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
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
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('gives this page no storage');
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
  await expect(saved(page)).toContainText('Not saved');
});

test('a version that never got its commit is swept away at the next start', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(async () => {
    let folder = await navigator.storage.getDirectory();
    for (const name of ['library', 'hr', 'users', 'v', '1.0.0'])
      folder = await folder.getDirectoryHandle(name, { create: true });
    const file = await (await folder.getFileHandle('README.md', { create: true })).createWritable();
    await file.write('half');
    await file.close();
  });
  await page.reload();
  await expect.poll(async () => (await listPrivateFiles(page)).join()).not.toContain('library/');
});
