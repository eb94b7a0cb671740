// What a step is, as data: its kind, its parameters, and what a form asks for; must not know the SQL it becomes.

export type StepScalar = string | number | boolean;

export const CLAUSE_WORDS = [
  'equals',
  'not-equals',
  'less',
  'at-most',
  'greater',
  'at-least',
  'between',
  'in',
  'not-in',
  'contains',
  'not-contains',
  'starts-with',
  'ends-with',
  'matches',
  'missing',
  'present',
] as const;

export type ClauseWord = (typeof CLAUSE_WORDS)[number];

/** One condition of a filter. */
export interface StepClause {
  readonly column: string;
  readonly is: ClauseWord;
  /** Absent for `missing` and `present`; a list for `in`, `not-in` and, of two, `between`. */
  readonly value?: StepScalar | readonly StepScalar[];
}

/** One column to order by; a plain name stands for ascending. */
export type StepOrder = string | { readonly column: string; readonly desc?: boolean };

export type StepValue =
  | StepScalar
  | readonly StepScalar[]
  | readonly StepClause[]
  | readonly StepOrder[]
  | Readonly<Record<string, StepScalar>>;

export type StepParameters = Readonly<Record<string, StepValue>>;

/**
 * What a parameter's value looks like.
 * `column`, `relation`, `text`, `macro`, `enum`: one text. `columns`, `relations`: texts. `number`, `integer`, `boolean`.
 * `scalar`: number, text or truth value. `list`: of scalars. `order`: of `StepOrder`. `clauses`: of `StepClause`.
 * `pairs`: name to name, `types`: name to engine type, `shares`: name to number with a sum of 1, `decisions`: text of a key to
 * `keep` or `remove`.
 */
export type StepParameterType =
  | 'column'
  | 'columns'
  | 'relation'
  | 'relations'
  | 'enum'
  | 'macro'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'text'
  | 'scalar'
  | 'list'
  | 'order'
  | 'pairs'
  | 'types'
  | 'shares'
  | 'decisions'
  | 'clauses';

export interface StepChoice {
  readonly value: string;
  readonly label: string;
}

export interface StepParameter {
  readonly name: string;
  readonly type: StepParameterType;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  /** What counts where it is absent. */
  readonly default?: StepValue;
  /** Of an `enum`. */
  readonly choices?: readonly StepChoice[];
  /** Columns that a form offers first. */
  readonly suits?: 'number' | 'text' | 'date';
  /** Columns are those of the relation that this parameter names; for `pairs`, the right-hand ones. */
  readonly columnsOf?: string;
  /** Folder of the macro library that a `macro` is chosen from. */
  readonly topic?: string;
  readonly min?: number;
  readonly max?: number;
  /** Asked for only where another parameter has one of these values. */
  readonly when?: { readonly parameter: string; readonly is: readonly StepScalar[] };
}

export type StepGroup = 'fill' | 'clean' | 'encode' | 'protect' | 'combine' | 'rows' | 'columns';

export interface StepForm {
  readonly title: string;
  readonly group: StepGroup;
  readonly purpose: string;
  readonly parameters: readonly StepParameter[];
  /** At least one of these has to be there. */
  readonly someOf?: readonly string[];
}
