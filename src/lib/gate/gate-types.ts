// The gate's verdict as plain data; must not know the rules that lead to it.
import type { Brand } from '../base/brand.ts';
import type { PublishedCheck } from '../quality/published-checks.ts';
import type { RiskReport } from '../risk/risk-types.ts';

export type RuleName = 'lineage' | 'content' | 'correlated' | 'risk' | 'quality' | 'metadata' | 'demo';

/** What a person can do about a finding. */
export interface Mend {
  /** One sentence. */
  readonly text: string;
  /** An expression to put in place of the column, e.g. `mask_email(email)`. */
  readonly expression?: string;
  /** A change of the policy that would settle it. */
  readonly declareQuasi?: string;
}

export interface Finding {
  readonly rule: RuleName;
  readonly severity: 'block' | 'warn';
  /** Output column, or null where the whole data set is meant. */
  readonly column: string | null;
  /** From source to module, e.g. `users.email → clean.contact → module.contact`. */
  readonly path: string | null;
  readonly message: string;
  readonly mend: Mend;
}

export interface RuleOutcome {
  readonly rule: RuleName;
  readonly outcome: 'pass' | 'warn' | 'block';
  /** What was looked at, in figures. */
  readonly summary: string;
}

/** One file as judged. */
export interface JudgedFile {
  readonly path: string;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
}

interface VerdictBody {
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleOutcome[];
  readonly files: readonly JudgedFile[];
  readonly risk: RiskReport | null;
  /** Outcomes of the checks as they may leave; empty where the notebook has none. */
  readonly quality: readonly PublishedCheck[];
}

export interface Blocked extends VerdictBody {
  readonly verdict: 'blocked';
}

/** Only `gate/evaluate.ts` makes one; it vouches for exactly `files`. */
export type Passed = Brand<VerdictBody & { readonly verdict: 'passed' }, 'Passed'>;

export type Verdict = Passed | Blocked;
