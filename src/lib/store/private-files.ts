// Folders, whole files and atomic renames in the origin's private file system (OPFS); knows nothing of what they hold.
import { StorageUnavailableError } from './storage-problem.ts';

/** Files being written, out of sight of everything that lists. */
const PARTIAL_FOLDER = 'partial';

/** The folder of that path below the root, made where it is missing and `create` is set. */
export async function openFolder(
  segments: readonly string[],
  create: boolean,
): Promise<FileSystemDirectoryHandle> {
  if (typeof navigator === 'undefined' || typeof navigator.storage?.getDirectory !== 'function') {
    throw new StorageUnavailableError('private files are missing');
  }
  let folder = await navigator.storage.getDirectory();
  for (const segment of segments) folder = await folder.getDirectoryHandle(segment, { create });
  return folder;
}

/** A new empty file under a name of its own; hold `partialLock` of that name while it is written. */
export async function createPartial(name: string): Promise<FileSystemFileHandle> {
  const folder = await openFolder([PARTIAL_FOLDER], true);
  return folder.getFileHandle(name, { create: true });
}

export async function removePartial(name: string): Promise<void> {
  const folder = await openFolder([PARTIAL_FOLDER], true);
  await folder.removeEntry(name).catch(() => undefined);
}

/** Removes what crashed writers left; files whose writer still holds its lock stay. */
export async function removeAbandonedPartials(): Promise<void> {
  const folder = await openFolder([PARTIAL_FOLDER], true);
  for await (const name of folder.keys()) {
    await navigator.locks.request(partialLock(name), { ifAvailable: true }, async (lock) => {
      if (lock) await folder.removeEntry(name).catch(() => undefined);
    });
  }
}

/** Name of the web lock that says a partial file is being written. */
export function partialLock(name: string): string {
  return `sluice-partial:${name}`;
}

/** What `FileSystemFileHandle` has in all current browsers, but not yet in the standard. */
interface MovableFile {
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

function isMovable(file: object): file is MovableFile {
  return 'move' in file && typeof file.move === 'function';
}

/**
 * Gives a finished partial file its place: it is there whole or not at all. A file of that name is replaced.
 * Without `move` it is copied through a swap file, which takes its place when it is closed (File System standard).
 */
export async function placePartial(
  partial: FileSystemFileHandle,
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<void> {
  if (isMovable(partial)) return partial.move(folder, name);
  const isNew = !(await hasFile(folder, name));
  try {
    const target = await folder.getFileHandle(name, { create: true });
    const file = await partial.getFile();
    await file.stream().pipeTo(await target.createWritable());
  } catch (error) {
    if (isNew) await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
  await removePartial(partial.name);
}

async function fill(
  writable: FileSystemWritableFileStream,
  body: Uint8Array | Blob | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    const pieces = Symbol.asyncIterator in body ? body : [body];
    for await (const piece of pieces) await writable.write(piece as Uint8Array<ArrayBuffer> | Blob);
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

/** Writes a file through a partial one: readers see the old file, or none, until the new one is whole. */
export async function writeWhole(
  folder: FileSystemDirectoryHandle,
  name: string,
  body: Uint8Array | Blob | AsyncIterable<Uint8Array>,
): Promise<void> {
  const partialName = crypto.randomUUID();
  await navigator.locks.request(partialLock(partialName), async () => {
    try {
      const partial = await createPartial(partialName);
      await fill(await partial.createWritable(), body);
      await placePartial(partial, folder, name);
    } catch (error) {
      await removePartial(partialName);
      throw error;
    }
  });
}

export async function hasFile(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  return (await findFile(folder, name)) !== null;
}

/** Null where there is no such file, or a folder has that name. */
export async function findFile(folder: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** True for what the file system throws where there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotFoundError' || error.name === 'TypeMismatchError');
}
