// Takes events and appends them to the stored log in order, soon, and again where it failed; must not know who shows them.
import { canonicalJson } from '../base/canonical-json.ts';
import type { Problem } from '../base/result.ts';
import type { AuditEntry, AuditEvent } from '../audit/audit-types.ts';
import { EMPTY_CHAIN, linkEntry } from '../audit/chain.ts';
import { cleanActor, cleanEvent, DEFAULT_ACTOR } from '../audit/clean-event.ts';
import { readEntry } from '../audit/read-entry.ts';
import { appendAuditEntries, readAuditLog } from '../store/audit-records.ts';
import { WaitingPlace } from '../store/audit-waiting.ts';
import { readSetting, writeSetting } from '../store/database.ts';

const ACTOR_SETTING = 'audit-actor';
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;
/** So many at once are hashed and written, so that other tabs get their turn. */
const BATCH = 500;

interface WaitingEvent {
  readonly event: AuditEvent;
  /** UTC ISO 8601. */
  readonly at: string;
  readonly actor: string;
}

interface WriterParts {
  /** Called with entries that are on disk. */
  readonly appended: (entries: readonly AuditEntry[]) => void;
  /** Called when writing begins to fail, and with null when it goes again. */
  readonly troubled: (problem: Problem | null) => void;
}

function isWaiting(value: unknown): value is WaitingEvent {
  return typeof value === 'object' && value !== null && 'event' in value && 'at' in value && 'actor' in value;
}

function identify({
  action,
  subject,
  notebook,
  details,
  at,
  actor,
}: Omit<AuditEntry, 'sequence' | 'hash' | 'previousHash'>) {
  return canonicalJson({ action, subject, notebook, details, at, actor });
}

export class AuditWriter {
  readonly #parts: WriterParts;
  readonly #place = new WaitingPlace();
  #waiting: readonly WaitingEvent[] = [];
  #writing: Promise<void> | null = null;
  #retryMs = FIRST_RETRY_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isTroubled = false;
  #actor = DEFAULT_ACTOR;
  /** Entries are made only once it is known under which name. */
  #ready: Promise<void>;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#ready = this.#start();
  }

  get actor(): string {
    return this.#actor;
  }

  /** Entries that are not on disk yet. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  async #start(): Promise<void> {
    const stored = await readSetting(ACTOR_SETTING);
    if (stored.ok && typeof stored.value === 'string') this.#actor = cleanActor(stored.value);
    this.#waiting = this.#waiting.map((waiting) => ({ ...waiting, actor: this.#actor }));
    await this.#place.takeOver((left) => this.#takeOver(left));
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  /** The name under which entries are made from now on; what is waiting keeps the old one. */
  async changeActor(name: string): Promise<Problem | null> {
    await this.#ready;
    this.#actor = cleanActor(name);
    const written = await writeSetting(ACTOR_SETTING, this.#actor);
    return written.ok ? null : written.error;
  }

  record(event: AuditEvent): void {
    const waiting = { event: cleanEvent(event), at: new Date().toISOString(), actor: this.#actor };
    this.#waiting = [...this.#waiting, waiting];
    void this.flush();
  }

  /** Answers when all that was recorded before is on disk, or could not be written. */
  async flush(): Promise<void> {
    clearTimeout(this.#retry);
    this.#writing ??= this.#ready.then(() => this.#writeAll()).finally(() => this.#afterWriting());
    await this.#writing;
  }

  #afterWriting(): void {
    this.#writing = null;
    if (this.#waiting.length > 0 && !this.#isTroubled) void this.flush();
  }

  /** Keeps what is waiting where the next visit finds it; for a page that is about to go, so it does not wait. */
  leave(): void {
    if (this.#waiting.length > 0) this.#place.keep(this.#waiting);
    void this.flush();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      const problem = await this.#append(batch);
      if (problem) return this.#fail(problem);
      this.#waiting = this.#waiting.slice(batch.length);
    }
    this.#place.keep([]);
    this.#retryMs = FIRST_RETRY_MS;
    if (this.#isTroubled) this.#parts.troubled(null);
    this.#isTroubled = false;
  }

  async #append(batch: readonly WaitingEvent[]): Promise<Problem | null> {
    let linked: readonly AuditEntry[] = [];
    const appended = await appendAuditEntries(async (end) => {
      const entries: AuditEntry[] = [];
      for (const { event, at, actor } of batch)
        entries.push(
          await linkEntry(event, entries.at(-1) ?? end ?? EMPTY_CHAIN, { now: new Date(at), actor }),
        );
      linked = entries;
      return entries.map((entry) => ({ ...entry }));
    });
    if (!appended.ok) return appended.error;
    this.#parts.appended(linked);
    return null;
  }

  #fail(problem: Problem): void {
    if (!this.#isTroubled) this.#parts.troubled(problem);
    this.#isTroubled = true;
    this.#retry = setTimeout(() => void this.flush(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  /** What a closed tab left behind, without what it did write in its last moment. */
  async #takeOver(left: readonly unknown[]): Promise<boolean> {
    const waiting = left.filter(isWaiting);
    if (waiting.length === 0) return true;
    const log = await readAuditLog();
    if (!log.ok) return false;
    const written = new Set(log.value.entries.map((entry) => identify(readEntry(entry))));
    const missing = waiting.filter(({ event, at, actor }) => !written.has(identify({ ...event, at, actor })));
    return (await this.#append(missing)) === null;
  }
}
