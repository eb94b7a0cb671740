// Writes an upload into a destination, whole or not at all; must not know how it was made or what is in it.
import { fail, succeed } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { listTakenVersions } from '../module/list-modules.ts';
import type { ModuleSummary } from '../module/module-types.ts';
import { COMMIT_FILE, modulePrefix } from '../module/paths.ts';
import { freeVersion } from '../module/semantic-version.ts';
import { bytesOf, cancelled } from './destination.ts';
import type { Destination } from './destination.ts';
import { writeIndex } from './module-index.ts';
import type { Upload, UploadFile, UploadProgress } from './upload-types.ts';

export interface PublishOptions {
  readonly onProgress?: (progress: UploadProgress) => void;
  /**
   * Aborting ends with `destination-cancelled`; what is written stays and counts as done the next time. It comes too
   * late once the commit is written: then the version is there, and that is the outcome.
   */
  readonly signal?: AbortSignal;
}

export interface PublishedModule {
  readonly summary: ModuleSummary;
  /** Where a person finds it, e.g. `library:hr/users/v/1.0.0`. */
  readonly uri: string;
  readonly commitSha256: string;
  /** Why the module's `index.json`, a cache, is not up to date; null where it is. The publication stands either way. */
  readonly indexProblem: Problem | null;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}

/** Files of another writer without a commit are a version that was begun, and may still be completed. */
async function describeRace({ summary, prefix }: Upload, destination: Destination): Promise<Problem> {
  const { namespace, module, version } = summary;
  const listed = await destination.list(`${prefix}/${COMMIT_FILE}`);
  const verb = listed.ok && listed.value.length === 0 ? 'begun' : 'written';
  const taken = await listTakenVersions(destination, namespace, module);
  const numbers = taken.ok ? taken.value : new Set([version]);
  const free = freeVersion(version, 'patch', new Set([...numbers, version]));
  return {
    code: 'publish-version-taken',
    message: `Version ${version} of ${modulePrefix(namespace, module)} was ${verb} by someone else.`,
    hint: `Check again and publish: the next free number is ${free}.`,
  };
}

interface Publication {
  readonly upload: Upload;
  readonly destination: Destination;
  readonly signal: { readonly signal?: AbortSignal };
  /** Tells how far the file under way is. */
  report(file: UploadFile, bytesDone: number): void;
}

/** What is larger is not read into memory where the destination can compare by itself. */
const LARGEST_READ = 16 * 1024 * 1024;

async function holdsSameBytes(
  { upload, destination, signal }: Publication,
  file: UploadFile,
): Promise<Result<boolean>> {
  const path = `${upload.prefix}/${file.path}`;
  if (destination.holds && file.sizeBytes > LARGEST_READ) return destination.holds(path, file, signal);
  const present = await destination.read(path, signal);
  return present.ok ? succeed(sameBytes(present.value, await bytesOf(file.body))) : present;
}

/** Whether what an earlier attempt may have left is ours; another size is known without reading it. */
async function isOwnLeftover(publication: Publication, file: UploadFile): Promise<Result<boolean>> {
  const { upload, destination, signal } = publication;
  const path = `${upload.prefix}/${file.path}`;
  const listed = await destination.list(path, signal);
  const found = listed.ok ? listed.value.find((object) => object.path === path) : undefined;
  if (found && found.sizeBytes !== file.sizeBytes) return succeed(false);
  return holdsSameBytes(publication, file);
}

/** An object that is there already with these very bytes is what an earlier, broken attempt left. */
async function putFile(publication: Publication, file: UploadFile): Promise<Result<null>> {
  const { upload, destination, signal, report } = publication;
  const written = await destination.write(`${upload.prefix}/${file.path}`, file.body, {
    ifAbsent: true,
    sha256: file.sha256,
    onProgress: (bytesDone) => report(file, bytesDone),
    ...(file.path === COMMIT_FILE ? { isDecisive: true } : {}),
    ...signal,
  });
  if (written.ok || written.error.code !== 'destination-exists') return written;
  const isOurs = await isOwnLeftover(publication, file);
  if (!isOurs.ok) return isOurs;
  return isOurs.value ? succeed(null) : fail(await describeRace(upload, destination));
}

