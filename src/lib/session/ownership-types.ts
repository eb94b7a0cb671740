// Who may change the open notebook, as plain data; must not know how tabs agree on it.
import type { Problem } from '../base/result.ts';

export type OwnershipState =
  /** No notebook is open. */
  | 'none'
  /** This tab may change the notebook. */
  | 'owner'
  /** Another tab had it open first. */
  | 'elsewhere'
  /** Another tab took it over. */
  | 'taken'
  /** It was deleted in another tab. */
  | 'deleted';

export interface OwnershipView {
  readonly state: OwnershipState;
  readonly isReadOnly: boolean;
  readonly isTakingOver: boolean;
  /** Set where the last changes made here are nowhere but in this tab. */
  readonly unsaved: Problem | null;
  /**
   * Makes this tab the one that may change the open notebook, and shows what was saved last. Does nothing where that
   * would lose what is `unsaved`, unless it may be lost.
   */
  takeOver(mayLose?: boolean): Promise<void>;
  /** Keeps what this tab shows as a new notebook, and opens that. */
  saveAsNew(): Promise<void>;
  /** Tries again to write what could not be saved. */
  retrySave(): Promise<void>;
  /** Closes the notebook though its last changes are nowhere but here: offer a copy of its text first. */
  closeUnsaved(): Promise<void>;
}
