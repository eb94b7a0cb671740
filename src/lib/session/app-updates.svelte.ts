// The app's own files as the service worker keeps them, and the way into a new version: every tab saves and loads again
// together. It must not know what a version holds.
import {
  newsChannel,
  tabChannel,
  type StoreFailure,
  type TabWord,
  type WorkerNews,
  type WorkerOrder,
} from '../../service-worker/messages.ts';
import type { Session } from './session-types.ts';
import type { OfflineView, Updates, UpdateState } from './app-updates-types.ts';

const CHECK_EVERY_MS = 3_600_000;
const RETRY_EVERY_MS = 60_000;
/** What is needed for the first screen and the engine comes first; storing the rest waits that long. */
const STORE_AFTER_MS = 4_000;
/** How long other tabs have to say that they are at work. */
const ANSWER_WITHIN_MS = 400;
const LOOK_AGAIN_MS = 500;

const REASONS: Readonly<Record<StoreFailure, string>> = {
  network: 'The server could not be reached. It is tried again by itself.',
  'other-version': 'The server holds another version; its files are not mixed with these.',
  storage: 'The browser has no room for the files. Free some space and reload.',
};

const UNKNOWN: OfflineView = { state: 'unknown', storedBytes: 0, totalBytes: 0, reason: null };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Work = Pick<Session, 'runs' | 'sources' | 'publishing' | 'desk' | 'ownership'>;

/** What a reload would interrupt in this tab; null where nothing. */
function workOf({ runs, sources, publishing }: Work): string | null {
  if (runs.isRunning) return 'a cell is running';
  if (sources.all.some((source) => source.state === 'importing')) return 'a file is being imported';
  const isPublishing = /^(replaying|writing|judging|publishing)$/.test(publishing.current?.stage ?? '');
  return isPublishing ? 'a publication is under way' : null;
}

/** What a reload would lose in this tab; null where all is on disk, or can be asked to be. */
function unsavedOf({ desk, ownership }: Work): string | null {
  if (desk.saveState === 'failed') return 'the notebook could not be saved';
  const isOnlyHere = ownership.unsaved !== null || ownership.state === 'deleted';
  return isOnlyHere ? 'what the notebook holds is nowhere but in that tab' : null;
}

export class AppUpdates implements Updates {
  readonly #work: Work;
  readonly #flush: () => Promise<void>;
  readonly #me = crypto.randomUUID();
  #offline: OfflineView = $state.raw(UNKNOWN);
  #update: UpdateState = $state.raw('none');
  #refusal: string | null = $state.raw(null);
  #registration: ServiceWorkerRegistration | null = null;
  #tabs: BroadcastChannel | null = null;
  #objections: string[] = [];

  /** @param flush writes what is unsaved */
  constructor(work: Work, flush: () => Promise<void>) {
    this.#work = work;
    this.#flush = flush;
  }

  get offline() {
    return this.#offline;
  }
  get update() {
    return this.#update;
  }
  get refusal() {
    return this.#refusal;
  }

