// What a step is, as data: its kind and parameters, and what each kind takes; must not know the SQL it becomes.

export type StepScalar = string | number | boolean;

/** One condition of a filter, in the words of the text form. */
export interface StepCondition {
  readonly column: string;
  readonly is: ConditionWord;
  /** Missing for `missing` and `present`; a list for `in`, `not in` and, of two, `between`. */
  readonly value?: StepScalar | readonly StepScalar[];
}

export const CONDITION_WORDS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'between',
  'contains',
  'starts with',
  'missing',
  'present',
] as const;

export type ConditionWord = (typeof CONDITION_WORDS)[number];

export type StepValue =
  StepScalar | readonly StepScalar[] | readonly StepCondition[] | Readonly<Record<string, StepScalar>>;

export type StepParameters = Readonly<Record<string, StepValue>>;

export type StepKind =
  | 'impute-mean'
  | 'impute-median'
  | 'impute-mode'
  | 'impute-value'
  | 'impute-group-mean'
  | 'impute-forward'
  | 'outliers'
  | 'scale'
  | 'text'
  | 'parse'
  | 'encode-label'
  | 'encode-ordinal'
  | 'encode-frequency'
  | 'encode-one-hot'
  | 'deduplicate'
  | 'mask'
  | 'hash'
  | 'generalize'
  | 'join'
  | 'append'
  | 'filter'
  | 'split'
  | 'sample'
  | 'columns';

/** A step over the relation `of`; its SQL is derived, never stored. */
export interface StepSpec {
  readonly kind: StepKind;
  readonly of: string;
  readonly parameters: StepParameters;
}

/**
 * `columns`: one name or a list. `mapping`: name to name, e.g. left to right key. `types`: name to engine type. `shares`:
 * name to number from 0 to 1, together 1.
 * `value`: one number, text or truth value.
 */
export type ParameterForm =
  | 'column'
  | 'columns'
  | 'relation'
  | 'relations'
  | 'choice'
  | 'number'
  | 'text'
  | 'flag'
  | 'value'
  | 'values'
  | 'mapping'
  | 'types'
  | 'shares'
  | 'conditions';

/** The kind of column a form offers first. */
export type ColumnFamily = 'number' | 'text' | 'date' | 'any';

export interface StepParameter {
  readonly name: string;
  readonly form: ParameterForm;
  readonly label: string;
  readonly isRequired?: boolean;
  /** What an absent parameter means. */
  readonly fallback?: StepScalar;
  /** Of a `choice`: word and what it means. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly family?: ColumnFamily;
  /** Columns of the relation that this other parameter names, instead of the step's own. */
  readonly columnsOf?: string;
  readonly least?: number;
  readonly most?: number;
  /** Asked for only where another parameter has one of these values. */
  readonly onlyWhere?: { readonly name: string; readonly values: readonly StepScalar[] };
  readonly help?: string;
}

export interface StepFault {
  /** Parameter, or none where the step as a whole is meant; then what is inside it. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly hint: string;
}

export type StepGroup = 'cleanse' | 'encode' | 'protect' | 'combine' | 'shape';

export interface StepDefinition {
  readonly kind: StepKind;
  readonly title: string;
  readonly group: StepGroup;
  readonly purpose: string;
  readonly parameters: readonly StepParameter[];
  /** Rows of the result stand at the places of the input's rows, so that before and after can be laid side by side. */
  readonly keepsRows: boolean;
  /** What it does, in words, e.g. `Impute salary by its mean`. */
  readonly describe: (step: StepSpec) => string;
  /** What no parameter alone is to blame for; each of them has its form by then. */
  readonly fault?: (parameters: StepParameters) => StepFault | null;
  /** One readable SELECT. The parameters were checked before. */
  readonly writeSql: (step: StepSpec) => string;
}
