// The publisher's own records (IndexedDB): destinations, receipts, ledger, remembered keys; must not know what sends.
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Result } from '../base/result.ts';
import { fail, succeed } from '../base/result.ts';
import { isCredentials, isMultipartState, isReceipt, isSettings, isWireRecord } from './publisher-shapes.ts';
import type { JobReceipt, MultipartState, S3Credentials, S3Settings, WireRecord } from './publisher-types.ts';
import { storageProblem, StorageUnavailableError } from './storage-problem.ts';

const DATABASE_NAME = 'sluice-publisher';
const TOTALS = 'totals';

export interface LedgerTotals {
  readonly requests: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

interface RecordSchema extends DBSchema {
  destinations: { key: string; value: S3Settings };
  receipts: { key: string; value: JobReceipt };
  ledger: { key: string; value: WireRecord; indexes: { order: [string, string] } };
  totals: { key: string; value: LedgerTotals };
  credentials: { key: string; value: RememberedCredentials };
  multipart: { key: string; value: MultipartState };
}

/** Credentials and the address they were given for: with another address they are not used. */
export interface RememberedCredentials {
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: S3Credentials;
}

/** One step for each version. Never change one that was released. */
const MIGRATIONS: readonly ((database: IDBPDatabase<RecordSchema>) => void)[] = [
  (database) => {
    database.createObjectStore('destinations', { keyPath: 'id' });
    database.createObjectStore('receipts', { keyPath: 'jobId' });
    database.createObjectStore('ledger', { keyPath: 'id' }).createIndex('order', ['at', 'id']);
    database.createObjectStore('totals');
    database.createObjectStore('credentials');
    database.createObjectStore('multipart');
  },
];

type Database = IDBPDatabase<RecordSchema>;

let connection: Promise<Database> | null = null;

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
    openDB<RecordSchema>(DATABASE_NAME, MIGRATIONS.length, {
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
export async function closePublisherRecords(): Promise<void> {
  const open = connection;
  connection = null;
  if (open) (await open).close();
}

async function attempt<T>(what: string, work: (database: Database) => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await work(await connect()));
  } catch (error) {
    return fail(storageProblem(error, what));
  }
}

/** Every sound destination, by name. */
export function listS3Destinations(): Promise<Result<readonly S3Settings[]>> {
  return attempt('The destinations could not be read', async (database) => {
    const records: readonly unknown[] = await database.getAll('destinations');
    return records.filter(isSettings).sort((a, b) => a.name.localeCompare(b.name));
  });
}

/** Adds or replaces. `storage-failed` where another destination has that name. */
export function writeS3Destination(settings: S3Settings): Promise<Result<null>> {
  return attempt('The destination could not be saved', async (database) => {
    if (!isSettings(settings)) throw new TypeError('it is described in an unknown form');
    const transaction = database.transaction('destinations', 'readwrite', { durability: 'strict' });
    const others = await transaction.store.getAll();
    const isTaken = others.some((other) => other.id !== settings.id && other.name === settings.name);
    if (isTaken) throw new TypeError(`another destination is called “${settings.name}”`);
    await transaction.store.put({ ...settings });
    await transaction.done;
    return null;
  });
}

/** Removes a destination and what was remembered for it. */
export function removeS3Destination(id: string): Promise<Result<null>> {
  return attempt('The destination could not be removed', async (database) => {
    const transaction = database.transaction(['destinations', 'credentials'], 'readwrite');
    await transaction.objectStore('destinations').delete(id);
    await transaction.objectStore('credentials').delete(id);
    await transaction.done;
    return null;
  });
}

/** Last changed first. */
export function listReceipts(): Promise<Result<readonly JobReceipt[]>> {
  return attempt('The receipts could not be read', async (database) => {
    const records: readonly unknown[] = await database.getAll('receipts');
    return records.filter(isReceipt).sort((a, b) => (a.at > b.at ? -1 : 1));
  });
}

/** Null where there is none, or an unsound one. */
export function readReceipt(jobId: string): Promise<Result<JobReceipt | null>> {
  return attempt('The receipt could not be read', async (database) => {
    const record: unknown = await database.get('receipts', jobId);
    return isReceipt(record) ? record : null;
  });
}

/** Adds or replaces; on disk once it resolves. */
export function writeReceipt(receipt: JobReceipt): Promise<Result<null>> {
  return attempt('The receipt could not be written', async (database) => {
    if (!isReceipt(receipt)) throw new TypeError('it has an unknown form');
    const transaction = database.transaction('receipts', 'readwrite', { durability: 'strict' });
    await transaction.store.put({ ...receipt });
    await transaction.done;
    return null;
  });
}

export function removeReceipt(jobId: string): Promise<Result<null>> {
  return attempt('The receipt could not be removed', async (database) => {
    await database.delete('receipts', jobId);
    return null;
  });
}

const NOTHING: LedgerTotals = { requests: 0, bytesSent: 0, bytesReceived: 0 };

/** Adds a request, or replaces what was known of it; the totals change in the same transaction. */
export function writeWireRecord(record: WireRecord): Promise<Result<null>> {
  return attempt('The request could not be recorded', async (database) => {
    if (!isWireRecord(record)) throw new TypeError('it has an unknown form');
    const transaction = database.transaction(['ledger', TOTALS], 'readwrite', { durability: 'strict' });
    const [ledger, totals] = [transaction.objectStore('ledger'), transaction.objectStore(TOTALS)];
    const before = await ledger.get(record.id);
    const sums = (await totals.get(TOTALS)) ?? NOTHING;
    await ledger.put({ ...record });
    const next = {
      requests: sums.requests + (before === undefined ? 1 : 0),
      bytesSent: sums.bytesSent + record.bytesSent - (before?.bytesSent ?? 0),
      bytesReceived: sums.bytesReceived + record.bytesReceived - (before?.bytesReceived ?? 0),
    };
    await totals.put(next, TOTALS);
    await transaction.done;
    return null;
  });
}

export interface LedgerPage {
  /** Newest first. */
  readonly records: readonly WireRecord[];
  /** Whether there are older ones. */
  readonly hasMore: boolean;
}

/** `before` is the last record of the page before; the first page without it. */
export function readLedgerPage(
  limit: number,
  before?: Pick<WireRecord, 'at' | 'id'>,
): Promise<Result<LedgerPage>> {
  return attempt('The ledger could not be read', async (database) => {
    const range = before ? IDBKeyRange.upperBound([before.at, before.id], true) : null;
    const records: WireRecord[] = [];
    let cursor = await database.transaction('ledger').store.index('order').openCursor(range, 'prev');
    while (cursor && records.length < limit) {
      const record: unknown = cursor.value;
      if (isWireRecord(record)) records.push(record);
      cursor = await cursor.continue();
    }
    return { records, hasMore: cursor !== null };
  });
}

/** Over every request ever recorded in this browser. */
export function readLedgerTotals(): Promise<Result<LedgerTotals>> {
  return attempt(
    'The ledger could not be read',
    async (database) => (await database.get(TOTALS, TOTALS)) ?? NOTHING,
  );
}

/** Keeps the signing key on this device, never a text of it. `storage-failed` where the key could be extracted. */
export function rememberCredentials(settings: S3Settings, credentials: S3Credentials): Promise<Result<null>> {
  return attempt('The key could not be kept', async (database) => {
    if (!isCredentials(credentials)) throw new TypeError('a key that can be extracted is not kept');
    const { endpoint, bucket } = settings;
    const transaction = database.transaction('credentials', 'readwrite', { durability: 'strict' });
    await transaction.store.put({ endpoint, bucket, credentials: { ...credentials } }, settings.id);
    await transaction.done;
    return null;
  });
}

/** Null where none are kept for this very endpoint, bucket and key id. */
export function readCredentials(settings: S3Settings): Promise<Result<S3Credentials | null>> {
  return attempt('The kept key could not be read', async (database) => {
    const kept = await database.get('credentials', settings.id);
    if (!kept || !isCredentials(kept.credentials)) return null;
    const isMeant = kept.endpoint === settings.endpoint && kept.bucket === settings.bucket;
    return isMeant && kept.credentials.accessKeyId === settings.accessKeyId ? kept.credentials : null;
  });
}

export function forgetCredentials(destinationId: string): Promise<Result<null>> {
  return attempt('The kept key could not be removed', async (database) => {
    await database.delete('credentials', destinationId);
    return null;
  });
}

/** Parts of a large object that are in the destination already; null where nothing is known. */
export function readMultipart(key: string): Promise<Result<MultipartState | null>> {
  return attempt('What was sent already could not be read', async (database) => {
    const state: unknown = await database.get('multipart', key);
    return isMultipartState(state) ? state : null;
  });
}

/** Null forgets. */
export function writeMultipart(key: string, state: MultipartState | null): Promise<Result<null>> {
  return attempt('What was sent already could not be kept', async (database) => {
    await (state === null ? database.delete('multipart', key) : database.put('multipart', state, key));
    return null;
  });
}
