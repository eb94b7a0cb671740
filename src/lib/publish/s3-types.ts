// An S3 destination as plain data: where it is, how to sign, what a test of it found; knows no client.

import type { MultipartState, WireRecord } from '../store/publisher-types.ts';

/** Kept by the store, hence described there. */
export type { MultipartState, S3Credentials, S3Settings, WireRecord } from '../store/publisher-types.ts';

/** Called once when a request begins (`open`) and once when it ended. Awaited: a request that cannot be recorded is not sent. */
export type RecordRequest = (record: WireRecord) => Promise<void> | void;

/** A large object's parts that are in the bucket already, so that an upload goes on after a reload. */
export interface UploadMemory {
  read(path: string, sha256: string): Promise<MultipartState | null>;
  write(path: string, sha256: string, state: MultipartState | null): Promise<void>;
}

export interface ConnectionStep {
  readonly name: 'reach' | 'sign-in' | 'list' | 'write' | 'read' | 'conditional-write';
  readonly outcome: 'ok' | 'failed' | 'warning' | 'not-tried';
  /** What was found, and what to do about it. */
  readonly message: string;
  readonly hint?: string;
}

export interface ConnectionReport {
  readonly isUsable: boolean;
  readonly steps: readonly ConnectionStep[];
  /** CORS configuration of the bucket to paste, as JSON. */
  readonly corsJson: string;
  /** Least-privilege policy for the key to paste, as JSON. */
  readonly policyJson: string;
}
