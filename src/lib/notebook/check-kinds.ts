// Every kind of check with the parameters it takes, as data; must not know how a check is computed.

/** What a parameter's value looks like in the text form. */
export type ParameterForm =
  | 'text'
  | 'texts'
  | 'number'
  | 'integer'
  | 'boolean'
  /** Number, text or truth value, compared in the column's type. */
  | 'scalar'
  | 'scalars'
  /** Count of rows, or a percentage such as `1%`. */
  | 'threshold'
  /** Number from 0 to 1, or a percentage. */
  | 'share'
  /** `36 hours`, `7 days`. */
  | 'duration'
  | 'baseline'
  | readonly string[];

export interface CheckForm {
  /**
   * `rows`: names failing rows, takes `mostly`, `warn`, `fail`. `figure`: one number of the table, takes `severity`.
   * `schema`: as `figure`, of columns alone and so without `where`.
   */
  readonly scope: 'rows' | 'figure' | 'schema';
  readonly required: Readonly<Record<string, ParameterForm>>;
  readonly optional?: Readonly<Record<string, ParameterForm>>;
  /** At least one of these must be there. */
  readonly someOf?: readonly string[];
}

const COLUMN = { column: 'text' } as const;
const NUMBERS = { optional: { min: 'number', max: 'number' }, someOf: ['min', 'max'] } as const;
const SCALARS = { optional: { min: 'scalar', max: 'scalar' }, someOf: ['min', 'max'] } as const;
const COUNTS = { optional: { min: 'integer', max: 'integer' }, someOf: ['min', 'max'] } as const;
const FIGURE = { scope: 'figure', required: COLUMN, ...NUMBERS } as const;

export const CHECK_FORMS = {
  not_null: { scope: 'rows', required: COLUMN, optional: { nan: 'boolean', blank: 'boolean' } },
  unique: { scope: 'rows', required: COLUMN },
  compound_unique: { scope: 'rows', required: { columns: 'texts' } },
  primary_key: { scope: 'rows', required: { columns: 'texts' } },
  in_set: { scope: 'rows', required: { ...COLUMN, values: 'scalars' } },
  not_in_set: { scope: 'rows', required: { ...COLUMN, values: 'scalars' } },
  between: { scope: 'rows', required: COLUMN, ...SCALARS },
  matches: { scope: 'rows', required: { ...COLUMN, pattern: 'text' } },
  length_between: { scope: 'rows', required: COLUMN, ...COUNTS },
  castable_to: { scope: 'rows', required: { ...COLUMN, type: 'text' } },
  phone_valid: { scope: 'rows', required: COLUMN, optional: { region: 'text', region_column: 'text' } },
  email_valid: { scope: 'rows', required: COLUMN },
  foreign_key: {
    scope: 'rows',
    required: { columns: 'texts', to: 'text' },
    optional: { to_columns: 'texts' },
  },
  expression_true: { scope: 'rows', required: { expression: 'text' } },
  custom_sql: { scope: 'rows', required: { sql: 'text' } },
  type_is: { scope: 'schema', required: { ...COLUMN, type: 'text' } },
  column_set: {
    scope: 'schema',
    required: { columns: 'texts' },
    optional: { mode: ['exact', 'superset', 'ordered'] },
  },
  row_count_between: { scope: 'figure', required: {}, ...COUNTS },
  freshness: { scope: 'figure', required: { ...COLUMN, max_age: 'duration' } },
  mean_between: FIGURE,
  median_between: FIGURE,
  stddev_between: FIGURE,
  sum_between: FIGURE,
  min_between: { scope: 'figure', required: COLUMN, ...SCALARS },
  max_between: { scope: 'figure', required: COLUMN, ...SCALARS },
  quantile_between: { scope: 'figure', required: { ...COLUMN, quantile: 'share' }, ...NUMBERS },
  distinct_count_between: { scope: 'figure', required: COLUMN, ...COUNTS },
  unique_ratio_between: {
    scope: 'figure',
    required: COLUMN,
    optional: { min: 'share', max: 'share' },
    someOf: ['min', 'max'],
  },
  outlier_ratio: {
    scope: 'figure',
    required: { ...COLUMN, max: 'share' },
    optional: { method: ['iqr', 'zscore'], factor: 'number' },
  },
  drift_from: {
    scope: 'figure',
    required: { baseline: 'baseline' },
    optional: { max_row_change: 'share', max_psi: 'number', schema: ['same', 'superset', 'any'] },
  },
} as const satisfies Readonly<Record<string, CheckForm>>;

export type CheckKind = keyof typeof CHECK_FORMS;

const NAME = { name: 'text' } as const;
const COMMON: Readonly<Record<CheckForm['scope'], Readonly<Record<string, ParameterForm>>>> = {
  rows: { ...NAME, where: 'text', mostly: 'share', warn: 'threshold', fail: 'threshold' },
  figure: { ...NAME, where: 'text', severity: ['warn', 'fail'] },
  schema: { ...NAME, severity: ['warn', 'fail'] },
};

/** Parameters that hold SQL. */
export const SQL_PARAMETERS: readonly string[] = ['where', 'expression', 'sql'];

/** Kinds whose SQL stands for itself, over relations it names. */
const WITHOUT_WHERE: readonly string[] = ['custom_sql'];

export function isCheckKind(kind: string): kind is CheckKind {
  return Object.hasOwn(CHECK_FORMS, kind);
}

export function formOfCheck(kind: CheckKind): CheckForm {
  return CHECK_FORMS[kind];
}

/** Every parameter that the kind takes, with its form. */
export function parametersOf(kind: CheckKind): Readonly<Record<string, ParameterForm>> {
  const form = formOfCheck(kind);
  const all = { ...form.required, ...form.optional, ...COMMON[form.scope] };
  if (!WITHOUT_WHERE.includes(kind)) return all;
  const { where: _where, mostly: _mostly, ...others } = all;
  return others;
}
