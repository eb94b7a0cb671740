// What notebook and publisher hand each other through the origin's storage; must not know how either shows it.
import type { Problem } from '../base/result.ts';

interface JobBase {
  readonly format: 'sluice-outbox/1';
  readonly id: string;
  /** UTC ISO 8601. */
  readonly createdAt: string;
  /** Id of the S3 destination asked for; null where the person chooses in the publisher. */
  readonly destinationId: string | null;
}

export interface StagedFile {
  /** Below the version's folder. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
}

/** A finished module waits in `outbox/<id>/files/` to be sent. Nothing in it is trusted: `_COMMIT.json` and digests are checked. */
export interface PublishJob extends JobBase {
  readonly kind: 'publish';
  readonly namespace: string;
  readonly module: string;
  readonly version: string;
  /** Every file of the version, `_COMMIT.json` last. */
  readonly files: readonly StagedFile[];
}

/** Asks what a destination holds; the answer is laid into its mirror. */
export interface LookupJob extends JobBase {
  readonly kind: 'lookup';
  readonly destinationId: string;
  /** All three, or a whole module, or (all null) the list of every module. */
  readonly namespace: string | null;
  readonly module: string | null;
  readonly version: string | null;
}

export type OutboxJob = PublishJob | LookupJob;

/** Where a job stands, written by the publisher alone. */
export interface JobReceipt {
  readonly jobId: string;
  readonly state: 'sending' | 'done' | 'failed' | 'cancelled' | 'refused';
  /** UTC ISO 8601 of the last change. */
  readonly at: string;
  readonly destinationId: string;
  /** As people call it. */
  readonly destinationName: string;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Of a publish job that is done: where a person finds it. */
  readonly uri: string | null;
  /** SHA-256 of the `_COMMIT.json` that lies in the destination. */
  readonly commitSha256: string | null;
  readonly problem: Problem | null;
}

/** What a destination held when it was last looked at. */
export interface MirrorListing {
  readonly destinationId: string;
  /** The prefix that was listed, e.g. `hr/users/`; empty for all. */
  readonly prefix: string;
  /** UTC ISO 8601. */
  readonly lookedUpAt: string;
  readonly objects: readonly { readonly path: string; readonly sizeBytes: number }[];
}

/** Over the BroadcastChannel `sluice-publisher`: hints to look again, never data to act on. */
export type PublisherMessage =
  | { readonly kind: 'job-added'; readonly jobId: string }
  | { readonly kind: 'receipt-changed'; readonly jobId: string }
  | { readonly kind: 'ledger-changed' }
  | { readonly kind: 'destinations-changed' }
  | { readonly kind: 'mirror-changed'; readonly destinationId: string }
  | { readonly kind: 'is-publisher-open' }
  | { readonly kind: 'publisher-is-open' };

export const PUBLISHER_CHANNEL = 'sluice-publisher';
