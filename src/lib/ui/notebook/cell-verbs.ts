// What a cell asks of the notebook around it; must not know how the notebook does it.
import type { CellVerb } from './cell-shortcuts.ts';

/** Called by a cell's chrome and keys. */
export type OnCellVerb = (verb: CellVerb) => void;

/** A cell that can take the focus. */
export interface CellHandle {
  /** Into the text where there is one, else onto the cell. */
  focus(): void;
  /** Onto the cell itself. */
  focusFrame(): void;
  /** Runs the selection, or the statement at the caret, beside the notebook; where there is a statement. */
  lookAtStatement?(): void;
}
