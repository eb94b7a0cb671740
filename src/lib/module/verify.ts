// Judges a stored version by nothing but itself; must not know how it was built or where it is kept.
import { succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { Engine } from '../engine/contract.ts';
import { parseCommit } from './commit.ts';
import type { Commit, ModuleReader } from './module-types.ts';
import { COMMIT_FILE, isDataPath, versionPrefix } from './paths.ts';
import type { Verification, VerificationFinding } from './verification-types.ts';
import { verifyData } from './verify-data.ts';
import { verifyDocuments } from './verify-documents.ts';

export interface VerificationRequest {
  readonly reader: ModuleReader;
  /** Folder of the version, e.g. `hr/users/v/1.0.0`; empty where the reader's root is that folder. */
  readonly prefix: string;
  /** Reads the data files; without one their contents are not compared with the metadata, and that is said. */
  readonly engine?: Engine;
}

/** Files whose digest and size are as committed, by path. */
type SoundFiles = ReadonlyMap<string, Uint8Array>;

const REQUIRED = [
  'croissant.json',
  'steps.json',
  'lineage.json',
  'gate.json',
  'notebook.sluice.md',
  'README.md',
];

function error(path: string | null, message: string): VerificationFinding {
  return { severity: 'error', message, path };
}

function conclude(findings: readonly VerificationFinding[]): Result<Verification> {
  const rank = { error: 0, warning: 1, info: 2 };
  const sorted = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity]);
  return succeed({ valid: findings.every((finding) => finding.severity !== 'error'), findings: sorted });
}

function below(prefix: string, path: string): string {
  return prefix === '' ? path : `${prefix}/${path}`;
}

async function verifyFiles(
  reader: ModuleReader,
  prefix: string,
  commit: Commit,
): Promise<{ readonly findings: readonly VerificationFinding[]; readonly sound: SoundFiles }> {
  const findings: VerificationFinding[] = [];
  const sound = new Map<string, Uint8Array>();
  for (const { path, sha256, sizeBytes } of commit.files) {
    const read = await reader.read(below(prefix, path));
    if (!read.ok) {
      const isMissing = read.error.code === 'destination-missing';
      findings.push(
        error(path, isMissing ? `${path} is missing.` : `${path} cannot be read: ${read.error.message}`),
      );
    } else if (read.value.byteLength !== sizeBytes) {
      findings.push(
        error(
          path,
          `${path} was changed: it has ${read.value.byteLength} bytes, committed were ${sizeBytes}.`,
        ),
      );
    } else if ((await sha256Hex(read.value)) !== sha256) {
      findings.push(error(path, `${path} was changed: its SHA-256 is not the committed one.`));
    } else sound.set(path, read.value);
  }
  return { findings, sound };
}

async function verifyNothingElse(
  reader: ModuleReader,
  prefix: string,
  commit: Commit,
): Promise<Result<readonly VerificationFinding[]>> {
  const listed = await reader.list(prefix === '' ? '' : `${prefix}/`);
  if (!listed.ok) return listed;
  const known = new Set([
    ...commit.files.map((file) => below(prefix, file.path)),
    below(prefix, COMMIT_FILE),
  ]);
  const extra = listed.value.filter((object) => !known.has(object.path));
  const cut = prefix === '' ? 0 : prefix.length + 1;
  return succeed(
    extra.map(({ path }) =>
      error(path.slice(cut), `${path.slice(cut)} is not part of this version: it was added later.`),
    ),
  );
}

function verifyCompleteness(commit: Commit): readonly VerificationFinding[] {
  const names = new Set(commit.files.map((file) => file.path));
  const missing = REQUIRED.filter((path) => !names.has(path)).map((path) =>
    error(path, `${path} is not part of the commit.`),
  );
  const hasData = commit.files.some((file) => isDataPath(file.path));
  return hasData ? missing : [...missing, error(null, 'The commit names no data file.')];
}

/** A version tells its own place; a copy under another name or number is not that version. */
function verifyPlace(prefix: string, commit: Commit): readonly VerificationFinding[] {
  const home = versionPrefix(commit.namespace, commit.module, commit.version);
  if (prefix === '' || prefix === home) return [];
  return [error(COMMIT_FILE, `This folder is ${prefix}, but its commit is that of ${home}.`)];
}

async function verifyChain(
  reader: ModuleReader,
  prefix: string,
  commit: Commit,
): Promise<readonly VerificationFinding[]> {
  const { previous } = commit;
  const info = (message: string): VerificationFinding => ({ severity: 'info', message, path: null });
  if (previous === null) return [info('It names no version before it.')];
  const unreachable = info(
    `The version before, ${previous.version}, could not be reached, so the chain was not checked.`,
  );
  if (prefix === '') return [unreachable];
  const folder = versionPrefix(commit.namespace, commit.module, previous.version);
  const read = await reader.read(`${folder}/${COMMIT_FILE}`);
  if (!read.ok) return [unreachable];
  if ((await sha256Hex(read.value)) === previous.sha256)
    return [info(`It follows version ${previous.version}, which is unchanged.`)];
  return [error(null, `The version before, ${previous.version}, was changed since this one was made.`)];
}

const UNSIGNED: VerificationFinding = {
  severity: 'info',
  message: 'It is not signed: its parts fit together, but who made it cannot be told from it.',
  path: null,
};

/**
 * Digests and sizes of every file, what is missing or too many, the verdict, the metadata, the data's schema (with an
 * engine), and the chain to the version before. Fails only where the reader does; what is wrong is a finding.
 */
export async function verifyModule(request: VerificationRequest): Promise<Result<Verification>> {
  const { reader } = request;
  const prefix = request.prefix.replace(/^\/+|\/+$/g, '');
  const commitBytes = await reader.read(below(prefix, COMMIT_FILE));
  if (!commitBytes.ok) {
    if (commitBytes.error.code !== 'destination-missing') return commitBytes;
    return conclude([error(COMMIT_FILE, 'There is no _COMMIT.json, so this is not a published version.')]);
  }
  const parsed = parseCommit(commitBytes.value);
  if (!parsed.ok) return conclude([error(COMMIT_FILE, parsed.error.message)]);
  const commit = parsed.value;
  const files = await verifyFiles(reader, prefix, commit);
  const extra = await verifyNothingElse(reader, prefix, commit);
  if (!extra.ok) return extra;
  return conclude([
    ...files.findings,
    ...extra.value,
    ...verifyCompleteness(commit),
    ...verifyPlace(prefix, commit),
    ...verifyDocuments(commit, files.sound),
    ...(await verifyData(commit, files.sound, request.engine)),
    ...(await verifyChain(reader, prefix, commit)),
    UNSIGNED,
  ]);
}
