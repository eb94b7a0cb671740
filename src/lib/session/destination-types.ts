// What the interface sees of destinations, waiting modules and the ledger; must not know how any of it is kept or sent.
import type { Problem } from '../base/result.ts';
import type { ModuleSummary } from '../module/module-types.ts';
import type { WireRecord } from '../store/publisher-types.ts';

export type DestinationKind = 'library' | 'zip' | 'folder' | 's3';

export interface DestinationChoice {
  /** What stands in the notebook: `library`, `zip`, `folder`, or the S3 destination's name. */
  readonly name: string;
  readonly kind: DestinationKind;
  readonly label: string;
  /** Where it is, or what happens there. */
  readonly detail: string;
  /** False where this browser cannot: the detail says why. */
  readonly isUsable: boolean;
}

export interface FolderView {
  /** `locked`: chosen in an earlier visit, the browser asks again on a click. */
  readonly state: 'unsupported' | 'none' | 'locked' | 'ready';
  readonly name: string | null;
  readonly problem: Problem | null;
}

/** All modules (both null), one module, or one version of it. */
export interface LookupScope {
  readonly namespace: string | null;
  readonly module: string | null;
  readonly version: string | null;
}

/** A question to a destination that waits for a click in the publisher. */
export interface LookupView {
  readonly jobId: string;
  readonly destinationId: string;
  readonly scope: LookupScope;
  /** e.g. `hr/users in team-bucket`. */
  readonly label: string;
  /** Address of the publisher with this job, relative. */
  readonly href: string;
  readonly state: 'waiting' | 'looking' | 'failed' | 'cancelled';
  readonly problem: Problem | null;
}

/** A module on its way to an S3 destination. */
export interface DeliveryView {
  readonly jobId: string;
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
  readonly destinationName: string;
  readonly href: string;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed' | 'refused' | 'cancelled';
  readonly bytesSent: number;
  readonly bytesTotal: number;
  readonly uri: string | null;
  /** SHA-256 of the `_COMMIT.json` that lies in the destination. */
  readonly commitSha256: string | null;
  readonly problem: Problem | null;
}

/** What was last seen of an S3 destination. */
export interface SeenDestination {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** UTC ISO 8601; null where it was never looked at as a whole. */
  readonly lookedUpAt: string | null;
  readonly modules: readonly ModuleSummary[];
}

/** Reactive; verbs never throw. */
export interface Destinations {
  readonly choices: readonly DestinationChoice[];
  readonly folder: FolderView;
  readonly seen: readonly SeenDestination[];
  readonly lookups: readonly LookupView[];
  /** Not sent yet, oldest first. */
  readonly waiting: readonly DeliveryView[];
  /** Sent since the page was opened, newest first; dismissable. */
  readonly sent: readonly DeliveryView[];
  /** Why waiting jobs or destinations could not be read. */
  readonly problem: Problem | null;
  /** Where S3 destinations are set up, relative. */
  readonly setupHref: string;

  /** What a notebook's `destination` means here; null where this browser knows none of that name. */
  choiceOf(name: string | undefined): DestinationChoice | null;
  /** Only within a click. */
  chooseFolder(): Promise<void>;
  /** Only within a click: the browser asks. */
  allowFolder(): Promise<void>;
  /** Lays the question down for the publisher; it then stands in `lookups`. */
  lookUp(destinationId: string, scope: LookupScope): Promise<Problem | null>;
  /** Takes back what waits: a module to be sent, or a question. */
  discard(jobId: string): Promise<void>;
  dismissSent(jobId: string): void;
}

export interface LedgerView {
  readonly requests: number;
  /** Exact sums of request and answer bodies over every request recorded in this browser. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Newest first. */
  readonly records: readonly WireRecord[];
  readonly hasOlder: boolean;
  /** UTC ISO 8601 of the first request; null while older ones are not shown, and where there is none. */
  readonly since: string | null;
  readonly problem: Problem | null;
  showOlder(): Promise<void>;
}
