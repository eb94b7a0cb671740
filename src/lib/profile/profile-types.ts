// What is known of a column after it was looked at, as data; must not know how the engine found it.
import type { CellValue } from '../engine/contract.ts';

/** The families of engine types that are measured alike. */
export type ColumnKind =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'interval'
  | 'text'
  | 'category'
  | 'bytes'
  | 'nested'
  | 'other';

export interface ValueCount {
  readonly value: CellValue;
  readonly count: number;
}

/** `from` ≤ value < `to`; where all values are one, `from` and `to` are that value. Temporal edges are ISO 8601 text. */
export interface HistogramBin {
  readonly from: CellValue;
  readonly to: CellValue;
  readonly count: number;
}

/** Counted over all rows, never over a sample. */
export interface Histogram {
  readonly bins: readonly HistogramBin[];
  readonly nulls: number;
  /** NaN and infinities, which stand in no bin. */
  readonly notFinite: number;
  /** Where the number of bins comes from, before edges are rounded to readable numbers and at most 40 bins are kept. */
  readonly rule: 'freedman-diaconis' | 'sturges' | 'single-value';
}

/** Statistics that a large relation gives from a sample of its rows. */
export type SampledStatistic = 'quartiles' | 'top';

/**
 * One column. `min`, `max`, `mean`, `stddev`, `quartiles` and the histogram leave out NULL, NaN and infinities; what does
 * not apply to the type is null. Values are the column's own (`min`, `max`, `quartiles`, `top`, edges): they stay local.
 */
export interface ColumnProfile {
  readonly name: string;
  /** Engine type name. */
  readonly type: string;
  readonly kind: ColumnKind;
  readonly rows: number;
  readonly nulls: number;
  /** Distinct values that are not NULL; NaN is one value, blank text is a value. */
  readonly distinct: number;
  /** False where it is HyperLogLog's estimate. */
  readonly distinctIsExact: boolean;
  readonly min: CellValue;
  readonly max: CellValue;
  /** Arithmetic mean: a number, or ISO 8601 text for dates and times. */
  readonly mean: CellValue;
  /** Of a sample (divided by n − 1); null for fewer than two values and for anything but numbers. */
  readonly stddev: number | null;
  /** First quartile, median, third quartile, interpolated linearly (`quantile_cont`). */
  readonly quartiles: readonly [CellValue, CellValue, CellValue] | null;
  /** Most frequent values, most first; empty where every value is another, or where there are too many kinds to matter. */
  readonly top: readonly ValueCount[];
  readonly histogram: Histogram | null;
  readonly notANumber: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
  /** Texts that are empty or only white space; null for other types. */
  readonly blanks: number | null;
  /** Code points of text, bytes of BLOB. */
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly isSampled: boolean;
  /** Which of the statistics rest on a sample. */
  readonly sampled: readonly SampledStatistic[];
  /** Rows in that sample; all rows where nothing is sampled. */
  readonly sampleRows: number;
}

export interface RelationProfile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}
