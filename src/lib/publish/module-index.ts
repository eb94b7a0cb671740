// `index.json` of a module, a cache that can be rebuilt from the versions at any time; must not know who publishes.
import { canonicalJson } from '../base/canonical-json.ts';
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { listVersions } from '../module/list-modules.ts';
import type { ModuleReader, ModuleSummary } from '../module/module-types.ts';
import { modulePrefix } from '../module/paths.ts';
import type { Destination } from './destination.ts';

const LARGEST_NUMBER_OF_WRITES = 3;

/** Commits never change: each is read once, however often the versions are listed. */
function rememberReads(destination: Destination, signal: AbortSignal | undefined): ModuleReader {
  const options = signal ? { signal } : {};
  const reads = new Map<string, Promise<Result<Uint8Array>>>();
  return {
    list: (prefix) => destination.list(prefix, options),
    read: (path) => {
      const known = reads.get(path) ?? destination.read(path, options);
      reads.set(path, known);
      return known;
    },
  };
}

function indexOf(versions: readonly ModuleSummary[]): string {
  return canonicalJson({ format: 'sluice-index/1', newest: versions[0]?.version ?? null, versions });
}

const EMPTY_INDEX = indexOf([]);

async function buildIndex(reader: ModuleReader, prefix: string): Promise<Result<string>> {
  const versions = await listVersions(reader, `${prefix}/v/`);
  if (!versions.ok) return versions;
  return succeed(indexOf(versions.value));
}

/** Writes the index where it is missing or not what the versions say; nothing for a module without a committed version and without an index. */
export async function mendIndex(
  namespace: string,
  module: string,
  destination: Destination,
): Promise<Result<null>> {
  const prefix = modulePrefix(namespace, module);
  const wanted = await buildIndex(destination, prefix);
  if (!wanted.ok) return wanted;
  const present = await destination.read(`${prefix}/index.json`);
  if (!present.ok && present.error.code !== 'destination-missing') return present;
  const text = present.ok ? new TextDecoder().decode(present.value) : EMPTY_INDEX;
  return text === wanted.value ? succeed(null) : writeIndex(namespace, module, destination);
}

/** Writes the index until what was written is what is there: others may publish versions meanwhile. */
export async function writeIndex(
  namespace: string,
  module: string,
  destination: Destination,
  signal?: AbortSignal,
): Promise<Result<null>> {
  const prefix = modulePrefix(namespace, module);
  const reader = rememberReads(destination, signal);
  let written: string | null = null;
  for (let writes = 0; ; writes += 1) {
    const index = await buildIndex(reader, prefix);
    if (!index.ok) return index;
    if (index.value === written) return succeed(null);
    if (writes === LARGEST_NUMBER_OF_WRITES) break;
    const put = await destination.write(`${prefix}/index.json`, new TextEncoder().encode(index.value), {
      ifAbsent: false,
      ...(signal ? { signal } : {}),
    });
    if (!put.ok) return put;
    written = index.value;
  }
  return fail({
    code: 'publish-index-behind',
    message: `Versions of ${prefix} were published faster than their list could be written.`,
    hint: 'Nothing is lost: the list is written anew with the next publication.',
  });
}
