// Which answer a request gets, by its address and method alone; must not know caches or the network.
import type { Precache, PrecachedDocument, PrecachedFile } from './precache.ts';

export type Route =
  | { readonly kind: 'app'; readonly file: PrecachedDocument }
  | { readonly kind: 'publisher'; readonly file: PrecachedDocument }
  | { readonly kind: 'file'; readonly file: PrecachedFile }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'method-not-allowed' }
  /** Refused without asking anyone. */
  | { readonly kind: 'refused' }
  /** Goes its way under the policy of the document that asks. */
  | { readonly kind: 'let-pass' };

export interface Asked {
  readonly url: string;
  readonly method: string;
  /** Loads a document. */
  readonly isNavigation: boolean;
  /** `fetch` and XHR: all that the publisher's policy lets it make. */
  readonly isPlainFetch: boolean;
  /** The asking client is known to be a document or worker of the app. */
  readonly isFromApp: boolean;
}

export function indexFiles(precache: Precache): ReadonlyMap<string, PrecachedFile> {
  return new Map(precache.files.map((file) => [file.path, file]));
}

/**
 * Of a document only the path counts. A file is answered at its bare path only: what else an address carries (a query
 * with data in it) is no file, so nothing but the paths of the build ever reaches a server.
 */
export function routeOf(
  asked: Asked,
  scope: string,
  precache: Precache,
  files: ReadonlyMap<string, PrecachedFile>,
): Route {
  const url = new URL(asked.url);
  if (url.origin !== new URL(scope).origin)
    return { kind: asked.isPlainFetch && !asked.isFromApp ? 'let-pass' : 'refused' };
  if (asked.method !== 'GET' && asked.method !== 'HEAD') return { kind: 'method-not-allowed' };
  const folder = new URL(scope).pathname;
  if (!url.pathname.startsWith(folder)) return { kind: 'not-found' };
  const path = url.pathname.slice(folder.length);
  if (asked.isNavigation) {
    if (path === '' || path === 'index.html') return { kind: 'app', file: precache.app };
    if (precache.publisher && path === precache.publisher.path)
      return { kind: 'publisher', file: precache.publisher };
    return { kind: 'not-found' };
  }
  const file = url.search === '' ? files.get(path) : undefined;
  return file && file.path !== precache.app.path ? { kind: 'file', file } : { kind: 'not-found' };
}
