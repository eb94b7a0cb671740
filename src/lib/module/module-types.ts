// A module and what is known of a stored one, as plain data; must not know how it is built or where it is kept.
import type { Brand } from '../base/brand.ts';
import type { Result } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';

/** The reading half of a destination. */
export interface ModuleReader {
  /** Every object whose path starts with `prefix`, sorted by path. */
  list(prefix: string): Promise<Result<readonly { readonly path: string; readonly sizeBytes: number }[]>>;
  /** `destination-missing` where there is no such object. */
  read(path: string): Promise<Result<Uint8Array>>;
}

export interface ModuleFile {
  /** Below the version's folder, `/` as separator. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ModuleSummary {
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
  /** UTC ISO 8601. */
  readonly publishedAt: string;
  /** Of all files. */
  readonly sizeBytes: number;
  readonly rowCount: number | null;
}

export interface CommittedFile {
  readonly path: string;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface PreviousCommit {
  readonly version: string;
  /** SHA-256 of the previous version's `_COMMIT.json`. */
  readonly sha256: string;
}

/** `_COMMIT.json`: what makes files a version. Readers trust only what it names. */
export interface Commit {
  readonly format: 'sluice-module/1';
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
  /** UTC ISO 8601. */
  readonly publishedAt: string;
  readonly application: { readonly name: 'sluice'; readonly version: string };
  readonly gate: { readonly verdict: 'passed' };
  readonly data: { readonly rows: number; readonly columns: readonly ColumnType[] };
  /** Every other file of the version, sorted by path. */
  readonly files: readonly CommittedFile[];
  readonly previous: PreviousCommit | null;
}

export interface ModuleParts {
  readonly summary: ModuleSummary;
  /** Folder of the version, e.g. `hr/users/v/1.0.0`. */
  readonly prefix: string;
  /** In the order in which they must be written: `_COMMIT.json` last. */
  readonly files: readonly ModuleFile[];
  readonly commit: Commit;
  /** SHA-256 of `_COMMIT.json`. */
  readonly commitSha256: string;
}

/** Only `module/build.ts` makes one. */
export type Module = Brand<ModuleParts, 'Module'>;
