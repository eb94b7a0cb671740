// What a destination holds: versions and their contents; must not know how a module is built.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { DataFormat } from '../notebook/notebook-types.ts';
import { parseCommit } from './commit.ts';
import type { Commit, CommittedFile, ModuleFile, ModuleReader, ModuleSummary } from './module-types.ts';
import {
  COMMIT_FILE,
  formatOfPath,
  isDataPath,
  modulePrefix,
  parseVersionPath,
  versionPrefix,
} from './paths.ts';
import { compareVersions } from './semantic-version.ts';
import type { PreviousVersion } from './version.ts';

export interface VersionName {
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
}

/** A stored version as a page shows it. */
interface StoredVersionView {
  readonly summary: ModuleSummary;
  readonly files: readonly CommittedFile[];
  /** Parsed JSON documents, and the notebook's text, by file name. */
  readonly documents: Readonly<Record<string, unknown>>;
  readonly readme: string;
  readonly columns: readonly ColumnType[];
}

export interface StoredVersion {
  /** Folder of the version, e.g. `hr/users/v/1.0.0`. */
  readonly prefix: string;
  /** All files, `_COMMIT.json` last. */
  readonly files: readonly ModuleFile[];
  readonly commit: Commit;
  readonly commitSha256: string;
  readonly view: StoredVersionView;
}

function summarize(commit: Commit, commitBytes: number): ModuleSummary {
  const { namespace, module, version, publishedAt, data } = commit;
  const sizeBytes = commit.files.reduce((sum, file) => sum + file.sizeBytes, commitBytes);
  return { namespace, module, version, publishedAt, sizeBytes, rowCount: data.rows };
}

function newestFirst(a: ModuleSummary, b: ModuleSummary): number {
  const [left, right] = [modulePrefix(a.namespace, a.module), modulePrefix(b.namespace, b.module)];
  if (left !== right) return left < right ? -1 : 1;
  return compareVersions(b.version, a.version);
}

/** Whether the commit stands in the folder it speaks of. */
function isAtHome(commit: Commit, name: VersionName): boolean {
  return (
    commit.namespace === name.namespace && commit.module === name.module && commit.version === name.version
  );
}

/**
 * Every committed version below `prefix`, by module, newest first. A folder without a sound `_COMMIT.json` is no
 * version and is left out.
 */
export async function listVersions(
  reader: ModuleReader,
  prefix = '',
): Promise<Result<readonly ModuleSummary[]>> {
  const objects = await reader.list(prefix);
  if (!objects.ok) return objects;
  const summaries: ModuleSummary[] = [];
  for (const { path } of objects.value) {
    const place = parseVersionPath(path);
    if (place?.path !== COMMIT_FILE) continue;
    const bytes = await reader.read(path);
    if (!bytes.ok) return bytes;
    const commit = parseCommit(bytes.value);
    if (commit.ok && isAtHome(commit.value, place))
      summaries.push(summarize(commit.value, bytes.value.byteLength));
  }
  return succeed(summaries.sort(newestFirst));
}

/** Version numbers of a module whose folders hold anything, committed or not. */
export async function listTakenVersions(
  reader: ModuleReader,
  namespace: string,
  module: string,
): Promise<Result<ReadonlySet<string>>> {
  const objects = await reader.list(`${modulePrefix(namespace, module)}/v/`);
  if (!objects.ok) return objects;
  const places = objects.value.map(({ path }) => parseVersionPath(path));
  return succeed(new Set(places.flatMap((place) => (place === null ? [] : [place.version]))));
}

function parseDocument(file: ModuleFile): readonly [string, unknown] {
  const text = new TextDecoder().decode(file.bytes);
  try {
    return [file.path, JSON.parse(text)];
  } catch {
    return [file.path, text];
  }
}

function viewOf(commit: Commit, files: readonly ModuleFile[]): StoredVersionView {
  const documents = files
    .filter((file) => /\.(json|sluice\.md)$/.test(file.path) && !isDataPath(file.path))
    .map(parseDocument);
  const readme = files.find((file) => file.path === 'README.md');
  const commitFile = files.find((file) => file.path === COMMIT_FILE);
  return {
    summary: summarize(commit, commitFile?.bytes.byteLength ?? 0),
    files: commit.files,
    documents: Object.fromEntries(documents),
    readme: readme === undefined ? '' : new TextDecoder().decode(readme.bytes),
    columns: commit.data.columns,
  };
}

/**
 * A committed version with all its files. Nothing is judged: what its bytes are worth, `verifyModule` says.
 * @returns `module-missing` where there is no such version, `module-commit` where its commit is unsound.
 */
export async function readVersion(reader: ModuleReader, name: VersionName): Promise<Result<StoredVersion>> {
  const prefix = versionPrefix(name.namespace, name.module, name.version);
  const commitBytes = await reader.read(`${prefix}/${COMMIT_FILE}`);
  if (!commitBytes.ok) {
    if (commitBytes.error.code !== 'destination-missing') return commitBytes;
    const message = `There is no version ${name.version} of ${modulePrefix(name.namespace, name.module)}.`;
    return fail({ code: 'module-missing', message, hint: 'List the versions, and choose one of them.' });
  }
  const commit = parseCommit(commitBytes.value);
  if (!commit.ok) return commit;
  const files: ModuleFile[] = [];
  for (const { path } of commit.value.files) {
    const bytes = await reader.read(`${prefix}/${path}`);
    if (!bytes.ok) return bytes;
    files.push({ path, bytes: bytes.value });
  }
  files.push({ path: COMMIT_FILE, bytes: commitBytes.value });
  const commitSha256 = await sha256Hex(commitBytes.value);
  return succeed({ prefix, files, commit: commit.value, commitSha256, view: viewOf(commit.value, files) });
}

/** The newest committed version, with its data files, for comparison with the next; null where there is none. */
export async function readNewestVersion(
  reader: ModuleReader,
  namespace: string,
  module: string,
): Promise<Result<PreviousVersion | null>> {
  const versions = await listVersions(reader, `${modulePrefix(namespace, module)}/v/`);
  if (!versions.ok) return versions;
  const [newest] = versions.value;
  if (newest === undefined) return succeed(null);
  const stored = await readVersion(reader, newest);
  if (!stored.ok) return stored;
  const files = stored.value.commit.files.flatMap(({ path, sha256 }) => {
    const format: DataFormat | null = isDataPath(path) ? formatOfPath(path) : null;
    const file = stored.value.files.find((each) => each.path === path);
    return format === null || file === undefined ? [] : [{ format, sha256, bytes: file.bytes }];
  });
  return succeed({ version: newest.version, commitSha256: stored.value.commitSha256, files });
}
