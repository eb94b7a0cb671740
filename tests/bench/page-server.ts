// Serves the built bench page on the loopback interface under the app's policies; must not know what the page does.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { isolationHeadersFor } from '../../scripts/isolation-headers.mjs';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};
const ISOLATING = ['Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy'];

function headersOf(type: string, isIsolated: boolean): Record<string, string> {
  const headers = { ...isolationHeadersFor(type), 'Content-Type': type };
  return isIsolated
    ? headers
    : Object.fromEntries(Object.entries(headers).filter(([name]) => !ISOLATING.includes(name)));
}

export interface PageServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param isIsolated whether pages get the headers that give them threads */
export async function servePage(folder: string, isIsolated: boolean): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench');
    const path = normalize(join(folder, pathname.endsWith('/') ? `${pathname}index.html` : pathname));
    try {
      if (!path.startsWith(folder + sep)) throw new Error('outside');
      const bytes = readFileSync(path);
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      const caching = { 'Cache-Control': 'public, max-age=31536000, immutable' };
      response.writeHead(200, {
        ...headersOf(type, isIsolated),
        ...(extname(path) === '.html' ? {} : caching),
      });
      response.end(bytes);
    } catch {
      response.writeHead(404, headersOf('text/html; charset=utf-8', isIsolated)).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
