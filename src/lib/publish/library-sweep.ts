// Sets the browser's library right after work that was broken off, while nobody publishes; must not know what broke it off.
import { fail, succeed, type Result } from '../base/result.ts';
import { COMMIT_FILE, parseVersionPath, versionPrefix } from '../module/paths.ts';
import { listLibraryFiles, removeLibraryFiles, type LibraryFile } from '../store/library-files.ts';
import { createLibraryDestination } from './library.ts';
import { mendIndex } from './module-index.ts';

/** Held shared by everyone who publishes into the library, alone by whoever sweeps. */
const LOCK = 'sluice-library-publication';

/** Runs a publication; no tab sweeps meanwhile. */
export async function whilePublishing<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(LOCK, { mode: 'shared' }, work);
}

/**
 * Removes the folders of versions that never got their commit, so that their numbers are free again, and writes anew the
 * index of every module where it is not what the versions say. The value says which folders were removed, e.g.
 * `hr/users/v/1.0.0`; nothing is done while a publication is under way in any tab.
 */
export async function sweepLibrary(): Promise<Result<readonly string[]>> {
  if (!('locks' in navigator)) return succeed([]);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
    lock === null ? Promise.resolve(succeed([])) : sweep(),
  );
}

async function sweep(): Promise<Result<readonly string[]>> {
  const files = await listLibraryFiles('');
  if (!files.ok) return files;
  const removed = await removeUncommitted(files.value);
  if (!removed.ok) return removed;
  const mended = await mendIndexes(files.value);
  return mended.ok ? removed : mended;
}

/** A kill between a version's commit and the index leaves the index behind. */
async function mendIndexes(files: readonly LibraryFile[]): Promise<Result<null>> {
  const places = files.flatMap(({ path }) => parseVersionPath(path) ?? []);
  const modules = new Map(places.map((place) => [`${place.namespace}/${place.module}`, place]));
  const library = createLibraryDestination();
  for (const { namespace, module } of modules.values()) {
    const mended = await mendIndex(namespace, module, library);
    if (!mended.ok) return mended;
  }
  return succeed(null);
}

async function removeUncommitted(files: readonly LibraryFile[]): Promise<Result<readonly string[]>> {
  const isCommitted = new Map<string, boolean>();
  for (const { path } of files) {
    const place = parseVersionPath(path);
    if (place === null) continue;
    const prefix = versionPrefix(place.namespace, place.module, place.version);
    isCommitted.set(prefix, place.path === COMMIT_FILE || isCommitted.get(prefix) === true);
  }
  const removed: string[] = [];
  for (const prefix of [...isCommitted].flatMap(([prefix, committed]) => (committed ? [] : [prefix]))) {
    const done = await removeLibraryFiles(prefix);
    if (!done.ok) return fail(done.error);
    removed.push(prefix);
  }
  return succeed(removed);
}
