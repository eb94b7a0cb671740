// A folder of the file system as a destination; must not know what is kept in it.
import { copyFile, link, lstat, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fail, succeed } from '../lib/base/result.ts';
import type { Problem, Result } from '../lib/base/result.ts';
import { isSafePath } from '../lib/module/paths.ts';
import { cancelled } from '../lib/publish/destination.ts';
import type { Destination, StoredObject, WriteOptions } from '../lib/publish/destination.ts';

/** Files of this process that are not yet whole. */
const PARTIAL = /\.sluice-partial-[0-9a-f]+$/;

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EPERM: 'it is not permitted',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
};

function failure(verb: string, path: string, cause: unknown): Problem {
  const code = codeOf(cause);
  return {
    code: 'destination-failed',
    message: `${path} could not be ${verb}: ${REASONS[code] ?? `the system says ${code}`}.`,
    hint: 'Check the folder, its permissions and the space left.',
  };
}

function unsafe(path: string): Result<never> {
  return fail({
    code: 'destination-path',
    message: `“${path}” does not stay below the destination's folder.`,
    hint: 'Use names of letters, digits, “-” and “_”.',
  });
}

async function* walk(folder: string): AsyncGenerator<string, void, undefined> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (!PARTIAL.test(entry.name)) yield path;
  }
}

async function listFiles(root: string, prefix: string): Promise<readonly StoredObject[]> {
  const objects: StoredObject[] = [];
  const folder = join(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
  for await (const file of walk(folder)) {
    const path = relative(root, file).split(sep).join('/');
    if (path.startsWith(prefix)) objects.push({ path, sizeBytes: (await lstat(file)).size });
  }
  return objects.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `link` never replaces; where the file system has no links, an exclusive copy does the same, though not at once. */
async function placeIfAbsent(partial: string, file: string): Promise<void> {
  try {
    await link(partial, file);
  } catch (cause) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(codeOf(cause))) throw cause;
    await copyFile(partial, file, constants.COPYFILE_EXCL);
  }
}

/** @throws with `ENOTDIR` where a part of the path is a file, which the system calls `EEXIST`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw codeOf(cause) === 'EEXIST' ? Object.assign(new Error('not a folder'), { code: 'ENOTDIR' }) : cause;
  }
}

async function fill(handle: FileHandle, body: Uint8Array | Blob, options: WriteOptions): Promise<void> {
  let done = 0;
  const chunks = body instanceof Blob ? body.stream() : [body];
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted();
    await handle.writeFile(chunk);
    done += chunk.byteLength;
    options.onProgress?.(done);
  }
  await handle.sync();
}

/** Written beside its place and put there whole: by `link`, which never replaces, or by `rename`, which does. */
async function writeWhole(file: string, body: Uint8Array | Blob, options: WriteOptions): Promise<void> {
  options.signal?.throwIfAborted();
  await makeFolder(dirname(file));
  const partial = `${file}.sluice-partial-${crypto.randomUUID().replaceAll('-', '')}`;
  const handle = await open(partial, 'wx');
  try {
    await fill(handle, body, options);
  } catch (cause) {
    await unlink(partial).catch(() => undefined);
    throw cause;
  } finally {
    await handle.close();
  }
  try {
    if (!options.ifAbsent) return await rename(partial, file);
    await placeIfAbsent(partial, file);
    await unlink(partial);
  } catch (cause) {
    await unlink(partial).catch(() => undefined);
    throw cause;
  }
}

/** Objects are files below `root`, which is made when first written to. Paths that would leave it are refused. */
export function createFolderDestination(root: string): Destination {
  const base = resolve(root);
  return {
    async list(prefix) {
      if (prefix !== '' && !isSafePath(prefix.replace(/\/$/, ''))) return unsafe(prefix);
      try {
        return succeed(await listFiles(base, prefix));
      } catch (cause) {
        return codeOf(cause) === 'ENOENT'
          ? succeed([])
          : fail(failure('listed', prefix === '' ? base : prefix, cause));
      }
    },
    async read(path) {
      if (!isSafePath(path)) return unsafe(path);
      try {
        return succeed(new Uint8Array(await readFile(join(base, path))));
      } catch (cause) {
        if (!['ENOENT', 'ENOTDIR'].includes(codeOf(cause))) return fail(failure('read', path, cause));
        return fail({
          code: 'destination-missing',
          message: `There is no ${path}.`,
          hint: 'Check the path.',
        });
      }
    },
    async write(path, body, options) {
      if (!isSafePath(path)) return unsafe(path);
      try {
        await writeWhole(join(base, path), body, options);
        return succeed(null);
      } catch (cause) {
        if (options.signal?.aborted === true) return fail(cancelled(path));
        if (codeOf(cause) !== 'EEXIST') return fail(failure('written', path, cause));
        return fail({
          code: 'destination-exists',
          message: `${path} is there already.`,
          hint: 'Choose another version.',
        });
      }
    },
    describe: (path) => join(base, path),
  };
}
