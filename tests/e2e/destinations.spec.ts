// Where a checked module can go: a zip file, an S3 destination through the publisher; and that every byte sent is shown.
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { reasonWithoutS3, startS3, type S3Environment, type TestBucket } from '../s3/endpoint.ts';
import { startFaultProxy, type FaultProxy } from '../s3/fault-proxy.ts';
import {
  addDestination,
  enterSecret,
  lookupCard,
  moduleCard,
  openPublisher,
  send,
} from './publisher-page.ts';
import { addCell, confirmImport, openFiles, renameCell, startNotebook, writeSql } from './workbench.ts';

const run = promisify(execFile);
const project = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Figures of no person: passes the gate without a key. */
async function writeFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  const lines = Array.from({ length: 40 }, (_, row) => `${['north', 'south'][row % 2]},${row * 7}`);
  await writeFile(join(folder, 'figures.csv'), `region,amount\n${lines.join('\n')}\n`);
  return join(folder, 'figures.csv');
}

/** A notebook that publishes `ops/totals` from a file. */
async function prepare(page: Page): Promise<Locator> {
  await startNotebook(page);
  await openFiles(page, [await writeFigures()]);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('40 rows');
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    'SELECT region, sum(amount) AS total, count(*) AS n FROM figures GROUP BY region',
  );
  await renameCell(page, 'cell_1', 'totals');
  await addCell(page, 'publish cell');
  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  await publishCell.getByLabel('Relation to publish').selectOption('totals');
  await publishCell.getByLabel('Namespace').fill('ops');
  await publishCell.getByLabel('Module').fill('totals');
  await publishCell.getByLabel('Module').blur();
  return publishCell;
}

function dialogOf(page: Page): Locator {
  return page.getByRole('dialog', { name: /^Publish / });
}

async function expectPassed(page: Page, version: string): Promise<void> {
  await expect(dialogOf(page).getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
  await expect(dialogOf(page)).toContainText(`Next version ${version}`);
}

/** Presses a link that opens the publisher, and answers its tab, which must hold no handle to this page. */
async function openFrom(page: Page, link: Locator): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await link.click();
  const publisher = await opened;
  await expect(publisher.getByRole('main')).toHaveAttribute('aria-busy', 'false');
  expect(await publisher.evaluate(() => window.opener)).toBeNull();
  return publisher;
}

test('a zip file is handed over, and the command verifies it', async ({ page }) => {
  const publishCell = await prepare(page);
  await publishCell.getByLabel('Destination').selectOption('zip');
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expectPassed(page, '1.0.0');
  await expect(dialogOf(page)).toContainText('newest version in this browser’s library');
  const download = page.waitForEvent('download');
  await dialogOf(page).getByRole('button', { name: 'Publish', exact: true }).click();
  const zip = await download;
  expect(zip.suggestedFilename()).toBe('ops-totals-1.0.0.zip');
  const path = join(await mkdtemp(join(tmpdir(), 'sluice-')), 'module.zip');
  await zip.saveAs(path);
  const { stdout } = await run(process.execPath, [project('bin/sluice.mjs'), 'verify', path, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ valid: true });
  await dialogOf(page).getByRole('button', { name: 'Back to the notebook' }).click();
  await expect(page.getByRole('navigation', { name: 'Modules' })).toContainText('Nothing published yet');
});

test('a name this browser does not know is said so', async ({ page }) => {
  await page.goto('/');
  const folder = await mkdtemp(join(tmpdir(), 'sluice-'));
  const text =
    '```sql name=one\nSELECT 1 AS n\n```\n\n```publish of=one\nnamespace: ops\nmodule: one\ndestination: nowhere\n```\n';
  await writeFile(join(folder, 'one.sluice.md'), text);
  const chooser = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: /^Open notebook/ })
    .first()
    .click();
  await (await chooser).setFiles(join(folder, 'one.sluice.md'));
  const publishCell = page.getByRole('region', { name: /^Publish cell/ });
  await expect(publishCell).toContainText('knows no destination called nowhere');
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expect(publishCell).toContainText('Set it up under that name');
});

test('closing a check ends its engine, even one that is still starting', async ({ page }) => {
  const publishCell = await prepare(page);
  const engines = () => page.workers().filter((worker) => worker.url().includes('engine.worker')).length;
  const before = engines();
  await publishCell.getByRole('button', { name: 'Check' }).click();
  await expectPassed(page, '1.0.0');
  expect(engines()).toBeGreaterThan(before);
  await dialogOf(page).getByRole('button', { name: 'Check again' }).click();
  await expect(dialogOf(page).getByRole('list', { name: 'Progress of the check' })).toBeVisible();
  await dialogOf(page).getByRole('button', { name: 'Back to the notebook' }).click();
  await expect.poll(engines).toBe(before);
  await expect(publishCell).toContainText('Check first');
});

