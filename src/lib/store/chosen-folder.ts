// Files in a folder of this machine that a person picked (File System Access); must not know what a module is.
import type { Problem, Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { sha256HexOfStream } from '../base/sha256.ts';
import type { LibraryFile } from './library-files.ts';
import { splitPath } from './library-files.ts';
import { findFile, isMissing } from './private-files.ts';
import { storageProblem } from './storage-problem.ts';

/** Files that are not yet whole. */
const PARTIAL = /\.sluice-partial-[0-9a-f]+$/;

/** Up to this size what was written is read again: a folder may be shared, and knows no exclusive creation. */
const READ_AGAIN_BYTES = 1024 * 1024;

export interface ChosenWriteOptions {
  readonly ifAbsent: boolean;
  readonly onProgress?: (bytesDone: number) => void;
  /** Looked at before the file is begun, and before it gets its place. */
  readonly signal?: AbortSignal;
}

async function folderOf(
  root: FileSystemDirectoryHandle,
  segments: readonly string[],
  create: boolean,
): Promise<FileSystemDirectoryHandle> {
  let folder = root;
  for (const segment of segments) folder = await folder.getDirectoryHandle(segment, { create });
  return folder;
}

async function collect(folder: FileSystemDirectoryHandle, path: string, found: LibraryFile[]): Promise<void> {
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === 'directory') {
      await collect(handle as FileSystemDirectoryHandle, `${path}${name}/`, found);
    } else if (!PARTIAL.test(name)) {
      const file = await findFile(folder, name);
      if (file) found.push({ path: path + name, sizeBytes: file.size });
    }
  }
}

/** Every file whose path starts with `prefix`, sorted by path; files that are being written are left out. */
export async function listChosenFiles(
  root: FileSystemDirectoryHandle,
  prefix: string,
): Promise<Result<readonly LibraryFile[]>> {
  const folders = prefix.split('/').slice(0, -1);
  if (folders.length > 0 && !splitPath(folders.join('/'))) return fail(pathProblem(prefix));
  const found: LibraryFile[] = [];
  try {
    const start = await folderOf(root, folders, false);
    await collect(start, folders.map((folder) => `${folder}/`).join(''), found);
  } catch (error) {
    if (!isMissing(error)) return fail(folderProblem(error, root, 'could not be listed'));
    if (!(await isThere(root))) return fail(goneProblem(root));
  }
  const below = found.filter(({ path }) => path.startsWith(prefix));
  return succeed(below.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)));
}

async function isThere(root: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    await root.keys().next();
    return true;
  } catch {
    return false;
  }
}

/** `destination-missing` where there is no such file. */
export async function readChosenFile(
  root: FileSystemDirectoryHandle,
  path: string,
): Promise<Result<Uint8Array>> {
  const place = splitPath(path);
  if (!place) return fail(pathProblem(path));
  try {
    const file = await findFile(await folderOf(root, place.slice(0, -1), false), place.at(-1) ?? '');
    return file ? succeed(new Uint8Array(await file.arrayBuffer())) : fail(missingProblem(root, path));
  } catch (error) {
    if (isMissing(error)) return fail(missingProblem(root, path));
    return fail(folderProblem(error, root, `does not let “${path}” be read`));
  }
}

/** Whether a file has this size and SHA-256 (lower-case hex), in constant memory; a file that is not there has not. */
export async function holdsChosenBytes(
  root: FileSystemDirectoryHandle,
  path: string,
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string },
): Promise<Result<boolean>> {
  const place = splitPath(path);
  if (!place) return fail(pathProblem(path));
  try {
    const file = await findFile(await folderOf(root, place.slice(0, -1), false), place.at(-1) ?? '');
    if (file?.size !== sizeBytes) return succeed(false);
    return succeed((await sha256HexOfStream(file.stream())) === sha256);
  } catch (error) {
    if (isMissing(error)) return succeed(false);
    return fail(folderProblem(error, root, `does not let “${path}” be read`));
  }
}

/**
 * Writes beside the place and moves the whole file there. Two writers in this browser come one after the other; of two
 * on different machines one finds other bytes than its own and gets `destination-exists`. An empty file in the way is
 * what a broken write left, and is replaced.
 */
export async function writeChosenFile(
  root: FileSystemDirectoryHandle,
  path: string,
  body: Uint8Array | Blob,
  options: ChosenWriteOptions,
): Promise<Result<null>> {
  const place = splitPath(path);
  if (!place) return fail(pathProblem(path));
  const blob = body instanceof Blob ? body : new Blob([body as Uint8Array<ArrayBuffer>]);
  try {
    return await navigator.locks.request(`sluice-folder:${root.name}/${path}`, async () => {
      const folder = await folderOf(root, place.slice(0, -1), true);
      return await writeInto(folder, place.at(-1) ?? '', blob, { ...options, root, path });
    });
  } catch (error) {
    return fail(folderProblem(error, root, `does not let “${path}” be written`));
  }
}

