// The audit log in the browser's database: appended to, never changed; must not know what an entry says.
import type { IDBPTransaction } from 'idb';
import type { Result } from '../base/result.ts';
import { attempt } from './database.ts';
import type { StoredAuditEntry, StoredAuditHead, StoreSchema } from './database-schema.ts';

const LOCK_NAME = 'sluice-audit';
const HEAD_KEY = 'head';

export type { StoredAuditEntry, StoredAuditHead };

export interface StoredAuditLog {
  /** By sequence. */
  readonly entries: readonly StoredAuditEntry[];
  /** Null where none is stored. */
  readonly head: StoredAuditHead | null;
}

/** Makes the entries that follow the end of the log, in order; null where the log is empty. */
export type LinkEntries = (end: StoredAuditHead | null) => Promise<readonly StoredAuditEntry[]>;

type AuditTransaction = IDBPTransaction<
  StoreSchema,
  ('auditEntries' | 'auditHead')[],
  'readonly' | 'readwrite'
>;

/**
 * The end to go on from. Where head and last entry disagree someone tampered: then the sequence goes on behind the larger,
 * so that the gap stays to be seen.
 */
async function readEnd(transaction: AuditTransaction): Promise<StoredAuditHead | null> {
  const head = (await transaction.objectStore('auditHead').get(HEAD_KEY)) ?? null;
  const last = (await transaction.objectStore('auditEntries').openCursor(null, 'prev'))?.value ?? null;
  if (head === null) return last && { sequence: last.sequence, hash: String(last.hash) };
  return { sequence: Math.max(head.sequence, last?.sequence ?? 0), hash: head.hash };
}

/** One writer at a time, over all tabs; where the browser has no locks, a second writer's entry is refused and tried again. */
function holdLock<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks === undefined ? work() : navigator.locks.request(LOCK_NAME, work);
}

/**
 * Appends what `link` makes, with the new end of the log in the same transaction; on disk once it resolves. Nothing of it
 * is written where it fails, and no entry that is there is ever replaced.
 */
export function appendAuditEntries(link: LinkEntries): Promise<Result<StoredAuditHead | null>> {
  return attempt('The audit log could not be written', (database) =>
    holdLock(async () => {
      const reading = database.transaction(['auditEntries', 'auditHead']);
      const end = await readEnd(reading);
      const entries = await link(end);
      const last = entries.at(-1);
      if (last === undefined) return end;
      const head = { sequence: last.sequence, hash: last.hash };
      const writing = database.transaction(['auditEntries', 'auditHead'], 'readwrite', {
        durability: 'strict',
      });
      const added = entries.map((entry) => writing.objectStore('auditEntries').add(entry));
      await Promise.all([...added, writing.objectStore('auditHead').put(head, HEAD_KEY), writing.done]);
      return head;
    }),
  );
}

/** Entries after `sequence` (0 for all) and the end of the log, as of one moment. */
export async function readAuditLog(sequence = 0): Promise<Result<StoredAuditLog>> {
  return attempt('The audit log could not be read', async (database) => {
    const transaction = database.transaction(['auditEntries', 'auditHead']);
    const [entries, head] = await Promise.all([
      transaction.objectStore('auditEntries').getAll(IDBKeyRange.lowerBound(sequence, true)),
      transaction.objectStore('auditHead').get(HEAD_KEY),
    ]);
    return { entries, head: head ?? null };
  });
}
