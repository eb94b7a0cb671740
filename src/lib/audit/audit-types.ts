// The audit log as plain data: who did what, when, to what; never a value of the data. Knows nothing of storage.

export type AuditAction =
  | 'notebook-created'
  | 'notebook-opened'
  | 'notebook-changed'
  | 'notebook-renamed'
  | 'notebook-deleted'
  | 'notebook-shared'
  | 'shared-notebook-accepted'
  | 'notebook-taken-over'
  | 'source-imported'
  | 'source-removed'
  | 'column-declared'
  | 'policy-changed'
  | 'cell-ran'
  | 'result-copied'
  | 'result-saved'
  | 'key-created'
  | 'key-imported'
  | 'gate-checked'
  | 'module-published'
  | 'module-staged'
  | 'module-sent'
  | 'module-downloaded'
  | 'module-verified'
  | 'destination-looked-up'
  | 'engine-restarted'
  | 'log-exported'
  | 'settings-changed';

/** Names, counts, codes and digests only. */
export type AuditDetails = Readonly<Record<string, string | number | boolean>>;

export interface AuditEvent {
  readonly action: AuditAction;
  /** What it was done to, e.g. `users`, `hr/users 1.0.0`; null for the notebook itself. */
  readonly subject: string | null;
  readonly notebook: { readonly id: string; readonly title: string } | null;
  readonly details: AuditDetails;
}

/** One link of the chain. */
export interface AuditEntry extends AuditEvent {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** UTC ISO 8601. */
  readonly at: string;
  /** The label a person chose for the log. */
  readonly actor: string;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previousHash: string;
  /** Lower-case hex SHA-256 over the canonical JSON of all other members. */
  readonly hash: string;
}

export interface AuditFilter {
  /** Words, all of which must occur somewhere in the entry as shown. */
  readonly text: string;
  readonly actions: readonly AuditAction[];
  readonly actors: readonly string[];
  readonly notebookId: string | null;
  /** UTC ISO 8601, inclusive; null for open. */
  readonly since: string | null;
  /** UTC ISO 8601, exclusive; null for open. */
  readonly until: string | null;
}

export interface ChainReport {
  readonly isWhole: boolean;
  readonly entries: number;
  /** Sequence of the first entry that does not fit; null where all do. */
  readonly brokenAt: number | null;
  readonly message: string;
}
