// Suggestions that a person dismissed for good, by notebook; must not know what they suggest.
import { succeed, type Result } from '../base/result.ts';
import { readSetting, writeSetting } from './database.ts';
import { dismissedName } from './database-schema.ts';

/** Keys as they were written; none where there is nothing that can be read. */
export async function readDismissed(id: string): Promise<Result<ReadonlySet<string>>> {
  const read = await readSetting(dismissedName(id));
  if (!read.ok) return read;
  const keys: readonly unknown[] = Array.isArray(read.value) ? read.value : [];
  return succeed(new Set(keys.filter((key) => typeof key === 'string')));
}

export function writeDismissed(id: string, keys: ReadonlySet<string>): Promise<Result<null>> {
  return writeSetting(dismissedName(id), [...keys]);
}
