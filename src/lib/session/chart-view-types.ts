// What the interface sees and does of charts; must not know SQL or drawing.
import type { ChartArea } from '../chart/chart-area-types.ts';
import type { ChartData, ChartPoint } from '../chart/chart-data-types.ts';
import type { Problem } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { FilterClause } from '../filter/filter-types.ts';
import type { ChartSettings } from '../notebook/chart-cell-types.ts';
import type { CellId } from '../notebook/notebook-types.ts';

export interface ChartView {
  /** `unasked`: nobody asked for it as it is now. `stale`: what it is of has changed since it ran. */
  readonly state: 'unasked' | 'looking' | 'current' | 'stale' | 'failed';
  /** As last drawn, also while the next is on its way. */
  readonly data: ChartData | null;
  readonly problem: Problem | null;
  /** Columns of what it is of, as far as they are known. */
  readonly columns: readonly ColumnType[];
  /** Filters of other views that hold for it. */
  readonly otherFilters: readonly FilterClause[];
  /** What its own marks filter by. */
  readonly chosen: readonly FilterClause[];
}

export interface Charts {
  of(id: CellId): ChartView;
  /** Asks the engine where the chart is not current; runs no cell. */
  refresh(id: CellId): Promise<void>;
  /** Runs what the chart is of where that is not current; then it is drawn. */
  run(id: CellId): Promise<void>;
  /** Members that are undefined are removed. Each change is one step to undo. */
  change(
    id: CellId,
    change: { readonly [Key in keyof ChartSettings]?: ChartSettings[Key] | undefined },
  ): void;
  /** Filters all other views of the relation by a mark, or no longer where it was chosen. */
  choose(id: CellId, point: ChartPoint): void;
  /** Filters all other views by what a part of the chart holds. */
  chooseArea(id: CellId, area: ChartArea): void;
  /** Filters all other views by several marks together; by none of this chart where there are none. */
  chooseSpan(id: CellId, points: readonly ChartPoint[]): void;
  /** Takes back every filter on what the chart is of. */
  clearFilters(id: CellId): void;
  /** Adds a SQL cell with the chart's statement after it, without filters, and runs it; null where it cannot be made. */
  turnIntoSql(id: CellId): Promise<CellId | null>;
}
