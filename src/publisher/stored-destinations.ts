// S3 destinations as this page uses them: what storage holds is cleaned like what is typed; must not know who asks.
import type { Problem, Result } from '../lib/base/result.ts';
import { fail, succeed } from '../lib/base/result.ts';
import { readS3Settings } from '../lib/publish/s3-settings.ts';
import type { S3Form, S3FormProblems } from '../lib/publish/s3-settings.ts';
import type { S3Settings } from '../lib/publish/s3-types.ts';
import { listS3Destinations } from '../lib/store/publisher-records.ts';

/** What this page's own policy (`connect-src`) lets through is https, and http to 127.0.0.1. */
const UNREACHABLE: Problem = {
  code: 'destination-endpoint',
  message: 'This page may reach a store on this device by its number only.',
  hint: 'Write http://127.0.0.1 with the port in place of the name.',
};

/** Clean settings that this page can use, or what is wrong with each field. */
export function readUsable(form: S3Form): Result<S3Settings, S3FormProblems> {
  const read = readS3Settings(form);
  const isOutOfReach = read.ok && /^http:\/\/(?!127\.0\.0\.1(:|$))/.test(read.value.endpoint);
  return isOutOfReach ? fail({ endpoint: UNREACHABLE }) : read;
}

/** Those in storage that can be used, cleaned. */
export async function listUsable(): Promise<Result<readonly S3Settings[]>> {
  const listed = await listS3Destinations();
  if (!listed.ok) return listed;
  return succeed(
    listed.value.flatMap((form) => {
      const read = readUsable(form);
      return read.ok ? [read.value] : [];
    }),
  );
}

/** All of where something goes, as one text: equal only where nothing differs. */
export function placeOf(settings: S3Settings): string {
  const { id, name, endpoint, region, bucket, prefix, forcePathStyle, accessKeyId } = settings;
  return JSON.stringify([id, name, endpoint, region, bucket, prefix, forcePathStyle, accessKeyId]);
}

/** Why these are not the settings that storage holds now; null where they are. */
export async function changeOf(shown: S3Settings): Promise<Problem | null> {
  const listed = await listUsable();
  if (!listed.ok) return listed.error;
  const present = listed.value.find(({ id }) => id === shown.id);
  if (present && placeOf(present) === placeOf(shown)) return null;
  return {
    code: 'destination-changed-meanwhile',
    message: `The destination ${shown.name} was ${present ? 'changed' : 'deleted'} after it was shown.`,
    hint: 'Nothing was sent. Look at the destination, and press the button again if it is right.',
  };
}
