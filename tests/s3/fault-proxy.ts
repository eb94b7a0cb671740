// Stands in front of an S3 server, spoils requests as told and counts bytes; leaves the Host header alone, so that upstream still verifies signatures.
import {
  Agent,
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { PartChecksums } from './part-checksums.ts';
import { FaultRules, type FaultAction, type FaultRule } from './fault-rules.ts';

/** One request as the proxy saw it; grows while the request goes on. */
export interface SeenRequest {
  readonly method: string;
  /** Without query, e.g. `/bucket/key`. */
  readonly path: string;
  /** With the `?`, or empty. */
  readonly query: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  /** Bytes of the body that arrived. */
  bytesReceived: number;
  /** Bytes of the answer's body that were sent. */
  bytesSent: number;
  /** What the client was told; null where it was told nothing. */
  status: number | null;
  /** The rule it met. */
  readonly fault: FaultAction['action'] | null;
}

export interface FaultProxy {
  /** `http://127.0.0.1:<port>`: to be used in place of the upstream endpoint. */
  readonly endpoint: string;
  /** Everything that came in, preflight requests included, since the start or the last `clear()`. */
  readonly requests: readonly SeenRequest[];
  add(rule: FaultRule): void;
  /** Forgets rules and requests. */
  clear(): void;
  close(): Promise<void>;
}

export interface FaultProxyOptions {
  /** An `http:` endpoint. */
  readonly upstream: string;
  readonly port?: number;
  /**
   * As AWS: `PUT` with `If-None-Match: *` is refused with 412 where the key exists. RGW 16 does this on plain buckets
   * and ignores the header on versioned ones; with this client the proxy looks first, one request per key at a time.
   */
  readonly conditionalWrites?: S3Client;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const rules = new FaultRules();
  const upstream = new Upstream(options.upstream);
  const turns = new Turns();
  const checksums = new PartChecksums();
  let requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const [path = '/', query] = url.split('?', 2);
    const method = request.method ?? 'GET';
    const fault = rules.take(method, url);
    const seen: SeenRequest = {
      method,
      path,
      query: query === undefined ? '' : `?${query}`,
      headers: request.headers,
      bytesReceived: 0,
      bytesSent: 0,
      status: null,
      fault: fault?.action ?? null,
    };
    requests.push(seen);
    const exchange = new Exchange(request, response, seen, upstream);
    const refusal = checksums.refuse({ method, path, query: seen.query, headers: request.headers });
    const answer = () => exchange.answer(refusal ?? fault);
    const { conditionalWrites } = options;
    const isGuarded = method === 'PUT' && request.headers['if-none-match'] === '*';
    const work =
      conditionalWrites !== undefined && isGuarded && (fault === null || reachesUpstream(fault))
        ? turns.take(path, async () =>
            (await exists(conditionalWrites, path)) ? exchange.refuseOverwrite() : answer(),
          )
        : answer();
    work.catch(() => exchange.cut());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    add: (rule) => rules.add(rule),
    clear: () => {
      rules.clear();
      requests = [];
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      upstream.close();
    },
  };
}

function reachesUpstream(fault: FaultRule): boolean {
  return !['status', 'cut', 'cut-mid-upload', 'hang'].includes(fault.action);
}

async function exists(client: S3Client, path: string): Promise<boolean> {
  const [, bucket = '', ...key] = decodeURIComponent(path).split('/');
  try {
    await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key.join('/') }));
    return true;
  } catch {
    return false;
  }
}

/** One after the other per name. */
class Turns {
  readonly #last = new Map<string, Promise<void>>();

  take(name: string, work: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(work, work);
    this.#last.set(name, turn);
    return turn;
  }
}

class Upstream {
  readonly #address: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(endpoint: string) {
    this.#address = new URL(endpoint);
    if (this.#address.protocol !== 'http:')
      throw new Error(`The fault proxy hands plain HTTP on; ${endpoint} is something else.`);
  }

