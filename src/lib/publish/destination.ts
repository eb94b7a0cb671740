// Where modules go and are read from; one interface for library, folder and object storage.
import type { Result } from '../base/result.ts';

export interface StoredObject {
  /** Path below the destination's root, `/` as separator. */
  readonly path: string;
  readonly sizeBytes: number;
}

export interface Destination {
  /** Every object whose path starts with `prefix`, sorted by path. */
  list(prefix: string): Promise<Result<readonly StoredObject[]>>;
  /** `destination-missing` where there is no such object. */
  read(path: string): Promise<Result<Uint8Array>>;
  /** Writes a new object; `destination-exists` where it is there already and `ifAbsent` is set. */
  write(path: string, bytes: Uint8Array, options: { readonly ifAbsent: boolean }): Promise<Result<null>>;
  /** Where a person finds it, e.g. `library:hr/users`. */
  describe(path: string): string;
}
