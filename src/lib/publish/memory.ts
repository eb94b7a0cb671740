// A destination that lasts as long as the page or process, for an archive that is handed over whole; knows no archive.
import { fail, succeed } from '../base/result.ts';
import type { ModuleFile } from '../module/module-types.ts';
import { bytesOf } from './destination.ts';
import type { Destination } from './destination.ts';

export interface MemoryDestination {
  readonly destination: Destination;
  /** All that was written, by path below the destination's root. */
  files(): readonly ModuleFile[];
}

/** Begins empty. `name` is what a person reads in its problems and as its address. */
export function createMemoryDestination(name: string): MemoryDestination {
  const objects = new Map<string, Uint8Array>();
  const destination: Destination = {
    list: (prefix) => {
      const found = [...objects].filter(([path]) => path.startsWith(prefix));
      const listed = found.map(([path, bytes]) => ({ path, sizeBytes: bytes.byteLength }));
      return Promise.resolve(succeed(listed.sort((a, b) => (a.path < b.path ? -1 : 1))));
    },
    read: (path) => {
      const bytes = objects.get(path);
      const missing = {
        code: 'destination-missing',
        message: `There is no ${path} in ${name}.`,
        hint: 'Check the path.',
      };
      return Promise.resolve(bytes ? succeed(bytes) : fail(missing));
    },
    write: async (path, body, { ifAbsent, onProgress }) => {
      const bytes = await bytesOf(body);
      if (ifAbsent && objects.has(path))
        return fail({
          code: 'destination-exists',
          message: `${path} is in ${name} already.`,
          hint: 'Choose another version.',
        });
      objects.set(path, bytes);
      onProgress?.(bytes.byteLength);
      return succeed(null);
    },
    describe: () => name,
  };
  return { destination, files: () => [...objects].map(([path, bytes]) => ({ path, bytes })) };
}