test.describe('an S3 destination', () => {
  test.skip(reasonWithoutS3() !== null, 'there is no S3 server here');

  let s3: S3Environment;
  let proxy: FaultProxy;
  let bucket: TestBucket;

  test.beforeAll(async () => {
    s3 = await startS3();
    proxy = await startFaultProxy({ upstream: s3.endpoint });
  });
  test.afterAll(async () => {
    await proxy?.close();
    await s3?.stop();
  });
  test.beforeEach(async ({ baseURL, context }) => {
    bucket = await s3.makeBucket({ corsOrigins: [new URL(baseURL ?? '').origin] });
    proxy.clear();
    const publisher = await context.newPage();
    await openPublisher(publisher);
    await addDestination(publisher, {
      name: 'team-bucket',
      endpoint: proxy.endpoint,
      bucket: bucket.name,
      prefix: bucket.prefix,
      accessKeyId: s3.keys.accessKeyId,
    });
    await publisher.close();
  });

  async function keysInBucket(): Promise<readonly string[]> {
    const listed = await s3.admin.send(
      new ListObjectsV2Command({ Bucket: bucket.name, Prefix: bucket.prefix }),
    );
    return (listed.Contents ?? []).map((object) => object.Key ?? '').sort();
  }

  /** Bodies that arrived; a preflight request has none. */
  const bytesCounted = () => proxy.requests.reduce((sum, request) => sum + request.bytesReceived, 0);

  async function lookUp(page: Page): Promise<void> {
    const step = dialogOf(page).getByRole('region', { name: 'Look-up' });
    await expect(step.getByRole('heading')).toContainText('Look up ops/totals in team-bucket');
    const publisher = await openFrom(page, step.getByRole('link', { name: /Look up in the publisher/ }));
    const card = lookupCard(publisher, 'ops/totals');
    await enterSecret(card, s3.keys.secretAccessKey);
    await card.getByRole('button', { name: /^Look up .* at / }).click();
    await expect(publisher.getByText(/Finished|Looked up/).first()).toBeVisible();
    await publisher.close();
  }

  async function stageFor(page: Page, version: string): Promise<void> {
    await expectPassed(page, version);
    await dialogOf(page).getByRole('button', { name: 'Make ready to send' }).click();
    await expect(dialogOf(page).getByRole('heading', { name: 'Waiting to be sent' })).toBeVisible();
    const taken = await keysInBucket();
    expect(taken.filter((key) => key.includes(`/v/${version}/`))).toEqual([]);
  }

  async function sendFrom(page: Page, link: Locator, version: string): Promise<void> {
    const publisher = await openFrom(page, link);
    const card = moduleCard(publisher, `ops/totals ${version}`);
    await enterSecret(card, s3.keys.secretAccessKey);
    await send(card);
    await expect(publisher.getByRole('article', { name: `Sent ops/totals ${version}` })).toBeVisible();
    await publisher.close();
  }

  test('a module is looked up, staged, sent and counted; the next gets the next number', async ({ page }) => {
    const publishCell = await prepare(page);
    await publishCell.getByLabel('Destination').selectOption('team-bucket');
    await publishCell.getByRole('button', { name: 'Check' }).click();
    await lookUp(page);
    await stageFor(page, '1.0.0');
    const review = dialogOf(page).getByRole('link', { name: /Review and send in the publisher/ });
    await sendFrom(page, review, '1.0.0');
    const delivery = dialogOf(page).getByRole('region', { name: 'Delivery' });
    await expect(delivery.getByRole('heading', { name: 'Sent' })).toBeVisible();
    await expect(delivery).toContainText('ops/totals/v/1.0.0');
    expect(await keysInBucket()).toContain(
      [...(bucket.prefix === '' ? [] : [bucket.prefix]), 'ops/totals/v/1.0.0/_COMMIT.json'].join('/'),
    );
    await dialogOf(page).getByRole('button', { name: 'Back to the notebook' }).click();

    const badge = page.getByRole('button', { name: /^Bytes sent:/ });
    await expect(badge).toHaveText(new RegExp(`Bytes sent:\\s*${bytesCounted().toLocaleString('en-US')}$`));
    await badge.click();
    const ledger = page.getByRole('dialog', { name: 'Ledger' });
    const wired = proxy.requests.filter(({ method }) => method !== 'OPTIONS');
    await expect(ledger.getByRole('row')).toHaveCount(wired.length + 1);
    await expect(ledger).toContainText('not counted');
    await ledger.getByRole('button', { name: 'Close' }).click();

    await publishCell.getByRole('button', { name: 'Check' }).click();
    await lookUp(page);
    await stageFor(page, '1.0.1');
    await page.reload();
    const modules = page.getByRole('navigation', { name: 'Modules' });
    const waiting = modules.getByRole('region', { name: 'Waiting to be sent' });
    await expect(waiting).toContainText('ops/totals 1.0.1');
    await sendFrom(page, waiting.getByRole('link', { name: /Review and send/ }), '1.0.1');
    await expect(modules.getByRole('region', { name: 'Sent' })).toContainText('ops/totals 1.0.1');
    await expect(waiting).toBeHidden();
    await expect(badge).toHaveText(new RegExp(`Bytes sent:\\s*${bytesCounted().toLocaleString('en-US')}$`));
    await page.reload();
    await expect(modules).toBeVisible();
    await expect(modules.getByRole('region', { name: 'Sent' })).toBeHidden();
  });

  test('a number that was taken meanwhile is refused, and checked again gets the next', async ({ page }) => {
    const publishCell = await prepare(page);
    await publishCell.getByLabel('Destination').selectOption('team-bucket');
    await publishCell.getByRole('button', { name: 'Check' }).click();
    await lookUp(page);
    await stageFor(page, '1.0.0');
    await sendFrom(
      page,
      dialogOf(page).getByRole('link', { name: /Review and send in the publisher/ }),
      '1.0.0',
    );
    await dialogOf(page).getByRole('button', { name: 'Back to the notebook' }).click();
    await publishCell.getByRole('button', { name: 'Check' }).click();
    await dialogOf(page).getByRole('button', { name: /^Skip/ }).click();
    await expect(dialogOf(page)).toContainText('was not looked up');
    await stageFor2(page);
    const publisher = await openFrom(
      page,
      dialogOf(page).getByRole('link', { name: /Review and send in the publisher/ }),
    );
    const card = moduleCard(publisher, 'ops/totals 1.0.0');
    await enterSecret(card, s3.keys.secretAccessKey);
    await send(card);
    await expect(dialogOf(page).getByRole('heading', { name: 'Refused' })).toBeVisible();
    await publisher.close();
    await dialogOf(page).getByRole('button', { name: 'Check again' }).click();
    await lookUp(page);
    await expectPassed(page, '1.0.1');
  });

  async function stageFor2(page: Page): Promise<void> {
    await expectPassed(page, '1.0.0');
    await dialogOf(page).getByRole('button', { name: 'Make ready to send' }).click();
    await expect(dialogOf(page).getByRole('heading', { name: 'Waiting to be sent' })).toBeVisible();
  }

  test('what was looked up is listed, fetched, opened and verified', async ({ page }) => {
    const publishCell = await prepare(page);
    await publishCell.getByLabel('Destination').selectOption('team-bucket');
    await publishCell.getByRole('button', { name: 'Check' }).click();
    await lookUp(page);
    await stageFor(page, '1.0.0');
    await sendFrom(
      page,
      dialogOf(page).getByRole('link', { name: /Review and send in the publisher/ }),
      '1.0.0',
    );
    await dialogOf(page).getByRole('button', { name: 'Back to the notebook' }).click();
    const seen = page.getByRole('region', { name: 'Modules in team-bucket' });
    await seen.getByRole('button', { name: /^Look/ }).click();
    const all = await openFrom(page, seen.getByRole('link', { name: /Look up in the publisher/ }));
    const everything = all.getByRole('article', { name: /^Look up/ });
    await enterSecret(everything, s3.keys.secretAccessKey);
    await everything.getByRole('button', { name: /^Look up .* at / }).click();
    await expect(seen.getByRole('button', { name: /ops\/totals/ })).toBeVisible();
    await all.close();
    await seen.getByRole('button', { name: /ops\/totals/ }).click();
    const fetching = await openFrom(page, seen.getByRole('link', { name: /^Fetch ops\/totals 1\.0\.0/ }));
    const version = fetching.getByRole('article', { name: 'Fetch ops/totals 1.0.0' });
    await enterSecret(version, s3.keys.secretAccessKey);
    await version.getByRole('button', { name: /^Fetch ops\/totals 1\.0\.0 at / }).click();
    await expect(page.getByRole('heading', { level: 1, name: /ops\/totals/ })).toBeVisible();
    await fetching.close();
    await expect(page.getByRole('article')).toContainText('team-bucket');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText(/The module is valid|Valid/).first()).toBeVisible({ timeout: 60_000 });
  });
});
