// A finished module on its way to a destination, and what is known of that way; must not know how either is made.
import type { Brand } from '../base/brand.ts';
import type { ModuleSummary } from '../module/module-types.ts';

export interface UploadFile {
  /** Below the version's folder. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
  readonly body: Uint8Array | Blob;
}

export interface UploadParts {
  readonly summary: ModuleSummary;
  /** Folder of the version, e.g. `hr/users/v/1.0.0`. */
  readonly prefix: string;
  /** In the order in which they must be written: `_COMMIT.json` last. */
  readonly files: readonly UploadFile[];
  /** SHA-256 of `_COMMIT.json`. */
  readonly commitSha256: string;
}

/** Made from a `Module`, or from staged files whose digests were checked against their `_COMMIT.json`. */
export type Upload = Brand<UploadParts, 'Upload'>;

export interface UploadProgress {
  /** The file under way, below the version's folder; `index.json` at the end. */
  readonly path: string;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}
