// Checks a staged module and sends it; must not know who asked or how it is shown.
import { fail, unwrap } from '../lib/base/result.ts';
import type { Result } from '../lib/base/result.ts';
import type { Destination } from '../lib/publish/destination.ts';
import { publishUpload } from '../lib/publish/publish-upload.ts';
import type { PublishedModule } from '../lib/publish/publish-upload.ts';
import type { S3Settings, UploadMemory } from '../lib/publish/s3-types.ts';
import type { UploadProgress } from '../lib/publish/upload-types.ts';
import { uploadOfStagedFiles } from '../lib/publish/upload.ts';
import { openStagedFile } from '../lib/store/outbox-files.ts';
import { readMultipart, writeMultipart } from '../lib/store/publisher-records.ts';
import type { PublishJob } from '../lib/store/publisher-types.ts';

export interface RunProgress {
  readonly what: 'checking' | 'sending' | 'listing' | 'fetching';
  readonly path: string;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/**
 * Up to this much is held in memory between check and sending. Larger files are compared again part by part as they are
 * sent; what is not as large as was shown is not read at all.
 */
const HELD_BYTES = 256_000_000;

function bytesOf(job: PublishJob): number {
  return job.files.reduce((sum, file) => sum + file.sizeBytes, 0);
}

async function openHeld(job: PublishJob, path: string): Promise<Blob> {
  const file = unwrap(await openStagedFile(job.id, path));
  const listed = job.files.find((each) => each.path === path);
  const isHeld = bytesOf(job) <= HELD_BYTES && file.size === listed?.sizeBytes;
  return isHeld ? new Blob([await file.arrayBuffer()]) : file;
}

/** Where the parts of large files are remembered, apart for every place they may go to. */
export function createUploadMemory({ endpoint, bucket, prefix }: S3Settings): UploadMemory {
  const keyOf = (path: string, sha256: string): string => [endpoint, bucket, prefix, path, sha256].join('\n');
  return {
    read: async (path, sha256) => unwrap(await readMultipart(keyOf(path, sha256))),
    write: async (path, sha256, state) => void unwrap(await writeMultipart(keyOf(path, sha256), state)),
  };
}

/** `upload-refused` where the files are not those of their `_COMMIT.json` or not as they were shown; else as `publishUpload`. */
export async function runPublish(
  job: PublishJob,
  destination: Destination,
  { signal, onProgress }: RunOptions,
): Promise<Result<PublishedModule>> {
  const [filesTotal, bytesTotal] = [job.files.length, bytesOf(job)];
  const checked = await uploadOfStagedFiles(job, (path) => openHeld(job, path), {
    signal,
    onProgress: (bytesDone) =>
      onProgress({ what: 'checking', path: '', filesDone: 0, filesTotal, bytesDone, bytesTotal }),
  });
  if (!checked.ok) return checked;
  if (checked.value.summary.sizeBytes !== bytesTotal) {
    return fail({
      code: 'upload-refused',
      message: 'The files that lie ready are not as large as was shown.',
      hint: 'Nothing was sent. Publish again from the notebook, which lays the files ready anew.',
    });
  }
  return publishUpload(checked.value, destination, {
    signal,
    onProgress: (progress: UploadProgress) => onProgress({ what: 'sending', ...progress }),
  });
}
