// What the interface reads off a cell or notebook: name, folds, whether it runs, how it runs; must not know how it is shown.
export type { CellFold } from '../notebook/cell-flags.ts';
export { foldOf, hasFlags, isDisabled } from '../notebook/cell-flags.ts';
export { nameOfCell } from '../notebook/names.ts';
export { runModeOf } from '../notebook/run-mode.ts';
