// A chart as plain data: what is drawn of which columns; must not know SQL or drawing.

export const CHART_MARKS = ['bar', 'line', 'area', 'scatter', 'histogram', 'box', 'heatmap'] as const;
export type ChartMark = (typeof CHART_MARKS)[number];

export const AGGREGATES = ['count', 'distinct', 'sum', 'mean', 'median', 'min', 'max'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export interface ChartSettings {
  /** Name of the cell or source whose rows are drawn. */
  readonly of: string;
  readonly mark: ChartMark;
  /** A column; of a box plot the one that makes the groups. */
  readonly x?: string;
  readonly y?: string;
  /** What is computed of the rows that fall together: of `y`, of a heat map of `series`. */
  readonly aggregate?: Aggregate;
  /** Column that gives the colour. */
  readonly series?: string;
  /** About how many bins, 2 to 200. */
  readonly bins?: number;
  readonly title?: string;
}

export interface ChartCellSpec extends ChartSettings {
  readonly kind: 'chart';
  readonly name?: string;
  /** What else the fence's info string says, as written. */
  readonly attributes?: string;
  /** Members of the body this version does not know, kept as written. */
  readonly extra?: Readonly<Record<string, unknown>>;
}
