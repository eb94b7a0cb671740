// What the interface sees and does of check cells; must not know how a check is judged.
import type { Problem } from '../base/result.ts';
import type { CheckKind } from '../notebook/check-kinds.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import type { CheckResult } from '../quality/check-types.ts';

export interface CheckRunView {
  /** `stale`: the checks, or what they read, changed since. `disabled`: the cell is switched off and never run. */
  readonly state: 'new' | 'running' | 'done' | 'stale' | 'failed' | 'disabled';
  /** One for each check, in order; empty before the first run. */
  readonly results: readonly CheckResult[];
  readonly problem: Problem | null;
}

/** The first failing rows, by one-based number; NULL is null. They stay on this machine and in this view. */
export interface FailingRows {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly number: number; readonly values: readonly (string | null)[] }[];
}

/** What was filled in, by parameter. */
export type CheckFields = Readonly<Record<string, string>>;

export interface Checks {
  of(id: CellId): CheckRunView;
  /** Runs what the checks read and is not current, then the checks. */
  run(id: CellId): Promise<void>;
  /** Only while the outcomes are current: `check-stale` otherwise. */
  failingRows(id: CellId, index: number): Promise<FailingRows | Problem>;
  /** What is checked: a cell or a source. */
  changeRelation(id: CellId, relation: string): void;
  /** The list of checks as YAML; why not, or null when done. */
  changeText(id: CellId, text: string): Problem | null;
  /** Adds a check, or puts it in place of the one at `index`; why not, or null when done. */
  put(id: CellId, index: number | null, kind: CheckKind, fields: CheckFields): Problem | null;
  removeCheck(id: CellId, index: number): void;
  moveCheck(id: CellId, index: number, by: -1 | 1): void;
}
