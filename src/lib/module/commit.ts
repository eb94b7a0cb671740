// `_COMMIT.json`, written and read; must not know where it is kept.
import { canonicalJson } from '../base/canonical-json.ts';
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import { isMembers, listOf, memberOf, readJsonObject, textOf } from './json-document.ts';
import type { Members } from './json-document.ts';
import type { Commit, CommittedFile, PreviousCommit } from './module-types.ts';
import { COMMIT_FILE, isSafePath } from './paths.ts';

const FORMAT = 'sluice-module/1';
const DIGEST = /^[0-9a-f]{64}$/;
const VERSION = /^\d+\.\d+\.\d+$/;

export function writeCommit(commit: Commit): Uint8Array {
  return new TextEncoder().encode(canonicalJson(commit));
}

function malformed(reason: string): Result<never> {
  return fail({
    code: 'module-commit',
    message: `${COMMIT_FILE} ${reason}.`,
    hint: 'Without a sound _COMMIT.json nothing of this version can be trusted; get it again from its publisher.',
  });
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function readFile(value: unknown): CommittedFile | null {
  if (!isMembers(value)) return null;
  const [path, sha256, sizeBytes] = [
    textOf(value, 'path'),
    textOf(value, 'sha256'),
    memberOf(value, 'sizeBytes'),
  ];
  if (path === null || !isSafePath(path) || path === COMMIT_FILE) return null;
  return sha256 !== null && DIGEST.test(sha256) && isCount(sizeBytes) ? { path, sha256, sizeBytes } : null;
}

function readColumn(value: unknown): ColumnType | null {
  if (!isMembers(value)) return null;
  const [name, type] = [textOf(value, 'name'), textOf(value, 'type')];
  return name === null || type === null ? null : { name, type };
}

function readPrevious(value: unknown): PreviousCommit | null | 'malformed' {
  if (value === null) return null;
  if (!isMembers(value)) return 'malformed';
  const [version, sha256] = [textOf(value, 'version'), textOf(value, 'sha256')];
  if (version === null || sha256 === null || !VERSION.test(version) || !DIGEST.test(sha256))
    return 'malformed';
  return { version, sha256 };
}

function readAll<T>(values: readonly unknown[], read: (value: unknown) => T | null): readonly T[] | null {
  const items = values.map(read);
  return items.every((item): item is NonNullable<typeof item> => item !== null) ? items : null;
}

function readData(value: unknown): Commit['data'] | null {
  if (!isMembers(value)) return null;
  const [rows, columns] = [memberOf(value, 'rows'), readAll(listOf(value, 'columns'), readColumn)];
  return isCount(rows) && columns !== null ? { rows, columns } : null;
}

function readApplication(value: unknown): Commit['application'] | null {
  const version = isMembers(value) && textOf(value, 'name') === 'sluice' ? textOf(value, 'version') : null;
  return version === null ? null : { name: 'sluice', version };
}

function readIdentity(
  members: Members,
): Pick<Commit, 'namespace' | 'module' | 'version' | 'publishedAt'> | null {
  const [namespace, module] = [textOf(members, 'namespace'), textOf(members, 'module')];
  const [version, publishedAt] = [textOf(members, 'version'), textOf(members, 'publishedAt')];
  if (namespace === null || module === null || version === null || publishedAt === null) return null;
  if (!VERSION.test(version) || Number.isNaN(Date.parse(publishedAt))) return null;
  return { namespace, module, version, publishedAt };
}

/** Every member checked; paths that leave the folder, malformed digests and doubled names are refused. */
export function parseCommit(bytes: Uint8Array): Result<Commit> {
  const read = readJsonObject(COMMIT_FILE, bytes);
  if (!read.ok) return read;
  const members = read.value;
  if (textOf(members, 'format') !== FORMAT) return malformed(`is not of the format ${FORMAT}`);
  const identity = readIdentity(members);
  if (identity === null) return malformed('does not say which version it is');
  const files = readAll(listOf(members, 'files'), readFile);
  if (files === null || files.length === 0)
    return malformed('does not name its files with path, SHA-256 and size');
  if (new Set(files.map((file) => file.path)).size !== files.length) return malformed('names a file twice');
  const gate = memberOf(members, 'gate');
  if (!isMembers(gate) || textOf(gate, 'verdict') !== 'passed')
    return malformed('does not say that the gate passed');
  const data = readData(memberOf(members, 'data'));
  if (data === null) return malformed('does not describe its rows and columns');
  const previous = readPrevious(memberOf(members, 'previous'));
  if (previous === 'malformed') return malformed('names its previous version in a form that cannot be read');
  const application = readApplication(memberOf(members, 'application'));
  if (application === null) return malformed('does not say what wrote it');
  return succeed({
    format: FORMAT,
    ...identity,
    application,
    gate: { verdict: 'passed' },
    data,
    files,
    previous,
  });
}
