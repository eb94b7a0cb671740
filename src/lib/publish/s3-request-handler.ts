// One HTTP request of the S3 client over fetch: counted, recorded, given up when nothing moves. Must not know what is asked.
import type { RecordRequest, WireRecord } from './s3-types.ts';

export interface WireOptions {
  readonly record?: RecordRequest;
  /** Longest time without a sign of life, ms; a body gets the time it needs at 64 kB/s on top. */
  readonly requestTimeoutMs: number;
  readonly fetch?: typeof fetch;
  /** Called when an answer begins that may be read. */
  readonly onAnswer?: () => void;
}

/** What the SDK hands over (its `HttpRequest`). */
interface WireRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface WireAnswer {
  readonly response: {
    readonly statusCode: number;
    readonly reason: string;
    readonly headers: Record<string, string>;
    readonly body: ReadableStream<Uint8Array> | undefined;
  };
}

/** What went wrong on the way, as the `name` of the error. */
export type WireFault = 'WireTimeout' | 'WireTruncated' | 'WireRedirect' | 'WireUnrecorded';

export class WireError extends Error {
  override readonly name: WireFault;
  constructor(name: WireFault, message: string) {
    super(message);
    this.name = name;
  }
}

const SLOWEST_BYTES_PER_MS = 64;
/** Set by fetch itself, from the same values. */
const OWN_HEADERS = new Set(['host', 'content-length']);

function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function queryOf(query: WireRequest['query']): string {
  const pairs = Object.entries(query ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => {
      const values = value === null ? [null] : Array.isArray(value) ? value : [value as string];
      return values.map((each) => `${escapeQuery(name)}${each ? `=${escapeQuery(each)}` : '='}`);
    });
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function sizeOfBody(body: unknown): number {
  if (body === undefined || body === null) return 0;
  if (typeof body === 'string') return new TextEncoder().encode(body).byteLength;
  if (body instanceof Blob) return body.size;
  return ArrayBuffer.isView(body) ? body.byteLength : 0;
}

/** A signal that aborts when its deadline was not put off in time, or when `outer` does. */
function watch(outer: AbortSignal | undefined, firstMs: number, idleMs: number) {
  const controller = new AbortController();
  const expire = (ms: number) =>
    setTimeout(() => controller.abort(new WireError('WireTimeout', `No sign of life for ${ms} ms`)), ms);
  let timer = expire(firstMs);
  return {
    signal: outer ? AbortSignal.any([outer, controller.signal]) : controller.signal,
    moved: () => {
      clearTimeout(timer);
      timer = expire(idleMs);
    },
    stop: () => clearTimeout(timer),
  };
}

async function readBody(
  response: Response,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (const reader = response.body?.getReader(); reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    onBytes(value.byteLength);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function checkLength(request: WireRequest, response: Response, received: number): void {
  const announced = response.headers.get('content-length');
  if (request.method === 'HEAD' || announced === null || response.headers.has('content-encoding')) return;
  if (Number(announced) !== received)
    throw new WireError('WireTruncated', `${received} of ${announced} bytes came`);
}

async function writeRecord(record: RecordRequest | undefined, entry: WireRecord): Promise<void> {
  try {
    await record?.(entry);
  } catch (error) {
    throw new WireError('WireUnrecorded', `The request could not be recorded: ${String(error)}`);
  }
}

function openRecord(request: WireRequest, bytesSent: number): WireRecord {
  const { method, hostname, port, path } = request;
  return {
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    method,
    host: port ? `${hostname}:${port}` : hostname,
    path,
    bytesSent,
    bytesReceived: 0,
    status: null,
    state: 'open',
  };
}

function initOf(request: WireRequest, signal: AbortSignal): RequestInit {
  const headers = Object.entries(request.headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body !== undefined;
  return {
    method: request.method,
    headers: Object.fromEntries(headers),
    ...(hasBody ? { body: request.body as BodyInit } : {}),
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal,
  };
}

/**
 * A request handler for the SDK, the same in browser and Node. Answers are read whole and their length is checked
 * (`WireTruncated`); no redirect is followed (`WireRedirect`), since it would carry the body elsewhere; a hang ends with
 * `WireTimeout`. Each attempt is recorded before it is sent and when it ended.
 */
export function createRequestHandler(options: WireOptions) {
  const { record, requestTimeoutMs, fetch: send = fetch, onAnswer } = options;
  return {
    handle: async (
      request: WireRequest,
      { abortSignal }: { readonly abortSignal?: AbortSignal } = {},
    ): Promise<WireAnswer> => {
      const port = request.port ? `:${request.port}` : '';
      const url = `${request.protocol}//${request.hostname}${port}${request.path}${queryOf(request.query)}`;
      const bytesSent = sizeOfBody(request.body);
      const opened = openRecord(request, bytesSent);
      abortSignal?.throwIfAborted();
      await writeRecord(record, opened);
      const time = watch(abortSignal, requestTimeoutMs + bytesSent / SLOWEST_BYTES_PER_MS, requestTimeoutMs);
      let entry: WireRecord = { ...opened, state: 'broken' };
      try {
        const response = await send(url, initOf(request, time.signal));
        if (response.type === 'opaqueredirect')
          throw new WireError('WireRedirect', 'A redirect was answered');
        entry = { ...entry, status: response.status };
        onAnswer?.();
        const bytes = await readBody(response, (count) => {
          time.moved();
          entry = { ...entry, bytesReceived: entry.bytesReceived + count };
        });
        checkLength(request, response, bytes.byteLength);
        entry = { ...entry, state: 'answered' };
        return {
          response: {
            statusCode: response.status,
            reason: response.statusText,
            headers: Object.fromEntries(response.headers.entries()),
            body: new Response(bytes).body ?? undefined,
          },
        };
      } catch (error) {
        const reason: unknown = time.signal.reason;
        if (time.signal.aborted) throw reason instanceof WireError ? reason : error;
        const isBrokenOff = entry.status !== null && error instanceof TypeError;
        throw isBrokenOff ? new WireError('WireTruncated', `The answer broke off: ${error.message}`) : error;
      } finally {
        time.stop();
        await writeRecord(record, entry);
      }
    },
  };
}
