// SHA-256 of bodies in the forms S3 wants; must not know what they hold.
import { sha256HexOfStream } from '../base/sha256.ts';

/** Of a body small enough for memory. */
export async function digestOf(body: Uint8Array | Blob): Promise<Uint8Array> {
  const bytes = body instanceof Blob ? await body.arrayBuffer() : (body as Uint8Array<ArrayBuffer>);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Of a body of any size, in constant memory. */
export function hexDigestOf(body: Uint8Array | Blob): Promise<string> {
  const blob = body instanceof Blob ? body : new Blob([body as Uint8Array<ArrayBuffer>]);
  return sha256HexOfStream(blob.stream());
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
