// Takes versions without a commit out of the browser's library, while nobody publishes; must not know why they are there.
import { fail, succeed, type Result } from '../base/result.ts';
import { COMMIT_FILE, parseVersionPath, versionPrefix } from '../module/paths.ts';
import { listLibraryFiles, removeLibraryFiles } from '../store/library-files.ts';

/** Held shared by everyone who publishes into the library, alone by whoever sweeps. */
const LOCK = 'sluice-library-publication';

/** Runs a publication; no tab sweeps meanwhile. */
export async function whilePublishing<T>(work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request(LOCK, { mode: 'shared' }, work);
}

/**
 * Removes the folders of versions that never got their commit, so that their numbers are free again. The value says which
 * were removed, e.g. `hr/users/v/1.0.0`; nothing is done while a publication is under way in any tab.
 */
export async function sweepLibrary(): Promise<Result<readonly string[]>> {
  if (!('locks' in navigator)) return succeed([]);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
    lock === null ? Promise.resolve(succeed([])) : removeUncommitted(),
  );
}

async function removeUncommitted(): Promise<Result<readonly string[]>> {
  const files = await listLibraryFiles('');
  if (!files.ok) return files;
  const isCommitted = new Map<string, boolean>();
  for (const { path } of files.value) {
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
