// Whether what a check cell found still holds, and why it cannot be run; must not know engine, notebook desk or Svelte.
import { canonicalJson } from '../base/canonical-json.ts';
import type { Problem } from '../base/result.ts';
import type { CheckCellSpec } from '../notebook/notebook-types.ts';
import type { CheckResult } from '../quality/check-types.ts';
import type { CheckRunView } from './check-view-types.ts';

/** A relation as a check cell finds it. */
export interface FoundRelation {
  readonly name: string;
  /** Other than before whenever its rows may be. */
  readonly mark: readonly unknown[];
  /** Why it cannot be read, or null. */
  readonly problem: Problem | null;
}

/** What came of the last run of a check cell. */
export interface KeptRun {
  readonly results: readonly CheckResult[];
  readonly problem: Problem | null;
  /** Names of the relations it read. */
  readonly reads: readonly string[];
  /** What it was run on. */
  readonly mark: string;
}

const NOTHING: CheckRunView = { state: 'new', results: [], problem: null };

/** The same text as long as the checks and all that they read are the same. */
export function markOf(cell: CheckCellSpec, relations: readonly FoundRelation[]): string {
  return canonicalJson([cell.of, cell.checks, relations.map(({ name, mark }) => [name, ...mark])]);
}

/** What is shown of a check cell: `mark` is that of now. */
export function viewChecks(
  kept: KeptRun | undefined,
  now: { readonly isDisabled: boolean; readonly isRunning: boolean; readonly mark: string },
): CheckRunView {
  if (now.isDisabled) return { ...NOTHING, state: 'disabled' };
  if (now.isRunning) return { state: 'running', results: kept?.results ?? [], problem: null };
  if (!kept) return NOTHING;
  const { results, problem } = kept;
  if (kept.mark !== now.mark) return { state: 'stale', results, problem: null };
  return { state: problem ? 'failed' : 'done', results, problem };
}

/** The outcomes in a sentence, for whoever does not see them. */
export function outcomeWords(of: string, { results, problem }: Pick<KeptRun, 'results' | 'problem'>): string {
  if (problem) return `The checks of ${of} could not run: ${problem.message}`;
  const passed = results.filter(({ outcome }) => outcome === 'pass').length;
  return `${passed} of ${results.length} checks of ${of} pass.`;
}
