// How much each folder of the private files takes, and everything of this site wiped; must not know what any of it means.
import { deleteDB } from 'idb';
import { fail, succeed, type Result } from '../base/result.ts';
import { closeDatabase } from './database.ts';
import { openFolder } from './private-files.ts';
import { closePublisherRecords } from './publisher-records.ts';
import { storageProblem } from './storage-problem.ts';

/** Every database this site makes; a name that is missing here outlives “delete everything”. */
export const DATABASES = ['sluice', 'sluice-publisher'] as const;

/** Every web-storage key of the app begins so. */
const KEY_PREFIX = 'sluice';

export interface FolderUse {
  /** First segment of the path, e.g. `sources`. */
  readonly folder: string;
  readonly files: number;
  readonly sizeBytes: number;
}

async function measureFolder(folder: FileSystemDirectoryHandle): Promise<Omit<FolderUse, 'folder'>> {
  let use = { files: 0, sizeBytes: 0 };
  for await (const handle of folder.values()) {
    const part =
      handle.kind === 'directory'
        ? await measureFolder(handle as FileSystemDirectoryHandle)
        : { files: 1, sizeBytes: (await (handle as FileSystemFileHandle).getFile()).size };
    use = { files: use.files + part.files, sizeBytes: use.sizeBytes + part.sizeBytes };
  }
  return use;
}

/** The folders at the root of the private files with what lies in them, biggest first. */
export async function measureFolders(): Promise<Result<readonly FolderUse[]>> {
  try {
    const found: FolderUse[] = [];
    for await (const [name, handle] of (await openFolder([], false)).entries())
      if (handle.kind === 'directory')
        found.push({ folder: name, ...(await measureFolder(handle as FileSystemDirectoryHandle)) });
    return succeed(found.sort((a, b) => b.sizeBytes - a.sizeBytes));
  } catch (error) {
    return fail(storageProblem(error, 'The files kept here could not be measured'));
  }
}

function clearKeys(storage: Storage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(KEY_PREFIX)) storage.removeItem(key);
}

/**
 * Removes every file, database and setting of this site; the app's own files, stored for offline use, stay.
 * Other tabs must be closed first: a file they write meanwhile, or a database they hold, may stay.
 */
export async function eraseEverything(): Promise<Result<null>> {
  try {
    const root = await openFolder([], false);
    const names: string[] = [];
    for await (const name of root.keys()) names.push(name);
    for (const name of names) await root.removeEntry(name, { recursive: true });
    await closeDatabase();
    await closePublisherRecords();
    for (const name of DATABASES) await deleteDB(name);
    clearKeys(localStorage);
    clearKeys(sessionStorage);
    return succeed(null);
  } catch (error) {
    return fail(storageProblem(error, 'Not everything could be deleted'));
  }
}
