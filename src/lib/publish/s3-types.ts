// An S3 destination as plain data: where it is, how to sign, what a test of it found; knows no client.

/** Without any secret: may be stored, shown and exported. */
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

/** Called once when a request begins (`open`) and once when it ended. Awaited: a request that cannot be recorded is not sent. */
export type RecordRequest = (record: WireRecord) => Promise<void> | void;

/** A large object's parts that are in the bucket already, so that an upload goes on after a reload. */
export interface UploadMemory {
  read(path: string, sha256: string): Promise<MultipartState | null>;
  write(path: string, sha256: string, state: MultipartState | null): Promise<void>;
}

export interface MultipartState {
  readonly uploadId: string;
  readonly partBytes: number;
  readonly parts: readonly { readonly number: number; readonly etag: string }[];
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
