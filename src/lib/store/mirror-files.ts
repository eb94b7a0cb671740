// What was seen in an S3 destination, kept in OPFS below `mirror/`; must not know how it was asked for.
import type { Problem, Result } from '../base/result.ts';
import { fail, ProblemError, succeed } from '../base/result.ts';
import { findFile, isMissing, openFolder, writeWhole } from './private-files.ts';
import { isMirrorListing, isPathBelow, isRecordId } from './publisher-shapes.ts';
import type { MirrorListing } from './publisher-types.ts';
import { storageProblem } from './storage-problem.ts';

const MIRROR_FOLDER = 'mirror';
const FILES_FOLDER = 'files';
const LISTINGS_FOLDER = 'listings';

export interface MirrorFile {
  /** As in the listing. */
  readonly path: string;
  /** Pieces are written one by one; what they throw as `ProblemError` comes back. */
  readonly body: Uint8Array | Blob | AsyncIterable<Uint8Array>;
}

/**
 * Lays down what a destination holds below `listing.prefix`: the files as they come, the listing last, then what is in
 * the mirror but not in the destination any more is removed. What `files` throws as `ProblemError` comes back.
 */
export async function writeMirror(
  destinationId: string,
  listing: MirrorListing,
  files: Iterable<MirrorFile> | AsyncIterable<MirrorFile>,
): Promise<Result<null>> {
  if (!isRecordId(destinationId) || !isMirrorListing(listing) || listing.destinationId !== destinationId) {
    return fail(unsoundProblem());
  }
  try {
    for await (const { path, body } of files) {
      if (!isPathBelow(path)) return fail(unsoundProblem());
      const place = path.split('/');
      const folder = await openFolder([...filesOf(destinationId), ...place.slice(0, -1)], true);
      await writeWhole(folder, place.at(-1) ?? '', body);
    }
    const listings = await openFolder([MIRROR_FOLDER, destinationId, LISTINGS_FOLDER], true);
    const text = new TextEncoder().encode(JSON.stringify(listing));
    await writeWhole(listings, listingName(listing.prefix), text);
    await removeVanished(destinationId, listing);
    return succeed(null);
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    return fail(storageProblem(error, 'What the destination holds could not be kept'));
  }
}

/**
 * What lies below `prefix` as last seen: of the newest listing that covers it, with what newer and narrower ones say of
 * their part. Null where no listing covers it. `prefix` and `lookedUpAt` of the answer are those of the covering one.
 */
export async function readMirrorListing(
  destinationId: string,
  prefix: string,
): Promise<Result<MirrorListing | null>> {
  const read = await readListings(destinationId);
  if (!read.ok) return read;
  const oldestFirst = [...read.value].sort((a, b) => (a.lookedUpAt < b.lookedUpAt ? -1 : 1));
  const covering = oldestFirst.findLast((listing) => prefix.startsWith(listing.prefix));
  if (!covering) return succeed(null);
  let objects = covering.objects;
  for (const newer of oldestFirst.slice(oldestFirst.indexOf(covering) + 1)) {
    objects = [...objects.filter(({ path }) => !path.startsWith(newer.prefix)), ...newer.objects];
  }
  const below = objects.filter(({ path }) => path.startsWith(prefix));
  below.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return succeed({ ...covering, objects: below });
}

/** A file that was fetched. `mirror-missing` where it was not, or is not there. */
export async function openMirrorFile(destinationId: string, path: string): Promise<Result<Blob>> {
  if (!isRecordId(destinationId) || !isPathBelow(path)) return fail(missingProblem(path));
  const place = path.split('/');
  try {
    const folder = await openFolder([...filesOf(destinationId), ...place.slice(0, -1)], false);
    const file = await findFile(folder, place.at(-1) ?? '');
    return file ? succeed(file) : fail(missingProblem(path));
  } catch (error) {
    const problem = isMissing(error)
      ? missingProblem(path)
      : storageProblem(error, `“${path}” could not be opened`);
    return fail(problem);
  }
}

/** Forgets all that was seen of a destination. */
export async function removeMirror(destinationId: string): Promise<Result<null>> {
  if (!isRecordId(destinationId)) return succeed(null);
  try {
    await (await openFolder([MIRROR_FOLDER], true)).removeEntry(destinationId, { recursive: true });
  } catch (error) {
    if (!isMissing(error)) return fail(storageProblem(error, 'The mirror could not be removed'));
  }
  return succeed(null);
}

function filesOf(destinationId: string): readonly string[] {
  return [MIRROR_FOLDER, destinationId, FILES_FOLDER];
}

function listingName(prefix: string): string {
  return `below-${encodeURIComponent(prefix)}.json`;
}

async function readListings(destinationId: string): Promise<Result<readonly MirrorListing[]>> {
  if (!isRecordId(destinationId)) return succeed([]);
  const listings: MirrorListing[] = [];
  try {
    const folder = await openFolder([MIRROR_FOLDER, destinationId, LISTINGS_FOLDER], false);
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    for (const name of names) {
      const listing = parse(await (await findFile(folder, name))?.text());
      if (isMirrorListing(listing) && listing.destinationId === destinationId) listings.push(listing);
    }
  } catch (error) {
    if (!isMissing(error)) return fail(storageProblem(error, 'The list of modules could not be read'));
  }
  return succeed(listings);
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

async function removeVanished(destinationId: string, listing: MirrorListing): Promise<void> {
  const present = new Set(listing.objects.map(({ path }) => path));
  const kept = await collect(await openFolder(filesOf(destinationId), true), '');
  for (const path of kept) {
    if (!path.startsWith(listing.prefix) || present.has(path)) continue;
    const place = path.split('/');
    const folder = await openFolder([...filesOf(destinationId), ...place.slice(0, -1)], false);
    await folder.removeEntry(place.at(-1) ?? '');
  }
}

async function collect(folder: FileSystemDirectoryHandle, path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [name, handle] of folder.entries()) {
    if (handle.kind === 'file') found.push(path + name);
    else found.push(...(await collect(handle as FileSystemDirectoryHandle, `${path}${name}/`)));
  }
  return found;
}

function missingProblem(path: string): Problem {
  return {
    code: 'mirror-missing',
    message: `“${path}” was not fetched from the destination.`,
    hint: 'Look the module up again, and choose this version.',
  };
}

function unsoundProblem(): Problem {
  return {
    code: 'mirror-listing',
    message: 'The destination lists its objects in a form that cannot be kept.',
    hint: 'Look whether objects below this prefix have names with empty parts or control signs.',
  };
}
