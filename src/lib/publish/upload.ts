// Uploads from finished modules and from staged files, of which nothing is trusted; must not know where they are sent.
import { fail, succeed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { sha256HexOfStream } from '../base/sha256.ts';
import { parseCommit } from '../module/commit.ts';
import type { Commit, Module } from '../module/module-types.ts';
import { COMMIT_FILE, isDataPath, isSafePath, moduleNameProblem, versionPrefix } from '../module/paths.ts';
import { cancelled } from './destination.ts';
import type { Upload, UploadFile, UploadParts } from './upload-types.ts';

/** What lies ready, as whoever laid it there says. */
export interface StagedListing {
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256: string }[];
}

export interface CheckOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytesChecked: number, bytesTotal: number) => void;
}

/** Far more than any commit; what is larger is not read. */
const LARGEST_COMMIT = 16 * 1024 * 1024;

/** Documents, then data, then the commit: of two writers of one version the slower stops before it sends data. */
function inWritingOrder(files: readonly UploadFile[]): readonly UploadFile[] {
  const rank = ({ path }: UploadFile): number => (path === COMMIT_FILE ? 2 : isDataPath(path) ? 1 : 0);
  return [...files].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function seal(parts: UploadParts): Upload {
  return { ...parts, files: inWritingOrder(parts.files) } as Upload;
}

/** The digests are those of its commit, which `module/build` computed over these bytes. */
export function uploadOfModule(module: Module): Upload {
  const { summary, prefix, commit, commitSha256 } = module;
  const digests = new Map(commit.files.map(({ path, sha256 }) => [path, sha256]));
  const files = module.files.map(({ path, bytes }) => ({
    path,
    sizeBytes: bytes.byteLength,
    sha256: digests.get(path) ?? commitSha256,
    body: bytes,
  }));
  return seal({ summary, prefix, files, commitSha256 });
}

function refuse(message: string): Result<never> {
  return fail({
    code: 'upload-refused',
    message,
    hint: 'Nothing was sent. Publish again from the notebook, which lays the files ready anew.',
  });
}

function nameProblem(listing: StagedListing, commit: Commit): string | null {
  const { namespace, module, version } = commit;
  if (moduleNameProblem('namespace', namespace) !== null || moduleNameProblem('module', module) !== null)
    return `${COMMIT_FILE} names a module that no folder can be named after.`;
  const isSame = namespace === listing.namespace && module === listing.module && version === listing.version;
  if (isSame) return null;
  return `${COMMIT_FILE} is of ${namespace}/${module} ${version}, but ${listing.namespace}/${listing.module} ${listing.version} was to be sent.`;
}

/** Why the listed files are not the committed ones; null where they are. */
function listingProblem(listing: StagedListing, commit: Commit): string | null {
  const unsafe = listing.files.find(({ path }) => !isSafePath(path));
  if (unsafe) return 'A path among the files leads out of their folder.';
  const listed = new Map(listing.files.map((file) => [file.path, file]));
  if (listed.size !== listing.files.length) return 'A file is listed twice.';
  for (const { path, sizeBytes, sha256 } of commit.files) {
    const file = listed.get(path);
    if (!file) return `${path} is missing, which ${COMMIT_FILE} names.`;
    if (file.sizeBytes !== sizeBytes || file.sha256 !== sha256)
      return `${path} is listed with another size or digest than ${COMMIT_FILE} names.`;
  }
  const known = new Set([COMMIT_FILE, ...commit.files.map(({ path }) => path)]);
  const extra = listing.files.find(({ path }) => !known.has(path));
  return extra ? `${extra.path} is not part of the module: ${COMMIT_FILE} does not name it.` : null;
}

async function openStaged(open: (path: string) => Promise<Blob>, path: string): Promise<Result<Blob>> {
  try {
    return succeed(await open(path));
  } catch {
    return refuse(`${path} is missing among the files that lie ready.`);
  }
}

interface OpenedCommit {
  readonly commit: Commit;
  readonly file: UploadFile;
}

async function openCommit(open: (path: string) => Promise<Blob>): Promise<Result<OpenedCommit>> {
  const body = await openStaged(open, COMMIT_FILE);
  if (!body.ok) return body;
  if (body.value.size > LARGEST_COMMIT) return refuse(`${COMMIT_FILE} is too large to be one.`);
  const bytes = new Uint8Array(await body.value.arrayBuffer());
  const commit = parseCommit(bytes);
  if (!commit.ok) return refuse(commit.error.message);
  const sha256 = await sha256HexOfStream(new Blob([bytes]).stream());
  const file = { path: COMMIT_FILE, sizeBytes: bytes.byteLength, sha256, body: bytes };
  return succeed({ commit: commit.value, file });
}

/** Each file's size and digest against the commit; aborts with the signal. */
async function checkFiles(
  commit: Commit,
  open: (path: string) => Promise<Blob>,
  { signal, onProgress }: CheckOptions,
): Promise<Result<readonly UploadFile[]>> {
  const total = commit.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const files: UploadFile[] = [];
  let before = 0;
  for (const { path, sizeBytes, sha256 } of commit.files) {
    const opened = await openStaged(open, path);
    if (!opened.ok) return opened;
    const body = opened.value;
    if (body.size !== sizeBytes)
      return refuse(`${path} has ${body.size} bytes; ${COMMIT_FILE} says ${sizeBytes}.`);
    const found = await sha256HexOfStream(body.stream(), (done) => {
      signal?.throwIfAborted();
      onProgress?.(before + done, total);
    });
    if (found !== sha256) return refuse(`${path} was changed: its SHA-256 is not that of ${COMMIT_FILE}.`);
    files.push({ path, sizeBytes, sha256, body });
    before += sizeBytes;
  }
  return succeed(files);
}

/**
 * An upload of files that lie ready somewhere, all read and digested once: names, paths, sizes and SHA-256 must be
 * those of their own `_COMMIT.json`, none missing, none besides. `upload-refused` otherwise.
 */
export async function uploadOfStagedFiles(
  listing: StagedListing,
  open: (path: string) => Promise<Blob>,
  options: CheckOptions = {},
): Promise<Result<Upload>> {
  try {
    const opened = await openCommit(open);
    if (!opened.ok) return opened;
    const { commit, file } = opened.value;
    const problem = nameProblem(listing, commit) ?? listingProblem(listing, commit);
    if (problem !== null) return refuse(problem);
    const checked = await checkFiles(commit, open, options);
    if (!checked.ok) return checked;
    const files = [...checked.value, file];
    const { namespace, module, version, publishedAt, data } = commit;
    const sizeBytes = files.reduce((sum, each) => sum + each.sizeBytes, 0);
    return succeed(
      seal({
        summary: { namespace, module, version, publishedAt, sizeBytes, rowCount: data.rows },
        prefix: versionPrefix(namespace, module, version),
        files,
        commitSha256: file.sha256,
      }),
    );
  } catch (error) {
    if (options.signal?.aborted === true) return fail(cancelled(listing.version));
    return refuse(`The files that lie ready could not be read: ${String(error)}.`);
  }
}
