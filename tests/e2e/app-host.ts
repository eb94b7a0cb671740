// Own servers and own builds for journeys that need a host to go away, to send no headers, or to change its version.
import { constants } from 'node:fs';
import { appendFile, copyFile, cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { finishBuild } from '../../scripts/finish-build.mjs';
import { startServer } from '../../scripts/serve.mjs';

const BUILD = fileURLToPath(new URL('../../build', import.meta.url));

export interface Host {
  readonly url: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export async function startHost(
  options: { build?: string; base?: string; hasHeaders?: boolean; port?: number } = {},
): Promise<Host> {
  const { url, stop } = await startServer({ port: 0, ...options });
  return { url, port: Number(new URL(url).port), stop };
}

/** A copy of the build in which every start script says which version it belongs to. */
export async function makeVersion(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `sluice-${name}-`));
  await cp(BUILD, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  for (const path of await markedScripts(folder))
    await appendFile(join(folder, path), `\n;(globalThis.sluiceParts ??= []).push('${name}');`);
  await finishBuild(folder);
  return folder;
}

/** Scripts that every start of the app loads. */
async function markedScripts(folder: string): Promise<string[]> {
  const immutable = join('_app', 'immutable');
  const listed = await Promise.all(
    ['entry', 'nodes'].map(async (part) =>
      (await readdir(join(folder, immutable, part))).map((file) => join(immutable, part, file)),
    ),
  );
  return listed.flat().filter((path) => !/nodes[\\/]1\./.test(path));
}

/** A folder in the middle of an upload: the worker and some files are new, others still old. */
export async function mixVersions(older: string, newer: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-mixed-'));
  await cp(older, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  const [first = ''] = await markedScripts(newer);
  for (const path of ['service-worker.js', 'app.document', first])
    await copyFile(join(newer, path), join(folder, path));
  return folder;
}

/** Which versions the scripts of the page belong to. */
export async function versionsOf(page: Page): Promise<string[]> {
  const parts = await page.evaluate(() => Reflect.get(globalThis, 'sluiceParts') as string[] | undefined);
  return [...new Set(parts)];
}

/** Waits until all that the app needs lies on this device. */
export async function waitUntilOffline(page: Page): Promise<void> {
  await expect(page.getByRole('contentinfo')).toContainText('Ready offline', { timeout: 90_000 });
}

export async function isControlled(page: Page): Promise<boolean> {
  return page.evaluate(() => navigator.serviceWorker.controller !== null);
}
