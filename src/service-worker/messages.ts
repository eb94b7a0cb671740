// What page, boot page and service worker say to each other; must not know how either acts on it.

/** From a page to the worker. */
export type WorkerOrder =
  | { readonly kind: 'store-everything' }
  /** To a waiting worker: take over now. Said after every tab has saved. */
  | { readonly kind: 'take-over' };

/** Why a file could not be stored: no answer, bytes of another version, or no room. */
export type StoreFailure = 'network' | 'other-version' | 'storage';

/**
 * From the worker to whoever listens on its channel. `isArriving` is said by a version that is being installed, else the
 * one speaks that serves the pages.
 */
export type WorkerNews = { readonly isArriving: boolean } & (
  | { readonly kind: 'storing'; readonly storedBytes: number; readonly totalBytes: number }
  /** All that the app needs is on this device. */
  | { readonly kind: 'stored' }
  | { readonly kind: 'not-stored'; readonly reason: StoreFailure }
);

/** Between the tabs of the app: reload into the waiting version together. */
export type TabWord =
  | { readonly kind: 'may-we-reload'; readonly asker: string }
  | { readonly kind: 'not-now'; readonly asker: string; readonly because: string };

/** Several copies of the app under one origin do not hear each other. */
export function newsChannel(scope: string): string {
  return `sluice-offline ${scope}`;
}

export function tabChannel(scope: string): string {
  return `sluice-tabs ${scope}`;
}
