// Keeps source files under their digests, off the main thread; must not know names or notebooks.
import type { Problem } from '../../src/lib/base/result.ts';
import { fail, succeed } from '../../src/lib/base/result.ts';
import {
  createPartial,
  findFile,
  openFolder,
  partialLock,
  placePartial,
  removePartial,
} from '../../src/lib/store/private-files.ts';
import { storageProblem } from '../../src/lib/store/storage-problem.ts';
import type { KeepRequest, KeptSource, StoreWorker } from '../../src/lib/store/store-worker-contract.ts';
import { SOURCES_FOLDER } from '../../src/lib/store/store-worker-contract.ts';
import type { OnBytes } from './blob-digest.ts';
import { digestBlob, UnreadableError } from './blob-digest.ts';

class CancelledError extends Error {}

export function createStoreWorker(): StoreWorker {
  const cancelled = new Set<string>();
  const running = new Set<string>();
  return {
    async keepSource(request, onProgress) {
      running.add(request.id);
      try {
        const onBytes: OnBytes = (bytesSoFar) => {
          if (cancelled.has(request.id)) throw new CancelledError();
          onProgress(bytesSoFar);
        };
        return succeed(await keep(request, onBytes));
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

async function keep({ blob, isKept }: KeepRequest, onBytes: OnBytes): Promise<KeptSource> {
  if (!isKept) return digestBlob(blob, null, onBytes);
  const folder = await openFolder([SOURCES_FOLDER], true);
  if (await hasFileOfSize(folder, blob.size)) {
    const digested = await digestBlob(blob, null, onBytes);
    if (await isKeptWhole(folder, digested)) return digested;
  }
  return copy(blob, folder, onBytes);
}

/** True where a kept file might be the same, so that digesting first may spare the copy. */
async function hasFileOfSize(folder: FileSystemDirectoryHandle, sizeBytes: number): Promise<boolean> {
  for await (const name of folder.keys()) {
    if ((await findFile(folder, name))?.size === sizeBytes) return true;
  }
  return false;
}

async function isKeptWhole(folder: FileSystemDirectoryHandle, source: KeptSource): Promise<boolean> {
  return (await findFile(folder, source.sha256))?.size === source.sizeBytes;
}

function copy(blob: Blob, folder: FileSystemDirectoryHandle, onBytes: OnBytes): Promise<KeptSource> {
  const name = crypto.randomUUID();
  return navigator.locks.request(partialLock(name), async () => {
    try {
      const partial = await createPartial(name);
      const source = await writePartial(blob, partial, onBytes);
      await navigator.locks.request(`sluice-source:${source.sha256}`, async () => {
        if (await isKeptWhole(folder, source)) await removePartial(name);
        else await placePartial(partial, folder, source.sha256);
      });
      return source;
    } catch (error) {
      await removePartial(name);
      throw error;
    }
  });
}

async function writePartial(
  blob: Blob,
  partial: FileSystemFileHandle,
  onBytes: OnBytes,
): Promise<KeptSource> {
  const file = await partial.createSyncAccessHandle();
  try {
    const source = await digestBlob(blob, file, onBytes);
    file.flush();
    return source;
  } finally {
    file.close();
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
