// SHA-256 (FIPS 180-4) of bytes and of streams; knows nothing of files or modules.
import { createSHA256 } from 'hash-wasm';

/** Lower-case hex digest, 64 characters. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return toHex(new Uint8Array(digest));
}

/** Lower-case hex digest of the concatenated chunks, in constant memory. */
export async function sha256HexOfStream(
  chunks: AsyncIterable<Uint8Array>,
  onChunk?: (bytesSoFar: number) => void,
): Promise<string> {
  const hasher = await createSHA256();
  let total = 0;
  for await (const chunk of chunks) {
    hasher.update(chunk);
    total += chunk.byteLength;
    onChunk?.(total);
  }
  return hasher.digest('hex');
}

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}
