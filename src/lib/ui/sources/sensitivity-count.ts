// Counts the sensitive columns of a source, most sensitive level first; must not know how levels are found.
import { SENSITIVITY_ORDER, type Sensitivity } from '../../base/sensitivity-level.ts';

export interface LevelCount {
  readonly level: Sensitivity;
  readonly count: number;
}

/** Levels that occur, without `none`. */
export function countLevels(
  columns: readonly { readonly sensitivity: Sensitivity }[],
): readonly LevelCount[] {
  return SENSITIVITY_ORDER.toReversed()
    .filter((level) => level !== 'none')
    .map((level) => ({ level, count: columns.filter((column) => column.sensitivity === level).length }))
    .filter(({ count }) => count > 0);
}
