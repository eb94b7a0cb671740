// The project key of this browser: made, imported, turned into pads; must not know who hashes with it.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
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
import type { KeyView } from './session-types.ts';

export class KeyRing {
  readonly #changed: (pads: HmacPads, wasMissed: boolean) => Promise<void>;
  #view: KeyView = $state.raw({ state: 'none', fingerprint: null });
  #isMissed = $state.raw(false);
  #pads: HmacPads | null = null;

  constructor(changed: (pads: HmacPads, wasMissed: boolean) => Promise<void>) {
    this.#changed = changed;
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

  miss(isMissed: boolean): void {
    this.#isMissed = isMissed;
  }

  async restore(): Promise<void> {
    const stored = await readKey();
    if (stored.ok && stored.value) await this.#use(await derivePads(stored.value.key, KEY_DOMAIN));
  }

  async #use(pads: HmacPads): Promise<void> {
    const fingerprint = await fingerprintPads(pads);
    this.#pads = pads;
    this.#view = { state: 'ready', fingerprint };
    const wasMissed = this.#isMissed;
    this.#isMissed = false;
    await this.#changed(pads, wasMissed);
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
  async create(passphrase: string, title: string): Promise<Result<{ fileName: string; text: string }>> {
    const bytes = createProjectKey(platformEffects);
    const wrapped = await wrapKey(bytes, passphrase);
    if (!wrapped.ok) return wrapped;
    const kept = await this.#keep(bytes, wrapped.value);
    if (!kept.ok) return kept;
    return succeed({ fileName: nameKeyFile(title), text: wrapped.value });
  }

  async import(text: string, passphrase: string): Promise<Problem | null> {
    const bytes = await unwrapKey(text.trim(), passphrase);
    if (!bytes.ok) return bytes.error;
    const kept = await this.#keep(bytes.value, text.trim());
    return kept.ok ? null : fail(kept.error).error;
  }
}
