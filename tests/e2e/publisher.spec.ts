// The publisher's page against a real S3 server: sends whole or not at all, on a click, and writes down every request.
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import {
  addDestination,
  confirmPlace,
  destinationCard,
  enterSecret,
  goldenJob,
  lookupCard,
  moduleCard,
  openPublisher,
  problemOf,
  readMultipartParts,
  readPrivateFiles,
  readRecords,
  send,
  sentCard,
  stage,
  stageAndOpen,
} from './publisher-page.ts';
import { reasonWithoutS3 } from '../s3/endpoint.ts';
import { compareLedger } from './faults/ledger-check.ts';
import { PublisherStore } from './publisher-store.ts';

test.skip(reasonWithoutS3() !== null, 'there is no S3 server here');

let store: PublisherStore;

test.beforeAll(async () => {
  store = await PublisherStore.start();
});

test.afterAll(async () => {
  await store?.stop();
});

test.beforeEach(async ({ baseURL }) => {
  await store.renew(new URL(baseURL ?? '').origin);
});

const SUBJECT = 'hr/people 1.0.0';
const FOLDER = 'hr/people/v/1.0.0/';

/** What the server counted is what the page recorded and shows. */
async function expectEqualLedger(page: Page): Promise<void> {
  const { ledger } = await readRecords(page);
  expect(compareLedger(ledger, store.proxy.requests)).toBe('equal');
  await expect(page.getByRole('status', { name: 'Totals' })).toContainText(
    `${ledger.length} request${ledger.length === 1 ? '' : 's'}:`,
  );
}

/** As other code of the origin may: past the page, straight into its database. Null deletes. */
function changeDestination(page: Page, change: Readonly<Record<string, string>> | null): Promise<void> {
  return page.evaluate(async (changed) => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('sluice-publisher');
      opening.onsuccess = () => resolve(opening.result);
    });
    await new Promise<void>((resolve) => {
      const transaction = database.transaction('destinations', 'readwrite');
      transaction.oncomplete = () => resolve();
      const destinations = transaction.objectStore('destinations');
      const reading = destinations.getAll();
      reading.onsuccess = () => {
        const [first] = reading.result;
        if (changed === null) destinations.delete(first.id);
        else destinations.put({ ...first, ...changed });
      };
    });
    database.close();
    const channel = new BroadcastChannel('sluice-publisher');
    channel.postMessage({ kind: 'destinations-changed' });
    channel.close();
  }, change);
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('a module is sent whole, and every request is in the ledger', async ({ page }) => {
  const { bodies } = await stageAndOpen(page);
  const card = moduleCard(page, SUBJECT);
  await expect(card).toBeFocused();
  await expect(card).toContainText('There is no S3 destination');
  await expectAccessible(page);
  await addDestination(page, store.typed());
  await expect(card.getByRole('button', { name: /^Send/ })).toBeDisabled();
  await enterSecret(card, store.secret);
  const host = new URL(store.proxy.endpoint).host;
  const name = new RegExp(
    `^Send ${bodies.size} files, .* to ${host} / ${store.bucket.name} / ${store.prefix}$`,
  );
  await expect(card.getByRole('button', { name })).toBeEnabled();
  await expectAccessible(page);
  expect(store.requests).toEqual([]);
  await send(card);
  const sent = sentCard(page, SUBJECT);
  await expect(sent).toContainText('You can close this tab and go back to the notebook.');
  await expect(sent).toBeFocused();
  await expect(page.getByText('Nothing else is waiting.')).toBeVisible();
  for (const [path, body] of bodies) expect(await store.read(FOLDER + path)).toEqual(body);
  const { receipts } = await readRecords(page);
  expect(receipts).toMatchObject([{ state: 'done', destinationName: 'team', problem: null }]);
  expect(receipts[0]?.uri).toContain(store.bucket.name);
  expect(receipts[0]?.bytesSent).toBe(store.requests.reduce((sum, each) => sum + each.bytesReceived, 0));
  expect(await readPrivateFiles(page, 'outbox')).toEqual([]);
  await expectEqualLedger(page);
  await page.getByText('Each request').click();
  await expect(page.getByRole('table', { name: 'Requests' }).getByRole('row')).toHaveCount(
    store.requests.length + 1,
  );
  await expectAccessible(page);
});

