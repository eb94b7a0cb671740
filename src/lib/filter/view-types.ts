// How rows are looked at and what is left of them, as data; must not know SQL or who looks.

export interface SortKey {
  readonly column: string;
  readonly isDescending: boolean;
}

/** What a condition leaves of one column. Counted over all rows, never over a sample. */
export interface FilteredCounts {
  readonly rows: number;
  readonly nulls: number;
  /** One for each bin of the profile's histogram; empty where it has none. */
  readonly bins: readonly number[];
  /** One for each of the profile's top values. */
  readonly top: readonly number[];
}
