// What recognizers find, as plain data; must not know the engine or the gate.
import type { Sensitivity } from '../base/sensitivity-level.ts';

export interface Evidence {
  /** Distinct non-NULL values looked at. */
  readonly examined: number;
  /** Of those, values of the entity's shape. */
  readonly matched: number;
  /** Of those, values that passed the validator (checksum, range). */
  readonly validated: number;
  /** True where not all distinct values were looked at. */
  readonly sampled: boolean;
  /** The part of the column name that hints at the entity, or null. */
  readonly nameHint: string | null;
}

export interface ColumnFinding {
  readonly name: string;
  readonly type: string;
  readonly sensitivity: Sensitivity;
  readonly entity: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: Evidence;
}

export interface TextSpan {
  readonly entity: string;
  /** UTF-16 code units, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** 0 to 1. */
  readonly score: number;
}
