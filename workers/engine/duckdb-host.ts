// The worker that DuckDB's own worker script runs in, so that a cancelled statement really stops on every thread; must not know the engine.

/** `name` of a worker that is to host DuckDB instead of the engine. */
export const HOST_NAME = 'sluice-duckdb';

/** The first message to a host: where DuckDB's worker script is. */
export interface HostOrder {
  readonly script: string;
}

/** `duckdb::Connection::Interrupt()`, under its name in the module. */
const INTERRUPT = '_ZN6duckdb10Connection9InterruptEv';
/** Bytes from a `WebDB::Connection` to its `duckdb::Connection`: a reference, then padding to eight (build 1.33.1-dev65). */
const CONNECTION_OFFSET = 8;

type Exports = WebAssembly.Exports;

/** What of a dedicated worker's global scope is needed here. */
export interface HostScope {
  onmessage: ((event: MessageEvent) => unknown) | null;
  addEventListener(type: 'message', take: (event: MessageEvent) => void, options?: { once: boolean }): void;
}

/** Calls `take` with a module's exports; a module that cannot be had ends the worker, instead of leaving everyone waiting. */
function watchInstantiation(take: (exports: Exports) => void): void {
  const original = WebAssembly.instantiateStreaming.bind(WebAssembly);
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      const made = await original(source, imports);
      take(made.instance.exports);
      return made;
    } catch (error) {
      reportError(error);
      throw error;
    }
  };
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
 * DuckDB's worker drops a cancelled statement without telling its helper threads, and then runs their share to the end
 * before the next statement; here they are interrupted first.
 */
export function hostDuckdb(scope: HostScope): void {
  let interrupt: ((connection: number) => unknown) | null = null;
  watchInstantiation((exports) => {
    const found = exports[INTERRUPT];
    if (typeof found === 'function') interrupt = (connection) => found(connection + CONNECTION_OFFSET);
  });
  scope.addEventListener('message', (event) => {
    const data: unknown = event.data;
    if (isCancellation(data)) interrupt?.(data.data);
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
