import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const named = process.env['SLUICE_CHROMIUM'] ?? '/usr/bin/chromium';
const executablePath = existsSync(named) ? named : undefined;

/** Another one where two working copies are tested side by side. */
const port = process.env['SLUICE_TEST_PORT'] ?? '4273';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 480_000,
  expect: { timeout: 45_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: !!process.env['CI'],
  /** A journey that needs its second try is listed as flaky: a machine under load is told from a defect. */
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    actionTimeout: 90_000,
    trace: 'retain-on-failure',
  },
  webServer: {
    command: 'node scripts/serve.mjs',
    url: `http://127.0.0.1:${port}/`,
    env: { PORT: port },
    reuseExistingServer: false,
  },
});
