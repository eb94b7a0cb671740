// What `--publish` names: a folder, or a zip file of the one version that is published; must not know how a module is made.
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ProblemError, succeed } from '../lib/base/result.ts';
import type { Module } from '../lib/module/module-types.ts';
import { bytesOf } from '../lib/publish/destination.ts';
import type { Destination } from '../lib/publish/destination.ts';
import { zipModule } from '../lib/publish/zip.ts';
import { wrongUse } from './command-outcome.ts';
import { createFolderDestination } from './folder-destination.ts';

export interface OpenDestination {
  readonly destination: Destination;
  /** Called once with all that was published. */
  finish(modules: readonly Module[]): void;
}

/** Holds what is written until the process ends: a zip file is written whole, or not at all. */
function createMemoryDestination(name: string): Destination {
  const objects = new Map<string, Uint8Array>();
  return {
    list: (prefix) => {
      const found = [...objects].filter(([path]) => path.startsWith(prefix));
      const listed = found.map(([path, bytes]) => ({ path, sizeBytes: bytes.byteLength }));
      return Promise.resolve(succeed(listed.sort((a, b) => (a.path < b.path ? -1 : 1))));
    },
    read: (path) => {
      const bytes = objects.get(path);
      const missing = { code: 'destination-missing', message: `There is no ${path} in ${name}.` };
      return Promise.resolve(bytes ? succeed(bytes) : fail(missing));
    },
    write: async (path, body, { ifAbsent, onProgress }) => {
      const bytes = await bytesOf(body);
      if (ifAbsent && objects.has(path))
        return fail({ code: 'destination-exists', message: `${path} is in ${name} already.` });
      objects.set(path, bytes);
      onProgress?.(bytes.byteLength);
      return succeed(null);
    },
    describe: () => name,
  };
}

function writeZip(path: string, target: string, module: Module): void {
  try {
    writeFileSync(path, zipModule(module.files), { flag: 'wx' });
  } catch {
    const hint = 'Check that the folder exists and has space left.';
    throw new ProblemError({ code: 'destination-failed', message: `${target} could not be written.`, hint });
  }
}

/** @throws ProblemError for a kind of destination that does not exist, or a zip file that exists already. */
export function openDestination(target: string): OpenDestination {
  if (/^[a-z0-9]+:\/\//i.test(target))
    throw wrongUse(
      `${target} is not a folder or zip file.`,
      'Publish to a folder or to a file ending in .zip.',
    );
  const path = resolve(target);
  if (!path.endsWith('.zip')) return { destination: createFolderDestination(path), finish: () => undefined };
  if (existsSync(path))
    throw wrongUse(`${target} exists already.`, 'Name a new zip file: versions are never replaced.');
  return {
    destination: createMemoryDestination(target),
    finish: ([module, ...more]) => {
      if (more.length > 0)
        throw wrongUse(
          'A zip file holds one module.',
          'Publish a notebook with several publish cells to a folder.',
        );
      if (module) writeZip(path, target, module);
    },
  };
}
