// Brings a fresh checkout to where the app and its tests can run; plain JavaScript for any Node from 18 on.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(ROOT, '.cache');
const BIN = join(ROOT, 'node_modules', '.bin');
const isWindows = process.platform === 'win32';

/** Environment in which the pinned Node and the project's own tools come first. */
export function projectEnvironment(extra = {}) {
  return { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}`, ...extra };
}

/** Runs a tool of the project and ends this process with its exit code when it fails. */
export function runTool(command, args, extra = {}) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: projectEnvironment(extra),
    shell: isWindows,
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

function digestOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function readStamp(name) {
  const path = join(CACHE, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function writeStamp(name, text) {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, name), text);
}

/** Installs what the lock file names, unless that is what is installed already. */
export function ensureDependencies() {
  const wanted = digestOf(join(ROOT, 'package-lock.json'));
  const installed = existsSync(join(BIN, isWindows ? 'vite.cmd' : 'vite'));
  if (!installed || readStamp('dependencies') !== wanted) {
    console.log('Installing what the project needs (once) …');
    // Not `npm ci`: it refuses a lock file made where other platforms' optional binaries could not be listed.
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      stdio: 'inherit',
      shell: isWindows,
    });
    writeStamp('dependencies', wanted);
  }
  const version =
    spawnSync('node', ['--version'], { env: projectEnvironment(), shell: isWindows }).stdout?.toString() ??
    '';
  if (Number(version.slice(1).split('.')[0]) < 24) {
    console.error(
      `Sluice needs Node 24; found ${version.trim() || 'none'}. Install Node 24 and run the command again.`,
    );
    process.exit(2);
  }
}

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else yield path;
  }
}

function sourceDigest() {
  const hash = createHash('sha256');
  const single = [
    'package.json',
    'package-lock.json',
    'svelte.config.js',
    'vite.config.ts',
    'vite.publisher.config.ts',
  ].map((name) => join(ROOT, name));
  const folders = ['src', 'workers', 'sql-macros', 'static', 'scripts']
    .map((name) => join(ROOT, name))
    .filter((path) => existsSync(path));
  const paths = [...single, ...folders.flatMap((folder) => [...sourceFiles(folder)])].sort();
  for (const path of paths)
    if (statSync(path).isFile()) hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  return hash.digest('hex');
}

/** Builds the app, unless the build in place was made from these very sources. */
export function ensureBuild() {
  const wanted = sourceDigest();
  if (existsSync(join(ROOT, 'build', 'service-worker.js')) && readStamp('build') === wanted) return;
  console.log('Building the app …');
  runTool('vite', ['build', '--logLevel', 'warn']);
  runTool('node', ['scripts/finish-build.mjs']);
  writeStamp('build', wanted);
}

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/**
 * Finds a Chromium for the tests, or installs one: Playwright's own, else the Debian package.
 * @returns {string} path of the browser, empty for Playwright's own
 */
export function ensureBrowser() {
  const named = process.env.SLUICE_CHROMIUM;
  if (named) return named;
  const found = BROWSERS.find((path) => existsSync(path));
  if (found) return found;
  console.log('Installing a browser for the tests (once) …');
  const own = spawnSync('playwright', ['install', 'chromium'], {
    cwd: ROOT,
    stdio: 'inherit',
    env: projectEnvironment(),
    shell: isWindows,
  });
  if (own.status === 0) return '';
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      stdio: 'inherit',
    });
    const installed = BROWSERS.find((path) => existsSync(path));
    if (installed) return installed;
  }
  console.error('No Chromium could be found or installed. Install one and name it in SLUICE_CHROMIUM.');
  return process.exit(2);
}
