// Nothing is lost when workers end, the engine breaks or memory runs out: a new one takes over, and the work goes on.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page, type Worker } from '@playwright/test';
import {
  addPublication,
  makeNotebook,
  note,
  notices,
  publication,
  publishCell,
  sources,
  writeLargeCsv,
} from './nothing-lost.ts';
import { addCell, cell, confirmImport, openFiles, runCell, startNotebook, writeSql } from './workbench.ts';

/** Workers of the app by the name they were given, newest last. DuckDB's helper threads sleep and would not answer. */
async function workersNamed(page: Page, name: string): Promise<readonly Worker[]> {
  const named = await Promise.all(
    page
      .workers()
      .filter((worker) => /(engine|analysis|store)\.worker/.test(worker.url()))
      .map(async (worker) => ({
        worker,
        name: await worker.evaluate(() => self.name).catch(() => null),
      })),
  );
  return named.flatMap((each) => (each.name === name ? [each.worker] : []));
}

/** Ends a worker from within, which sends no event to anyone. */
async function end(worker: Worker | undefined): Promise<void> {
  expect(worker, 'the worker to end').toBeDefined();
  await worker?.evaluate(() => void setTimeout(() => self.close())).catch(() => undefined);
}

interface Replacement {
  readonly noticedMs: number;
  readonly readyMs: number;
}

/** From when it resolves the line that says how the engine is is watched: `done` tells when it stopped and when there was one again. */
async function watchEngine(page: Page): Promise<{ done: () => Promise<Replacement> }> {
  const watched = await page.evaluateHandle(() => {
    const done = new Promise<{ noticedMs: number; readyMs: number }>((resolve, reject) => {
      setTimeout(() => reject(new Error('No engine was replaced within 90 s.')), 90_000);
      const started = performance.now();
      let noticedMs: number | null = null;
      const line = document.querySelector('footer');
      new MutationObserver(() => {
        const text = line?.textContent ?? '';
        if (/Engine restarting/.test(text)) noticedMs ??= performance.now() - started;
        else if (noticedMs !== null && /DuckDB/.test(text))
          resolve({ noticedMs, readyMs: performance.now() - started });
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    return { done };
  });
  return { done: () => watched.evaluate(({ done }) => done) };
}

async function expectReplaced(page: Page, breakIt: () => Promise<unknown>, what: string): Promise<void> {
  const watched = await watchEngine(page);
  await breakIt();
  const { noticedMs, readyMs } = await watched.done();
  note(`${what}: noticed after ${Math.round(noticedMs)} ms, new engine after ${Math.round(readyMs)} ms`);
  await expect(notices(page)).toContainText('A new one was started');
  await expect(sources(page)).toContainText('1,000 rows');
  await notices(page).getByRole('button', { name: 'Dismiss notice' }).click();
}

async function expectRuns(page: Page): Promise<void> {
  await runCell(page, 'cell_1');
  await expect(cell(page, 'cell_1').getByRole('grid')).toContainText('1000', { timeout: 60_000 });
}

test('workers that end are replaced, and the work goes on', async ({ page }) => {
  await page.goto('/');
  await makeNotebook(page);
  await expectRuns(page);
  for (const name of ['sluice-engine', 'sluice-duckdb'])
    await expectReplaced(page, async () => end((await workersNamed(page, name)).at(-1)), name);
  await end((await workersNamed(page, 'sluice-analysis'))[0]);
  await end((await workersNamed(page, 'sluice-store'))[0]);
  await expectRuns(page);
  await openFiles(page, [await writeFigures()]);
  await confirmImport(page);
  await expect(sources(page)).toContainText('2 rows');
  await expect(notices(page)).toBeHidden();
});

async function writeFigures(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-figures-'));
  await writeFile(join(folder, 'figures.csv'), 'region,amount\nnorth,1\nsouth,2\n');
  return join(folder, 'figures.csv');
}

test('out of memory is an error of the cell; a broken engine is replaced', async ({ page }) => {
  await page.goto('/');
  await makeNotebook(page);
  const huge = "SELECT a.range AS x, repeat('x', 2000) || b.range AS y FROM range(3000) a, range(3000) b";
  await writeSql(page, 'cell_1', huge);
  await runCell(page, 'cell_1');
  const problem = cell(page, 'cell_1').getByRole('group', { name: 'Problem' });
  await expect(problem).toContainText('ran out of memory', { timeout: 90_000 });
  await expect(problem).toContainText('fewer rows or columns');
  await writeSql(page, 'cell_1', 'SELECT count(*) AS n FROM users');
  await expectRuns(page);
  await expectReplaced(
    page,
    async () => {
      // The engine's own memory is overwritten: what it does next is a trap of the WebAssembly machine.
      const [host] = await workersNamed(page, 'sluice-duckdb');
      await host?.evaluate(() => {
        const bindings = Reflect.get(globalThis, 'DUCKDB_BINDINGS') as { mod: { HEAPU8: Uint8Array } };
        bindings.mod.HEAPU8.fill(0xff);
      });
      await runCell(page, 'cell_1');
    },
    'a trap in the engine',
  );
  await expectRuns(page);
});

test('the engine of a check that ends is said so, and the next check passes', async ({ page }) => {
  await startNotebook(page);
  await addPublication(page);
  await expect(sources(page)).toContainText('40 rows', { timeout: 60_000 });
  const started = page.waitForEvent('worker', (worker) => worker.url().includes('engine.worker'));
  await publishCell(page).getByRole('button', { name: 'Check' }).click();
  await end(await started);
  const problem = publishCell(page).getByRole('group', { name: 'Problem' });
  await expect(problem).toContainText('engine has stopped', { timeout: 60_000 });
  await expect(problem).toContainText('Check again');
  await publishCell(page).getByRole('button', { name: 'Check' }).click();
  await expect(publication(page).getByRole('heading', { name: 'Passed' })).toBeVisible({ timeout: 60_000 });
});

test('a run and a check asked for during an import wait for its end', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-large-'));
  const large = join(folder, 'large.csv');
  await writeLargeCsv(large, 48);
  await startNotebook(page);
  await addCell(page, 'SQL cell');
  await writeSql(page, 'cell_1', 'SELECT id % 7 AS day, count(*) AS n FROM large GROUP BY day');
  await addCell(page, 'publish cell');
  await publishCell(page).getByLabel('Namespace').fill('ops');
  await publishCell(page).getByLabel('Module').fill('days');
  await publishCell(page).getByLabel('Relation to publish').selectOption('cell_1');
  await openFiles(page, [large]);
  await confirmImport(page);
  await runCell(page, 'cell_1');
  await publishCell(page).getByRole('button', { name: 'Check' }).click();
  await expect(sources(page).getByRole('progressbar')).toBeVisible();
  await expect(publication(page).getByRole('heading', { name: /Passed|Blocked/ })).toBeVisible({
    timeout: 90_000,
  });
  await publication(page).getByRole('button', { name: 'Back to the notebook' }).click();
  await expect(cell(page, 'cell_1')).toContainText('done');
  await rm(folder, { recursive: true });
});
