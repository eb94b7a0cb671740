// The few things the engine needs of DuckDB, so that one engine runs over the browser's and Node's bindings; must not know the contract.
import type { SourceHandle } from '../../src/lib/engine/contract.ts';

/** Raised by a port with the engine's own words. */
export class DuckError extends Error {}
export class DuckCancelled extends Error {}

export interface DuckPort {
  readonly bundle: 'coi' | 'eh';
  /** Runs a statement to its end; answers its result as an Arrow IPC stream. Cannot be cancelled: for small results. */
  query(sql: string): Promise<Uint8Array>;
  /** Runs a statement to its end without a result worth reading; `isCancelled` is asked while it runs. @throws DuckCancelled */
  execute(sql: string, watch: { isCancelled(): boolean; onTick?(): void }): Promise<void>;
  /** Batches of the result as Arrow IPC bytes (schema message first), never the whole at once. */
  stream(sql: string): AsyncIterable<Uint8Array>;
  /** Appends an Arrow IPC stream to a table that is made from its schema. */
  insertArrow(table: string, ipcStream: Uint8Array): Promise<void>;
  /** Makes the bytes readable as `local/<name>`. */
  registerFile(name: string, handle: SourceHandle | Uint8Array): Promise<void>;
  dropFile(name: string): Promise<void>;
  close(): Promise<void>;
}