test('a wrong secret says so, and the right one sends', async ({ page }) => {
  await stageAndOpen(page);
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, 'not-the-secret');
  await send(card);
  await expect(problemOf(card)).toContainText(/secret/);
  expect(await store.list()).toEqual([]);
  expect((await readRecords(page)).receipts).toMatchObject([{ state: 'failed' }]);
  await expectEqualLedger(page);
  await card.getByRole('button', { name: 'Enter another key' }).click();
  await enterSecret(card, store.secret);
  await send(card);
  await expect(sentCard(page, SUBJECT)).toBeVisible();
  await expectEqualLedger(page);
});

test('a reload in the middle is told, and sending goes on with what is missing', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const { bodies } = await stageAndOpen(page);
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, store.secret, { isRemembered: true });
  const release = store.hold(/\.parquet/);
  await send(card);
  await expect.poll(() => store.requests.filter(({ method }) => method === 'PUT').length).toBeGreaterThan(2);
  await expect.poll(() => store.requests.some(({ path }) => path.endsWith('.parquet'))).toBe(true);
  await page.reload();
  release();
  await expect(problemOf(card)).toContainText('closed or reloaded');
  expect(await store.list()).not.toContain(`${FOLDER}_COMMIT.json`);
  const before = await store.list();
  expect(before.length).toBeGreaterThan(0);
  store.proxy.clear();
  await send(card);
  await expect(sentCard(page, SUBJECT)).toBeVisible();
  for (const [path, body] of bodies) expect(await store.read(FOLDER + path)).toEqual(body);
  const again = store.requests.filter(
    ({ method, path }) => method === 'PUT' && before.some((key) => path.endsWith(key)),
  );
  expect(again).toEqual([]);
});

test('after a reload a large file goes on with the parts that are missing', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  const { bodies } = await stageAndOpen(page, { ballastBytes: 20_000_000 });
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, store.secret, { isRemembered: true });
  const partsOf = (isAnswered: boolean): readonly string[] =>
    store.requests
      .filter(({ method, status }) => method === 'PUT' && (!isAnswered || status === 200))
      .flatMap(({ query }) => /partNumber=(\d+)/.exec(query)?.[1] ?? []);
  const release = store.hold(/partNumber=2&/);
  await send(card);
  await expect.poll(() => partsOf(true)).toContain('1');
  await expect.poll(() => partsOf(false)).toContain('2');
  await expect.poll(() => readMultipartParts(page)).toContain(1);
  await page.reload();
  release();
  await expect(problemOf(card)).toContainText('closed or reloaded');
  store.proxy.clear();
  await send(card);
  await expect(sentCard(page, SUBJECT)).toBeVisible({ timeout: 60_000 });
  expect(partsOf(false)).toContain('2');
  expect(partsOf(false)).not.toContain('1');
  expect(store.requests.filter(({ query }) => /[?&]uploads\b/.test(query))).toEqual([]);
  expect(await store.read(`${FOLDER}data/ballast.csv`)).toEqual(bodies.get('data/ballast.csv'));
});

test('cancelling leaves no version, and sending again succeeds', async ({ page }) => {
  await stageAndOpen(page);
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, store.secret);
  const release = store.hold(/\.parquet/);
  await send(card);
  await expect(card.getByText(/data\/part-00000-[0-9a-f]{16}\.parquet/).last()).toBeVisible();
  await expectAccessible(page);
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(problemOf(card)).toContainText('Cancelled');
  release();
  expect(await store.list()).not.toContain(`${FOLDER}_COMMIT.json`);
  expect((await readRecords(page)).receipts).toMatchObject([{ state: 'cancelled' }]);
  await send(card);
  await expect(sentCard(page, SUBJECT)).toBeVisible();
});

