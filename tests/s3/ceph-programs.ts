// Where the Ceph programs of the test server lie: the system's own, or Debian/Ubuntu packages unpacked without root.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Git-ignored folder of everything the test server keeps on disk. */
export const S3_CACHE = join(PROJECT, '.cache', 's3');
/** The unpacked packages; the folder appears in one rename once it is whole. */
export const CEPH_FOLDER = join(S3_CACHE, 'ceph');
const PROGRAMS = ['radosgw', 'radosgw-admin', 'ceph-mon', 'ceph-osd', 'ceph', 'monmaptool'];

/** The Ceph programs of this machine and what they need to run. */
export interface CephPrograms {
  /** Environment with PATH, library and Python folders. */
  readonly environment: NodeJS.ProcessEnv;
  /** Folder holding `erasure-code`, `compressor` and the like. */
  readonly pluginFolder: string;
  /** Folder of the OSD's object classes. */
  readonly classFolder: string;
  /** The `ceph` command as program and leading arguments. */
  readonly cephCommand: readonly [string, ...string[]];
}

/** Why this machine cannot run the server, or null where it can. */
export function reasonWithoutCeph(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `the S3 test server runs on Linux x86-64 only, and this is ${process.platform} ${process.arch}`;
  if (hasSystemPrograms() || existsSync(CEPH_FOLDER)) return null;
  for (const program of ['apt-get', 'dpkg-deb', 'flock'])
    if (!existsSync(join('/usr/bin', program)))
      return `the S3 test server comes as Debian or Ubuntu packages, and this machine has no ${program}`;
  return null;
}

/**
 * Finds the programs, downloading the packages once (about 65 MB).
 * @throws when the machine cannot run them or the download fails; the message says why
 */
export function findCephPrograms(): CephPrograms {
  const reason = reasonWithoutCeph();
  if (reason !== null) throw new Error(reason);
  if (hasSystemPrograms()) return describePrograms('/');
  if (!existsSync(CEPH_FOLDER)) fetchUnderLock();
  return describePrograms(CEPH_FOLDER);
}

function hasSystemPrograms(): boolean {
  return PROGRAMS.every((program) => existsSync(join('/usr/bin', program)));
}

/** The kernel's lock ends with the process that holds it, so that a killed download never blocks the next. */
function fetchUnderLock(): void {
  const script = fileURLToPath(new URL('fetch-ceph.ts', import.meta.url));
  execFileSync(
    '/bin/sh',
    [
      '-c',
      'mkdir -p "$1" && exec flock "$1/lock" "$2" "$3" "$1" >&2',
      'sh',
      S3_CACHE,
      process.execPath,
      script,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
}

function describePrograms(root: string): CephPrograms {
  const libraryFolders = [...sharedLibraryFolders(root)];
  const pluginFolder = libraryFolders.find((folder) => existsSync(join(folder, 'erasure-code')));
  const classHome = libraryFolders.find((folder) => existsSync(join(folder, 'rados-classes')));
  if (pluginFolder === undefined || classHome === undefined)
    throw new Error(`the Ceph packages in ${root} lack their plugins; delete the folder and try again`);
  const python = ['/usr/bin/python3', join(root, 'usr/bin/python3')].find((path) => existsSync(path));
  if (python === undefined) throw new Error('the S3 test server needs python3, which is not installed');
  const unpacked = {
    PATH: `${join(root, 'usr/bin')}:${process.env['PATH'] ?? ''}`,
    LD_LIBRARY_PATH: libraryFolders.join(':'),
    PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
  };
  return {
    environment: { ...process.env, ...(root === '/' ? {} : unpacked) },
    pluginFolder,
    classFolder: join(classHome, 'rados-classes'),
    cephCommand: [python, join(root, 'usr/bin/ceph')],
  };
}

/** Folders below the usual library roots with shared libraries: two levels, e.g. `usr/lib/x86_64-linux-gnu/ceph`. */
function* sharedLibraryFolders(root: string): Generator<string> {
  const top = ['usr/lib/x86_64-linux-gnu', 'usr/lib', 'lib/x86_64-linux-gnu', 'usr/lib64', 'lib']
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder));
  for (const folder of top) {
    yield folder;
    if (folder.endsWith('lib')) continue;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const inner = join(folder, entry.name);
      if (entry.isDirectory() && holdsLibraries(inner)) yield inner;
    }
  }
  if (existsSync(join(root, 'usr/lib/ceph'))) yield join(root, 'usr/lib/ceph');
}

function holdsLibraries(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.so(\.\d+)*$/.test(name));
}
