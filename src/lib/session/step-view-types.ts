// What the interface sees and does of a step while its form is open; must not know how it is measured.
import type { Problem } from '../base/result.ts';
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import type { StepFault, StepKind } from '../notebook/steps/step-types.ts';
import type { StepFigures } from '../run/step-figures.ts';
import type { Suggestion } from '../suggest/suggest-types.ts';

export interface StepColumn {
  readonly name: string;
  readonly type: string;
  readonly sensitivity: Sensitivity | null;
}

export type { ReviewedValue } from '../run/step-figures.ts';

/** Values of the form as they stand; some may be missing yet. */
export type DraftParameters = Readonly<Record<string, unknown>>;

export interface StepDraft {
  /** The cell that is changed; null for a new one. */
  readonly cellId: CellId | null;
  readonly kind: StepKind;
  /** Empty until it is chosen. */
  readonly of: string;
  readonly parameters: DraftParameters;
  readonly fault: StepFault | null;
  /** Null while something is missing. */
  readonly sql: string | null;
  readonly figures: StepFigures | null;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Null until asked for. */
  readonly suggestions: readonly Suggestion[] | 'looking' | null;
  /** Suggestions for the relation that were dismissed for good, whether or not they would be made. */
  readonly dismissedCount: number;
}

export interface StepStart {
  readonly of?: string;
  readonly kind?: StepKind;
  readonly parameters?: DraftParameters;
}

export interface Steps {
  readonly draft: StepDraft | null;
  /** Sources and cells a step can work on. */
  readonly relations: readonly string[];

  columnsOf(relation: string): readonly StepColumn[];
  /** Opens the form for a new step after a cell; at the start where that is null. */
  open(after: CellId | null, start?: StepStart): void;
  /** Opens the form for the step of a cell. */
  edit(id: CellId): void;
  /** Another kind begins with the parameters it shares. */
  change(change: StepStart): void;
  /** Looks for what could be done with the relation. */
  lookForSuggestions(): Promise<void>;
  /** Never makes this suggestion for this relation of the notebook again. */
  dismiss(suggestion: Suggestion): Promise<void>;
  /** Makes those that were dismissed for the relation again. */
  takeDismissalsBack(): Promise<void>;
  /** Makes or changes the cell and runs it; its identity, or null where something is missing. */
  apply(): CellId | null;
  /** The cell goes on as the SQL its step wrote. */
  turnIntoSql(id: CellId): void;
  close(): void;
}
