// Builds the bench page apart from the app, with the app's own build settings; must not know what the page measures.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** @param folder where the built page goes; emptied before */
export async function buildBenchPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: fileURLToPath(new URL('./page', import.meta.url)),
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      target: 'es2024',
      assetsInlineLimit: 0,
      outDir: folder,
      emptyOutDir: true,
      chunkSizeWarningLimit: 10_000,
    },
  });
}
