// The policies that keep data in, on every kind of response, and what the page does with them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { addCell, cell, openFiles, confirmImport, runCell, startNotebook, writeSql } from './workbench.ts';
import { fileURLToPath } from 'node:url';

const USERS = fileURLToPath(new URL('../data/users.csv', import.meta.url));

test('every response carries the isolation headers, error pages included', async ({ page, request }) => {
  const seen: { url: string; headers: Record<string, string> }[] = [];
  page.on('response', (response) => seen.push({ url: response.url(), headers: response.headers() }));
  await startNotebook(page);
  await expect(page.getByRole('contentinfo')).toContainText('DuckDB', { timeout: 90_000 });
  const missing = await request.get('/no-such-page');
  seen.push({ url: missing.url(), headers: missing.headers() });
  expect(missing.status()).toBe(404);
  expect(seen.length).toBeGreaterThan(5);
  for (const { url, headers } of seen.filter((each) => each.url.startsWith('http'))) {
    expect.soft(headers['cross-origin-opener-policy'], url).toBe('same-origin');
    expect.soft(headers['cross-origin-embedder-policy'], url).toBe('require-corp');
    expect.soft(headers['connection-allowlist'], url).toBe('(response-origin)');
    expect.soft(headers['content-security-policy'], url).toContain("connect-src 'self'");
    expect.soft(headers['content-security-policy'], url).toContain("frame-ancestors 'none'");
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('neither the page nor SQL reaches another server', async ({ page }) => {
  const hits: string[] = [];
  const other = createServer((incoming, response) => {
    hits.push(incoming.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('id\n1\n');
  });
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  try {
    await startNotebook(page);
    const outcomes = await page.evaluate(async (target) => {
      const refused = async (name: string, attempt: () => Promise<unknown>) => [
        name,
        await attempt().then(
          () => 'sent',
          () => 'refused',
        ),
      ];
      const image = () =>
        new Promise((resolve, reject) => {
          const element = new Image();
          element.onload = resolve;
          element.onerror = reject;
          element.src = `${target}/image`;
        });
      return Promise.all([
        refused('fetch', () => fetch(`${target}/fetch`)),
        refused('no-cors', () => fetch(`${target}/no-cors`, { mode: 'no-cors' })),
        refused('image', image),
        refused('import', () => import(/* @vite-ignore */ `${target}/module.js`)),
        refused(
          'socket',
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(target.replace('http', 'ws'));
              socket.onopen = resolve;
              socket.onerror = reject;
            }),
        ),
      ]);
    }, origin);
    expect(outcomes.filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
    await addCell(page, 'SQL cell');
    await writeSql(page, 'cell_1', `SELECT * FROM read_csv('${origin}/sql.csv')`);
    await runCell(page, 'cell_1');
    await expect(cell(page, 'cell_1')).toContainText(/read_csv|not allowed|refused/i);
    expect(hits).toEqual([]);
  } finally {
    other.closeAllConnections();
    other.close();
  }
});

test('a whole main job asks for nothing but the app itself', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (sent) => {
    if (!sent.url().startsWith(baseURL ?? '') && !/^(blob|data):/.test(sent.url())) foreign.push(sent.url());
  });
  await page.goto('/');
  await openFiles(page, [USERS]);
  await confirmImport(page);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('1,000');
  await expect(page.getByRole('contentinfo')).toContainText(/Bytes sent:\s*0/);
  expect(foreign).toEqual([]);
});
