// What a suggestion is, as data: a step, and the measured figure that speaks for it; must not know how it is shown or made.
import type { ColumnProfile } from '../profile/profile-types.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';

export type SuggestedKind =
  | 'impute-mean'
  | 'impute-median'
  | 'impute-mode'
  | 'outliers'
  | 'scale'
  | 'text'
  | 'parse'
  | 'encode-one-hot'
  | 'mask'
  | 'hash'
  | 'generalize'
  | 'deduplicate';

/** The step that accepting makes: kind and parameters of a step cell. */
export interface SuggestedStep {
  readonly kind: SuggestedKind;
  readonly parameters: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

export interface Suggestion {
  /** The same for the same advice about the same columns, whatever the figures: what a dismissal remembers. */
  readonly id: string;
  /** Empty where it is about whole rows. */
  readonly columns: readonly string[];
  /** What would be done, e.g. `Impute salary by its median`. */
  readonly title: string;
  /** Why, with the figure, e.g. `67 of 1,000 rows (6.7 %) have no value`. */
  readonly reason: string;
  /** What was counted, and out of how many; never without. */
  readonly figure: { readonly count: number; readonly of: number };
  /** Null where there is only something to look at. */
  readonly step: SuggestedStep | null;
}

/** What a profile does not say, counted over all rows; null where it does not apply to the column's type. */
export interface ColumnMeasure {
  readonly name: string;
  /** Numbers beyond 1.5 interquartile ranges from the quartiles. */
  readonly outliers: number | null;
  /** Texts with blanks at their ends or several within. */
  readonly untidy: number | null;
  /** Distinct texts that are another one in other letters: distinct minus distinct in lower case without surplus blanks. */
  readonly spellings: number | null;
  /** Texts that are there and not blank. */
  readonly texts: number | null;
  /** Of those, written numbers. */
  readonly numbers: number | null;
  /** Of those, dates that can be one date only. */
  readonly dates: number | null;
  /** Of those, texts of the shape of an e-mail address. */
  readonly emails: number | null;
}

export interface RelationMeasure {
  readonly rows: number;
  /** Rows that repeat another one in every column. */
  readonly duplicates: number;
  readonly columns: readonly ColumnMeasure[];
}

/** All that suggestions are made of. */
export interface Looked {
  readonly profile: ColumnProfile;
  readonly measure: ColumnMeasure;
  /** What the recognizers found; null where they did not look. */
  readonly finding: ColumnFinding | null;
}
