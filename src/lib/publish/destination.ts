// Where modules go and are read from; one interface for library, folder and object storage.
import type { Problem, Result } from '../base/result.ts';

export interface StoredObject {
  /** Path below the destination's root, `/` as separator. */
  readonly path: string;
  readonly sizeBytes: number;
}

export interface WriteOptions {
  readonly ifAbsent: boolean;
  /** Lower-case hex SHA-256 of the body, where the caller knows it. */
  readonly sha256?: string;
  /** Bytes of this object that are safely written, growing. */
  readonly onProgress?: (bytesDone: number) => void;
  /** Aborting ends the work with `destination-cancelled`. */
  readonly signal?: AbortSignal;
  /**
   * The object is what others go by: a request that writes it is not broken off any more once it is under way, since
   * nobody could tell whether it arrived. The signal then ends further attempts alone.
   */
  readonly isDecisive?: boolean;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
}

export interface Destination {
  /** Every object whose path starts with `prefix`, sorted by path. */
  list(prefix: string, options?: ReadOptions): Promise<Result<readonly StoredObject[]>>;
  /** `destination-missing` where there is no such object. */
  read(path: string, options?: ReadOptions): Promise<Result<Uint8Array>>;
  /**
   * Writes a whole object, or nothing. `destination-exists` where it is there already and `ifAbsent` is set; an object
   * that is there with these very bytes, because an answer was lost, counts as written where the destination can tell.
   */
  write(path: string, body: Uint8Array | Blob, options: WriteOptions): Promise<Result<null>>;
  /** Where a person finds it, e.g. `library:hr/users`. */
  describe(path: string): string;
  /** Whether these very bytes are at a path, in constant memory; without it they are read whole. */
  holds?(path: string, expected: ExpectedBytes, options?: ReadOptions): Promise<Result<boolean>>;
  /** Another machine may replace a file unseen: every file is compared once more before the commit is written. */
  readonly isUnguarded?: true;
}

export interface ExpectedBytes {
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** What a caller's own signal ends a write or read with. */
export function cancelled(path: string): Problem {
  return {
    code: 'destination-cancelled',
    message: `Cancelled at ${path}.`,
    hint: 'Nothing is lost: start again, and it goes on with what is missing.',
  };
}

export async function bytesOf(body: Uint8Array | Blob): Promise<Uint8Array> {
  return body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
}

export function sizeOf(body: Uint8Array | Blob): number {
  return body instanceof Blob ? body.size : body.byteLength;
}
