// Record types of the browser's database and the steps that bring older ones up to date; knows no reading or writing.
import type { DBSchema, IDBPDatabase } from 'idb';

export interface StoredNotebook {
  readonly id: string;
  readonly title: string;
  /** Text form `.sluice.md`. */
  readonly text: string;
  /** UTC ISO 8601. */
  readonly updatedAt: string;
}

/** A file kept in the origin's private file system under `sources/<sha256>`. */
export interface StoredSource {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** UTC ISO 8601. */
  readonly addedAt: string;
}

/** The project key as this browser holds it; the raw bytes are nowhere. */
export interface StoredKey {
  /** HKDF key, non-extractable. */
  readonly key: CryptoKey;
  /** Compact JWE under the owner's passphrase: the text of the key file. */
  readonly wrapped: string;
  readonly fingerprint: string;
}

/** An entry of the audit log; whoever reads it checks its shape. */
export type StoredAuditEntry = Readonly<Record<string, unknown>> & {
  /** From 1. */
  readonly sequence: number;
  readonly hash: string;
};

/** Where the audit log ends, written with the last entry, so that a tail cut off is noticed. */
export interface StoredAuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Name of the setting that says which tab may write a notebook. */
export function claimName(id: string): string {
  return `claim:${id}`;
}

/** Name of the setting that holds a notebook's earlier states. */
export function pastName(id: string): string {
  return `past:${id}`;
}

/** Where the suggestions dismissed in a notebook lie among the settings. */
export function dismissedName(id: string): string {
  return `dismissed-suggestions ${id}`;
}

export interface StoreSchema extends DBSchema {
  notebooks: { key: string; value: StoredNotebook; indexes: { updatedAt: string } };
  sources: { key: string; value: StoredSource };
  keys: { key: string; value: StoredKey & { readonly id: string } };
  settings: { key: string; value: unknown };
  auditEntries: { key: number; value: StoredAuditEntry };
  auditHead: { key: string; value: StoredAuditHead };
}

/** One step for each version: the first makes version 1 of an empty database. Never change one that was released. */
export const MIGRATIONS: readonly ((database: IDBPDatabase<StoreSchema>) => void)[] = [
  (database) => {
    database.createObjectStore('notebooks', { keyPath: 'id' }).createIndex('updatedAt', 'updatedAt');
    database.createObjectStore('sources', { keyPath: 'sha256' });
    database.createObjectStore('keys', { keyPath: 'id' });
    database.createObjectStore('settings');
  },
  (database) => {
    database.createObjectStore('auditEntries', { keyPath: 'sequence' });
    database.createObjectStore('auditHead');
  },
];
