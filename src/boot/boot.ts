// The page at the plain address: brings the service worker into place, then loads again, so that the app's own scripts
// never run without it. It must not know the app.
import { newsChannel, type StoreFailure, type WorkerNews } from '../service-worker/messages.ts';
import { element } from './element.ts';
import { letTakeOver } from './take-over.ts';

interface Trouble {
  readonly title: string;
  readonly words: string;
}

const FAILURES: Readonly<Record<StoreFailure, Trouble>> = {
  network: {
    title: 'Sluice could not be fetched whole',
    words: 'The connection to the server broke off. Nothing was started. Try again when the network is back.',
  },
  'other-version': {
    title: 'The server is being updated',
    words:
      'Its files belong to different versions, so nothing was started. Try again in a minute. If it stays so, tell whoever runs this site: the folder was uploaded in part.',
  },
  storage: {
    title: 'There is no room to store Sluice',
    words:
      'The browser did not let this site store its files. Free some space, or leave the private window, and try again.',
  },
};

const LOOP_KEY = 'sluice-boot';
const LOOP_SPAN_MS = 20_000;
const LOOP_LIMIT = 4;

function showTrouble({ title, words }: Trouble): void {
  element('arriving').hidden = true;
  element('trouble').hidden = false;
  element('trouble-title').textContent = title;
  element('trouble-words').textContent = words;
  document.title = `${title} – Sluice`;
}

function showProgress(storedBytes: number, totalBytes: number): void {
  const inMegabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const bar = element('progress');
  if (bar instanceof HTMLProgressElement) bar.value = totalBytes > 0 ? storedBytes / totalBytes : 0;
  element('figures').textContent = `${inMegabytes(storedBytes)} of ${inMegabytes(totalBytes)} MB`;
}

/** True where this page has just been loaded again and again: then loading once more would not help. */
function isGoingInCircles(): boolean {
  try {
    const now = Date.now();
    const before: number[] = JSON.parse(sessionStorage.getItem(LOOP_KEY) ?? '[]');
    const recent = before.filter((at) => now - at < LOOP_SPAN_MS);
    sessionStorage.setItem(LOOP_KEY, JSON.stringify([...recent, now]));
    return recent.length >= LOOP_LIMIT;
  } catch {
    return false;
  }
}

/** The fragment stays: it may carry a notebook. */
function loadAgain(): void {
  if (!isGoingInCircles()) return location.reload();
  showTrouble({
    title: 'Sluice does not start here',
    words:
      'The browser stored the app but does not let it answer for this address. An extension or a setting may keep service workers off.',
  });
}

function watchNews(scope: string): void {
  const channel = new BroadcastChannel(newsChannel(scope));
  channel.addEventListener('message', (event) => {
    const news = event.data as WorkerNews;
    if (news.kind === 'storing') showProgress(news.storedBytes, news.totalBytes);
    if (news.kind === 'not-stored') showTrouble(FAILURES[news.reason]);
  });
}

function watchFailure(registration: ServiceWorkerRegistration): void {
  const { installing, active } = registration;
  if (!installing || active) return;
  installing.addEventListener('statechange', () => {
    if (installing.state === 'redundant' && element('trouble').hidden) showTrouble(FAILURES.network);
  });
}

async function bringWorker(): Promise<void> {
  if (!isSecureContext)
    return showTrouble({
      title: 'This address is not secure enough',
      words:
        'Sluice needs https, or the address of this very machine (http://127.0.0.1): elsewhere browsers give a page no private storage.',
    });
  if (!('serviceWorker' in navigator))
    return showTrouble({
      title: 'This window cannot run Sluice',
      words:
        'The browser offers no service worker here, which is what keeps data in. Private windows often have none: open this address in an ordinary window, or use another browser.',
    });
  const workers = navigator.serviceWorker;
  const scope = new URL('./', location.href).href;
  watchNews(scope);
  workers.addEventListener('controllerchange', loadAgain);
  const registration = await workers.register('./service-worker.js', { scope: './', updateViaCache: 'none' });
  watchFailure(registration);
  // Loaded past a worker that is there already (a forced reload): the next load goes through it.
  if (registration.active?.state !== 'activated') return;
  // The version in place may be one that does not start: a newer one that waits goes first. It loads this page again.
  if (registration.waiting) await letTakeOver(registration.waiting, scope);
  loadAgain();
}

element('again').addEventListener('click', () => {
  try {
    sessionStorage.removeItem(LOOP_KEY);
  } catch {
    // Without storage there was nothing to count.
  }
  location.reload();
});

bringWorker().catch((error: unknown) =>
  showTrouble({
    title: 'Sluice could not be stored in this browser',
    words: `The service worker was refused (${error instanceof Error ? error.message : String(error)}). Private windows, extensions and settings that forbid site data do that; so does a server without the file service-worker.js.`,
  }),
);
