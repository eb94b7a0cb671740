// The few things the engine needs of DuckDB, so that one engine runs over the browser's and Node's bindings; must not know the contract.
import type { SourceHandle } from '../../src/lib/engine/contract.ts';

/** Raised by a port with the engine's own words: JSON with `exception_type`, `exception_message`, `position` (bytes). */
export class DuckError extends Error {}
export class DuckCancelled extends Error {}
/** The database is gone and will not answer again. */
export class DuckCrashed extends Error {}

/** Two connections: long statements and temporary tables on `work`, small reads beside them on `read`. */
export type DuckLane = 'work' | 'read';

export interface DuckWatch {
  isCancelled(): boolean;
  /** Called between slices of work; `fraction` 0 to 1 where the port knows it. */
  onTick?(fraction: number | null): void;
}

/** A token of DuckDB's own scanner; comments are left out. */
export interface SqlToken {
  /** Offset in UTF-8 bytes. */
  readonly offset: number;
  readonly kind: 'identifier' | 'number' | 'string' | 'operator' | 'keyword' | 'comment';
}

export interface DuckPort {
  readonly bundle: 'coi' | 'eh';
  /** Largest source in bytes that `registerFile` can take. */
  readonly maxFileBytes: number;
  /** Runs a statement to its end; answers its result as Arrow IPC. Cannot be cancelled: for small results. Lane `read` by default. */
  query(sql: string, lane?: DuckLane): Promise<Uint8Array>;
  /** Runs a statement on lane `work` without a result worth reading. @throws DuckCancelled */
  execute(sql: string, watch: DuckWatch): Promise<void>;
  /** Batches of the result as Arrow IPC bytes (schema message first), never the whole at once. Lane `work`. @throws DuckCancelled */
  stream(sql: string, watch?: DuckWatch): AsyncIterable<Uint8Array>;
  /** Appends an Arrow IPC stream to a table that is made from its schema. */
  insertArrow(table: string, ipcStream: Uint8Array): Promise<void>;
  /** The source's bytes, readable in pieces. */
  openSource(handle: SourceHandle): Promise<Blob>;
  /** Makes the bytes readable as `local/<name>`; takes the buffer of a `Uint8Array` over. */
  registerFile(name: string, handle: SourceHandle | Uint8Array): Promise<void>;
  dropFile(name: string): Promise<void>;
  tokenize(sql: string): Promise<readonly SqlToken[]>;
  /** Rejects every call in flight with `DuckCrashed`; returns at once. */
  close(): Promise<void>;
}

/** Kinds in the order of DuckDB's `TokenType`. */
export const TOKEN_KINDS: readonly SqlToken['kind'][] = [
  'identifier',
  'number',
  'string',
  'operator',
  'keyword',
  'comment',
];
