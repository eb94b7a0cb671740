// What the interface sees and does of a publication under way; must not know how it is checked, written or sent.
import type { Problem } from '../base/result.ts';
import type { Finding, Verdict } from '../gate/gate-types.ts';
import type { ModuleSummary } from '../module/module-types.ts';
import type { CellId, PublishSettings } from '../notebook/notebook-types.ts';
import type { DeliveryView, DestinationChoice, LookupView } from './destination-types.ts';

/** `looking-up` comes before all else where an S3 destination was not looked at lately; `staged` waits for the publisher. */
export type PublicationStage =
  | 'looking-up'
  | 'replaying'
  | 'writing'
  | 'judging'
  | 'verdict'
  | 'publishing'
  | 'published'
  | 'staged'
  | 'failed';

export interface PublicationView {
  readonly cellId: CellId;
  readonly stage: PublicationStage;
  readonly settings: PublishSettings;
  /** Null where this browser knows no destination of that name. */
  readonly destination: DestinationChoice | null;
  /** The question that waits to be asked in the publisher; only while `looking-up`. */
  readonly lookup: LookupView | null;
  /** The module on its way to an S3 destination; null once it was discarded. */
  readonly delivery: DeliveryView | null;
  readonly verdict: Verdict | null;
  /** Next version number as computed, e.g. `1.0.0`; null before the verdict. */
  readonly nextVersion: string | null;
  /** What the number was computed from, where that is not what one would expect. */
  readonly versionNote: string | null;
  /** The zip file to be saved; only of the destination `zip`. */
  readonly download: { readonly fileName: string; readonly blob: Blob } | null;
  /** What was written, or waits to be sent. */
  readonly published: ModuleSummary | null;
  readonly problem: Problem | null;
}

/** What the last check of a publish cell came to. */
export interface PublicationOutcome {
  readonly outcome: 'passed' | 'blocked' | 'published' | 'staged' | 'failed';
  /** The notebook was changed since. */
  readonly isStale: boolean;
}

export interface CheckWish {
  /** Asks an S3 destination again, however fresh what is known of it is. */
  readonly looksAgain?: boolean;
}

export interface Publishing {
  /** Null while none is under way. */
  readonly current: PublicationView | null;
  /** Null where the cell was not checked since the page was opened. */
  outcomeOf(id: CellId): PublicationOutcome | null;

  /** Replays, writes, judges; ends in stage `verdict` or `failed`. */
  check(id: CellId, wish?: CheckWish): Promise<void>;
  /** Goes on with a check without looking the S3 destination up. */
  skipLookup(): void;
  /** Publishes what was checked; refuses unless the verdict is `passed`. */
  publish(): Promise<void>;
  /** Ends a check under way. What was laid down to be sent stays. */
  close(): Promise<void>;
  /** Applies a finding's mend to the cell that makes the column, as an undoable edit; returns why not, or null. */
  applyMend(finding: Finding): string | null;
}
