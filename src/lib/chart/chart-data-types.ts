// What a chart draws, as plain data; must not know SQL or how it is drawn.
import type { CellValue, ColumnType } from '../engine/contract.ts';
import type { FilterClause } from '../filter/filter-types.ts';
import type { ChartMark } from '../notebook/chart-cell-types.ts';

export type AxisKind = 'category' | 'number' | 'time';

export interface ChartAxis {
  readonly kind: AxisKind;
  readonly label: string;
  /** Of a scatter plot, whose marks are single rows: whose values lie on it. */
  readonly column?: string;
}

/** A mark's place and size. Times are milliseconds since 1970 (UTC); a category is its text, NULL is `(NULL)`. */
export interface ChartPoint {
  readonly x: number | string;
  /** Where a bin on x ends. */
  readonly x2?: number;
  readonly y?: number | string;
  readonly y2?: number;
  readonly series?: string;
  /** What the colour of a heat map says. */
  readonly value?: number;
  readonly box?: {
    readonly low: number;
    readonly q1: number;
    readonly median: number;
    readonly q3: number;
    readonly high: number;
    /** Values beyond the whiskers, which are counted and not drawn. */
    readonly outliers: number;
  };
  /** What choosing this mark filters by; empty where it stands for several values at once. */
  readonly clauses: readonly FilterClause[];
}

export interface ChartData {
  readonly mark: ChartMark;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: { readonly label: string; readonly values: readonly string[] } | null;
  /** What the colour of a heat map says. */
  readonly valueLabel: string | null;
  readonly points: readonly ChartPoint[];
  /** What the engine answered: the table behind the chart. */
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly CellValue[])[];
  /** The mark of each row; null where it has no place on the axes. */
  readonly placed: readonly (ChartPoint | null)[];
  /** What is left out, sampled or gathered, in sentences. */
  readonly notes: readonly string[];
  /** The chart in one or two sentences. */
  readonly summary: string;
  /** The statement that was asked. */
  readonly sql: string;
}
