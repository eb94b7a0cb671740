// Builds the publisher's document: one file with its script, style and policy inside, so that it needs nothing else.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILE_NAME = 'publisher.html';

function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Text that ends no script or style element early, and has the line ends that a browser hashes. */
function inlined(text, element) {
  const plain = text.replaceAll('\r\n', '\n').trim();
  if (element === 'script') return plain.replaceAll(/<(\/script|!--)/gi, '\\x3c$1');
  if (/<\/style/i.test(plain)) throw new Error('The style would end its own element.');
  return plain;
}

async function bundle() {
  const built = await build({ configFile: join(ROOT, 'vite.publisher.config.ts'), logLevel: 'warn' });
  const { output } = Array.isArray(built) ? built[0] : built;
  const chunks = output.filter((part) => part.type === 'chunk');
  const styles = output.filter((part) => part.fileName.endsWith('.css'));
  const others = output.filter((part) => part.type === 'asset' && !styles.includes(part));
  const imported = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  const isWhole = chunks.length === 1 && imported.every((name) => name === chunks[0].fileName);
  if (!isWhole || others.length > 0) {
    const names = output.map((part) => part.fileName).join(', ');
    throw new Error(`The publisher must be one script without imports, but these were built: ${names}`);
  }
  return {
    script: inlined(chunks[0].code, 'script'),
    style: inlined(styles.map((part) => String(part.source)).join('\n'), 'style'),
  };
}

function documentOf({ script, style, icon }) {
  const scriptHash = hashOf(script);
  const policy = [
    "default-src 'none'",
    `script-src '${scriptHash}' 'wasm-unsafe-eval'`,
    `style-src '${hashOf(style)}'`,
    'connect-src https: http://127.0.0.1:*',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <title>Sluice publisher</title>
    <link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}" />
    <style>${style}</style>
  </head>
  <body>
    <noscript>The publisher needs JavaScript.</noscript>
    <script type="module">${script}</script>
  </body>
</html>
`;
  return { html, scriptHash };
}

/**
 * Writes `publisher.html` into a folder.
 * @param {{ outDir: string }} options
 * @returns {Promise<{ path: string, scriptHash: string, sizeBytes: number, gzipBytes: number }>} `scriptHash` as a CSP
 *   source without quotes, e.g. `sha256-…`
 */
export async function buildPublisher({ outDir }) {
  const icon = await readFile(join(ROOT, 'static/icon.svg'), 'utf8');
  const { html, scriptHash } = documentOf({ ...(await bundle()), icon });
  await mkdir(outDir, { recursive: true });
  const path = join(outDir, FILE_NAME);
  await writeFile(path, html);
  const bytes = Buffer.from(html);
  return { path, scriptHash, sizeBytes: bytes.byteLength, gzipBytes: gzipSync(bytes).byteLength };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, sizeBytes, gzipBytes } = await buildPublisher({
    outDir: process.argv[2] ?? join(ROOT, 'build'),
  });
  const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(`${path}: ${inKilobytes(sizeBytes)}, ${inKilobytes(gzipBytes)} compressed`);
}
