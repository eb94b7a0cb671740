// What was last seen of S3 destinations, and whether that is fresh enough to number a version; must not know who looks.
import type { Problem } from '../base/result.ts';
import { listVersions } from '../module/list-modules.ts';
import type { ModuleReader } from '../module/module-types.ts';
import { COMMIT_FILE, modulePrefix, parseVersionPath, versionPrefix } from '../module/paths.ts';
import { compareVersions } from '../module/semantic-version.ts';
import { createMirrorDestination } from '../publish/mirror.ts';
import { readSetting, writeSetting } from '../store/database.ts';
import { openMirrorFile, readMirrorListing } from '../store/mirror-files.ts';
import { listS3Destinations } from '../store/publisher-records.ts';
import type { S3Settings } from '../store/publisher-types.ts';
import type { SeenDestination } from './destination-types.ts';
import { addressOf } from './destination-views.ts';

/** What was seen longer ago is looked up again before a version gets its number. */
const FRESH_MS = 15 * 60_000;
const SENT_SETTING = 'sent-to-destinations';

/** When a module was last sent from this browser, by destination and module. */
async function readSent(): Promise<Readonly<Record<string, unknown>>> {
  const stored = await readSetting(SENT_SETTING);
  return stored.ok && typeof stored.value === 'object' && stored.value !== null
    ? { ...(stored.value as Record<string, unknown>) }
    : {};
}

function sentKey(destinationId: string, namespace: string, module: string): string {
  return `${destinationId} ${modulePrefix(namespace, module)}`;
}

export class MirrorShelf {
  #destinations: readonly S3Settings[] = $state.raw([]);
  #seen: readonly SeenDestination[] = $state.raw([]);
  #problem: Problem | null = $state.raw(null);
  #reading: Promise<void> = Promise.resolve();

  get destinations(): readonly S3Settings[] {
    return this.#destinations;
  }
  get seen(): readonly SeenDestination[] {
    return this.#seen;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  refresh(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const listed = await listS3Destinations();
    this.#problem = listed.ok ? null : listed.error;
    if (!listed.ok) return;
    this.#destinations = listed.value;
    const seen: SeenDestination[] = [];
    for (const settings of listed.value) seen.push(await this.#see(settings));
    this.#seen = seen;
  }

  async #see(settings: S3Settings): Promise<SeenDestination> {
    const { id, name } = settings;
    const listing = await readMirrorListing(id, '');
    const versions = await listVersions(fetchedOnly(id, name));
    return {
      id,
      name,
      address: addressOf(settings),
      lookedUpAt: listing.ok ? (listing.value?.lookedUpAt ?? null) : null,
      modules: versions.ok ? versions.value : [],
    };
  }

  /** Whether the newest version is known, as of less than 15 minutes ago and after the last one sent from here. */
  async isFresh(destinationId: string, namespace: string, module: string, now: Date): Promise<boolean> {
    const prefix = `${modulePrefix(namespace, module)}/`;
    const listing = await readMirrorListing(destinationId, prefix);
    if (!listing.ok || !listing.value) return false;
    const { lookedUpAt, objects } = listing.value;
    const sentAt = (await readSent())[sentKey(destinationId, namespace, module)];
    if (now.getTime() - Date.parse(lookedUpAt) > FRESH_MS) return false;
    if (typeof sentAt === 'string' && sentAt >= lookedUpAt) return false;
    const committed = objects.map(({ path }) => parseVersionPath(path));
    const [newest] = committed
      .flatMap((place) => (place?.path === COMMIT_FILE ? [place.version] : []))
      .sort((a, b) => compareVersions(b, a));
    if (newest === undefined) return true;
    const wanted = objects.filter(({ path }) =>
      path.startsWith(`${versionPrefix(namespace, module, newest)}/`),
    );
    const opened = await Promise.all(wanted.map(({ path }) => openMirrorFile(destinationId, path)));
    return opened.every((file) => file.ok);
  }

  async rememberSent(destinationId: string, namespace: string, module: string, at: string): Promise<void> {
    await writeSetting(SENT_SETTING, {
      ...(await readSent()),
      [sentKey(destinationId, namespace, module)]: at,
    });
  }
}

/** The mirror without versions whose `_COMMIT.json` was not fetched: nothing can be said of those. */
function fetchedOnly(destinationId: string, name: string): ModuleReader {
  const mirror = createMirrorDestination(destinationId, name);
  return {
    read: (path) => mirror.read(path),
    async list(prefix) {
      const listed = await mirror.list(prefix);
      if (!listed.ok) return listed;
      const commits = listed.value.filter(({ path }) => parseVersionPath(path)?.path === COMMIT_FILE);
      const opened = await Promise.all(
        commits.map(async ({ path }) => ({ path, isThere: (await openMirrorFile(destinationId, path)).ok })),
      );
      const missing = new Set(opened.flatMap(({ path, isThere }) => (isThere ? [] : [path])));
      return { ok: true, value: listed.value.filter(({ path }) => !missing.has(path)) };
    },
  };
}

/** Numbers that are known to be taken, and nothing of what is in them: for a person who does not want to look again. */
export function takenNumbersOnly(reader: ModuleReader): ModuleReader {
  return {
    read: (path) => reader.read(path),
    async list(prefix) {
      const listed = await reader.list(prefix);
      if (!listed.ok) return listed;
      return {
        ok: true,
        value: listed.value.filter(({ path }) => parseVersionPath(path)?.path !== COMMIT_FILE),
      };
    },
  };
}
