// Puts a finished module into a destination, whole or not at all; must not know how it was built or what is in it.
import { canonicalJson } from '../base/canonical-json.ts';
import { fail, succeed } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { listTakenVersions, listVersions } from '../module/list-modules.ts';
import type { Module, ModuleFile, ModuleSummary } from '../module/module-types.ts';
import { modulePrefix } from '../module/paths.ts';
import { freeVersion } from '../module/semantic-version.ts';
import type { Destination } from './destination.ts';

export interface PublishProgress {
  readonly path: string;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface PublishedModule {
  readonly summary: ModuleSummary;
  /** Where a person finds it, e.g. `library:hr/users/v/1.0.0`. */
  readonly uri: string;
  readonly commitSha256: string;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}

async function describeRace(module: Module, destination: Destination): Promise<Problem> {
  const { namespace, module: name, version } = module.summary;
  const taken = await listTakenVersions(destination, namespace, name);
  const numbers = taken.ok ? taken.value : new Set([version]);
  const free = freeVersion(version, 'patch', new Set([...numbers, version]));
  return {
    code: 'publish-version-taken',
    message: `Version ${version} of ${modulePrefix(namespace, name)} was written by someone else.`,
    hint: `Check again and publish: the next free number is ${free}.`,
  };
}

/** An object that is there already with these very bytes is what an earlier, broken attempt left. */
async function putFile(module: Module, file: ModuleFile, destination: Destination): Promise<Result<null>> {
  const path = `${module.prefix}/${file.path}`;
  const written = await destination.write(path, file.bytes, { ifAbsent: true });
  if (written.ok || written.error.code !== 'destination-exists') return written;
  const present = await destination.read(path);
  if (!present.ok) return present;
  return sameBytes(present.value, file.bytes) ? succeed(null) : fail(await describeRace(module, destination));
}

/** `index.json`, a cache that can be rebuilt from the versions at any time. */
async function writeIndex(summary: ModuleSummary, destination: Destination): Promise<Result<null>> {
  const prefix = modulePrefix(summary.namespace, summary.module);
  const versions = await listVersions(destination, `${prefix}/v/`);
  if (!versions.ok) return versions;
  const index = {
    format: 'sluice-index/1',
    newest: versions.value[0]?.version ?? null,
    versions: versions.value,
  };
  return destination.write(`${prefix}/index.json`, new TextEncoder().encode(canonicalJson(index)), {
    ifAbsent: false,
  });
}

/**
 * Writes every file only where it is absent, `_COMMIT.json` last, then the module's index. Can be called again with the
 * same module after it broke off. `publish-version-taken` where another writer was first; nothing of theirs is touched.
 */
export async function publishModule(
  module: Module,
  destination: Destination,
  onProgress?: (progress: PublishProgress) => void,
): Promise<Result<PublishedModule>> {
  const bytesTotal = module.files.reduce((sum, file) => sum + file.bytes.byteLength, 0);
  let [filesDone, bytesDone] = [0, 0];
  for (const file of module.files) {
    onProgress?.({ path: file.path, filesDone, filesTotal: module.files.length, bytesDone, bytesTotal });
    const put = await putFile(module, file, destination);
    if (!put.ok) return put;
    filesDone += 1;
    bytesDone += file.bytes.byteLength;
  }
  await writeIndex(module.summary, destination);
  onProgress?.({ path: 'index.json', filesDone, filesTotal: module.files.length, bytesDone, bytesTotal });
  const { summary, commitSha256 } = module;
  return succeed({ summary, uri: destination.describe(module.prefix), commitSha256 });
}
