// The service worker: serves one version of the app from this device, under the isolation headers, and nothing else.
// It must not know what the app does. Only the build's own paths and the publisher's document are ever fetched.
import {
  answerDocument,
  answerFile,
  answerOwnPage,
  answerPublisher,
  answerRefusal,
  withoutBody,
} from './answers.ts';
import { FileMissing, FileStore } from './file-store.ts';
import { newsChannel, type StoreFailure, type WorkerNews, type WorkerOrder } from './messages.ts';
import type { Precache } from './precache.ts';
import { indexFiles, routeOf, type Route } from './route.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written in by the build. */
declare const SLUICE_PRECACHE: Precache;

const precache = SLUICE_PRECACHE;
const scope = self.registration.scope;
const home = new URL(scope).pathname;
const files = indexFiles(precache);
const store = new FileStore(scope);
const channel = new BroadcastChannel(newsChannel(scope));
const shell = precache.files.filter((file) => file.group === 'shell');
const needed = precache.files.filter((file) => file.group !== 'spare');
/** Clients that have loaded something of the app. Forgotten when the browser puts the worker to sleep. */
const appClients = new Set<string>();

function tell(news: WorkerNews): void {
  channel.postMessage(news);
}

function reasonOf(error: unknown): StoreFailure {
  return error instanceof FileMissing ? error.reason : 'storage';
}

async function keep(group: typeof needed, isArriving: boolean): Promise<void> {
  try {
    await store.keep(group, (storedBytes, totalBytes) =>
      tell({ kind: 'storing', isArriving, storedBytes, totalBytes }),
    );
  } catch (error) {
    tell({ kind: 'not-stored', isArriving, reason: reasonOf(error) });
    throw error;
  }
}

let storing: Promise<void> | null = null;

/** Stores all that is missing, once however often it is asked for. */
function storeEverything(): Promise<void> {
  storing ??= keep(needed, false)
    .then(
      () => tell({ kind: 'stored', isArriving: false }),
      () => undefined,
    )
    .finally(() => (storing = null));
  return storing;
}

self.addEventListener('install', (event) => {
  // The first visit waits for the shell only. An update is whole before it offers itself: offline stays offline-ready.
  event.waitUntil(keep(self.registration.active ? needed : shell, true));
});

/** What a newer version is storing, or has stored, is not this one's to remove: that one sweeps when its turn comes. */
async function sweep(): Promise<void> {
  const { installing, waiting } = self.registration;
  if (installing === null && waiting === null) await store.sweep(precache.files);
}

self.addEventListener('activate', (event) => {
  // Left-over files harm nobody: pages are served all the same.
  event.waitUntil(
    sweep()
      .then(undefined, () => undefined)
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('message', (event) => {
  const order = event.data as WorkerOrder;
  if (order.kind === 'take-over') event.waitUntil(self.skipWaiting());
  if (order.kind === 'store-everything') event.waitUntil(storeEverything());
});

/** A file could not be had in this version: a page says so to the person, a script's failure is told to the page. */
function answerMissing(error: unknown, isNavigation: boolean): Response {
  const reason = reasonOf(error);
  tell({ kind: 'not-stored', isArriving: false, reason });
  if (!isNavigation) return answerRefusal(503, `This file of Sluice could not be had: ${reason}.`);
  const { otherVersion, noNetwork } = precache.pages;
  return answerOwnPage(reason === 'other-version' ? otherVersion : noNetwork, 503, home);
}

async function answerPublisherFromNetwork(file: NonNullable<Precache['publisher']>): Promise<Response> {
  try {
    return answerPublisher(file, await store.fetch(file, ['no-store']));
  } catch (error) {
    const { otherVersion, publisherOffline } = precache.pages;
    return answerOwnPage(reasonOf(error) === 'other-version' ? otherVersion : publisherOffline, 503, home);
  }
}

async function answer(route: Route, isNavigation: boolean): Promise<Response> {
  switch (route.kind) {
    case 'app':
    case 'file':
      try {
        const bytes = await store.read(route.file);
        return route.kind === 'app' ? answerDocument(route.file, bytes) : answerFile(route.file, bytes);
      } catch (error) {
        return answerMissing(error, isNavigation);
      }
    case 'publisher':
      return answerPublisherFromNetwork(route.file);
    case 'method-not-allowed':
      return answerRefusal(405, 'Sluice is read only.');
    case 'not-found':
      return answerOwnPage(precache.pages.notFound, 404, home);
    case 'refused':
    case 'let-pass':
      return Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const { request, clientId, resultingClientId } = event;
  const isNavigation = request.mode === 'navigate';
  const route = routeOf(
    {
      url: request.url,
      method: request.method,
      isNavigation,
      isPlainFetch: request.destination === '',
      isFromApp: appClients.has(clientId),
    },
    scope,
    precache,
    files,
  );
  if (route.kind === 'let-pass') return;
  if (route.kind === 'app') appClients.add(resultingClientId);
  if (route.kind === 'file' && clientId !== '') appClients.add(clientId);
  const answered = answer(route, isNavigation);
  event.respondWith(request.method === 'HEAD' ? answered.then(withoutBody) : answered);
});
