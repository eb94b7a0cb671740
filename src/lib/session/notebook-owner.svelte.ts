// Which tab may change the open notebook: one web lock and one claim in the store; must not know what a notebook holds.
import type { Problem, Result } from '../base/result.ts';
import { writeNotebook } from '../store/database.ts';
import { claimNotebook, releaseNotebook } from '../store/notebook-claims.ts';
import type { NotebookText } from './notebook-desk.svelte.ts';
import type { OwnershipState, OwnershipView } from './ownership-types.ts';

/** Longest wait for an owner that may be frozen. */
const HAND_OVER_MS = 2_000;
const CHANNEL = 'sluice-notebooks';

type Message =
  { readonly kind: 'hand-over'; readonly id: string } | { readonly kind: 'deleted'; readonly id: string };

function isMessage(data: unknown): data is Message {
  if (typeof data !== 'object' || data === null) return false;
  const kind: unknown = Reflect.get(data, 'kind');
  return (kind === 'hand-over' || kind === 'deleted') && typeof Reflect.get(data, 'id') === 'string';
}

function lockName(id: string): string {
  return `sluice-notebook:${id}`;
}

export interface OwnerParts {
  /** Writes what is unsaved; the problem where that failed. */
  readonly flush: () => Promise<Problem | null>;
  /** Shows what the store holds now. */
  readonly reload: (id: string) => Promise<void>;
  readonly keepAsNew: () => Promise<void>;
  readonly closeUnsaved: () => Promise<void>;
  readonly announce: (text: string) => void;
  readonly tookOver: (id: string) => void;
}

export class NotebookOwner implements OwnershipView {
  readonly #parts: OwnerParts;
  readonly #channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  #state: OwnershipState = $state.raw('none');
  #isTakingOver = $state.raw(false);
  #unsaved: Problem | null = $state.raw(null);
  #id: string | null = null;
  /** Names this tab's hold on the notebook in the store: whoever claims it later has another. */
  #claim: string = crypto.randomUUID();
  #isUnwritten = true;
  #letGo: (() => void) | null = null;
  #watching = new AbortController();

