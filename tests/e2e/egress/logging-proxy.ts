// Stands between browser and app server and writes down what arrives whole; must not change anything on the way.
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoggingProxy {
  readonly origin: string;
  /** Each request as one text: method, address, headers and body. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/** `target` is an origin on the loopback interface. */
export async function startLoggingProxy(target: string): Promise<LoggingProxy> {
  const requests: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method, url, headers } = incoming;
      requests.push(`${method} ${url}\n${JSON.stringify(headers)}\n${body.toString('latin1')}`);
      const onward = ask(new URL(url ?? '/', target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    stop: () => {
      proxy.closeAllConnections();
      return new Promise((done) => proxy.close(() => done()));
    },
  };
}