test('files that are not those of their commit are refused, with nothing sent', async ({ page }) => {
  await openPublisher(page);
  await addDestination(page, store.typed());
  await enterSecret(destinationCard(page, 'team'), store.secret);
  const { job, bodies } = goldenJob();
  const csv = Buffer.from(bodies.get('data/people.csv') ?? '');
  csv[100] = (csv[100] ?? 0) ^ 1;
  await stage(page, job, new Map([...bodies, ['data/people.csv', csv]]));
  const card = moduleCard(page, SUBJECT);
  await send(card);
  await expect(problemOf(card)).toContainText('data/people.csv was changed');
  await expect(card.getByRole('button', { name: /send/i })).toHaveCount(0);
  expect((await readRecords(page)).receipts).toMatchObject([{ state: 'refused' }]);
  expect(store.requests).toEqual([]);
  await card.getByRole('button', { name: 'Discard' }).click();
  await card.getByRole('button', { name: `Discard ${SUBJECT}` }).click();
  await expect(card).toBeHidden();
  expect(await readPrivateFiles(page, 'outbox')).toEqual([]);
});

test('a hostile job is shown as unsound and can only be discarded', async ({ page }) => {
  await openPublisher(page);
  await addDestination(page, store.typed());
  const { job, bodies } = goldenJob();
  const hostile = { ...job, id: 'hostile-1', endpoint: 'https://evil.example', autoSend: true };
  await stage(page, hostile, bodies);
  const card = page.getByRole('article', { name: 'Unsound job hostile-1' });
  await expect(card).toContainText('Nothing of it will be sent');
  await page.goto('publisher.html#job=hostile-1&send=1');
  expect(store.requests).toEqual([]);
  await card.getByRole('button', { name: 'Discard' }).click();
  await card.getByRole('button', { name: 'Discard the unsound job' }).click();
  await expect(card).toBeHidden();
});

test('a version that somebody else wrote is not touched, and the next free number is named', async ({
  page,
}) => {
  const theirs = Buffer.from('{"theirs":true}');
  await store.write(`${FOLDER}README.md`, Buffer.from('theirs'));
  await store.write(`${FOLDER}_COMMIT.json`, theirs);
  await stageAndOpen(page);
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, store.secret);
  await send(card);
  await expect(problemOf(card)).toContainText('the next free number is 1.0.1');
  await expect(card).toContainText('Go back to the notebook and check again');
  await expect(card.getByRole('button', { name: /send \d/i })).toHaveCount(0);
  expect(await store.read(`${FOLDER}_COMMIT.json`)).toEqual(theirs);
  expect((await readRecords(page)).receipts).toMatchObject([{ state: 'refused' }]);
});

test('a look-up lays commits and the newest version into the mirror', async ({ page }) => {
  const older = goldenJob({ version: '1.9.0' });
  const newer = goldenJob({ version: '1.10.0' });
  for (const { job, bodies } of [older, newer])
    for (const [path, body] of bodies) await store.write(`hr/people/v/${job.version}/${path}`, body);
  await store.write(`hr/other/v/1.0.0/_COMMIT.json`, Buffer.from('{}'));
  await openPublisher(page);
  await addDestination(page, store.typed());
  const destinationId = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('sluice-publisher');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('destinations').objectStore('destinations').getAllKeys();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(String(reading.result[0]));
          };
        };
      }),
  );
  await stage(page, {
    format: 'sluice-outbox/1',
    kind: 'lookup',
    id: 'look-1',
    createdAt: new Date().toISOString(),
    destinationId,
    namespace: 'hr',
    module: 'people',
    version: null,
  });
  const card = lookupCard(page, 'hr/people');
  await expect(card).toContainText('all files of the newest version');
  await enterSecret(card, store.secret);
  expect(store.requests).toEqual([]);
  await card.getByRole('button', { name: /^Look up hr\/people at / }).click();
  // Every file of the newest version, and the commit of the older one.
  await expect(page.getByRole('article', { name: 'Looked up hr/people' })).toContainText(
    `${newer.bodies.size + 1} files fetched`,
  );
  const below = (version: string, path: string) => `${destinationId}/files/hr/people/v/${version}/${path}`;
  const expected = [
    `${destinationId}/listings/below-hr%2Fpeople%2F.json`,
    below('1.9.0', '_COMMIT.json'),
    ...[...newer.bodies.keys()].map((path) => below('1.10.0', path)),
  ];
  expect(await readPrivateFiles(page, 'mirror')).toEqual(expected.sort());
  expect((await readRecords(page)).receipts).toMatchObject([
    { jobId: 'look-1', state: 'done', bytesSent: 0 },
  ]);
  await expectEqualLedger(page);
});

