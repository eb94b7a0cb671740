// Which tab may change the open notebook: one web lock and one claim in the store; must not know what a notebook holds.
import type { Problem, Result } from '../base/result.ts';
import { writeNotebook, type NotebookClaim } from '../store/database.ts';
import { claimNotebook, readClaim, releaseNotebook } from '../store/notebook-claims.ts';
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

/** One opening of a notebook, from open to close: what was waited for belongs to it or to nobody. */
interface Visit {
  readonly id: string;
  readonly left: AbortController;
}

/** The lock, once it is this tab's. */
interface Hold {
  readonly letGo: () => void;
  isStolen: boolean;
}

export class NotebookOwner implements OwnershipView {
  readonly #parts: OwnerParts;
  readonly #channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  #state: OwnershipState = $state.raw('none');
  #isTakingOver = $state.raw(false);
  #unsaved: Problem | null = $state.raw(null);
  #visit: Visit | null = null;
  /** This tab's hold on the notebook in the store: whoever claims it later has another. */
  #claim: NotebookClaim = { claim: '', isUnwritten: false, leftOver: null };
  #held: Hold | null = null;
  #watching = new AbortController();

  constructor(parts: OwnerParts) {
    this.#parts = parts;
    this.#channel?.addEventListener('message', (event) => {
      if (isMessage(event.data) && event.data.id === this.#visit?.id) void this.#hear(event.data);
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
    const claim = this.#claim;
    const saved = await writeNotebook(record, undefined, claim);
    if (record.id !== this.#visit?.id || claim !== this.#claim) return saved;
    if (saved.ok && claim.isUnwritten) this.#claim = { ...claim, isUnwritten: false };
    if (!saved.ok && saved.error.code === 'notebook-taken-over') this.lose('taken', saved.error);
    if (!saved.ok && saved.error.code === 'notebook-deleted') this.lose('deleted', saved.error);
    return saved;
  }

  async #hear(message: Message): Promise<void> {
    if (message.kind === 'deleted') return this.lose('deleted', null);
    await this.#yield();
  }

  /** Lets the notebook go after a last save; where that comes too late, what is unsaved is said to be so. */
  async #yield(): Promise<void> {
    const visit = this.#visit;
    if (this.#state !== 'owner') return;
    const unsaved = await this.#parts.flush();
    if (this.#visit === visit && !this.isReadOnly) this.lose('taken', unsaved);
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
    this.#held?.letGo();
    this.#held = null;
  }

  /** Asks for the notebook before it is read: this tab then owns it, or another does. */
  async open(id: string): Promise<void> {
    await this.close();
    const visit: Visit = { id, left: new AbortController() };
    this.#visit = visit;
    const hold = await this.#hold(visit, { ifAvailable: true });
    if (hold) await this.#own(visit, hold, false);
    else if (this.#visit === visit) {
      this.#state = 'elsewhere';
      this.#watch();
    }
  }

  /** False where the notebook was closed, or stolen, meanwhile. */
  async #own(visit: Visit, hold: Hold, isStealing: boolean): Promise<boolean> {
    const { id } = visit;
    this.#held = hold;
    const left = isStealing ? null : await readClaim(id);
    const claim = crypto.randomUUID();
    const isClaimed = (await claimNotebook(id, claim)).ok;
    if (this.#visit !== visit) {
      if (isClaimed) await releaseNotebook(id, claim);
      hold.letGo();
      return false;
    }
    // Where the store cannot be written, saving says so.
    this.#claim = { claim, isUnwritten: !isClaimed, leftOver: left?.ok ? left.value : null };
    this.#unsaved = null;
    this.#state = 'owner';
    if (hold.isStolen) this.lose('taken', null);
    return !hold.isStolen;
  }

  /** The lock, held until it is let go or stolen; null where it is not to be had, or the notebook was left meanwhile. */
  #hold(visit: Visit, options: LockOptions): Promise<Hold | null> {
    if (!('locks' in navigator)) return Promise.resolve({ letGo: () => {}, isStolen: false });
    return new Promise((resolve) => {
      let hold: Hold | null = null;
      const until = Promise.withResolvers<null>();
      const held = navigator.locks.request(lockName(visit.id), options, (lock) => {
        if (lock === null || this.#visit !== visit) return resolve(null);
        hold = { letGo: () => until.resolve(null), isStolen: false };
        resolve(hold);
        return until.promise;
      });
      held.catch(() => {
        resolve(null);
        if (hold === null) return;
        hold.isStolen = true;
        if (this.#held === hold && this.#visit === visit) void this.#yield();
      });
    });
  }

  /** Takes the notebook back by itself when no tab holds it any more, unless that would lose what is only here. */
  #watch(): void {
    this.#watching.abort();
    this.#watching = new AbortController();
    const [visit, { signal }] = [this.#visit, this.#watching];
    if (visit === null || !('locks' in navigator)) return;
    navigator.locks
      .request(lockName(visit.id), { mode: 'shared', signal }, () => undefined)
      .then(async () => {
        const isUnwanted = () => signal.aborted || this.#unsaved !== null || this.#isTakingOver;
        if (isUnwanted()) return;
        const hold = await this.#hold(visit, { ifAvailable: true });
        if (hold && isUnwanted()) return hold.letGo();
        if (!hold) return this.#visit === visit ? this.#watch() : undefined;
        if (await this.#show(visit, hold, false))
          this.#parts.announce('No other tab has this notebook open any more: it can be changed here.');
      })
      .catch(() => undefined);
  }

  /** Claims first, so that no other tab can write any more, and then shows what is there. */
  async #show(visit: Visit, hold: Hold, isStealing: boolean): Promise<boolean> {
    this.#watching.abort();
    if (!(await this.#own(visit, hold, isStealing))) return false;
    await this.#parts.reload(visit.id);
    return this.#visit === visit;
  }

  async takeOver(mayLose = false): Promise<void> {
    const visit = this.#visit;
    if (visit === null || !this.isReadOnly || this.#isTakingOver) return;
    if (this.#unsaved !== null && !mayLose) return;
    this.#isTakingOver = true;
    try {
      this.#watching.abort();
      this.#channel?.postMessage({ kind: 'hand-over', id: visit.id } satisfies Message);
      const signal = AbortSignal.any([AbortSignal.timeout(HAND_OVER_MS), visit.left.signal]);
      const given = await this.#hold(visit, { signal });
      if (this.#visit !== visit) return given?.letGo();
      const hold = given ?? (await this.#hold(visit, { steal: true }));
      if (hold && (await this.#show(visit, hold, given === null))) this.#parts.tookOver(visit.id);
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
    const [visit, held, { claim }] = [this.#visit, this.#held, this.#claim];
    const wasOwner = this.#state === 'owner';
    this.#watching.abort();
    visit?.left.abort();
    this.#visit = null;
    this.#held = null;
    this.#state = 'none';
    this.#unsaved = null;
    if (visit && wasOwner) await releaseNotebook(visit.id, claim);
    held?.letGo();
  }
}
