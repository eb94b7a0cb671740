// A Chromium with a profile of its own that outlives it: to be killed, and started again over what it left.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, test, type BrowserContext, type LaunchOptions, type Page } from '@playwright/test';

export interface OwnBrowser {
  readonly context: BrowserContext;
  readonly page: Page;
  /** SIGKILL to the browser's main process and to each of its children, as the browser itself lists them. */
  kill(): Promise<void>;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function listProcesses(context: BrowserContext): Promise<readonly number[]> {
  const browser = context.browser();
  if (browser === null) throw new Error('this Playwright does not tell the browser of a persistent context');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const mainFirst = [...processInfo].sort((a) => (a.type === 'browser' ? -1 : 1));
  return mainFirst.map((process) => process.id);
}

/** Starts Chromium over `profile` and opens the app in it. */
export async function openBrowser(profile: string, path = '/'): Promise<OwnBrowser> {
  const { launchOptions, baseURL } = test.info().project.use;
  const context = await chromium.launchPersistentContext(profile, {
    ...(launchOptions as LaunchOptions),
    viewport: { width: 1440, height: 900 },
    ...(baseURL ? { baseURL } : {}),
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(path);
  return {
    context,
    page,
    async kill() {
      const pids = await listProcesses(context);
      for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      for (let tries = 0; tries < 100 && pids.some(isAlive); tries += 1) await sleep(20);
      await context.close().catch(() => undefined);
    },
  };
}

/** A profile folder for one test; the answer removes it. */
export async function makeProfile(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'sluice-profile-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
