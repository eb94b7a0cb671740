// The engine contract in a real Chromium, once isolated (threads) and once not; the store, and the session's reactive classes.
import { existsSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const executablePath = [process.env.SLUICE_CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

function inChromium(name: string, include: string, headers: Record<string, string>): ViteUserConfig {
  return {
    server: { headers },
    worker: { format: 'es' },
    optimizeDeps: {
      include: [
        'comlink',
        'idb',
        'hash-wasm',
        'apache-arrow',
        '@duckdb/duckdb-wasm',
        'parquet-wasm/esm',
        '@lucide/svelte/icons/x',
      ],
    },
    test: {
      name,
      include: [include],
      testTimeout: 60_000,
      hookTimeout: 90_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            ...(executablePath === undefined ? {} : { executablePath }),
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
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      inChromium('isolated', 'tests/contract/engine.isolated.browser.test.ts', ISOLATION),
      inChromium('plain', 'tests/contract/engine.plain.browser.test.ts', {}),
      inChromium('store', 'tests/unit/{base,publish,store}/*.browser.test.ts', ISOLATION),
      {
        ...inChromium('session', 'tests/unit/session/*.browser.test.ts', ISOLATION),
        plugins: [svelte()],
      },
    ],
  },
});
