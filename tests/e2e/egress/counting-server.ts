// A foreign host that counts whatever reaches it: requests, sockets and datagrams; knows nothing of who sends.
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CountingServer {
  /** e.g. `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** Counts connections only: nothing is ever asked of it by a request of its own. */
  readonly silentOrigin: string;
  /** Port of a UDP socket that answers nothing. */
  readonly udpPort: number;
  /** What arrived since the last `forget`, as `GET /path?query`, `connection` or `datagram`. */
  readonly arrivals: string[];
  forget(): void;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
  png: 'image/png',
  json: 'application/json',
};

/** What a browser would gladly take from a hostile host. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Headers', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  response.setHeader('Content-Type', TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain');
  response.end();
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function bind(socket: Socket): Promise<number> {
  return new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket.address().port)));
}

export async function startCountingServer(): Promise<CountingServer> {
  const arrivals: string[] = [];
  const loud = createServer((request, response) => {
    arrivals.push(`${request.method} ${request.url}`);
    request.resume();
    answer(request, response);
  });
  loud.on('upgrade', (request, socket) => {
    arrivals.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  const silent = createServer((_request, response) => response.end());
  silent.on('connection', () => arrivals.push('connection'));
  const datagrams = createSocket('udp4').on('message', () => arrivals.push('datagram'));
  const [port, silentPort, udpPort] = await Promise.all([listen(loud), listen(silent), bind(datagrams)]);
  return {
    origin: `http://127.0.0.1:${port}`,
    silentOrigin: `http://127.0.0.1:${silentPort}`,
    udpPort,
    arrivals,
    forget: () => {
      arrivals.length = 0;
    },
    stop: async () => {
      loud.closeAllConnections();
      silent.closeAllConnections();
      await Promise.all([
        new Promise((done) => loud.close(done)),
        new Promise((done) => silent.close(done)),
        new Promise<void>((done) => datagrams.close(done)),
      ]);
    },
  };
}
