// What a person does to several cells at once, and to a cell's own flags; must not know how edits are kept.
import type { CellFold } from '../notebook/cell-flags.ts';
import type { CellId } from '../notebook/notebook-types.ts';

/** Every verb is one step to undo, whatever the kinds of the cells. */
export interface CellGroups {
  remove(ids: readonly CellId[]): void;
  /** By one place, together; the cells may lie apart. */
  move(ids: readonly CellId[], by: -1 | 1): void;
  /** After the cell `after`, or to the top where that is null. */
  moveTo(ids: readonly CellId[], after: CellId | null): void;
  /** Copies after the last of them; answers their ids. */
  duplicate(ids: readonly CellId[]): readonly CellId[];
  fold(ids: readonly CellId[], fold: CellFold): void;
  disable(ids: readonly CellId[], disabled: boolean): void;
  /** Makes a SQL cell of each text, the first in place of the cell's own. */
  split(id: CellId, texts: readonly string[]): void;
}
