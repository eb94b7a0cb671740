// What `--publish` names: a folder, a bucket, or a zip file of the one version that is published; must not know how a module is made.
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProblemError } from '../lib/base/result.ts';
import type { Module } from '../lib/module/module-types.ts';
import type { Destination } from '../lib/publish/destination.ts';
import { createMemoryDestination } from '../lib/publish/memory.ts';
import { zipModule } from '../lib/publish/zip.ts';
import { wrongUse } from './command-outcome.ts';
import { createFolderDestination } from './folder-destination.ts';
import { isObjectStore, openObjectStore } from './object-store.ts';
import type { ObjectStoreOptions } from './object-store.ts';

export interface OpenDestination {
  readonly destination: Destination;
  /** Called once with all that was published. */
  finish(modules: readonly Module[]): void;
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
export async function openDestination(target: string, options: ObjectStoreOptions): Promise<OpenDestination> {
  if (isObjectStore(target))
    return { destination: await openObjectStore(target, options), finish: () => undefined };
  if (/^[a-z0-9]+:\/\//i.test(target))
    throw wrongUse(
      `${target} is no folder, zip file or bucket.`,
      'Publish to a folder, to a file ending in .zip, or to s3://bucket/prefix.',
    );
  const path = resolve(target);
  if (!path.endsWith('.zip')) return { destination: createFolderDestination(path), finish: () => undefined };
  if (existsSync(path))
    throw wrongUse(`${target} exists already.`, 'Name a new zip file: versions are never replaced.');
  return {
    destination: createMemoryDestination(target).destination,
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
