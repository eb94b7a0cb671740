// Signing keys of this tab and those remembered on this device; never holds the text of a secret.
import type { Problem } from '../lib/base/result.ts';
import { importSigningKey } from '../lib/publish/s3-signing-key.ts';
import type { S3Credentials, S3Settings } from '../lib/publish/s3-types.ts';
import { forgetCredentials, readCredentials, rememberCredentials } from '../lib/store/publisher-records.ts';

export interface KeyInput {
  readonly secret: string;
  /** Empty where there is none. */
  readonly sessionToken: string;
  readonly isRemembered: boolean;
}

interface HeldKey {
  readonly credentials: S3Credentials;
  readonly isRemembered: boolean;
}

/** A key is held for one place and key id: after an edit of these it is asked for again. */
function slotOf({ id, endpoint, bucket, accessKeyId }: S3Settings): string {
  return [id, endpoint, bucket, accessKeyId].join('\n');
}

export class KeyDesk {
  #held = $state.raw<ReadonlyMap<string, HeldKey>>(new Map());
  problem = $state.raw<Problem | null>(null);

  find(settings: S3Settings): S3Credentials | null {
    return this.#held.get(slotOf(settings))?.credentials ?? null;
  }

  stateOf(settings: S3Settings): 'missing' | 'held' | 'remembered' {
    const held = this.#held.get(slotOf(settings));
    if (!held) return 'missing';
    return held.isRemembered ? 'remembered' : 'held';
  }

  /** Takes up what was remembered for these. */
  async load(destinations: readonly S3Settings[]): Promise<void> {
    for (const settings of destinations) {
      if (this.find(settings)) continue;
      const kept = await readCredentials(settings);
      if (kept.ok && kept.value) this.#put(settings, { credentials: kept.value, isRemembered: true });
    }
  }

  async enter(settings: S3Settings, { secret, sessionToken, isRemembered }: KeyInput): Promise<void> {
    const signingKey = await importSigningKey(secret);
    const { accessKeyId } = settings;
    const credentials = { accessKeyId, signingKey, ...(sessionToken === '' ? {} : { sessionToken }) };
    this.problem = null;
    const mayStay = isRemembered && sessionToken === '';
    const kept = mayStay ? await rememberCredentials(settings, credentials) : null;
    if (kept && !kept.ok) this.problem = kept.error;
    this.#put(settings, { credentials, isRemembered: kept?.ok === true });
  }

  async forget(settings: S3Settings): Promise<void> {
    const forgotten = await forgetCredentials(settings.id);
    this.problem = forgotten.ok ? null : forgotten.error;
    const held = new Map(this.#held);
    held.delete(slotOf(settings));
    this.#held = held;
  }

  #put(settings: S3Settings, key: HeldKey): void {
    this.#held = new Map(this.#held).set(slotOf(settings), key);
  }
}
