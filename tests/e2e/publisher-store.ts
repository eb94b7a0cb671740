// A bucket on a real S3 server and the proxy in front of it, as the publisher's journeys ask for them; knows no page.
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { corsJson } from '../../src/lib/publish/s3-policies.ts';
import { startS3, type S3Environment, type TestBucket } from '../s3/endpoint.ts';
import { startFaultProxy, type FaultProxy, type SeenRequest } from '../s3/fault-proxy.ts';
import type { TypedDestination } from './publisher-page.ts';

/** Keys are told and given without the prefix. */
export class PublisherStore {
  readonly proxy: FaultProxy;
  readonly #s3: S3Environment;
  #bucket: TestBucket | null = null;

  private constructor(s3: S3Environment, proxy: FaultProxy) {
    this.#s3 = s3;
    this.proxy = proxy;
  }

  static async start(): Promise<PublisherStore> {
    const s3 = await startS3();
    return new PublisherStore(s3, await startFaultProxy({ upstream: s3.endpoint }));
  }

  get bucket(): TestBucket {
    if (this.#bucket === null) throw new Error('A bucket is asked for before one was made.');
    return this.#bucket;
  }

  get secret(): string {
    return this.#s3.keys.secretAccessKey;
  }

  get prefix(): string {
    return this.bucket.prefix === '' ? 'sluice' : `${this.bucket.prefix}/sluice`;
  }

  /** Whole requests of the page itself, preflights left out. */
  get requests(): readonly SeenRequest[] {
    return this.proxy.requests.filter(({ method }) => method !== 'OPTIONS');
  }

  typed(name = 'team'): TypedDestination {
    return {
      name,
      endpoint: this.proxy.endpoint,
      bucket: this.bucket.name,
      prefix: this.prefix,
      accessKeyId: this.#s3.keys.accessKeyId,
    };
  }

  /** A bucket that lets `origin` in by the very rule the publisher shows for pasting. */
  async renew(origin: string): Promise<void> {
    this.#bucket = await this.#s3.makeBucket();
    this.proxy.clear();
    if (!this.#s3.isOwn) return;
    const CORSConfiguration = { CORSRules: JSON.parse(corsJson(origin)) };
    await this.#s3.admin.send(new PutBucketCorsCommand({ Bucket: this.bucket.name, CORSConfiguration }));
  }

  async list(): Promise<readonly string[]> {
    const { Contents = [] } = await this.#s3.admin.send(
      new ListObjectsV2Command({ Bucket: this.bucket.name, Prefix: `${this.prefix}/` }),
    );
    return Contents.map(({ Key = '' }) => Key.slice(this.prefix.length + 1)).sort();
  }

  async read(key: string): Promise<Buffer> {
    const asked = { Bucket: this.bucket.name, Key: `${this.prefix}/${key}` };
    const { Body } = await this.#s3.admin.send(new GetObjectCommand(asked));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  }

  async write(key: string, body: Buffer): Promise<void> {
    const put = { Bucket: this.bucket.name, Key: `${this.prefix}/${key}`, Body: body };
    await this.#s3.admin.send(new PutObjectCommand(put));
  }

  /** Uploads to a path that fits wait until the answer is called. */
  hold(match: RegExp): () => void {
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    this.proxy.add({ action: 'hold', until, method: 'PUT', match, times: Infinity });
    return () => release();
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.#s3.stop();
  }
}
