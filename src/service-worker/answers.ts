// Answers with the isolation headers on every one of them; must not know where the bytes come from.
import { isolationHeadersFor, publisherHeaders } from '../../scripts/isolation-headers.mjs';
import type { OwnPage, PrecachedDocument, PrecachedFile } from './precache.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
  png: 'image/png',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  woff2: 'font/woff2',
};

function contentTypeOf(path: string): string {
  return CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

export function answerFile(file: PrecachedFile, bytes: ArrayBuffer): Response {
  const type = contentTypeOf(file.path);
  return new Response(bytes, {
    headers: {
      ...isolationHeadersFor(type),
      'Content-Type': type,
      'Content-Length': String(bytes.byteLength),
      'Cache-Control': 'no-cache',
    },
  });
}

function answerHtml(
  body: BodyInit,
  status: number,
  scriptHashes: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Response {
  const headers = { ...isolationHeadersFor('text/html', scriptHashes), ...more };
  return new Response(body, {
    status,
    headers: { 'Cache-Control': 'no-cache', ...headers, 'Content-Type': 'text/html; charset=utf-8' },
  });
}

export function answerDocument(file: PrecachedDocument, bytes: ArrayBuffer): Response {
  return answerHtml(bytes, 200, file.scriptHashes);
}

/** @param home path of the app's own page */
export function answerOwnPage(page: OwnPage, status: number, home: string): Response {
  return answerHtml(page.html.replaceAll('%home%', home), status, page.scriptHashes, {
    'Cache-Control': 'no-store',
  });
}

/** The one document with another policy: it may talk to object stores, and shares nothing with the app's windows. */
export function answerPublisher(file: PrecachedDocument, bytes: ArrayBuffer): Response {
  const headers = publisherHeaders(...file.scriptHashes);
  return new Response(bytes, { headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' } });
}

/** For scripts, styles and data: a line of text that nothing runs. */
export function answerRefusal(status: number, words: string): Response {
  const type = 'text/plain; charset=utf-8';
  return new Response(words, {
    status,
    headers: { ...isolationHeadersFor(type), 'Content-Type': type, 'Cache-Control': 'no-store' },
  });
}

/** A HEAD request gets the same answer without its body. */
export function withoutBody(answer: Response): Response {
  return new Response(null, { status: answer.status, headers: answer.headers });
}
