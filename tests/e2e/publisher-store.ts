// A real S3 server behind a proxy that counts bodies and can hold requests back; knows no page.
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { corsJson } from '../../src/lib/publish/s3-policies.ts';
import { startRgw } from '../s3/rgw.ts';

export interface CountedRequest {
  readonly method: string;
  readonly path: string;
  readonly bytesSent: number;
  bytesReceived: number;
  status: number | null;
}

export interface CountingStore {
  /** Of the proxy: what the page is told. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secret: string;
  /** Requests that reached the proxy whole, preflights left out. */
  readonly requests: CountedRequest[];
  /** A new bucket that lets `origin` in. */
  addBucket(name: string, origin: string): Promise<void>;
  list(bucket: string): Promise<readonly string[]>;
  read(bucket: string, key: string): Promise<Buffer>;
  write(bucket: string, key: string, body: Buffer): Promise<void>;
  /** Requests of which the predicate holds wait until the answer is called. */
  hold(isHeld: (method: string, path: string) => boolean): () => void;
  stop(): Promise<void>;
}

interface Hold {
  readonly isHeld: (method: string, path: string) => boolean;
  readonly released: Promise<void>;
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pass(
  upstream: URL,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const requests = {
    host: upstream.hostname,
    port: upstream.port,
    method: request.method,
    path: request.url,
  };
  return new Promise((resolve, reject) => {
    const outgoing = send({ ...requests, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('end', resolve);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function startProxy(upstream: URL, requests: CountedRequest[], holds: Set<Hold>) {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request);
    const [method, path] = [request.method ?? '', (request.url ?? '').split('?')[0] ?? ''];
    const counted: CountedRequest = {
      method,
      path,
      bytesSent: body.byteLength,
      bytesReceived: 0,
      status: null,
    };
    if (method !== 'OPTIONS') requests.push(counted);
    for (const hold of holds) if (hold.isHeld(method, path)) await hold.released;
    if (request.socket.destroyed) return;
    const write = response.write.bind(response);
    response.write = ((chunk: Buffer, ...rest: []) => {
      counted.bytesReceived += chunk.byteLength;
      return write(chunk, ...rest);
    }) as typeof response.write;
    await pass(upstream, request, response, body);
    counted.status = response.statusCode;
  };
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function startCountingStore(): Promise<CountingStore> {
  const rgw = await startRgw();
  const requests: CountedRequest[] = [];
  const holds = new Set<Hold>();
  const proxy = await startProxy(new URL(rgw.endpoint), requests, holds);
  const client = new S3Client({
    endpoint: rgw.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: rgw.keys,
  });
  return {
    endpoint: proxy.endpoint,
    accessKeyId: rgw.keys.accessKeyId,
    secret: rgw.keys.secretAccessKey,
    requests,
    async addBucket(name, origin) {
      await client.send(new CreateBucketCommand({ Bucket: name }));
      const CORSConfiguration = { CORSRules: JSON.parse(corsJson(origin)) };
      await client.send(new PutBucketCorsCommand({ Bucket: name, CORSConfiguration }));
    },
    async list(bucket) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = '' }) => Key).sort();
    },
    async read(bucket, key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    async write(bucket, key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
    hold(isHeld) {
      let release = (): void => undefined;
      const hold: Hold = { isHeld, released: new Promise((resolve) => (release = resolve)) };
      holds.add(hold);
      return () => {
        holds.delete(hold);
        release();
      };
    },
    async stop() {
      await proxy.stop();
      client.destroy();
      await rgw.stop();
    },
  };
}