  open(method: string, url: string, headers: OutgoingHttpHeaders) {
    const { hostname, port } = this.#address;
    return sendRequest({ hostname, port, agent: this.#agent, method, path: url, headers, setHost: false });
  }

  /** CORS headers the bucket's own configuration grants this request; RGW leaves them off errors, AWS does not. */
  readCorsHeaders(request: IncomingMessage): Promise<OutgoingHttpHeaders> {
    const { origin, host } = request.headers;
    if (origin === undefined) return Promise.resolve({});
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const asked = { origin, ...(host === undefined ? {} : { host }) };
    return new Promise((resolve) => {
      this.open('OPTIONS', path, { ...asked, 'access-control-request-method': request.method ?? 'GET' })
        .on('response', (answer) => {
          answer.resume();
          const names = ['access-control-allow-origin', 'access-control-expose-headers', 'vary'];
          const granted = names.filter((name) => answer.headers[name] !== undefined);
          resolve(Object.fromEntries(granted.map((name) => [name, answer.headers[name]])));
        })
        .on('error', () => resolve({}))
        .end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** One request on its way through. */
class Exchange {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #seen: SeenRequest;
  readonly #upstream: Upstream;
  /** Kept from the start: a request that was read only in part has let go of it. */
  readonly #socket: Socket;

  constructor(request: IncomingMessage, response: ServerResponse, seen: SeenRequest, upstream: Upstream) {
    this.#request = request;
    this.#response = response;
    this.#seen = seen;
    this.#upstream = upstream;
    this.#socket = request.socket;
    request.on('error', () => undefined);
    response.on('error', () => undefined);
  }

  async answer(fault: FaultRule | null): Promise<void> {
    switch (fault?.action) {
      case 'status':
        return this.#fail(fault.status, fault.code, fault.message ?? fault.code, fault.noCors === true);
      case 'cut':
        return this.cut();
      case 'cut-mid-upload':
        return this.#cutAfter(fault.afterBytes ?? 65_536);
      case 'hang':
        return this.#swallowBody();
      case 'delay':
        await pause(fault.milliseconds);
        break;
      case 'hold':
        return this.#holdUntil(fault.until);
    }
    return this.#forward(fault, this.#body());
  }

  /** Reads the body meanwhile: a socket with unread bytes does not tell that its other end went away. */
  async #holdUntil(until: Promise<void>): Promise<void> {
    const held: Buffer[] = [];
    for await (const chunk of this.#body()) held.push(chunk);
    await until;
    if (!this.#socket.destroyed) await this.#forward(null, held);
  }

  refuseOverwrite(): Promise<void> {
    const message = 'At least one of the pre-conditions you specified did not hold';
    return this.#fail(412, 'PreconditionFailed', message, false);
  }

  cut(): void {
    this.#socket.destroy();
  }

  async #cutAfter(limit: number): Promise<void> {
    for await (const chunk of this.#body()) if (chunk.length > 0 && this.#seen.bytesReceived >= limit) break;
    this.cut();
  }

  /** The request's body, counted. */
  async *#body(): AsyncGenerator<Buffer> {
    for await (const chunk of this.#request as AsyncIterable<Buffer>) {
      this.#seen.bytesReceived += chunk.length;
      yield chunk;
    }
  }

  async #swallowBody(): Promise<void> {
    for await (const _ of this.#body());
  }

  async #fail(status: number, code: string, message: string, noCors: boolean): Promise<void> {
    await this.#swallowBody();
    const cors = noCors ? {} : await this.#upstream.readCorsHeaders(this.#request);
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    const isHead = this.#request.method === 'HEAD';
    this.#response.writeHead(status, { 'content-type': 'application/xml', ...cors });
    this.#seen.status = status;
    this.#response.end(isHead ? undefined : body);
    this.#seen.bytesSent += isHead ? 0 : Buffer.byteLength(body);
  }

  async #forward(fault: FaultRule | null, body: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const { expect: _, ...headers } = this.#request.headers;
    const outgoing = this.#upstream.open(this.#seen.method, this.#request.url ?? '/', headers);
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).on('error', reject);
    });
    // Who reads it comes after the body was sent; an answer that fails before is not unheard.
    answered.catch(() => undefined);
    this.#response.once('close', () => {
      if (!this.#response.writableEnded) outgoing.destroy();
    });
    for await (const chunk of body) {
      if (!outgoing.write(chunk)) await Promise.race([drained(outgoing), answered]);
      if (fault?.action === 'throttle') await pause((chunk.length / fault.bytesPerSecond) * 1000);
    }
    outgoing.end();
    await this.#answerWith(await answered, fault);
  }

  async #answerWith(answer: IncomingMessage, fault: FaultRule | null): Promise<void> {
    const status = answer.statusCode ?? 502;
    if (fault?.action === 'cut-after-commit') {
      for await (const _ of answer);
      return this.cut();
    }
    this.#response.writeHead(status, await this.#answerHeaders(answer, status, fault));
    this.#response.flushHeaders();
    this.#seen.status = status;
    const limit = fault?.action === 'truncate-response' ? (fault.afterBytes ?? 1000) : Infinity;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, limit - this.#seen.bytesSent);
      await new Promise<void>((resolve) => this.#response.write(part, () => resolve()));
      this.#seen.bytesSent += part.length;
      if (this.#seen.bytesSent >= limit) return this.cut();
    }
    this.#response.end();
  }

  async #answerHeaders(
    answer: IncomingMessage,
    status: number,
    fault: FaultRule | null,
  ): Promise<OutgoingHttpHeaders> {
    const headers = Object.entries(answer.headers);
    if (fault?.action === 'no-cors')
      return Object.fromEntries(headers.filter(([name]) => !name.startsWith('access-control-')));
    const lacksCors = status >= 400 && answer.headers['access-control-allow-origin'] === undefined;
    return { ...answer.headers, ...(lacksCors ? await this.#upstream.readCorsHeaders(this.#request) : {}) };
  }
}

function drained(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('drain', resolve).once('close', resolve);
  });
}
