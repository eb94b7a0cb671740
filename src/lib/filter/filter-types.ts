// Conditions a person sets on one column of a relation by clicking, as data; must not know SQL or who set them.
import type { CellValue } from '../engine/contract.ts';

/** What holds for the values of one column. Values are as the engine's pages give them. */
export type FilterClause =
  | {
      readonly kind: 'in';
      readonly column: string;
      /** null stands for NULL, `'NaN'` in a column of FLOAT or DOUBLE for NaN. */
      readonly values: readonly CellValue[];
      /** All but these; NULL stays unless it is among them. */
      readonly isExcluded?: boolean;
    }
  | {
      readonly kind: 'range';
      readonly column: string;
      /** `low` ≤ value; null where there is no lower end. NULL and NaN lie in no range. */
      readonly low: CellValue;
      /** value < `high`, or ≤ where `includesHigh`; null where there is no upper end. */
      readonly high: CellValue;
      readonly includesHigh: boolean;
    }
  | { readonly kind: 'null'; readonly column: string; readonly isNull: boolean }
  /** The value as a grid shows it holds `text`, upper or lower case alike. */
  | { readonly kind: 'contains'; readonly column: string; readonly text: string };

export interface Filter {
  /** Name of a cell or source. */
  readonly relation: string;
  /** Who set it, e.g. a chart's id or `header:city`: its own view is not filtered by it. */
  readonly origin: string;
  readonly clause: FilterClause;
}