test('the connection is tested step by step, with what to paste', async ({ page }) => {
  await openPublisher(page, '#setup');
  await expect(page.getByRole('form', { name: 'New S3 destination' })).toBeVisible();
  await page.getByRole('button', { name: 'Save destination' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(page.getByText('The destination has no name.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await addDestination(page, store.typed());
  const card = destinationCard(page, 'team');
  await enterSecret(card, store.secret);
  await card.getByRole('button', { name: /^Test connection to / }).click();
  const report = card.getByRole('region', { name: 'Result of the connection test' });
  await expect(report).toContainText('This destination can be used.');
  await expect(report.getByRole('listitem')).toHaveCount(6);
  await report.getByText('Least-privilege policy for the key').click();
  await expect(report.getByRole('region', { name: 'Least-privilege policy for the key' })).toContainText(
    store.bucket.name,
  );
  await expectAccessible(page);
});

test('a remembered key outlives a reload and is gone when forgotten; another is kept in the tab only', async ({
  page,
}) => {
  await openPublisher(page);
  await addDestination(page, store.typed());
  const card = destinationCard(page, 'team');
  await enterSecret(card, store.secret);
  await page.reload();
  await enterSecret(card, store.secret, { isRemembered: true });
  await page.reload();
  await expect(card.getByText('The signing key is remembered on this device.')).toBeVisible();
  await card.getByRole('button', { name: 'Forget the key' }).click();
  await page.reload();
  await expect(card.getByLabel(/^Secret access key/)).toBeVisible();
});

test('a stored destination is asked about once in each tab, and again where it was changed', async ({
  page,
}) => {
  const { job } = await stageAndOpen(page);
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, store.secret, { isRemembered: true });
  await openPublisher(page, `#job=${job.id}`);
  await page.reload();
  const button = card.getByRole('button', { name: /^Send/ });
  const test = destinationCard(page, 'team').getByRole('button', { name: /^Test connection/ });
  await expect(card.getByText('The signing key is remembered on this device.')).toBeVisible();
  await expect(button).toBeDisabled();
  await expect(test).toBeDisabled();
  await expectAccessible(page);
  await confirmPlace(card);
  await expect(button).toBeEnabled();
  await expect(test).toBeEnabled();
  await changeDestination(page, { prefix: '/planted/' });
  await expect(card).toContainText('This destination was changed meanwhile');
  await expect(button).toHaveAccessibleName(/\/ planted$/);
  await expect(button).toBeDisabled();
  await changeDestination(page, null);
  await expect(card).toContainText('There is no S3 destination');
  await addDestination(page, store.typed('another'));
  await expect(card).toContainText('is not in this browser any more: choose one');
  await expect(card.getByRole('button', { name: /^Send/ })).toHaveCount(0);
  expect(store.requests).toEqual([]);
});

test('two tabs do not send one job twice', async ({ page, context }) => {
  await stageAndOpen(page);
  await addDestination(page, store.typed());
  const card = moduleCard(page, SUBJECT);
  await enterSecret(card, store.secret);
  const release = store.hold(/./);
  await send(card);
  await expect.poll(() => store.requests.length).toBeGreaterThan(0);
  const second = await context.newPage();
  await openPublisher(second);
  await expect(moduleCard(second, SUBJECT)).toContainText('Another tab is sending this module.');
  release();
  await expect(sentCard(page, SUBJECT)).toBeVisible();
  await expect(moduleCard(second, SUBJECT)).toBeHidden();
});
