// Which cell of a grid an event is about; must not know what is in it.
import type { GridPosition } from './grid-move.ts';

/** Null beside the cells and heads. */
export function cellAt(event: Event): GridPosition | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
  if (cell === null) return null;
  return { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}
