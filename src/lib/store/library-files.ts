// Files of the browser's own module library, in OPFS below `library/`; must not know what a module is.
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { findFile, hasFile, isMissing, openFolder, writeWhole } from './private-files.ts';
import { storageProblem } from './storage-problem.ts';

const LIBRARY_FOLDER = 'library';

export interface LibraryFile {
  /** Path below the library, `/` as separator. */
  readonly path: string;
  readonly sizeBytes: number;
}

export interface LibraryWriteOptions {
  readonly ifAbsent: boolean;
  /** Called once, with the whole size, when the file is in place. */
  readonly onProgress?: (bytesDone: number) => void;
  /** Looked at before the file is begun. */
  readonly signal?: AbortSignal;
}

/** The segments of a path, or null where it is empty, absolute, climbs (`..`) or holds what no file name may hold. */
export function splitPath(path: string): readonly string[] | null {
  const segments = path.split('/');
  return segments.every(isSegment) ? segments : null;
}

function isSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[\\\p{Cc}]/u.test(segment);
}

/** Every file whose path starts with `prefix` (a plain text), sorted by path in UTF-16 code units. */
export async function listLibraryFiles(prefix: string): Promise<Result<readonly LibraryFile[]>> {
  const folders = prefix.split('/').slice(0, -1);
  if (!folders.every(isSegment)) return fail(pathProblem(prefix));
  const found: LibraryFile[] = [];
  try {
    const start = await openFolder([LIBRARY_FOLDER, ...folders], false);
    await collect(start, folders.map((folder) => `${folder}/`).join(''), prefix, found);
  } catch (error) {
    if (!isMissing(error)) return fail(storageProblem(error, 'The library could not be listed'));
  }
  return succeed(found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)));
}

async function collect(
  folder: FileSystemDirectoryHandle,
  path: string,
  prefix: string,
  found: LibraryFile[],
): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    const inner = path + name;
    if (handle.kind === 'directory') {
      const isOnTheWay = inner.startsWith(prefix) || prefix.startsWith(`${inner}/`);
      if (isOnTheWay) await collect(handle as FileSystemDirectoryHandle, `${inner}/`, prefix, found);
    } else if (inner.startsWith(prefix)) {
      const file = await findFile(folder, name);
      if (file) found.push({ path: inner, sizeBytes: file.size });
    }
  }
}

/** `destination-missing` where there is no such file. */
export async function readLibraryFile(path: string): Promise<Result<Uint8Array>> {
  const place = splitPath(path);
  if (!place) return fail(pathProblem(path));
  try {
    const folder = await openFolder([LIBRARY_FOLDER, ...place.slice(0, -1)], false);
    const file = await findFile(folder, place.at(-1) ?? '');
    return file ? succeed(new Uint8Array(await file.arrayBuffer())) : fail(missingProblem(path));
  } catch (error) {
    return fail(
      isMissing(error) ? missingProblem(path) : storageProblem(error, `“${path}” could not be read`),
    );
  }
}

/**
 * Writes a whole file: readers see the old one, or none, until the new one is complete. Two writers of one path, in
 * any tabs, come one after the other. `destination-exists` where it is there already and `ifAbsent` is set.
 */
export async function writeLibraryFile(
  path: string,
  body: Uint8Array | Blob,
  { ifAbsent, onProgress, signal }: LibraryWriteOptions,
): Promise<Result<null>> {
  const place = splitPath(path);
  if (!place) return fail(pathProblem(path));
  if (signal?.aborted === true) return fail(cancelledProblem(path));
  try {
    return await navigator.locks.request(`sluice-library:${path}`, async () => {
      const folder = await openFolder([LIBRARY_FOLDER, ...place.slice(0, -1)], true);
      const name = place.at(-1) ?? '';
      if (ifAbsent && (await hasFile(folder, name))) return fail(existsProblem(path));
      await writeWhole(folder, name, body);
      onProgress?.(body instanceof Blob ? body.size : body.byteLength);
      return succeed(null);
    });
  } catch (error) {
    return fail(
      isMissing(error) ? clashProblem(path) : storageProblem(error, `“${path}” could not be written`),
    );
  }
}

/** Removes a file or a folder with all in it; does nothing where it is missing. For undoing and for “delete everything”. */
export async function removeLibraryFiles(path: string): Promise<Result<null>> {
  const place = splitPath(path);
  if (!place) return fail(pathProblem(path));
  try {
    const folder = await openFolder([LIBRARY_FOLDER, ...place.slice(0, -1)], false);
    await folder.removeEntry(place.at(-1) ?? '', { recursive: true });
  } catch (error) {
    if (!isMissing(error)) return fail(storageProblem(error, `“${path}” could not be removed`));
  }
  return succeed(null);
}

function pathProblem(path: string) {
  return {
    code: 'destination-path',
    message: `“${path}” is no path within the library.`,
    hint: 'Use names and single slashes only, without “.” and “..”.',
  };
}

function missingProblem(path: string) {
  return {
    code: 'destination-missing',
    message: `There is no “${path}” in the library.`,
    hint: 'It may have been removed: look at the list of modules.',
  };
}

function existsProblem(path: string) {
  return {
    code: 'destination-exists',
    message: `“${path}” is in the library already, and what is published never changes.`,
    hint: 'Publish the next version.',
  };
}

function cancelledProblem(path: string) {
  return {
    code: 'destination-cancelled',
    message: `Writing “${path}” was cancelled.`,
    hint: 'Publish again to go on.',
  };
}

function clashProblem(path: string) {
  return {
    code: 'destination-failed',
    message: `“${path}” cannot be written: a file and a folder would have the same name.`,
    hint: 'Choose another namespace or module name.',
  };
}
