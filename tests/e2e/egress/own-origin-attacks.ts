// Ways in which code of a page may tell its own server something: what a hostile host would read in its log.

/** Every attack names this, in an address, a body or a cookie. */
export const SECRET = 'leak-7f3a';

export interface OwnOriginAttack {
  readonly name: string;
  /** Runs in the page: must stand alone. */
  readonly run: (secret: string) => unknown;
  /** May leave the page: it gets a page of its own. */
  readonly leaves?: true;
  /** Why no page and no service worker can prevent it; such a one must arrive, or the list is out of date. */
  readonly arrivesBecause?: string;
}

declare function place(html: string): Element;

export const OWN_ORIGIN_ATTACKS: readonly OwnOriginAttack[] = [
  { name: 'fetch', run: (secret) => fetch(`./?${secret}-fetch`) },
  { name: 'fetch of a path', run: (secret) => fetch(`./${secret}-path/x.json`) },
  {
    name: 'fetch of a known file with a query',
    run: (secret) => fetch(`./icon.svg?${secret}-known`, { cache: 'no-store' }),
  },
  { name: 'post', run: (secret) => fetch('./', { method: 'POST', body: `${secret}-post` }) },
  { name: 'header', run: (secret) => fetch('./icon.svg', { headers: { 'x-note': `${secret}-header` } }) },
  { name: 'beacon', run: (secret) => navigator.sendBeacon('./', `${secret}-beacon`) },
  {
    name: 'XMLHttpRequest',
    run: (secret) => {
      const request = new XMLHttpRequest();
      request.open('PUT', './icon.svg');
      request.send(`${secret}-xhr`);
    },
  },
  { name: 'image', run: (secret) => void (new Image().src = `./${secret}-image.png`) },
  { name: 'script', run: (secret) => import(/* @vite-ignore */ `${location.origin}/${secret}-script.js`) },
  { name: 'stylesheet', run: (secret) => place(`<link rel="stylesheet" href="./${secret}.css">`) },
  { name: 'event source', run: (secret) => new EventSource(`./${secret}-events`) },
  { name: 'worker', run: (secret) => new Worker(`./${secret}-worker.js`) },
  {
    name: 'prefetch',
    run: (secret) => document.head.append(place(`<link rel="prefetch" href="./${secret}-prefetch">`)),
  },
  { name: 'frame', run: (secret) => place(`<iframe src="./?${secret}-frame"></iframe>`) },
  {
    name: 'credentialless frame',
    run: (secret) => place(`<iframe credentialless src="./?${secret}-credentialless"></iframe>`),
  },
  {
    name: 'ping of a link',
    run: (secret) => (place(`<a href="#x" ping="./?${secret}-ping">x</a>`) as HTMLElement).click(),
  },
  {
    name: 'cookie',
    run: (secret) => {
      document.cookie = `note=${secret}-cookie`;
      return fetch('./icon.svg', { cache: 'reload' });
    },
  },
  {
    name: 'navigation with a query',
    run: (secret) => {
      location.href = `./?${secret}-navigation`;
    },
    leaves: true,
  },
  {
    name: 'navigation to an unknown page',
    run: (secret) => {
      location.href = `./${secret}-page`;
    },
    leaves: true,
  },
  { name: 'popup', run: (secret) => window.open(`./?${secret}-popup`), leaves: true },
  {
    name: 'publisher with a query',
    run: (secret) => window.open(`./publisher.html?${secret}-publisher`, '_blank', 'noopener'),
    leaves: true,
  },
  {
    name: 'download link',
    run: (secret) => (place(`<a download href="./${secret}-download">x</a>`) as HTMLElement).click(),
    leaves: true,
    arrivesBecause: 'Chromium fetches what a download link names without asking the service worker',
  },
  {
    name: 'service worker registered under a query',
    run: (secret) => navigator.serviceWorker.register(`./service-worker.js?${secret}-register`),
    leaves: true,
    arrivesBecause: 'a browser fetches the script of a service worker itself',
  },
  {
    name: 'cookie with the check for an update',
    run: async (secret) => {
      document.cookie = `note=${secret}-update`;
      await (await navigator.serviceWorker.getRegistration())?.update();
    },
    leaves: true,
    arrivesBecause: 'a browser fetches the script of a service worker itself, with the cookies of its host',
  },
];
