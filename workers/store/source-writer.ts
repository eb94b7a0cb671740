// Digests source files and keeps them under their digests, off the main thread; must not know names or notebooks.
import { createSHA256 } from 'hash-wasm';
import type { Problem } from '../../src/lib/base/result.ts';
import { fail, succeed } from '../../src/lib/base/result.ts';
import {
  createPartial,
  findFile,
  hasFile,
  openFolder,
  partialLock,
  placePartial,
  removePartial,
} from '../../src/lib/store/private-files.ts';
import { storageProblem } from '../../src/lib/store/storage-problem.ts';
import type { KeepRequest, KeptSource, StoreWorker } from '../../src/lib/store/store-worker-contract.ts';
import { SOURCES_FOLDER } from '../../src/lib/store/store-worker-contract.ts';

/** Bytes read at once: the next chunk is read while one is digested. */
const CHUNK_BYTES = 4 * 1024 * 1024;

class CancelledError extends Error {}

class UnreadableError extends Error {}

export function createStoreWorker(): StoreWorker {
  const cancelled = new Set<string>();
  const running = new Set<string>();
  return {
    async keepSource(request, onProgress) {
      running.add(request.id);
      try {
        const onChunk = (bytesSoFar: number): void => {
          if (cancelled.has(request.id)) throw new CancelledError();
          onProgress(bytesSoFar);
        };
        return succeed(await keep(request, onChunk));
      } catch (error) {
        return fail(problemOf(error));
      } finally {
        running.delete(request.id);
        cancelled.delete(request.id);
      }
    },
    cancel(id) {
      if (running.has(id)) cancelled.add(id);
    },
  };
}

async function keep(
  { blob, isKept }: KeepRequest,
  onChunk: (bytesSoFar: number) => void,
): Promise<KeptSource> {
  if (!isKept) return digest(blob, onChunk);
  const folder = await openFolder([SOURCES_FOLDER], true);
  if (await hasFileOfSize(folder, blob.size)) {
    const digested = await digest(blob, onChunk);
    const kept = await findFile(folder, digested.sha256);
    if (kept?.size === blob.size) return digested;
  }
  return copy(blob, folder, onChunk);
}

/** True where a kept file might be the same, so that digesting first may spare the copy. */
async function hasFileOfSize(folder: FileSystemDirectoryHandle, sizeBytes: number): Promise<boolean> {
  for await (const name of folder.keys()) {
    if ((await findFile(folder, name))?.size === sizeBytes) return true;
  }
  return false;
}

async function digest(blob: Blob, onChunk: (bytesSoFar: number) => void): Promise<KeptSource> {
  const hasher = await createSHA256();
  let sizeBytes = 0;
  for await (const chunk of readChunks(blob)) {
    hasher.update(chunk);
    sizeBytes += chunk.byteLength;
    onChunk(sizeBytes);
  }
  return { sha256: hasher.digest('hex'), sizeBytes };
}

async function copy(
  blob: Blob,
  folder: FileSystemDirectoryHandle,
  onChunk: (bytesSoFar: number) => void,
): Promise<KeptSource> {
  const name = crypto.randomUUID();
  return navigator.locks.request(partialLock(name), async () => {
    try {
      const partial = await createPartial(name);
      const kept = await writeWhileDigesting(blob, partial, onChunk);
      if (await hasFile(folder, kept.sha256)) await removePartial(name);
      else await placePartial(partial, folder, kept.sha256);
      return kept;
    } catch (error) {
      await removePartial(name);
      throw error;
    }
  });
}

async function writeWhileDigesting(
  blob: Blob,
  partial: FileSystemFileHandle,
  onChunk: (bytesSoFar: number) => void,
): Promise<KeptSource> {
  const file = await partial.createSyncAccessHandle();
  try {
    const hasher = await createSHA256();
    let sizeBytes = 0;
    for await (const chunk of readChunks(blob)) {
      const written = file.write(chunk, { at: sizeBytes });
      if (written !== chunk.byteLength)
        throw new DOMException('the file was cut short', 'QuotaExceededError');
      hasher.update(chunk);
      sizeBytes += chunk.byteLength;
      onChunk(sizeBytes);
    }
    file.flush();
    return { sha256: hasher.digest('hex'), sizeBytes };
  } finally {
    file.close();
  }
}

async function* readChunks(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const read = (start: number): Promise<ArrayBuffer> => blob.slice(start, start + CHUNK_BYTES).arrayBuffer();
  let next = read(0);
  for (let start = 0; start < blob.size; start += CHUNK_BYTES) {
    const bytes = await next.catch((error: unknown) => {
      throw new UnreadableError(error instanceof Error ? error.message : String(error));
    });
    next = read(start + CHUNK_BYTES);
    next.catch(() => undefined);
    yield new Uint8Array(bytes);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof CancelledError)
    return { code: 'storage-cancelled', message: 'Keeping the file was cancelled.' };
  if (error instanceof UnreadableError) {
    return {
      code: 'source-unreadable',
      message: `The file could not be read: ${error.message.replace(/\.$/, '')}.`,
      hint: 'It may have been moved or changed since it was chosen: choose it again.',
    };
  }
  return storageProblem(error, 'The file could not be kept');
}
