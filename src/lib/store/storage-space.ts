// How much the browser lets this site keep, and for how long; knows nothing of what is kept.
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { storageProblem } from './storage-problem.ts';

export interface StorageSpace {
  readonly usedBytes: number;
  /** What the browser would give; an estimate that grows and shrinks with the disk. */
  readonly quotaBytes: number;
  /** False where the browser may clear the site's data when the disk runs full. */
  readonly isPersistent: boolean;
}

export async function measureStorage(): Promise<Result<StorageSpace>> {
  try {
    const [{ usage = 0, quota = 0 }, isPersistent] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    return succeed({ usedBytes: usage, quotaBytes: quota, isPersistent });
  } catch (error) {
    return fail(storageProblem(error, 'The storage could not be measured'));
  }
}

/** Asks the browser not to clear this site's data by itself; the value says whether it agreed. Ask after a click. */
export async function requestPersistence(): Promise<Result<boolean>> {
  try {
    return succeed((await navigator.storage.persisted()) || (await navigator.storage.persist()));
  } catch (error) {
    return fail(storageProblem(error, 'Lasting storage could not be asked for'));
  }
}
