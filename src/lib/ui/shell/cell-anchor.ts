// Where a cell stands on the page, so that the outline can lead there; must not know what cells look like.
import type { CellId } from '../../notebook/notebook-types.ts';

/** The id of the element that holds a cell. */
export function cellAnchor(id: CellId): string {
  return `cell-${id}`;
}

/** Scrolls to the cell and puts the focus on it; false where it is not on the page. */
export function goToCell(id: CellId): boolean {
  const element = document.getElementById(cellAnchor(id));
  if (!element) return false;
  element.scrollIntoView({ block: 'start', behavior: 'smooth' });
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  return true;
}
