// Records kept in the browser (IndexedDB): notebooks, source records, the key, settings; must not know what they mean.
import { openDB } from 'idb';
import type { IDBPDatabase } from 'idb';
import type { Effects } from '../base/effects.ts';
import { platformEffects } from '../base/effects.ts';
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import type { StoredKey, StoredNotebook, StoredSource, StoreSchema } from './database-schema.ts';
import { claimName, dismissedName, MIGRATIONS, pastName } from './database-schema.ts';
import { ClaimLostError, storageProblem, StorageUnavailableError } from './storage-problem.ts';

const DATABASE_NAME = 'sluice';

/** The one key there is, for now. */
const PROJECT_KEY_ID = 'project';

type Database = IDBPDatabase<StoreSchema>;

let connection: Promise<Database> | null = null;

/** Opens the database once, and again after the browser or a newer tab closed it. */
function connect(): Promise<Database> {
  connection ??= open().catch((error: unknown) => {
    connection = null;
    throw error;
  });
  return connection;
}

function open(): Promise<Database> {
  if (typeof indexedDB === 'undefined')
    return Promise.reject(new StorageUnavailableError('IndexedDB is missing'));
  return new Promise((resolve, reject) => {
    const forget = (): void => {
      connection = null;
    };
    openDB<StoreSchema>(DATABASE_NAME, MIGRATIONS.length, {
      upgrade: (database, oldVersion) => {
        for (const migrate of MIGRATIONS.slice(oldVersion)) migrate(database);
      },
      blocked: () =>
        reject(new StorageUnavailableError('another tab with an older Sluice is open: close it')),
      blocking: (_current, _blocked, event) => {
        forget();
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: forget,
    }).then(resolve, reject);
  });
}

/** Closes the connection, so that the database can be deleted; the next call opens it again. */
export async function closeDatabase(): Promise<void> {
  const open = connection;
  connection = null;
  if (open) (await open).close();
}

/** Runs `work`; whatever it throws comes back as `storage-full`, `storage-unavailable` or `storage-failed`. */
export async function attempt<T>(what: string, work: (database: Database) => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await work(await connect()));
  } catch (error) {
    return fail(storageProblem(error, what));
  }
}

export type NotebookHeading = Pick<StoredNotebook, 'id' | 'title' | 'updatedAt'>;

/** Every notebook without its text, last changed first. */
export function listNotebooks(): Promise<Result<readonly NotebookHeading[]>> {
  return attempt('The notebooks could not be listed', async (database) => {
    const records = await database.getAllFromIndex('notebooks', 'updatedAt');
    return records.reverse().map(({ id, title, updatedAt }) => ({ id, title, updatedAt }));
  });
}

/** Text of every notebook: for finding out which sources are still in use. */
export function readAllNotebooks(): Promise<Result<readonly StoredNotebook[]>> {
  return attempt('The notebooks could not be read', (database) => database.getAll('notebooks'));
}

/** Null where there is none of that id. */
export function readNotebook(id: string): Promise<Result<StoredNotebook | null>> {
  return attempt(
    'The notebook could not be read',
    async (database) => (await database.get('notebooks', id)) ?? null,
  );
}

/** Whose hold on a notebook a save stands on. */
export interface NotebookClaim {
  readonly claim: string;
  /** True where the claim itself could not be written before: it is made with this save. */
  readonly isUnwritten: boolean;
  /** What a tab that is gone left standing, seen when this one came to own the notebook: it stands in nobody's way. */
  readonly leftOver: string | null;
}

/**
 * Adds or replaces; on disk once it resolves. With `held`, check and write are one transaction: `notebook-taken-over`
 * where another tab claimed the notebook since, `notebook-deleted` where it is gone; then nothing is written.
 */
export function writeNotebook(
  notebook: Pick<StoredNotebook, 'id' | 'title' | 'text'>,
  effects: Pick<Effects, 'now'> = platformEffects,
  held: NotebookClaim | null = null,
): Promise<Result<null>> {
  return attempt('The notebook could not be saved', async (database) => {
    const { id, title, text } = notebook;
    const stores: ('notebooks' | 'settings')[] = ['notebooks', 'settings'];
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
    const notebooks = transaction.objectStore('notebooks');
    const settings = transaction.objectStore('settings');
    if (held) {
      const claim: unknown = await settings.get(claimName(id));
      const isFree = claim === undefined || claim === held.leftOver;
      if (isFree && held.isUnwritten) await settings.put(held.claim, claimName(id));
      else if (claim !== held.claim) throw new ClaimLostError((await notebooks.getKey(id)) === undefined);
    }
    await notebooks.put({ id, title, text, updatedAt: effects.now().toISOString() });
    await transaction.done;
    return null;
  });
}

/** Does nothing where there is none of that id. Whoever still has it open cannot save it any more. */
export function deleteNotebook(id: string): Promise<Result<null>> {
  return attempt('The notebook could not be deleted', async (database) => {
    const transaction = database.transaction(['notebooks', 'settings'], 'readwrite', {
      durability: 'strict',
    });
    await transaction.objectStore('notebooks').delete(id);
    await transaction.objectStore('settings').delete(claimName(id));
    await transaction.objectStore('settings').delete(pastName(id));
    await transaction.objectStore('settings').delete(dismissedName(id));
    await transaction.done;
    return null;
  });
}

/** Every source record, by digest. */
export function listSourceRecords(): Promise<Result<readonly StoredSource[]>> {
  return attempt('The sources could not be listed', (database) => database.getAll('sources'));
}

/** Null where there is none of that digest. */
export function readSourceRecord(sha256: string): Promise<Result<StoredSource | null>> {
  return attempt(
    'The source could not be found',
    async (database) => (await database.get('sources', sha256)) ?? null,
  );
}

export function writeSourceRecord(source: StoredSource): Promise<Result<null>> {
  return attempt('The source could not be recorded', async (database) => {
    await database.put('sources', source);
    return null;
  });
}

export function deleteSourceRecord(sha256: string): Promise<Result<null>> {
  return attempt('The source could not be removed', async (database) => {
    await database.delete('sources', sha256);
    return null;
  });
}

/** Null where this browser has no project key yet. */
export function readKey(): Promise<Result<StoredKey | null>> {
  return attempt('The key could not be read', async (database) => {
    const record = await database.get('keys', PROJECT_KEY_ID);
    return record ? { key: record.key, wrapped: record.wrapped, fingerprint: record.fingerprint } : null;
  });
}

/** Replaces the key there was. `storage-failed` where the key could be extracted: such a key is never kept. */
export function writeKey({ key, wrapped, fingerprint }: StoredKey): Promise<Result<null>> {
  return attempt('The key could not be kept', async (database) => {
    if (key.extractable) throw new TypeError('a key that can be extracted is not kept');
    const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
    await transaction.store.put({ id: PROJECT_KEY_ID, key, wrapped, fingerprint });
    await transaction.done;
    return null;
  });
}

export function deleteKey(): Promise<Result<null>> {
  return attempt('The key could not be deleted', async (database) => {
    await database.delete('keys', PROJECT_KEY_ID);
    return null;
  });
}

/** A setting as it was written; null where there is none. The caller checks its shape. */
export function readSetting(name: string): Promise<Result<unknown>> {
  return attempt(
    'The settings could not be read',
    async (database) => (await database.get('settings', name)) ?? null,
  );
}

/** `value` must be plain data. */
export function writeSetting(name: string, value: unknown): Promise<Result<null>> {
  return attempt('The settings could not be saved', async (database) => {
    await database.put('settings', value, name);
    return null;
  });
}
