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
  /** Why it is not done; of one that is, what went wrong besides. */
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

/** An S3 destination without any secret: may be stored, shown and exported. */
export interface S3Settings {
  readonly id: string;
  /** As people call it, e.g. `team-bucket`; unique in this browser. */
  readonly name: string;
  /** e.g. `https://s3.eu-central-1.amazonaws.com`; scheme `https`, or `http` on the loopback interface. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Below which everything lies, without slashes at either end; empty for the bucket's root. */
  readonly prefix: string;
  /** Bucket in the path instead of the host name. */
  readonly forcePathStyle: boolean;
  readonly accessKeyId: string;
}

/** How requests are signed (AWS Signature Version 4). The secret is a non-extractable HMAC key over `AWS4` + secret. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly signingKey: CryptoKey;
  readonly sessionToken?: string;
}

/** One request on the wire, for the ledger. Bodies are counted; addresses and headers are not. */
export interface WireRecord {
  readonly id: string;
  /** UTC ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  /** Bytes of the request's body handed to the network; what was cut off on the way counts in full. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** HTTP status; null while open, and where no answer came. */
  readonly status: number | null;
  readonly state: 'open' | 'answered' | 'broken';
}

export interface MultipartState {
  readonly uploadId: string;
  readonly partBytes: number;
  readonly parts: readonly { readonly number: number; readonly etag: string }[];
}
