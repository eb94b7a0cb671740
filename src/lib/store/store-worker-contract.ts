// What the page and the store's worker say to each other; must not know how files are written.
import type { Result } from '../base/result.ts';

export interface KeptSource {
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface KeepRequest {
  /** Names the work for `cancel`. */
  readonly id: string;
  readonly blob: Blob;
  /** False: digest only, keep nothing. */
  readonly isKept: boolean;
}

export interface StoreWorker {
  /**
   * Digests the bytes and, where asked, keeps them as `sources/<sha256>`, whole or not at all.
   * `storage-full`, `storage-unavailable`, `storage-failed`, `storage-cancelled`, `source-unreadable`.
   */
  keepSource(request: KeepRequest, onProgress: (bytesSoFar: number) => void): Promise<Result<KeptSource>>;
  /** The work of that id ends with `storage-cancelled`; nothing happens where it is done already. */
  cancel(id: string): void;
}

/** Folder of the kept files in the origin's private file system. */
export const SOURCES_FOLDER = 'sources';
