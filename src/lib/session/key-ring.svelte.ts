// The project key of this browser: made, imported, turned into pads; must not know who hashes with it.
import { succeed, type Problem, type Result } from '../base/result.ts';
import { platformEffects } from '../base/effects.ts';
import type { HmacPads } from '../engine/contract.ts';
import { KEY_DOMAIN } from '../key/key-domain.ts';
import { fingerprintPads } from '../key/hmac-pads.ts';
import {
  createProjectKey,
  derivePads,
  importAsHkdf,
  nameKeyFile,
  unwrapKey,
  wrapKey,
} from '../key/project-key.ts';
import { readKey, writeKey } from '../store/database.ts';
import type { Note } from './audit-notes.ts';
import type { Keys, KeyView } from './key-types.ts';

/** `wasMissed`: a run waited for a key. `isReplaced`: there was another one before. */
export interface KeyChange {
  readonly pads: HmacPads;
  readonly wasMissed: boolean;
  readonly isReplaced: boolean;
}

interface KeyRingParts {
  readonly changed: (change: KeyChange) => Promise<void>;
  /** Names the key file. */
  readonly title: () => string;
  readonly note: (note: Note) => void;
}

export class KeyRing implements Keys {
  readonly #parts: KeyRingParts;
  #view: KeyView = $state.raw({ state: 'none', fingerprint: null });
  #isMissed = $state.raw(false);
  #pads: HmacPads | null = null;

  constructor(parts: KeyRingParts) {
    this.#parts = parts;
  }

  get view(): KeyView {
    return this.#view;
  }
  get isMissed(): boolean {
    return this.#isMissed;
  }
  get pads(): HmacPads | null {
    return this.#pads;
  }

  request(): void {
    this.#isMissed = true;
  }

  dismissRequest(): void {
    this.#isMissed = false;
  }

  /** Answers why the key of this browser could not be read, or null. */
  async restore(): Promise<Problem | null> {
    const stored = await readKey();
    if (!stored.ok) return stored.error;
    if (stored.value) await this.#use(await derivePads(stored.value.key, KEY_DOMAIN));
    return null;
  }

  async #use(pads: HmacPads): Promise<void> {
    const fingerprint = await fingerprintPads(pads);
    const isReplaced = this.#view.fingerprint !== null && this.#view.fingerprint !== fingerprint;
    this.#pads = pads;
    this.#view = { state: 'ready', fingerprint };
    const wasMissed = this.#isMissed;
    this.#isMissed = false;
    await this.#parts.changed({ pads, wasMissed, isReplaced });
  }

  async #keep(bytes: Uint8Array<ArrayBuffer>, wrapped: string): Promise<Result<null>> {
    const key = await importAsHkdf(bytes);
    const pads = await derivePads(key, KEY_DOMAIN);
    const stored = await writeKey({ key, wrapped, fingerprint: await fingerprintPads(pads) });
    if (!stored.ok) return stored;
    await this.#use(pads);
    return succeed(null);
  }

  /** Makes a key, keeps it, and answers the wrapped file for the owner to keep. */
  async create(passphrase: string): Promise<{ readonly fileName: string; readonly text: string } | Problem> {
    const title = this.#parts.title();
    const bytes = createProjectKey(platformEffects);
    const wrapped = await wrapKey(bytes, passphrase);
    if (!wrapped.ok) return wrapped.error;
    const kept = await this.#keep(bytes, wrapped.value);
    if (!kept.ok) return kept.error;
    this.#note('key-created');
    return { fileName: nameKeyFile(title), text: wrapped.value };
  }

  async import(text: string, passphrase: string): Promise<Problem | null> {
    const bytes = await unwrapKey(text.trim(), passphrase);
    if (!bytes.ok) return bytes.error;
    const kept = await this.#keep(bytes.value, text.trim());
    if (!kept.ok) return kept.error;
    this.#note('key-imported');
    return null;
  }

  #note(action: 'key-created' | 'key-imported'): void {
    const fingerprint = this.#view.fingerprint ?? 'unknown';
    this.#parts.note({ action, subject: null, details: { fingerprint } });
  }
}
