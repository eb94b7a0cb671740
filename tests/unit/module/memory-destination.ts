// A destination in memory, for tests.
import { fail, succeed } from '../../../src/lib/base/result.ts';
import { bytesOf, cancelled } from '../../../src/lib/publish/destination.ts';
import type { ModuleFile } from '../../../src/lib/module/module-types.ts';
import type { Destination } from '../../../src/lib/publish/destination.ts';

export interface MemoryDestination extends Destination {
  readonly objects: Map<string, Uint8Array>;
  /** Paths in the order in which they were written. */
  readonly writes: string[];
}

export function createMemoryDestination(): MemoryDestination {
  const objects = new Map<string, Uint8Array>();
  const writes: string[] = [];
  return {
    objects,
    writes,
    list: async (prefix) =>
      succeed(
        [...objects]
          .filter(([path]) => path.startsWith(prefix))
          .map(([path, bytes]) => ({ path, sizeBytes: bytes.byteLength }))
          .sort((a, b) => (a.path < b.path ? -1 : 1)),
      ),
    read: async (path) => {
      const bytes = objects.get(path);
      return bytes === undefined
        ? fail({ code: 'destination-missing', message: `There is no ${path}.` })
        : succeed(bytes);
    },
    write: async (path, body, { ifAbsent, onProgress, signal }) => {
      const bytes = await bytesOf(body);
      if (signal?.aborted === true) return fail(cancelled(path));
      if (ifAbsent && objects.has(path))
        return fail({ code: 'destination-exists', message: `${path} is there already.` });
      objects.set(path, bytes.slice());
      writes.push(path);
      onProgress?.(bytes.byteLength);
      return succeed(null);
    },
    describe: (path) => `memory:${path}`,
  };
}

export function putFiles(destination: MemoryDestination, prefix: string, files: readonly ModuleFile[]): void {
  for (const { path, bytes } of files)
    destination.objects.set(prefix === '' ? path : `${prefix}/${path}`, bytes.slice());
}
