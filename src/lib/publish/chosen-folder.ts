// A folder of this machine, picked in the browser, as a destination; must not know how its files are kept.
import {
  holdsChosenBytes,
  listChosenFiles,
  readChosenFile,
  writeChosenFile,
} from '../store/chosen-folder.ts';
import type { Destination } from './destination.ts';

/** The page must hold permission to read and write the folder: without it every call fails with `folder-permission`. */
export function createChosenFolderDestination(folder: FileSystemDirectoryHandle): Destination {
  return {
    list: (prefix) => listChosenFiles(folder, prefix),
    read: (path) => readChosenFile(folder, path),
    write: (path, body, options) => writeChosenFile(folder, path, body, options),
    holds: (path, expected) => holdsChosenBytes(folder, path, expected),
    isUnguarded: true,
    describe: (path) => `${folder.name}/${path}`,
  };
}
