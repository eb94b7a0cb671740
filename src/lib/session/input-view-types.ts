// What the interface sees and does of inputs: values, controls, the form; must not know SQL.
import type { Problem } from '../base/result.ts';
import type { InputChoice, InputSpec, InputType } from '../notebook/inputs/input-types.ts';

export interface InputView {
  readonly name: string;
  readonly spec: InputSpec;
  /** How SQL reads it: `$since`, or `$amount_min` and `$amount_max`. */
  readonly written: readonly string[];
  /** Names of the cells that read it, and of what check cells check that do. */
  readonly readers: readonly string[];
}

/** What can be chosen. `unknown`: nobody asked yet, or what it comes from is another now. */
export interface ChoicesView {
  readonly state: 'unknown' | 'looking' | 'known' | 'failed';
  readonly choices: readonly InputChoice[];
  /** There are more values than are shown. */
  readonly isCut: boolean;
  readonly problem: Problem | null;
}

export interface InputFormView {
  /** Of the input that is edited; null for a new one. */
  readonly edited: string | null;
  readonly name: string;
  readonly spec: InputSpec;
}

export interface Inputs {
  /** In the order of the notebook; reactive. */
  readonly all: readonly InputView[];
  readonly form: InputFormView | null;
  choices(name: string): ChoicesView;
  /** Asks the engine for the choices of an input whose options are a column, once more where that failed. */
  lookUp(name: string): Promise<void>;
  /** One step to undo; why not, or null. Cells that read it become stale. */
  setValue(name: string, spec: InputSpec): string | null;
  /** Opens the form of an input, or of a new one with a proposed name. */
  open(name: string | null, proposed?: string): void;
  close(): void;
  /** An input before anybody chose anything. */
  empty(type: InputType): InputSpec;
  /** Why the column of its options cannot be chosen from, in a sentence, or null. */
  choiceProblem(spec: InputSpec): string | null;
  /** Keeps the form as one step; why not, or null: then the form is closed. */
  keep(name: string, spec: InputSpec): string | null;
  remove(name: string): void;
  /** Names that the SQL reads as inputs and that are none. */
  missingIn(sql: string): readonly string[];
}
