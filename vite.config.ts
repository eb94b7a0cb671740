import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { isolationHeaders } from './scripts/isolation-headers-plugin.ts';

export default defineConfig({
  plugins: [sveltekit(), isolationHeaders()],
  worker: { format: 'es' },
  server: { host: '127.0.0.1', fs: { allow: ['.'] } },
  build: { target: 'es2024', assetsInlineLimit: 0 },
});
