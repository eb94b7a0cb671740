// Where the parts of a module lie; must not know what is in them.
import type { Problem } from '../base/result.ts';
import type { DataFormat } from '../notebook/notebook-types.ts';

export const COMMIT_FILE = '_COMMIT.json';

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** Why a namespace or module name cannot be a folder, or null. */
export function moduleNameProblem(kind: 'namespace' | 'module', name: string): Problem | null {
  if (NAME.test(name)) return null;
  return {
    code: 'module-name',
    message: `“${name}” cannot be the name of a ${kind}.`,
    hint: 'Use letters A to Z, digits, “-” and “_”, at most 63, and begin with a letter or digit.',
  };
}

export function modulePrefix(namespace: string, module: string): string {
  return `${namespace}/${module}`;
}

/** e.g. `hr/users/v/1.0.0`, without a final slash. */
export function versionPrefix(namespace: string, module: string, version: string): string {
  return `${modulePrefix(namespace, module)}/v/${version}`;
}

export interface VersionPath {
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
  /** Below the version's folder. */
  readonly path: string;
}

const VERSION_PATH = /^([^/]+)\/([^/]+)\/v\/(\d+\.\d+\.\d+)\/(.+)$/;

/** Parts of an object's path; null where it belongs to no version. */
export function parseVersionPath(path: string): VersionPath | null {
  const found = VERSION_PATH.exec(path);
  if (found === null) return null;
  const [, namespace = '', module = '', version = '', rest = ''] = found;
  return { namespace, module, version, path: rest };
}

/** Path of a data file below the version's folder; that of Parquet carries the digest's first 16 digits. */
export function dataPath(module: string, format: DataFormat, sha256: string): string {
  return format === 'parquet' ? `data/part-00000-${sha256.slice(0, 16)}.parquet` : `data/${module}.${format}`;
}

export function isDataPath(path: string): boolean {
  return path.startsWith('data/');
}

export function formatOfPath(path: string): DataFormat | null {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return ending === 'parquet' || ending === 'csv' || ending === 'json' ? ending : null;
}

const FORBIDDEN_SIGNS = new Set(['\\', ':']);

/** A path that stays below its folder on every system. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.length > 1024) return false;
  if ([...path].some((sign) => sign < ' ' || FORBIDDEN_SIGNS.has(sign))) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
