// What a verification says, as plain data; must not know how it is found.

export interface VerificationFinding {
  /** `error` makes the module invalid; `warning` and `info` do not. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The file meant, below the version's folder; null where the whole module is. */
  readonly path: string | null;
}

export interface Verification {
  readonly valid: boolean;
  readonly findings: readonly VerificationFinding[];
}
