// Downloads and unpacks the Ceph packages into a folder, without root; run under a lock by ceph-programs.ts.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd'];

/** apt options: none where the system's package lists serve, else lists of our own. */
function findAptOptions(cache: string): string[] {
  const common = ['-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='];
  if (canResolve(common)) return common;
  console.error('S3 test server: reading the package lists (once) …');
  const state = join(cache, 'apt');
  for (const folder of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(state, folder), { recursive: true });
  const own = [
    ...common,
    ...['-o', `Dir::State=${join(state, 'state')}`, '-o', 'Dir::State::status=/var/lib/dpkg/status'],
    ...['-o', `Dir::Cache=${join(state, 'cache')}`],
  ];
  execFileSync('apt-get', ['update', '-qq', ...own], { stdio: ['ignore', 'ignore', 'inherit'] });
  return own;
}

function canResolve(options: readonly string[]): boolean {
  try {
    return listPackages(options).length > 0;
  } catch {
    return false;
  }
}

/** What an installation would bring, as `name=version`; leaves out what the system has. */
function listPackages(options: readonly string[]): string[] {
  const plan = execFileSync(
    'apt-get',
    ['install', '-s', '--no-install-recommends', ...PACKAGES, ...options],
    {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return [...plan.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)/gm)].map(
    ([, name, version]) => `${name}=${version}`,
  );
}

function download(packages: readonly string[], folder: string, options: readonly string[]): void {
  try {
    execFileSync('apt-get', ['download', '-qq', ...packages, ...options], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    throw new Error(
      'the Ceph packages could not be downloaded: is there a network, and do the package lists need `apt-get update`?',
    );
  }
}

function fetchCeph(cache: string): void {
  const target = join(cache, 'ceph');
  if (existsSync(target)) return;
  const started = Date.now();
  const work = join(cache, 'fetching');
  rmSync(work, { recursive: true, force: true });
  const [archives, root] = [join(work, 'archives'), join(work, 'root')];
  for (const folder of [archives, root]) mkdirSync(folder, { recursive: true });
  const options = findAptOptions(cache);
  const packages = listPackages(options);
  console.error(`S3 test server: downloading Ceph (${packages.length} packages, about 65 MB, once) …`);
  download(packages, archives, options);
  const files = readdirSync(archives).map((name) => join(archives, name));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  for (const file of files) execFileSync('dpkg-deb', ['-x', file, root]);
  renameSync(root, target);
  rmSync(work, { recursive: true, force: true });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.error(`S3 test server: ${(bytes / 1e6).toFixed(0)} MB downloaded and unpacked in ${seconds} s.`);
}

const [, , cache] = process.argv;
if (cache === undefined) throw new Error('fetch-ceph.ts needs the folder to work in.');
try {
  fetchCeph(cache);
} catch (error) {
  console.error(`S3 test server: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
