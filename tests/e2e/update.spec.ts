// A new version: arrives whole or not at all, waits for a click, and takes all tabs along with what was typed in them.
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { makeVersion, mixVersions, startHost, versionsOf, waitUntilOffline } from './app-host.ts';
import { addCell, cell, runCell, writeSql } from './workbench.ts';

const VERSION_READY = { name: 'New version ready · Reload' };

/** Coming back to the network makes the app look for a new version. */
async function lookForUpdate(context: BrowserContext): Promise<void> {
  await context.setOffline(true);
  await context.setOffline(false);
}

async function openNotebook(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'New empty notebook' }).click();
  // An empty notebook is not kept.
  await addCell(page, 'SQL cell');
  await expect(page.getByRole('status', { name: 'Saved state' })).toContainText('Saved');
}

let older: string;
let newer: string;
test.beforeAll(async () => {
  older = await makeVersion('older');
  newer = await makeVersion('newer');
});

test('half an upload changes nothing; a whole one waits, and a click brings every tab and its edits along', async ({
  page,
  context,
}) => {
  const first = await startHost({ build: older, hasHeaders: false });
  const { port } = first;
  await openNotebook(page, first.url);
  await waitUntilOffline(page);
  expect(await versionsOf(page)).toEqual(['older']);
  await first.stop();

  const mixed = await startHost({ build: await mixVersions(older, newer), hasHeaders: false, port });
  await lookForUpdate(context);
  await expect(page.getByRole('contentinfo')).toContainText('A new version is arriving');
  await page.reload();
  await expect(page.getByRole('main', { name: 'Notebook' })).toBeVisible();
  expect(await versionsOf(page)).toEqual(['older']);
  const visitor = await (await context.browser()?.newContext())?.newPage();
  await visitor?.goto(mixed.url);
  await expect(visitor?.getByRole('alert') ?? page.getByRole('alert')).toContainText(
    'The server is being updated',
  );
  await visitor?.context().close();
  await mixed.stop();

  const whole = await startHost({ build: newer, hasHeaders: false, port });
  try {
    await lookForUpdate(context);
    await expect(page.getByRole('button', VERSION_READY)).toBeVisible({ timeout: 60_000 });
    await page.reload();
    await expect(page.getByRole('button', VERSION_READY)).toBeVisible();
    expect(await versionsOf(page)).toEqual(['older']);
    const other = await context.newPage();
    await other.goto(whole.url);
    await expect(other.getByRole('main').first()).toBeVisible();
    expect(await versionsOf(other)).toEqual(['older']);

    await page.bringToFront();
    await writeSql(page, 'cell_1', "SELECT 'typed just before' AS words");
    await page.getByRole('button', VERSION_READY).click();
    await expect.poll(() => versionsOf(page).catch(() => []), { timeout: 90_000 }).toEqual(['newer']);
    await expect.poll(() => versionsOf(other).catch(() => []), { timeout: 90_000 }).toEqual(['newer']);
    await expect(cell(page, 'cell_1')).toContainText('typed just before');
    await expect(page.getByRole('button', VERSION_READY)).toBeHidden();
    await waitUntilOffline(page);
  } finally {
    await whole.stop();
  }
});

test('while a cell runs the reload is refused, with the reason', async ({ page, context }) => {
  const first = await startHost({ build: older });
  await openNotebook(page, first.url);
  await expect(page.getByRole('contentinfo')).toContainText('coi', { timeout: 90_000 });
  await waitUntilOffline(page);
  await first.stop();
  const second = await startHost({ build: newer, port: first.port });
  try {
    await lookForUpdate(context);
    await expect(page.getByRole('button', VERSION_READY)).toBeVisible({ timeout: 60_000 });
    const heavy =
      'SELECT count(*) AS n FROM range(100000000) a(i), range(1000) b(j) WHERE hash(i + j) % 7 = 1';
    await writeSql(page, 'cell_1', heavy);
    await runCell(page, 'cell_1');
    await expect(cell(page, 'cell_1')).toContainText('running', { timeout: 60_000 });
    await page.getByRole('button', VERSION_READY).click();
    await expect(page.getByRole('contentinfo')).toContainText('Not now: a cell is running');
    expect(await versionsOf(page)).toEqual(['older']);
    await cell(page, 'cell_1').getByRole('button', { name: 'Cancel cell cell_1' }).click();
    await expect(cell(page, 'cell_1')).not.toContainText('running');
    await page.getByRole('button', VERSION_READY).click();
    await expect.poll(() => versionsOf(page).catch(() => []), { timeout: 90_000 }).toEqual(['newer']);
  } finally {
    await second.stop();
  }
});

test('a version that does not start is left by loading past it, once a newer one waits', async ({
  page,
  context,
}) => {
  const first = await startHost({ build: older, hasHeaders: false });
  await openNotebook(page, first.url);
  await waitUntilOffline(page);
  await first.stop();
  const second = await startHost({ build: newer, hasHeaders: false, port: first.port });
  try {
    await lookForUpdate(context);
    await expect(page.getByRole('button', VERSION_READY)).toBeVisible({ timeout: 60_000 });
    expect(await versionsOf(page)).toEqual(['older']);
    const session = await context.newCDPSession(page);
    await session.send('Page.reload', { ignoreCache: true });
    await expect.poll(() => versionsOf(page).catch(() => []), { timeout: 60_000 }).toEqual(['newer']);
  } finally {
    await second.stop();
  }
});
