// Modules as zip archives, the same bytes for the same files; must not know what is in them.
import { unzipSync, zipSync } from 'fflate';
import type { UnzipFileInfo, Zippable } from 'fflate';
import { fail, succeed } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import type { ModuleFile, ModuleReader } from '../module/module-types.ts';
import { isSafePath } from '../module/paths.ts';

/** First date a zip can hold: the archive says nothing of when it was made. */
const FIXED_DATE = new Date(1980, 0, 1, 0, 0, 0);

/** Already compressed; deflating them again gains nothing. */
const STORED = /\.parquet$/;

export interface ZipLimits {
  readonly files: number;
  /** Sum of what the entries unpack to. */
  readonly bytes: number;
}

const DEFAULT_LIMITS: ZipLimits = { files: 10_000, bytes: 2 * 1024 ** 3 };

/** Entries in order of their paths. */
export function zipModule(files: readonly ModuleFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const entries: Zippable = {};
  for (const { path, bytes } of sorted) {
    entries[path] = [
      bytes,
      { level: STORED.test(path) ? 0 : 6, mtime: FIXED_DATE, os: 3, attrs: 0o644 << 16 },
    ];
  }
  return zipSync(entries);
}

function refuse(message: string): Result<never> {
  const hint = 'Get the archive again from its publisher.';
  return fail({ code: 'zip-refused', message, hint } satisfies Problem);
}

/** Why an archive is not opened at all, from its directory alone; nothing was unpacked by then. */
function directoryProblem(entries: readonly UnzipFileInfo[], limits: ZipLimits): string | null {
  if (entries.length === 0) return 'The archive is empty.';
  if (entries.length > limits.files) return `The archive holds more than ${limits.files} files.`;
  const unsafe = entries.find((entry) => !isSafePath(entry.name));
  if (unsafe !== undefined) return 'The archive holds a path that leads out of its folder.';
  if (new Set(entries.map((entry) => entry.name)).size !== entries.length)
    return 'The archive holds a file twice.';
  const unpacked = entries.reduce((sum, entry) => sum + entry.originalSize, 0);
  return unpacked > limits.bytes ? `The archive unpacks to more than ${limits.bytes} bytes.` : null;
}

function readDirectory(archive: Uint8Array): readonly UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  unzipSync(archive, {
    filter: (entry) => {
      entries.push(entry);
      return false;
    },
  });
  return entries;
}

/**
 * The archive's files, held in memory, to be read like a destination. Refuses paths that leave the folder, doubled
 * names, and archives that unpack to more than the limits (`zip-refused`), before unpacking anything.
 */
export function createZipReader(
  archive: Uint8Array,
  limits: ZipLimits = DEFAULT_LIMITS,
): Result<ModuleReader> {
  let unpacked: Readonly<Record<string, Uint8Array>>;
  try {
    const entries = readDirectory(archive).filter((entry) => !entry.name.endsWith('/'));
    const problem = directoryProblem(entries, limits);
    if (problem !== null) return refuse(problem);
    unpacked = unzipSync(archive, { filter: (entry) => !entry.name.endsWith('/') });
  } catch {
    return refuse('The file is not a zip archive, or it is damaged.');
  }
  const files = new Map(Object.entries(unpacked));
  return succeed({
    list: async (prefix) => {
      const objects = [...files].filter(([path]) => path.startsWith(prefix));
      return succeed(
        objects
          .map(([path, bytes]) => ({ path, sizeBytes: bytes.byteLength }))
          .sort((a, b) => (a.path < b.path ? -1 : 1)),
      );
    },
    read: async (path) => {
      const bytes = files.get(path);
      if (bytes !== undefined) return succeed(bytes);
      return fail({
        code: 'destination-missing',
        message: `There is no ${path} in the archive.`,
        hint: 'Check the path.',
      });
    },
  });
}
