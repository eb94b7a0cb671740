// After one visit the app starts and does its main job without its server, on hosts with and without headers.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, test, type BrowserContext, type Page } from '@playwright/test';
import { isControlled, makeVersion, startHost, waitUntilOffline } from './app-host.ts';
import {
  addCell,
  cell,
  confirmImport,
  createKey,
  openFiles,
  renameCell,
  runCell,
  writeSql,
} from './workbench.ts';

const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));

const STATISTICS = `SELECT country, avg(salary) AS mean_salary, stddev_pop(salary) AS spread
FROM users GROUP BY country`;
const SAFE = `SELECT hmac_sha256(u.email) AS user_token, truncate_date(u.birthdate, 'decade') AS birth_decade,
  bucket_number(u.salary, 100000) AS salary_band, s.mean_salary
FROM users u JOIN statistics s ON u.country = s.country
WHERE u.country = 'China' AND u.salary IS NOT NULL
  AND truncate_date(u.birthdate, 'decade') BETWEEN DATE '1960-01-01' AND DATE '1990-01-01'`;

async function openEmptyNotebook(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'New empty notebook' }).click();
  await expect(page.getByRole('main', { name: 'Notebook' })).toBeVisible();
}

async function clearHttpCache(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.clearBrowserCache');
}

async function publishUsers(page: Page): Promise<void> {
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('1,000');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', STATISTICS);
  await renameCell(page, 'cell_1', 'statistics');
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', SAFE);
  await renameCell(page, 'cell_1', 'safe');
  await runCell(page, 'safe');
  await createKey(page);
  await expect(cell(page, 'safe')).toContainText('done', { timeout: 60_000 });
  await addCell(page, 'publish cell');
  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  await publishCell.getByLabel('Relation to publish').selectOption('safe');
  await publishCell.getByLabel('Namespace').fill('hr');
  await publishCell.getByLabel('Module').fill('users');
  await publishCell.getByLabel('Module').blur();
  await publishCell.getByRole('checkbox', { name: /birth_decade/ }).check();
  await publishCell.getByRole('button', { name: 'Check' }).click();
  const verdict = page.getByRole('dialog', { name: /^Publish / });
  await expect(verdict.getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await verdict.getByRole('button', { name: 'Publish', exact: true }).click();
  await verdict.getByRole('button', { name: 'Open the module page' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByRole('region', { name: 'Verification' })).toContainText('The module is valid', {
    timeout: 60_000,
  });
}

test('after one visit, a new browser start without server and HTTP cache does the main job', async () => {
  const { launchOptions, viewport } = test.info().project.use;
  const profile = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
  const open = () =>
    chromium.launchPersistentContext(profile, { ...launchOptions, viewport: viewport ?? null });
  const host = await startHost();
  const visit = await open();
  const startedAt = Date.now();
  const first = await visit.newPage();
  await openEmptyNotebook(first, host.url);
  test
    .info()
    .annotations.push({ type: 'first visit until usable', description: `${Date.now() - startedAt} ms` });
  await waitUntilOffline(first);
  await visit.close();
  await host.stop();

  const later = await open();
  try {
    const page = await later.newPage();
    await clearHttpCache(later, page);
    const againAt = Date.now();
    await openEmptyNotebook(page, host.url);
    test
      .info()
      .annotations.push({ type: 'later start until usable', description: `${Date.now() - againAt} ms` });
    await publishUsers(page);
  } finally {
    await later.close();
  }
});

for (const [base, hasHeaders] of [
  ['/', false],
  ['/sluice/', true],
  ['/sluice/', false],
] as const) {
  test(`under ${base} ${hasHeaders ? 'with' : 'without'} headers: isolated, policies on every answer, offline`, async ({
    page,
    context,
  }) => {
    const host = await startHost({ base, hasHeaders });
    const answers: { url: string; headers: Record<string, string> }[] = [];
    page.on('response', (response) => {
      if (response.fromServiceWorker()) answers.push({ url: response.url(), headers: response.headers() });
    });
    await openEmptyNotebook(page, `${host.url}?source=mail`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expect(page.getByRole('contentinfo')).toContainText('coi', { timeout: 90_000 });
    await waitUntilOffline(page);
    await host.stop();

    await clearHttpCache(context, page);
    const refused = await page.evaluate(async () => {
      const asked = ['./icon.svg?secret=1', './no-such-file.png', '/?secret', '/elsewhere', './app.document'];
      return Promise.all(asked.map(async (address) => (await fetch(address)).status));
    });
    expect(refused).toEqual([404, 404, 404, 404, 404]);
    const missing = await page.goto(`${host.url}no-such-page?secret=1`);
    expect(missing?.status()).toBe(404);
    await page.getByRole('link', { name: 'Open Sluice' }).click();
    await page.getByRole('button', { name: 'New empty notebook' }).click();
    await expect(page.getByRole('contentinfo')).toContainText('coi', { timeout: 90_000 });
    expect(answers.some(({ url }) => url.includes('engine.worker'))).toBe(true);
    for (const { url, headers } of answers) {
      expect.soft(headers['cross-origin-opener-policy'], url).toBe('same-origin');
      expect.soft(headers['cross-origin-embedder-policy'], url).toBe('require-corp');
      expect.soft(headers['connection-allowlist'], url).toBe('(response-origin)');
      expect.soft(headers['content-security-policy'], url).toContain("connect-src 'self'");
      expect.soft(headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
    }
  });
}

test('the app never runs without its worker: a forced reload and an unregistered worker come back controlled', async ({
  page,
}) => {
  const host = await startHost({ hasHeaders: false });
  try {
    await openEmptyNotebook(page, host.url);
    await page.evaluate(async () => {
      for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
    });
    await page.reload();
    await expect(page.getByRole('main', { name: /Notebook|Start/ })).toBeVisible();
    expect(await isControlled(page)).toBe(true);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.reload', { ignoreCache: true });
    await expect(page.getByRole('main', { name: /Notebook|Start/ })).toBeVisible();
    await expect.poll(() => isControlled(page).catch(() => false)).toBe(true);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  } finally {
    await host.stop();
  }
});

test('what a page writes into the stored files is not served', async ({ page }) => {
  const host = await startHost({ hasHeaders: false });
  try {
    await openEmptyNotebook(page, host.url);
    await waitUntilOffline(page);
    const count = await page.evaluate(async () => {
      let poisoned = 0;
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          await cache.put(request, new Response('globalThis.poisoned = true;'));
          poisoned += 1;
        }
      }
      return poisoned;
    });
    expect(count).toBeGreaterThan(20);
    await page.reload();
    await page.getByRole('button', { name: 'New empty notebook' }).click();
    await expect(page.getByRole('contentinfo')).toContainText('coi', { timeout: 90_000 });
    expect(await page.evaluate(() => Reflect.has(globalThis, 'poisoned'))).toBe(false);
  } finally {
    await host.stop();
  }
});

test('the publisher is fetched anew: without its host, or with another version there, a page says so', async ({
  page,
}) => {
  const build = await makeVersion('publisher');
  const path = join(build, 'publisher.html');
  const own = await readFile(path);
  let host = await startHost({ build, hasHeaders: false });
  const { port } = host;
  try {
    await openEmptyNotebook(page, host.url);
    await waitUntilOffline(page);
    await host.stop();
    const address = `${host.url}publisher.html`;
    expect((await page.goto(address))?.status()).toBe(503);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Publishing elsewhere needs the network',
    );
    await page.getByRole('link', { name: 'Back to Sluice' }).click();
    await expect(page.getByRole('main', { name: /Notebook|Start/ })).toBeVisible();

    await writeFile(path, Buffer.concat([own, Buffer.from('<!-- another -->')]));
    host = await startHost({ build, hasHeaders: false, port });
    expect((await page.goto(address))?.status()).toBe(503);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is a new version of Sluice');
    await host.stop();

    await writeFile(path, own);
    host = await startHost({ build, hasHeaders: false, port });
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sluice publisher');
  } finally {
    await host.stop();
  }
});

test('a host without the service worker starts nothing and says so', async ({ page }) => {
  const build = await makeVersion('partial');
  await rm(join(build, 'service-worker.js'));
  const host = await startHost({ build, hasHeaders: false });
  try {
    await page.goto(host.url);
    await expect(page.getByRole('alert')).toContainText('could not be stored in this browser');
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(await page.evaluate(() => document.scripts.length)).toBe(1);
  } finally {
    await host.stop();
  }
});
