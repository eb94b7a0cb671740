// What the journeys about loss have in common: notebooks to lose, and what is left of them.
import { createWriteStream } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { makeProfile } from './own-browser.ts';
import { addCell, confirmImport, openFiles, renameCell, writeSql } from './workbench.ts';

export const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));

export const saved = (page: Page): Locator => page.getByRole('status', { name: 'Saved state' });
export const sources = (page: Page): Locator => page.getByRole('navigation', { name: 'Sources' });
export const notices = (page: Page): Locator => page.getByRole('region', { name: 'Notices' });
export const publishCell = (page: Page): Locator => page.getByRole('region', { name: /^Publish cell/ });
export const publication = (page: Page): Locator => page.getByRole('dialog', { name: /^Publish / });

/** A figure for the report of the test. */
export function note(description: string): void {
  test.info().annotations.push({ type: 'measured', description });
}

export async function withProfile(work: (profile: string) => Promise<void>): Promise<void> {
  const profile = await makeProfile();
  try {
    await work(profile.path);
  } finally {
    await profile.remove();
  }
}

/** A CSV of about `megabytes`, written in pieces. */
export async function writeLargeCsv(path: string, megabytes: number): Promise<void> {
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

/** Paths of what lies in the origin's private files. */
export function listPrivateFiles(page: Page): Promise<readonly string[]> {
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

/** Polls; the page may be loading. */
export async function expectFiles(page: Page, check: (paths: readonly string[]) => boolean): Promise<void> {
  await expect(async () => expect(check(await listPrivateFiles(page))).toBe(true)).toPass();
}

/** Text of a file below the origin's private root. */
export function readPrivateFile(page: Page, path: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    let folder = await navigator.storage.getDirectory();
    const parts = wanted.split('/');
    for (const name of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    return (await (await folder.getFileHandle(parts.at(-1) ?? '')).getFile()).text();
  }, path);
}

/** A notebook with the small file imported and one cell that reads it. */
export async function makeNotebook(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New empty notebook' }).click();
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(sources(page)).toContainText('1,000 rows', { timeout: 60_000 });
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT count(*) AS n FROM users');
}

/** Adds what publishes `ops/totals` from figures of no person: it passes the gate without a key. */
export async function addPublication(page: Page, rows = 40): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-figures-'));
  const lines = Array.from({ length: rows }, (_, row) => `${['north', 'south'][row % 2]},${row * 7}`);
  await writeFile(join(folder, 'figures.csv'), `region,amount\n${lines.join('\n')}\n`);
  await openFiles(page, [join(folder, 'figures.csv')]);
  await confirmImport(page);
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    'SELECT region, sum(amount) AS total, count(*) AS n FROM figures GROUP BY region',
  );
  await renameCell(page, 'cell_1', 'totals');
  await addCell(page, 'publish cell');
  await publishCell(page).getByLabel('Relation to publish').selectOption('totals');
  await publishCell(page).getByLabel('Namespace').fill('ops');
  await publishCell(page).getByLabel('Module').fill('totals');
  await publishCell(page).getByLabel('Module').blur();
}

/** Checks, waits for the verdict, and presses Publish. */
export async function publish(page: Page, version: string): Promise<void> {
  await publishCell(page).getByRole('button', { name: 'Check' }).click();
  await expect(publication(page).getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await expect(publication(page)).toContainText(`Next version ${version}`);
  await publication(page).getByRole('button', { name: 'Publish', exact: true }).click();
}

export async function openRecent(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Untitled notebook/ })
    .first()
    .click();
}
