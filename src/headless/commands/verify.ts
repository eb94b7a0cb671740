// `sluice verify MODULE`: a folder of a version, one in a bucket, or a zip file, with nothing but what lies in it.
import { readFileSync, statSync, existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { ProblemError, unwrap } from '../../lib/base/result.ts';
import { COMMIT_FILE, parseVersionPath, versionPrefix } from '../../lib/module/paths.ts';
import { verifyModule } from '../../lib/module/verify.ts';
import { createZipReader } from '../../lib/publish/zip.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';
import { createFolderDestination } from '../folder-destination.ts';
import { isObjectStore, openVersionInStore, type ObjectStoreOptions } from '../object-store.ts';
import { loadRegistry, openEngine } from '../workbench.ts';

/** A zip file holds a version's files, or, as the app writes it, one version in the layout of a destination. */
async function openArchive(path: string) {
  const reader = unwrap(createZipReader(new Uint8Array(readFileSync(path))));
  const objects = unwrap(await reader.list(''));
  const places = objects.map((object) => parseVersionPath(object.path)).filter((place) => place !== null);
  const versions = places.filter((place) => place.path === COMMIT_FILE);
  const [version] = versions;
  if (versions.length > 1)
    throw wrongUse('The zip file holds several versions.', 'Unpack it, and name the folder of one of them.');
  return {
    reader,
    prefix: version ? versionPrefix(version.namespace, version.module, version.version) : '',
  };
}

async function openModule(path: string) {
  const full = resolve(path);
  if (!existsSync(full))
    throw wrongUse(`There is no module at ${path}.`, 'Name the folder of a version, or a zip file.');
  if (!statSync(full).isDirectory()) return openArchive(full);
  const isVersion = basename(dirname(full)) === 'v';
  if (!isVersion) return { reader: createFolderDestination(full), prefix: '' };
  const root = resolve(full, '../../../..');
  return { reader: createFolderDestination(root), prefix: full.slice(root.length + 1).replaceAll('\\', '/') };
}

async function openInStore(path: string, options: ObjectStoreOptions) {
  const { destination, prefix } = await openVersionInStore(path, options);
  const listed = unwrap(await destination.list(`${prefix}/`));
  if (listed.length === 0)
    throw new ProblemError({
      code: 'destination-missing',
      message: `There is no module at ${path}.`,
      hint: 'Check bucket, prefix and version.',
    });
  return { reader: destination, prefix };
}

/** @throws ProblemError where there is no module or it cannot be read at all. */
export async function verifyModuleAt(path: string, options: ObjectStoreOptions): Promise<CommandOutcome> {
  const module = isObjectStore(path) ? await openInStore(path, options) : await openModule(path);
  const engine = unwrap(await openEngine(loadRegistry(), 1));
  try {
    const { valid, findings } = unwrap(await verifyModule({ ...module, engine }));
    const lines = findings.map(({ severity, message }) => `${severity}: ${message}`);
    const text = [valid ? 'The module is valid.' : 'The module is NOT valid.', ...lines].join('\n');
    return { exitCode: valid ? 0 : 1, json: { valid, findings }, text };
  } finally {
    await engine.dispose();
  }
}
