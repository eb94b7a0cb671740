// Outcomes as data, so that failures cross threads whole; knows nothing of engines or notebooks.

/**
 * What went wrong, in a form a person can act on.
 * `message` says what and why in one sentence, `hint` what to do.
 */
export interface Problem {
  /** Stable kebab-case code, e.g. `engine-sql`, `source-missing`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The SQL that failed, where there is one. Never stored in shareable form unscanned. */
  readonly sql?: string;
  /** Zero-based UTF-16 offset into `sql`. */
  readonly position?: number;
}

export type Result<T, E = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function succeed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<E = Problem>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Raised on the near side of a boundary; keeps every field of the problem it came from. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** @throws ProblemError where the result is a failure. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.error);
}