  constructor(parts: OwnerParts) {
    this.#parts = parts;
    this.#channel?.addEventListener('message', (event) => {
      if (isMessage(event.data) && event.data.id === this.#id) void this.#hear(event.data);
    });
  }

  get state(): OwnershipState {
    return this.#state;
  }
  get isReadOnly(): boolean {
    return this.#state === 'elsewhere' || this.#state === 'taken' || this.#state === 'deleted';
  }
  get isTakingOver(): boolean {
    return this.#isTakingOver;
  }
  get unsaved(): Problem | null {
    return this.#unsaved;
  }
  /** Writes on this tab's claim; a save that nobody may make here any more turns this tab into a reader. */
  async save(record: NotebookText): Promise<Result<null>> {
    const held = { claim: this.#claim, isUnwritten: this.#isUnwritten };
    const saved = await writeNotebook(record, undefined, held);
    if (!saved.ok && saved.error.code === 'notebook-taken-over') this.lose('taken', saved.error);
    if (!saved.ok && saved.error.code === 'notebook-deleted') this.lose('deleted', saved.error);
    return saved;
  }

  async #hear(message: Message): Promise<void> {
    if (message.kind === 'deleted') return this.lose('deleted', null);
    await this.#yield(message.id);
  }

  /** Lets the notebook go after a last save; where that comes too late, what is unsaved is said to be so. */
  async #yield(id: string): Promise<void> {
    if (this.#state !== 'owner') return;
    const unsaved = await this.#parts.flush();
    if (this.#id === id && !this.isReadOnly) this.lose('taken', unsaved);
  }

  /** Turns this tab into a reader. */
  lose(state: 'taken' | 'deleted', unsaved: Problem | null): void {
    if (this.#state === state) {
      this.#unsaved ??= unsaved;
      return;
    }
    this.#state = state;
    this.#unsaved = unsaved;
    this.#drop();
    this.#parts.announce(
      state === 'taken'
        ? 'Another tab took this notebook over.'
        : 'This notebook was deleted in another tab.',
    );
    if (state === 'taken') this.#watch();
  }

  #drop(): void {
    this.#letGo?.();
    this.#letGo = null;
  }

  /** Asks for the notebook before it is read: this tab then owns it, or another does. */
  async open(id: string): Promise<void> {
    this.#id = id;
    this.#unsaved = null;
    if (await this.#hold(id, { ifAvailable: true })) return this.#own(id);
    this.#state = 'elsewhere';
    this.#watch();
  }

  async #own(id: string): Promise<void> {
    this.#claim = crypto.randomUUID();
    // Where the store cannot be written, saving says so.
    this.#isUnwritten = !(await claimNotebook(id, this.#claim)).ok;
    this.#unsaved = null;
    this.#state = 'owner';
  }

  /** True once the lock is held; it stays so until it is let go or stolen. */
  #hold(id: string, options: LockOptions): Promise<boolean> {
    if (!('locks' in navigator)) return Promise.resolve(true);
    return new Promise((resolve) => {
      let letGo: (() => void) | null = null;
      const until = Promise.withResolvers<null>();
      const held = navigator.locks.request(lockName(id), options, (lock) => {
        resolve(lock !== null);
        if (lock === null) return undefined;
        letGo = () => until.resolve(null);
        this.#letGo = letGo;
        return until.promise;
      });
      held.catch(() => {
        resolve(false);
        if (letGo !== null && this.#letGo === letGo && this.#id === id) void this.#yield(id);
      });
    });
  }

  /** Takes the notebook back by itself when no tab holds it any more, unless that would lose what is only here. */
  #watch(): void {
    this.#watching.abort();
    this.#watching = new AbortController();
    const [id, { signal }] = [this.#id, this.#watching];
    if (id === null || !('locks' in navigator)) return;
    navigator.locks
      .request(lockName(id), { mode: 'shared', signal }, () => undefined)
      .then(async () => {
        if (signal.aborted || this.#unsaved !== null || this.#isTakingOver) return;
        if (!(await this.#hold(id, { ifAvailable: true }))) return this.#watch();
        await this.#show(id);
        this.#parts.announce('No other tab has this notebook open any more: it can be changed here.');
      })
      .catch(() => undefined);
  }

  /** Claims first, so that no other tab can write any more, and then shows what is there. */
  async #show(id: string): Promise<void> {
    this.#watching.abort();
    await this.#own(id);
    await this.#parts.reload(id);
  }

  async takeOver(): Promise<void> {
    const id = this.#id;
    if (id === null || !this.isReadOnly || this.#isTakingOver) return;
    this.#isTakingOver = true;
    try {
      this.#watching.abort();
      this.#channel?.postMessage({ kind: 'hand-over', id } satisfies Message);
      const isGiven = await this.#hold(id, { signal: AbortSignal.timeout(HAND_OVER_MS) });
      if (!isGiven) await this.#hold(id, { steal: true });
      await this.#show(id);
      this.#parts.tookOver(id);
    } finally {
      this.#isTakingOver = false;
    }
  }

  saveAsNew(): Promise<void> {
    return this.#parts.keepAsNew();
  }

  async retrySave(): Promise<void> {
    await this.#parts.flush();
  }

  closeUnsaved(): Promise<void> {
    return this.#parts.closeUnsaved();
  }

  /** Other tabs that show it learn that it is gone. */
  tellDeleted(id: string): void {
    this.#channel?.postMessage({ kind: 'deleted', id } satisfies Message);
  }

  /** The notebook is closed here. */
  async close(): Promise<void> {
    const [id, wasOwner] = [this.#id, this.#state === 'owner'];
    this.#watching.abort();
    this.#id = null;
    this.#state = 'none';
    this.#unsaved = null;
    if (id !== null && wasOwner) await releaseNotebook(id, this.#claim);
    this.#drop();
  }
}
