// Serves the built app on the loopback interface with the isolation headers on every response, errors included.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { isolationHeadersFor } from './isolation-headers.mjs';

const BUILD = fileURLToPath(new URL('../build', import.meta.url));

function* walk(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Hash sources of the inline scripts of every built document, by URL path. */
function readScriptHashes(build) {
  const hashes = new Map();
  for (const path of walk(build)) {
    if (!path.endsWith('.html')) continue;
    const text = readFileSync(path, 'utf8');
    const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
    const digest = (script) => `sha256-${createHash('sha256').update(script).digest('base64')}`;
    hashes.set(
      relative(build, path).split(sep).join('/'),
      inline.map((match) => digest(match[1])),
    );
  }
  return hashes;
}

function documentOf(urlPath) {
  const clean = urlPath.replace(/^\/+/, '');
  if (clean === '' || clean.endsWith('/')) return `${clean}index.html`;
  return clean.endsWith('.html') ? clean : `${clean}.html`;
}

function setAll(response, headers) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Starts the server; answers its address and a way to stop it. */
export function startServer({ port = 4173, host = '127.0.0.1', build = BUILD } = {}) {
  const hashes = readScriptHashes(build);
  const files = sirv(build, {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders(response, pathname) {
      const immutable = pathname.includes('/immutable/');
      response.setHeader('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const server = createServer((request, response) => {
    // Before any file is looked for: an answer of 304 must carry the same policy, or it replaces that of the cached page.
    const pathname = (request.url ?? '/').split('?')[0].replace(/^[/\\]+/, '/');
    // A range that ends before it begins would throw inside the file server.
    delete request.headers.range;
    const scripts = hashes.get(documentOf(pathname));
    const isAsset = !scripts && /\.\w+$/.test(pathname);
    setAll(response, isolationHeadersFor(isAsset ? 'application/octet-stream' : 'text/html', scripts));
    request.url = pathname;
    files(request, response, () => {
      response.statusCode = 404;
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.end(
        '<!doctype html><title>Not found</title><p>There is no such page. <a href="/">Open Sluice</a></p>',
      );
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: actual } = server.address();
      resolve({ url: `http://${host}:${actual}/`, stop: () => new Promise((done) => server.close(done)) });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.env.PORT ?? 4173);
  const { url } = await startServer({ port });
  console.log(`Sluice is served at ${url}`);
}
