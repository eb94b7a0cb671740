// The one version that a service worker serves: every file with its digest, written into it by the build.

/**
 * `shell`: needed to show the app, stored before it starts. `engine`: the rest of what it needs, stored right after.
 * `spare`: only for browsers without threads, stored when first asked for.
 */
export type FileGroup = 'shell' | 'engine' | 'spare';

export interface PrecachedFile {
  /** Relative to the scope, e.g. `_app/immutable/entry/start.js`. */
  readonly path: string;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly group: FileGroup;
}

/** A document: its file and the `sha256-…` sources of its inline scripts. */
export interface PrecachedDocument extends PrecachedFile {
  readonly scriptHashes: readonly string[];
}

/** A page that the worker answers out of itself. */
export interface OwnPage {
  readonly html: string;
  readonly scriptHashes: readonly string[];
}

export interface Precache {
  /** Digest over all paths and digests. */
  readonly version: string;
  /** The app's page, answered at the scope itself. */
  readonly app: PrecachedDocument;
  /** Never stored, always from the network; null where the build has none. */
  readonly publisher: PrecachedDocument | null;
  /** All others, and the app's page. */
  readonly files: readonly PrecachedFile[];
  readonly pages: Readonly<Record<'notFound' | 'otherVersion' | 'noNetwork' | 'publisherOffline', OwnPage>>;
}
