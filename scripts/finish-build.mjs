// What follows `vite build`: the app's page is laid aside, the boot page takes its place, and a service worker that
// knows every file of the build by its digest is written beside it. Can be repeated on a folder that was changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPublisher } from './build-publisher.mjs';
import { describeFile, listFiles, scriptHashesOf, sourceHashOf } from './built-files.mjs';
import { bundleScript } from './bundle-script.mjs';

const BUILD = fileURLToPath(new URL('../build', import.meta.url));
const sourcePath = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));
const readSource = (path) => readFileSync(sourcePath(path), 'utf8').trim();

/** The app's page under a name that no host takes for a document: only the service worker makes one of it. */
const APP_DOCUMENT = 'app.document';
const PUBLISHER = 'publisher.html';
const WORKER = 'service-worker.js';

/** Fills a page of `src/boot/`; `$` in what is filled in stands for itself. */
function fillPage(values) {
  return readSource('boot/page.html').replace(/%(\w+)%/g, (_, name) => values[name] ?? `%${name}%`);
}

async function makePage({ title, content, icon, script = null, policy = () => '' }) {
  const style = readSource('boot/page.css');
  const code = script === null ? '' : (await bundleScript(sourcePath(script))).trim();
  const html = fillPage({
    title,
    icon,
    content: readSource(content),
    style: `<style>${style}</style>`,
    script: code === '' ? '' : `<script>${code}</script>`,
    policy: policy(code, style),
  });
  return { html, scriptHashes: scriptHashesOf(html) };
}

/** On hosts that send no headers this tag is all the policy that the first page has. */
function bootPolicy(script, style) {
  const policy = [
    "default-src 'none'",
    `script-src '${sourceHashOf(script)}'`,
    `style-src '${sourceHashOf(style)}'`,
    "worker-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="content-security-policy" content="${policy.join('; ')}" />`;
}

function makeBootPage() {
  return makePage({
    title: 'Sluice',
    content: 'boot/boot.html',
    icon: './icon.svg',
    script: 'boot/boot.ts',
    policy: bootPolicy,
  });
}

/** Pages that the worker answers out of itself; `%home%` is the address of the app. */
async function makeOwnPages() {
  const page = (title, name, script = null) =>
    makePage({ title: `${title} – Sluice`, content: `boot/${name}.html`, icon: '%home%icon.svg', script });
  return {
    notFound: await page('No such page', 'not-found'),
    otherVersion: await page('New version', 'other-version', 'boot/update.ts'),
    noNetwork: await page('A part is missing', 'no-network'),
    publisherOffline: await page('No network', 'publisher-offline'),
  };
}

/** The engine is large and not needed to show the app; without isolation there would be no threads, and `eh` instead of `coi`. */
function groupOf(path) {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^duckdb-(browser-)?eh\b/.test(name)) return 'spare';
  return name.endsWith('.wasm') || name.startsWith('duckdb-') ? 'engine' : 'shell';
}

function describeDocument(build, path) {
  const scriptHashes = scriptHashesOf(readFileSync(join(build, path), 'utf8'));
  return { ...describeFile(build, path), group: 'shell', scriptHashes };
}

async function describeBuild(build) {
  const outside = new Set(['index.html', WORKER, PUBLISHER]);
  const files = listFiles(build)
    .filter((path) => !outside.has(path))
    .map((path) => ({ ...describeFile(build, path), group: groupOf(path) }));
  const publisher = existsSync(join(build, PUBLISHER)) ? describeDocument(build, PUBLISHER) : null;
  const all = publisher ? [...files, publisher] : files;
  const version = createHash('sha256');
  for (const { path, sha256 } of all) version.update(`${path}\n${sha256}\n`);
  return {
    version: version.digest('hex').slice(0, 16),
    app: describeDocument(build, APP_DOCUMENT),
    publisher,
    files,
    pages: await makeOwnPages(),
  };
}

/**
 * Finishes a folder that `vite build` has written, or one that was finished before and then changed.
 * @returns {Promise<{ version: string, fileCount: number, shellBytes: number, totalBytes: number }>}
 */
export async function finishBuild(build = BUILD) {
  const index = join(build, 'index.html');
  if (!existsSync(join(build, APP_DOCUMENT))) renameSync(index, join(build, APP_DOCUMENT));
  writeFileSync(index, (await makeBootPage()).html);
  if (!existsSync(join(build, PUBLISHER))) await buildPublisher({ outDir: build });
  const precache = await describeBuild(build);
  const worker = await bundleScript(sourcePath('service-worker/worker.ts'), {
    SLUICE_PRECACHE: JSON.stringify(precache),
  });
  writeFileSync(join(build, WORKER), worker);
  const sum = (files) => files.reduce((bytes, file) => bytes + file.sizeBytes, 0);
  return {
    version: precache.version,
    fileCount: precache.files.length,
    shellBytes: sum(precache.files.filter((file) => file.group === 'shell')),
    totalBytes: sum(precache.files.filter((file) => file.group !== 'spare')),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, fileCount, shellBytes, totalBytes } = await finishBuild();
  const inMegabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `Version ${version}: ${fileCount} files, ${inMegabytes(shellBytes)} before the first start, ${inMegabytes(totalBytes)} in all.`,
  );
}