/** Whether every file before the commit lies there with its size. */
async function checkPresence({ upload, destination, signal }: Publication): Promise<Result<null>> {
  const listed = await destination.list(`${upload.prefix}/`, signal);
  if (!listed.ok) return listed;
  const sizes = new Map(listed.value.map(({ path, sizeBytes }) => [path, sizeBytes]));
  const absent = upload.files.find(
    ({ path, sizeBytes }) => path !== COMMIT_FILE && sizes.get(`${upload.prefix}/${path}`) !== sizeBytes,
  );
  if (!absent) return succeed(null);
  return fail({
    code: 'publish-incomplete',
    message: `${absent.path} was written, but the destination does not list it with its size: the version was not completed.`,
    hint: 'Publish again; if it stays, look whether something removes or changes objects there.',
  });
}

/** In a folder that other machines may write to, files can be replaced unseen: compared once more, before the commit. */
async function compareAll(publication: Publication): Promise<Result<null>> {
  const { upload, destination, signal } = publication;
  if (destination.isUnguarded !== true) return succeed(null);
  for (const file of upload.files) {
    if (file.path === COMMIT_FILE) continue;
    const path = `${upload.prefix}/${file.path}`;
    const isOurs = destination.holds
      ? await destination.holds(path, file, signal)
      : await holdsSameBytes(publication, file);
    if (!isOurs.ok) return isOurs;
    if (!isOurs.value) return fail(await describeRace(upload, destination));
  }
  return succeed(null);
}

/** The commit was written, so that the version is there for readers; only the last look failed. */
function unconfirmed({ upload }: Publication, { code, message }: Problem): Problem {
  return {
    code,
    message: `Version ${upload.summary.version} was written, but could not be read back: ${message}`,
    hint: 'Try again: nothing is sent twice, and what is there is compared once more.',
  };
}

/** The commit makes the version: written last, only where there is none, and read back. */
async function putCommit(publication: Publication, file: UploadFile): Promise<Result<null>> {
  const present = await checkPresence(publication);
  if (!present.ok) return present;
  const compared = await compareAll(publication);
  if (!compared.ok) return compared;
  const put = await putFile(publication, file);
  if (!put.ok) return put;
  const isOurs = await holdsSameBytes({ ...publication, signal: {} }, file);
  if (!isOurs.ok) return fail(unconfirmed(publication, isOurs.error));
  return isOurs.value ? succeed(null) : fail(await describeRace(publication.upload, publication.destination));
}

async function putAll(
  publication: Publication,
  begin: (file: UploadFile) => void,
  end: (file: UploadFile) => void,
): Promise<Result<null>> {
  for (const file of publication.upload.files) {
    if (publication.signal.signal?.aborted === true) return fail(cancelled(file.path));
    begin(file);
    const put = await (file.path === COMMIT_FILE ? putCommit : putFile)(publication, file);
    if (!put.ok) return put;
    end(file);
  }
  return succeed(null);
}

/**
 * Writes every file only where it is absent, `_COMMIT.json` last, after a look that all others are there; then the
 * module's index. Can be called again with the same upload after it broke off. `publish-version-taken` where another
 * writer was first; nothing of theirs is touched.
 */
export async function publishUpload(
  upload: Upload,
  destination: Destination,
  { onProgress, signal }: PublishOptions = {},
): Promise<Result<PublishedModule>> {
  const filesTotal = upload.files.length;
  const bytesTotal = upload.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let [filesDone, bytesBefore] = [0, 0];
  const tell = (path: string, bytesOfFile: number): void =>
    onProgress?.({ path, filesDone, filesTotal, bytesDone: bytesBefore + bytesOfFile, bytesTotal });
  const publication: Publication = {
    upload,
    destination,
    signal: signal ? { signal } : {},
    report: (file, bytesDone) => tell(file.path, Math.min(bytesDone, file.sizeBytes)),
  };
  const put = await putAll(
    publication,
    (file) => tell(file.path, 0),
    (file) => {
      filesDone += 1;
      bytesBefore += file.sizeBytes;
    },
  );
  if (!put.ok) return put;
  tell('index.json', 0);
  const { summary, prefix, commitSha256 } = upload;
  const index = await writeIndex(summary.namespace, summary.module, destination, signal);
  const indexProblem = index.ok ? null : index.error;
  return succeed({ summary, uri: destination.describe(prefix), commitSha256, indexProblem });
}
