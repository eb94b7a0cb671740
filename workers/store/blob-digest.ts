// Two ways to digest a blob, writing it on the way where asked: whole or as a stream; must not know where files lie.
import { createSHA256 } from 'hash-wasm';
import { sha256Hex } from '../../src/lib/base/sha256.ts';
import type { KeptSource } from '../../src/lib/store/store-worker-contract.ts';

/**
 * Up to here a blob is read whole: WebCrypto digests 90 MB in half the time of WASM, and beside the writing, but wants
 * all bytes at once.
 */
const WHOLE_BYTES = 128 * 1024 * 1024;

const WRITE_BYTES = 8 * 1024 * 1024;

/** Most milliseconds without looking for a cancellation; reading alone never looks. */
const PAUSE_MS = 50;

/** Called after every step; throws to stop. */
export type OnBytes = (bytesSoFar: number) => void;

/** Thrown where the blob's bytes cannot be read any more. */
export class UnreadableError extends Error {}

/** Digests `blob`, and writes it to `file` where there is one. Stops with what `onBytes` throws. */
export function digestBlob(
  blob: Blob,
  file: FileSystemSyncAccessHandle | null,
  onBytes: OnBytes,
): Promise<KeptSource> {
  return blob.size <= WHOLE_BYTES ? digestWhole(blob, file, onBytes) : digestStream(blob, file, onBytes);
}

async function digestWhole(
  blob: Blob,
  file: FileSystemSyncAccessHandle | null,
  onBytes: OnBytes,
): Promise<KeptSource> {
  const bytes = new Uint8Array(await blob.arrayBuffer().catch(refuseUnreadable));
  onBytes(0);
  const pause = createPause();
  const digested = sha256Hex(bytes);
  for (let at = 0; file && at < bytes.length; at += WRITE_BYTES) {
    write(file, bytes.subarray(at, at + WRITE_BYTES), at);
    await pause();
    onBytes(Math.min(at + WRITE_BYTES, bytes.length));
  }
  const sha256 = await digested;
  await messagesRead();
  onBytes(bytes.length);
  return { sha256, sizeBytes: bytes.length };
}

async function digestStream(
  blob: Blob,
  file: FileSystemSyncAccessHandle | null,
  onBytes: OnBytes,
): Promise<KeptSource> {
  const hasher = await createSHA256();
  const reader = blob.stream().getReader();
  const pause = createPause();
  let sizeBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(refuseUnreadable);
      if (done) return { sha256: hasher.digest('hex'), sizeBytes };
      if (file) write(file, value, sizeBytes);
      hasher.update(value);
      sizeBytes += value.length;
      await pause();
      onBytes(sizeBytes);
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

function write(file: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  const written = file.write(bytes, { at });
  if (written !== bytes.length) throw new DOMException('the file was cut short', 'QuotaExceededError');
}

/** A pause for messages, taken when the last one is `PAUSE_MS` ago. */
function createPause(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < PAUSE_MS) return;
    await messagesRead();
    last = performance.now();
  };
}

/** Lets the messages that came meanwhile be handled, a cancellation among them. */
function messagesRead(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function refuseUnreadable(error: unknown): never {
  throw new UnreadableError(error instanceof Error ? error.message : String(error));
}
