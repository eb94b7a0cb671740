// Inputs of a notebook as plain data: named values that cells read as `$name`; must not know SQL or controls.

export const INPUT_TYPES = [
  'text',
  'number',
  'range',
  'date',
  'date-range',
  'select',
  'multi-select',
] as const;

export type InputType = (typeof INPUT_TYPES)[number];

/** What can be chosen; numbers stay numbers in SQL, texts are compared with whatever the column is. */
export type InputChoice = string | number;

/** The distinct values of a column of a cell or source. */
export interface ColumnOptions {
  /** Name of the cell or source. */
  readonly of: string;
  readonly column: string;
  /** The column's DuckDB type where it was known, so that what is chosen is compared as the column's values are. */
  readonly type?: string;
}

export type InputOptions = readonly InputChoice[] | ColumnOptions;

/** An end that is null is open. */
export interface Ends<T> {
  readonly min: T | null;
  readonly max: T | null;
}

interface AnyInput {
  /** What a person reads; the name without it. */
  readonly label?: string;
}

/** Bounds of the control, both allowed. */
interface Bounded {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

export interface TextInput extends AnyInput {
  readonly type: 'text';
  readonly value: string | null;
}
export interface NumberInput extends AnyInput, Bounded {
  readonly type: 'number';
  readonly value: number | null;
}
/** Read as `$name_min` and `$name_max`. */
export interface RangeInput extends AnyInput, Bounded {
  readonly type: 'range';
  readonly value: Ends<number>;
}
/** An ISO date, `2016-01-31`. */
export interface DateInput extends AnyInput {
  readonly type: 'date';
  readonly value: string | null;
}
/** Read as `$name_min` and `$name_max`. */
export interface DateRangeInput extends AnyInput {
  readonly type: 'date-range';
  readonly value: Ends<string>;
}
export interface SelectInput extends AnyInput {
  readonly type: 'select';
  readonly value: InputChoice | null;
  readonly options: InputOptions;
}
/** Read as a list: `country IN $name`. */
export interface MultiSelectInput extends AnyInput {
  readonly type: 'multi-select';
  readonly value: readonly InputChoice[];
  readonly options: InputOptions;
}

export type InputSpec =
  TextInput | NumberInput | RangeInput | DateInput | DateRangeInput | SelectInput | MultiSelectInput;

/** By name, in the order in which they are shown. */
export type InputSpecs = Readonly<Record<string, InputSpec>>;
