// All that can be done to a notebook, as data; must not know how it is done or shown.
import type { FlagChange } from './cell-flags.ts';
import type { ChartSettings } from './chart-cell-types.ts';
import type {
  CellId,
  CellSpec,
  CheckSpec,
  ColumnDeclaration,
  Notebook,
  Policy,
  PublishSettings,
  SourceSpec,
} from './notebook-types.ts';
import type { InputSpec } from './inputs/input-types.ts';
import type { RunMode } from './run-mode.ts';
import type { StepSpec } from './steps/step-types.ts';

/**
 * Adds `cell` after the cell `after`, or at the start where that is null. An unnamed SQL cell gets the next free
 * `cell_1`, `cell_2`, …
 */
export interface AddCell {
  readonly kind: 'add-cell';
  readonly id: CellId;
  readonly cell: CellSpec;
  readonly after: CellId | null;
}

export interface RemoveCell {
  readonly kind: 'remove-cell';
  readonly id: CellId;
}

/** Moves a cell by so many places; it stops at either end. */
export interface MoveCell {
  readonly kind: 'move-cell';
  readonly id: CellId;
  readonly by: number;
}

/** Puts a copy with identity `newId` after the cell; a name becomes a free one (`safe_2`). */
export interface DuplicateCell {
  readonly kind: 'duplicate-cell';
  readonly id: CellId;
  readonly newId: CellId;
}

/** Replaces the text of a markdown or foreign cell, or the SQL of a SQL cell, which is no step then any more. */
export interface ChangeText {
  readonly kind: 'change-text';
  readonly id: CellId;
  readonly text: string;
}

/** SQL of other cells in which a name has been followed, by cell. */
export type RewrittenSql = ReadonlyMap<CellId, string>;

/** Renames a SQL cell. What publishes or checks it follows here; SQL that reads it comes rewritten. */
export interface RenameCell {
  readonly kind: 'rename-cell';
  readonly id: CellId;
  readonly name: string;
  readonly rewritten: RewrittenSql;
}

/** Members that are undefined are removed where they may be missing. */
export interface ChangePublish {
  readonly kind: 'change-publish';
  readonly id: CellId;
  readonly change: { readonly [Key in keyof PublishSettings]?: PublishSettings[Key] | undefined };
}

/** Changes what a check cell looks at, or its list of checks as a whole. */
export interface ChangeChecks {
  readonly kind: 'change-checks';
  readonly id: CellId;
  readonly change: { readonly of?: string; readonly checks?: readonly CheckSpec[] };
}

/** Members that are undefined are removed where they may be missing. */
export interface ChangeChart {
  readonly kind: 'change-chart';
  readonly id: CellId;
  readonly change: { readonly [Key in keyof ChartSettings]?: ChartSettings[Key] | undefined };
}

/** Changes the step of a cell and with it its SQL; null turns it into the SQL it wrote. */
export interface ChangeStep {
  readonly kind: 'change-step';
  readonly id: CellId;
  readonly step: StepSpec | null;
}

export interface ChangePolicy {
  readonly kind: 'change-policy';
  readonly change: { readonly [Key in keyof Policy]?: Policy[Key] | undefined };
}

export interface AddSource {
  readonly kind: 'add-source';
  readonly name: string;
  readonly source: SourceSpec;
}

/** Members that are undefined are removed where they may be missing. */
export interface ChangeSource {
  readonly kind: 'change-source';
  readonly name: string;
  readonly change: { readonly [Key in keyof SourceSpec]?: SourceSpec[Key] | undefined };
}

export interface RenameSource {
  readonly kind: 'rename-source';
  readonly name: string;
  readonly newName: string;
  readonly rewritten: RewrittenSql;
}

export interface RemoveSource {
  readonly kind: 'remove-source';
  readonly name: string;
}

/** Declares a column of a source, or takes its declaration back with null. */
export interface DeclareColumn {
  readonly kind: 'declare-column';
  readonly source: string;
  readonly column: string;
  readonly declaration: ColumnDeclaration | null;
}

export interface ChangeTitle {
  readonly kind: 'change-title';
  readonly title: string;
}

export interface ChangeTimezone {
  readonly kind: 'change-timezone';
  /** IANA name. */
  readonly timezone: string;
}

/** Puts cells together, in their order, after the cell `after`, which is none of them; at the start where that is null. */
export interface MoveCells {
  readonly kind: 'move-cells';
  readonly ids: readonly CellId[];
  readonly after: CellId | null;
}

/** Folds or disables cells; text cells, which have no place for it, stay as they are. */
export interface ChangeFlags {
  readonly kind: 'change-flags';
  readonly ids: readonly CellId[];
  readonly change: FlagChange;
}

export interface ChangeMode {
  readonly kind: 'change-mode';
  readonly mode: RunMode;
}

/** Adds an input at the end or changes it where it stands; null takes it away. */
export interface ChangeInput {
  readonly kind: 'change-input';
  readonly name: string;
  readonly input: InputSpec | null;
}

/** Renames an input, and with it every `$name` in SQL cells and checks. */
export interface RenameInput {
  readonly kind: 'rename-input';
  readonly name: string;
  readonly newName: string;
}

/** Makes an earlier state the present one, as a step like any other. */
export interface Restore {
  readonly kind: 'restore';
  readonly notebook: Notebook;
}

/** Edits that are one step to undo; all of them or none. */
export interface Several {
  readonly kind: 'several';
  /** What was done, for the history: `2 cells deleted`. */
  readonly words: string;
  readonly edits: readonly Edit[];
}

type GroupEdit = MoveCells | ChangeFlags | ChangeMode | Restore | Several;
type CellEdit =
  | AddCell
  | RemoveCell
  | MoveCell
  | DuplicateCell
  | ChangeText
  | ChangePublish
  | ChangeChecks
  | ChangeChart
  | ChangeStep;
type NameEdit = RenameCell | RenameSource | RenameInput;
type SettingEdit =
  | ChangeInput
  | ChangePolicy
  | AddSource
  | ChangeSource
  | RemoveSource
  | DeclareColumn
  | ChangeTitle
  | ChangeTimezone;

export type Edit = CellEdit | NameEdit | SettingEdit | GroupEdit;
