// `sluice verify MODULE`: a folder of a version or a zip file, with nothing but what lies in it.
import { readFileSync, statSync, existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { unwrap } from '../../lib/base/result.ts';
import { verifyModule } from '../../lib/module/verify.ts';
import { createZipReader } from '../../lib/publish/zip.ts';
import { wrongUse, type CommandOutcome } from '../command-outcome.ts';
import { createFolderDestination } from '../folder-destination.ts';
import { loadRegistry, openEngine } from '../workbench.ts';

function openModule(path: string) {
  const full = resolve(path);
  if (!existsSync(full))
    throw wrongUse(`There is no module at ${path}.`, 'Name the folder of a version, or a zip file.');
  if (!statSync(full).isDirectory())
    return { reader: unwrap(createZipReader(new Uint8Array(readFileSync(full)))), prefix: '' };
  const isVersion = basename(dirname(full)) === 'v';
  if (!isVersion) return { reader: createFolderDestination(full), prefix: '' };
  const root = resolve(full, '../../../..');
  return { reader: createFolderDestination(root), prefix: full.slice(root.length + 1).replaceAll('\\', '/') };
}

/** @throws ProblemError where there is no module or it cannot be read at all. */
export async function verifyModuleAt(path: string): Promise<CommandOutcome> {
  const module = openModule(path);
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
