// Builds the publisher's one script and one style apart from the app; `scripts/build-publisher.mjs` joins them.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [svelte({ configFile: false })],
  build: {
    target: 'es2024',
    write: false,
    sourcemap: false,
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: 'src/publisher/publisher.ts',
      output: { format: 'es', codeSplitting: false },
    },
  },
});
