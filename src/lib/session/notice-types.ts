// What the interface sees of things to be told that belong to no cell and no source; must not know who tells them.
import type { Problem } from '../base/result.ts';

export interface Notices {
  /** Short messages for the live region, newest last. */
  readonly announcements: readonly string[];
  /** Problems not tied to a cell or source (a file that could not be opened, storage full); dismissable. */
  readonly problems: readonly { readonly id: string; readonly problem: Problem }[];
  dismiss(id: string): void;
}
