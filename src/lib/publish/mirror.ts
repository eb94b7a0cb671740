// What was last seen of an S3 destination, to be read like one; must not know how it was fetched, and cannot write.
import { fail, succeed } from '../base/result.ts';
import type { Problem, Result } from '../base/result.ts';
import { openMirrorFile, readMirrorListing } from '../store/mirror-files.ts';
import type { Destination } from './destination.ts';

const READ_ONLY: Problem = {
  code: 'destination-read-only',
  message: 'The notebook cannot write to an S3 destination by itself.',
  hint: 'Review and send the module in the publisher.',
};

/** A file that was not fetched is missing here, whatever the destination holds. */
async function readSeen(destinationId: string, path: string): Promise<Result<Uint8Array>> {
  const file = await openMirrorFile(destinationId, path);
  if (file.ok) return succeed(new Uint8Array(await file.value.arrayBuffer()));
  return fail(
    file.error.code === 'mirror-missing' ? { ...file.error, code: 'destination-missing' } : file.error,
  );
}

/** Lists nothing where the destination was never looked at: ask `readMirrorListing` for the time of the last look. */
export function createMirrorDestination(destinationId: string, name: string): Destination {
  return {
    async list(prefix) {
      const listing = await readMirrorListing(destinationId, prefix);
      return listing.ok ? succeed(listing.value?.objects ?? []) : listing;
    },
    read: (path) => readSeen(destinationId, path),
    write: () => Promise.resolve(fail(READ_ONLY)),
    describe: (path) => `${name}:${path}`,
  };
}
