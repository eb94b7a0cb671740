// The worker that DuckDB's own worker script runs in, and what that script gets wrong with threads; must not know the engine.

/** `name` of a worker that is to host DuckDB instead of the engine. */
export const HOST_NAME = 'sluice-duckdb';

/** The first message to a host: where DuckDB's worker script is. */
export interface HostOrder {
  readonly script: string;
}

/** What of a dedicated worker's global scope is needed here. */
export interface HostScope {
  onmessage: ((event: MessageEvent) => unknown) | null;
  addEventListener(type: 'message', take: (event: MessageEvent) => void, options?: { once: boolean }): void;
}

/** `duckdb::Connection::Interrupt()`, under its name in the module. */
const INTERRUPT = '_ZN6duckdb10Connection9InterruptEv';
/** Bytes from a `WebDB::Connection` to its `duckdb::Connection`: a reference, then padding to eight (build 1.33.1-dev65). */
const CONNECTION_OFFSET = 8;

interface Instance {
  readonly exports: WebAssembly.Exports;
  readonly memory: WebAssembly.Memory | null;
}

/** Calls `take` with what is instantiated; a module that cannot be had ends the worker, instead of leaving everyone waiting. */
function watchInstantiation(take: (instance: Instance) => void): void {
  const original = WebAssembly.instantiateStreaming.bind(WebAssembly);
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      const made = await original(source, imports);
      const memory = imports?.['env']?.['memory'];
      take({ exports: made.instance.exports, memory: memory instanceof WebAssembly.Memory ? memory : null });
      return made;
    } catch (error) {
      reportError(error);
      throw error;
    }
  };
}

/** The property as a view that covers all of the memory at any time. */
function defineView<T extends { readonly buffer: ArrayBufferLike }>(
  target: object,
  name: string,
  memory: WebAssembly.Memory,
  make: (buffer: ArrayBufferLike) => T,
): void {
  let view = make(memory.buffer);
  const get = (): T => {
    if (view.buffer !== memory.buffer) view = make(memory.buffer);
    return view;
  };
  Object.defineProperty(target, name, { configurable: true, get, set: () => {} });
}

/**
 * When a helper thread makes the memory grow, the views that DuckDB's script reads and writes results through end where
 * the memory ended before: bytes beyond that would be missing.
 */
function keepViewsWhole(memory: WebAssembly.Memory): boolean {
  const bindings: unknown = Reflect.get(globalThis, 'DUCKDB_BINDINGS');
  if (typeof bindings !== 'object' || bindings === null) return false;
  const module: unknown = Reflect.get(bindings, 'mod');
  if (typeof module !== 'object' || module === null) return false;
  defineView(module, 'HEAPU8', memory, (buffer) => new Uint8Array(buffer));
  defineView(module, 'HEAPF64', memory, (buffer) => new Float64Array(buffer));
  defineView(module, 'HEAP32', memory, (buffer) => new Int32Array(buffer));
  return true;
}

function isCancellation(data: unknown): data is { readonly data: number } {
  return (
    typeof data === 'object' &&
    data !== null &&
    Reflect.get(data, 'type') === 'CANCEL_PENDING_QUERY' &&
    typeof Reflect.get(data, 'data') === 'number'
  );
}

/**
 * DuckDB's script drops a cancelled statement without telling its helper threads, and then runs their share to the end
 * before the next statement: here they are interrupted first.
 */
function interrupt({ exports }: Instance, connection: number): void {
  const interruptConnection = exports[INTERRUPT];
  if (typeof interruptConnection === 'function') interruptConnection(connection + CONNECTION_OFFSET);
}

/** Takes the order, loads DuckDB's script and passes on what came meanwhile. */
export function hostDuckdb(scope: HostScope): void {
  let instance: Instance | null = null;
  let areViewsWhole = false;
  watchInstantiation((made) => (instance = made));
  scope.addEventListener('message', (event) => {
    const data: unknown = event.data;
    if (instance === null) return;
    if (!areViewsWhole && instance.memory !== null) areViewsWhole = keepViewsWhole(instance.memory);
    if (isCancellation(data)) interrupt(instance, data.data);
  });
  const early: MessageEvent<unknown>[] = [];
  scope.addEventListener(
    'message',
    (event: MessageEvent<HostOrder>) => {
      scope.onmessage = (later) => early.push(later);
      load(event.data.script).catch(reportError);
    },
    { once: true },
  );

  async function load(script: string): Promise<void> {
    await import(/* @vite-ignore */ script);
    const onmessage = scope.onmessage;
    for (const event of early) await onmessage?.(event);
  }
}
