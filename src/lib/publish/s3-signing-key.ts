// The secret access key as a key that signs and cannot be read; must not know where it is kept.

const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

type SourceData = string | ArrayBuffer | ArrayBufferView;

function toBytes(data: SourceData): Uint8Array<ArrayBuffer> {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength).slice();
}

/**
 * A non-extractable HMAC-SHA-256 key over `AWS4` + secret, the first key of AWS Signature Version 4. IndexedDB can keep
 * it; nobody can read the secret out of it. The caller drops the text.
 */
export function importSigningKey(secretAccessKey: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', toBytes(`AWS4${secretAccessKey}`), HMAC, false, ['sign']);
}

/**
 * The digest class that the SDK signs with: plain SHA-256, or HMAC where it is made with a key. Where that key is
 * `AWS4` + `standIn`, `signingKey` takes its place: the SDK holds the stand-in alone. It must be random for each client,
 * because the SDK keeps the keys it derives for a day under a name made of it.
 */
export function createSigningDigest(signingKey: CryptoKey, standIn: string) {
  const keyFor = (secret: SourceData): Promise<CryptoKey> =>
    secret === `AWS4${standIn}`
      ? Promise.resolve(signingKey)
      : crypto.subtle.importKey('raw', toBytes(secret), HMAC, false, ['sign']);
  return class SigningDigest {
    readonly #key: Promise<CryptoKey> | null;
    #chunks: Uint8Array<ArrayBuffer>[] = [];
    constructor(secret?: SourceData) {
      this.#key = secret === undefined ? null : keyFor(secret);
    }
    update(chunk: SourceData): void {
      this.#chunks.push(toBytes(chunk));
    }
    async digest(): Promise<Uint8Array> {
      const bytes = await new Blob(this.#chunks).arrayBuffer();
      const key = await this.#key;
      return new Uint8Array(
        await (key ? crypto.subtle.sign('HMAC', key, bytes) : crypto.subtle.digest('SHA-256', bytes)),
      );
    }
    reset(): void {
      this.#chunks = [];
    }
  };
}
