// The browser's own library as a destination; must not know how its files are kept.
import { listLibraryFiles, readLibraryFile, writeLibraryFile } from '../store/library-files.ts';
import type { Destination } from './destination.ts';

/** Works at once and offline; what is in it survives reloads, and goes with the site's data. */
export function createLibraryDestination(): Destination {
  return {
    list: listLibraryFiles,
    read: readLibraryFile,
    write: writeLibraryFile,
    describe: (path) => `library:${path}`,
  };
}
