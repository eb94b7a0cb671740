// Serves the built app on the loopback interface with the isolation headers on every response, errors included.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';
import { listFiles, scriptHashesOf } from './built-files.mjs';
import { isolationHeadersFor, publisherHeaders } from './isolation-headers.mjs';

const BUILD = fileURLToPath(new URL('../build', import.meta.url));
const PUBLISHER = 'publisher.html';

/** Hash sources of the inline scripts of every built document, by path. */
function readScriptHashes(build) {
  const documents = listFiles(build).filter((path) => path.endsWith('.html'));
  return new Map(documents.map((path) => [path, scriptHashesOf(readFileSync(join(build, path), 'utf8'))]));
}

function documentOf(path) {
  if (path === '' || path.endsWith('/')) return `${path}index.html`;
  return path.endsWith('.html') ? path : `${path}.html`;
}

function setAll(response, headers) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** The policy of what lies (or does not lie) at a path. */
function headersFor(path, hashes) {
  const file = documentOf(path);
  const scripts = hashes.get(file);
  if (scripts && file === PUBLISHER) return publisherHeaders(...scripts);
  const isAsset = !scripts && /\.\w+$/.test(path);
  return isolationHeadersFor(isAsset ? 'application/octet-stream' : 'text/html', scripts);
}

function answerNotFound(response, base) {
  response.statusCode = 404;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(
    `<!doctype html><title>Not found</title><p>There is no such page. <a href="${base}">Open Sluice</a></p>`,
  );
}

function makeFileServer(build, hasHeaders) {
  return sirv(build, {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders(response, pathname) {
      if (response.getHeader('Cache-Control')) return;
      // Without headers of ours this stands for a plain host of static files, which lets browsers keep them for a while.
      const own = pathname.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('Cache-Control', hasHeaders ? own : 'public, max-age=600');
      if (pathname.endsWith('.document')) response.setHeader('Content-Type', 'application/octet-stream');
    },
  });
}

function makeHandler({ build, base, hasHeaders }) {
  const hashes = readScriptHashes(build);
  const files = makeFileServer(build, hasHeaders);
  return (request, response) => {
    const pathname = (request.url ?? '/').split('?')[0].replace(/^[/\\]+/, '/');
    const isInside = pathname.startsWith(base);
    const path = isInside ? pathname.slice(base.length) : '';
    // A range that ends before it begins would throw inside the file server.
    delete request.headers.range;
    // Before any file is looked for: an answer of 304 must carry the same policy, or it replaces that of the cached page.
    if (hasHeaders) setAll(response, isInside ? headersFor(path, hashes) : isolationHeadersFor('text/html'));
    if (`${pathname}/` === base) {
      response.writeHead(308, { Location: base }).end();
      return;
    }
    if (!isInside) return answerNotFound(response, base);
    request.url = `/${path}`;
    files(request, response, () => answerNotFound(response, base));
  };
}

/**
 * Starts the server.
 * @param {{ port?: number, host?: string, build?: string, base?: string, hasHeaders?: boolean }} options `base` is the
 *   path of the app, with a slash at both ends; without headers it serves as a plain host of static files would
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} address of the app, and the way to stop it
 */
export function startServer({
  port = 4173,
  host = '127.0.0.1',
  build = BUILD,
  base = '/',
  hasHeaders = true,
} = {}) {
  const server = createServer(makeHandler({ build, base, hasHeaders }));
  return new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(port, host, () => {
      const { port: actual } = server.address();
      const stop = () =>
        new Promise((stopped) => {
          server.close(stopped);
          server.closeAllConnections();
        });
      done({ url: `http://${host}:${actual}${base}`, stop });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      base: { type: 'string', default: '/' },
      build: { type: 'string', default: BUILD },
      'no-headers': { type: 'boolean', default: false },
    },
  });
  const { url } = await startServer({
    port: Number(process.env.PORT ?? 4173),
    base: `/${values.base.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/'),
    build: resolve(values.build),
    hasHeaders: !values['no-headers'],
  });
  console.log(`Sluice is served at ${url}`);
}
