// The bench page in a real Chromium, driven from Node: its sides look like any other; must not know what is compared.
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type Page } from 'playwright';
import type { PageSideName } from './page/bench-contract.ts';
import type { Side } from './side.ts';

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with a profile on disk, as a person has: private windows keep files in memory. */
export async function launchBrowser(profile: string): Promise<BrowserContext> {
  const named = process.env['SLUICE_CHROMIUM'] ?? '';
  return chromium.launchPersistentContext(profile, {
    args: SWITCHES,
    headless: true,
    viewport: { width: 1440, height: 900 },
    ...(existsSync(named) ? { executablePath: named } : {}),
  });
}

/** A fresh bench page with the file chosen. */
export async function openBenchPage(browser: BrowserContext, url: string, file: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(url);
  await page.setInputFiles('#customers', file);
  return page;
}

/** A side of the page as if it were here. Times are taken in the page. */
export function pageSide(page: Page, name: PageSideName): Side {
  return {
    open: (request) =>
      page.evaluate(([side, asked]) => window.bench.side(side).open(asked), [name, request] as const),
    importCustomers: (request) =>
      page.evaluate(([side, asked]) => window.bench.side(side).importCustomers(asked), [
        name,
        request,
      ] as const),
    materialize: (sql, into) =>
      page.evaluate(([side, text, table]) => window.bench.side(side).materialize(text, table), [
        name,
        sql,
        into,
      ] as const),
    check: (table) =>
      page.evaluate(([side, of]) => window.bench.side(side).check(of), [name, table] as const),
    answer: (statements) =>
      page.evaluate(([side, texts]) => window.bench.side(side).answer(texts), [name, statements] as const),
    drop: (table) => page.evaluate(([side, of]) => window.bench.side(side).drop(of), [name, table] as const),
    close: () => page.evaluate((side) => window.bench.side(side).close(), name),
  };
}