interface Placing extends ChosenWriteOptions {
  readonly root: FileSystemDirectoryHandle;
  readonly path: string;
}

async function writeInto(
  folder: FileSystemDirectoryHandle,
  name: string,
  blob: Blob,
  { ifAbsent, onProgress, signal, root, path }: Placing,
): Promise<Result<null>> {
  if (signal?.aborted === true) return fail(cancelledProblem(path));
  const present = await findFile(folder, name);
  if (ifAbsent && present && (present.size > 0 || blob.size === 0)) return fail(existsProblem(root, path));
  const partialName = `${name}.sluice-partial-${crypto.randomUUID().replaceAll('-', '')}`;
  try {
    const partial = await folder.getFileHandle(partialName, { create: true });
    await fill(partial, blob);
    if (isCancelled(signal)) return fail(cancelledProblem(path));
    await place(partial, folder, name);
  } finally {
    await folder.removeEntry(partialName).catch(() => undefined);
  }
  onProgress?.(blob.size);
  const isOurs = !ifAbsent || blob.size > READ_AGAIN_BYTES || (await holds(folder, name, blob));
  return isOurs ? succeed(null) : fail(existsProblem(root, path));
}

/** Asked again after each wait, which a compiler cannot see. */
function isCancelled(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

async function fill(file: FileSystemFileHandle, blob: Blob): Promise<void> {
  const writable = await file.createWritable();
  try {
    await writable.write(blob);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

interface MovableFile {
  move(name: string): Promise<void>;
}

function isMovable(file: object): file is MovableFile {
  return 'move' in file && typeof file.move === 'function';
}

/** Renames; where a browser cannot, the bytes go through a swap file, which takes its place when it is closed. */
async function place(
  partial: FileSystemFileHandle,
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<void> {
  if (isMovable(partial)) {
    try {
      return await partial.move(name);
    } catch (error) {
      if (error instanceof Error && error.name === 'NotAllowedError') throw error;
    }
  }
  const blob = await partial.getFile();
  const isNew = (await findFile(folder, name)) === null;
  try {
    await fill(await folder.getFileHandle(name, { create: true }), blob);
  } catch (error) {
    if (isNew) await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
}

async function holds(folder: FileSystemDirectoryHandle, name: string, blob: Blob): Promise<boolean> {
  const file = await findFile(folder, name);
  if (!file || file.size !== blob.size) return false;
  const [found, written] = [
    new Uint8Array(await file.arrayBuffer()),
    new Uint8Array(await blob.arrayBuffer()),
  ];
  return found.every((byte, index) => byte === written[index]);
}

function folderProblem(error: unknown, root: FileSystemDirectoryHandle, what: string): Problem {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return {
      code: 'folder-permission',
      message: `The browser does not allow access to the folder ${root.name} now.`,
      hint: 'Allow access to it in the publish cell, or choose another folder.',
    };
  if (name === 'NoModificationAllowedError')
    return {
      code: 'destination-failed',
      message: `The folder ${root.name} ${what}: the file or the folder is locked or read-only.`,
      hint: 'Close what uses it, or choose another folder.',
    };
  if (isMissing(error)) return goneProblem(root);
  const problem = storageProblem(error, `The folder ${root.name} ${what}`);
  if (problem.code !== 'storage-full') return { ...problem, code: 'destination-failed' };
  return {
    code: 'destination-failed',
    message: `The folder ${root.name} ${what}: the disk is full.`,
    hint: 'Free some space, or choose another folder. Nothing half-written counts as a version.',
  };
}

function goneProblem(root: FileSystemDirectoryHandle): Problem {
  return {
    code: 'destination-failed',
    message: `The folder ${root.name} is not there any more, or a file stands where a folder is needed.`,
    hint: 'Choose the folder again.',
  };
}

function pathProblem(path: string): Problem {
  return {
    code: 'destination-path',
    message: `“${path}” does not stay below the folder.`,
    hint: 'Use names of letters, digits, “-” and “_”.',
  };
}

function missingProblem(root: FileSystemDirectoryHandle, path: string): Problem {
  return {
    code: 'destination-missing',
    message: `There is no “${path}” in the folder ${root.name}.`,
    hint: 'Look whether it was moved or removed.',
  };
}

function existsProblem(root: FileSystemDirectoryHandle, path: string): Problem {
  return {
    code: 'destination-exists',
    message: `“${path}” is in the folder ${root.name} already, and what is published never changes.`,
    hint: 'Publish the next version.',
  };
}

function cancelledProblem(path: string): Problem {
  return {
    code: 'destination-cancelled',
    message: `Writing “${path}” was cancelled.`,
    hint: 'Publish again to go on.',
  };
}
