// The built app in a real Chromium, used as a person would, with a watch on how soon and how smoothly it answers; must not know its code.
import { basename } from 'node:path';
import type { BrowserContext, Page } from 'playwright';
import { startServer } from '../../scripts/serve.mjs';
import { addCell, cell, openFiles, runCell, writeSql } from '../e2e/workbench.ts';
import { measureKeystrokes, type KeystrokeReport } from './keystrokes.ts';
import { watchBlockage, type Blockage } from './page/blockage.ts';

export interface AppReport {
  /** From the start of the navigation until heading and “Open files” are there. */
  readonly shellMs: number;
  /** From the start of the navigation until the engine's version is shown, in an empty notebook opened as soon as the shell allowed it. */
  readonly engineMs: number;
  /** From the click on Import until the source shows its rows. */
  readonly importMs: number;
  /** From the click on Run until the result is drawn. */
  readonly cellMs: number;
  readonly blockage: Blockage;
  /** In a notebook of a hundred cells. */
  readonly keystrokes: KeystrokeReport;
}

interface AppMarks {
  shellMs: number | null;
  engineMs: number | null;
}

declare global {
  interface Window {
    appMarks: AppMarks;
    watchBlockage: () => () => Blockage;
    stopWatching: () => Blockage;
  }
}

const PATIENCE_MS = 300_000;

/** Runs in the page before its own scripts; leans on nothing outside. */
function watchMarks(): void {
  const marks: AppMarks = { shellMs: null, engineMs: null };
  window.appMarks = marks;
  const look = (): void => {
    const buttons = [...document.querySelectorAll('button')];
    const isUsable =
      document.querySelector('h1') !== null &&
      buttons.some((button) => !button.disabled && /^\s*Open files/.test(button.textContent));
    if (isUsable) marks.shellMs ??= performance.now();
    if (/DuckDB v\d/.test(document.querySelector('footer')?.textContent ?? ''))
      marks.engineMs ??= performance.now();
    if (marks.shellMs !== null && marks.engineMs !== null) clearInterval(timer);
  };
  const timer = setInterval(look, 5);
}

async function readMarks(page: Page): Promise<Pick<AppReport, 'shellMs' | 'engineMs'>> {
  await page.getByRole('button', { name: 'New empty notebook' }).click({ timeout: 90_000 });
  const until = performance.now() + 90_000;
  while (performance.now() < until) {
    const { shellMs, engineMs } = await page.evaluate(() => window.appMarks);
    if (shellMs !== null && engineMs !== null) return { shellMs, engineMs };
    await page.waitForTimeout(100);
  }
  throw new Error('The app did not show “Open files” and then a running engine within 90 s.');
}

async function importFile(page: Page, file: string, rows: number): Promise<number> {
  await openFiles(page, [file]);
  const dialog = page.getByRole('dialog', { name: /^Import / });
  await dialog.getByRole('table').waitFor({ timeout: PATIENCE_MS });
  const started = performance.now();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  const sources = page.getByRole('navigation', { name: 'Sources' });
  const shown = sources.getByText(`${rows.toLocaleString('en-US')} row`);
  await shown.waitFor({ timeout: PATIENCE_MS });
  return performance.now() - started;
}

async function runGroupBy(page: Page, table: string): Promise<number> {
  await addCell(page, 'SQL cell');
  await writeSql(
    page,
    'cell_1',
    `SELECT country, count(*) AS customers, avg(salary) AS mean FROM ${table} GROUP BY country`,
  );
  await cell(page, 'cell_1').getByRole('button', { name: 'Run cell cell_1' }).waitFor();
  const started = performance.now();
  await runCell(page, 'cell_1');
  await page.getByRole('grid', { name: 'Result of cell_1' }).waitFor({ timeout: PATIENCE_MS });
  return performance.now() - started;
}

async function useApp(page: Page, url: string, file: string, rows: number): Promise<AppReport> {
  await page.addInitScript(watchMarks);
  await page.addInitScript(`window.watchBlockage = ${watchBlockage.toString()}`);
  await page.goto(url);
  const marks = await readMarks(page);
  await page.evaluate(() => {
    window.stopWatching = window.watchBlockage();
  });
  const importMs = await importFile(page, file, rows);
  const cellMs = await runGroupBy(
    page,
    basename(file)
      .replace(/\.csv$/, '')
      .replaceAll(/\W/g, '_'),
  );
  const blockage = await page.evaluate(() => window.stopWatching());
  await page.getByRole('button', { name: 'All notebooks' }).click();
  const keystrokes = await measureKeystrokes(page);
  return { ...marks, importMs, cellMs, blockage, keystrokes };
}

/** @param browser one that has never been at the app */
export async function measureApp(browser: BrowserContext, file: string, rows: number): Promise<AppReport> {
  const server = await startServer({ port: 0 });
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`app: ${error.message}`));
  try {
    return await useApp(page, server.url, file, rows);
  } finally {
    await page.close();
    await server.stop();
  }
}
