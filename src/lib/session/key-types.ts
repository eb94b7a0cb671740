// What the interface sees and does of the project key; must not know how keys are made or kept.
import type { Problem } from '../base/result.ts';

export interface KeyView {
  readonly state: 'none' | 'ready';
  /** First 16 hex digits of SHA-256 over the derived HMAC key's fingerprint input; never the key. */
  readonly fingerprint: string | null;
}

export interface Keys {
  readonly view: KeyView;
  /** True where a run needs a key and none is there: the key dialog should open. */
  readonly isMissed: boolean;

  /** Opens the key dialog, and closes it without a key. */
  request(): void;
  dismissRequest(): void;
  /** The wrapped key as a file for its owner to keep. */
  create(passphrase: string): Promise<{ readonly fileName: string; readonly text: string } | Problem>;
  import(text: string, passphrase: string): Promise<Problem | null>;
}