  /** Listens to the worker, asks it to store everything, and looks for a new version now and every hour. */
  async start(): Promise<void> {
    const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (!workers?.controller) return;
    const registration = await workers.getRegistration();
    if (!registration) return;
    this.#registration = registration;
    new BroadcastChannel(newsChannel(registration.scope)).addEventListener('message', (event) =>
      this.#hear(event.data as WorkerNews),
    );
    this.#tabs = new BroadcastChannel(tabChannel(registration.scope));
    this.#tabs.addEventListener('message', (event) => this.#hearTab(event.data as TabWord));
    workers.addEventListener('controllerchange', () => void this.#reload());
    registration.addEventListener('updatefound', () => this.#follow(registration.installing));
    this.#follow(registration.installing ?? registration.waiting);
    setTimeout(() => this.#storeEverything(), STORE_AFTER_MS);
    void this.#check();
    setInterval(() => void this.#check(), CHECK_EVERY_MS);
    setInterval(() => this.#tryAgain(), RETRY_EVERY_MS);
    globalThis.addEventListener('online', () => {
      this.#tryAgain();
      void this.#check();
    });
  }

  #storeEverything(): void {
    const order: WorkerOrder = { kind: 'store-everything' };
    navigator.serviceWorker.controller?.postMessage(order);
  }

  #tryAgain(): void {
    if (this.#offline.state !== 'ready') this.#storeEverything();
    if (this.#update === 'arriving' || this.#update === 'no-room') void this.#check();
  }

  async #check(): Promise<void> {
    if (!navigator.onLine) return;
    // Without an answer from the server there is nothing to learn: the next look is in an hour.
    await this.#registration?.update().catch(() => undefined);
  }

  #follow(worker: ServiceWorker | null): void {
    if (!worker) return;
    const look = () => {
      if (worker.state === 'installed') this.#update = 'ready';
      if (worker.state === 'redundant' && this.#update === 'ready' && !this.#registration?.waiting)
        this.#update = 'none';
    };
    worker.addEventListener('statechange', look);
    look();
  }

  /** Of the version that is being installed. A server that is out of reach is looked for again without a word. */
  #hearArriving(news: WorkerNews): void {
    if (news.kind !== 'not-stored' || this.#update === 'ready' || this.#update === 'reloading') return;
    if (news.reason === 'other-version') this.#update = 'arriving';
    if (news.reason === 'storage') this.#update = 'no-room';
  }

  #hear(news: WorkerNews): void {
    if (news.isArriving) return this.#hearArriving(news);
    if (news.kind === 'stored') this.#offline = { ...this.#offline, state: 'ready', reason: null };
    else if (news.kind === 'storing') {
      const { storedBytes, totalBytes } = news;
      this.#offline = { state: 'storing', storedBytes, totalBytes, reason: null };
    } else {
      this.#offline = { ...this.#offline, state: 'incomplete', reason: REASONS[news.reason] };
      if (news.reason === 'other-version') void this.#check();
    }
  }

  #hearTab(word: TabWord): void {
    if (word.kind === 'not-now' && word.asker === this.#me) this.#objections.push(word.because);
    if (word.kind !== 'may-we-reload') return;
    const because = workOf(this.#work) ?? unsavedOf(this.#work);
    const answer: TabWord = { kind: 'not-now', asker: word.asker, because: because ?? '' };
    if (because !== null) this.#tabs?.postMessage(answer);
  }

  async apply(): Promise<void> {
    if (!this.#registration?.waiting || this.#update === 'reloading') return;
    const busy = workOf(this.#work);
    this.#refusal = busy === null ? await this.#askTabs() : `Not now: ${busy} here. Reload when it is done.`;
    if (this.#refusal !== null) return;
    if (!(await this.#save())) return;
    // A still newer one may have taken its place while tabs were asked.
    const { waiting } = this.#registration;
    if (!waiting) return;
    this.#update = 'reloading';
    const order: WorkerOrder = { kind: 'take-over' };
    waiting.postMessage(order);
  }

  /** What stands against a reload in another tab; null where nothing does. */
  async #askTabs(): Promise<string | null> {
    this.#objections = [];
    const question: TabWord = { kind: 'may-we-reload', asker: this.#me };
    this.#tabs?.postMessage(question);
    await sleep(ANSWER_WITHIN_MS);
    const [first] = this.#objections;
    return first === undefined ? null : `Not now: ${first} in another tab. Reload when it is done.`;
  }

  async #save(): Promise<boolean> {
    await this.#flush();
    if (unsavedOf(this.#work) === null) return true;
    this.#refusal = 'Not now: the notebook could not be saved here, and a reload would lose changes.';
    return false;
  }

  /** Another version serves from now on: this page belongs to the old one. */
  async #reload(): Promise<void> {
    this.#update = 'reloading';
    while (workOf(this.#work) !== null || !(await this.#save())) await sleep(LOOK_AGAIN_MS);
    location.reload();
  }
}
