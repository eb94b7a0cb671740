// Where a cell stands on the page, so that the outline can lead there; must not know what cells look like.
import type { CellId } from '../../notebook/notebook-types.ts';

/** The id of the element that holds a cell. */
export function cellAnchor(id: CellId): string {
  return `cell-${id}`;
}

const TICK_MS = 120;
const MOST_TICKS = 20;
const TAKEN_OVER = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** What lies on the way is drawn when it comes near, and moves the cell: it is followed until all is still or a person scrolls. */
function keepInPlace(element: HTMLElement): void {
  let [last, ticks] = [Number.NaN, 0];
  const timer = setInterval(() => {
    const { top } = element.getBoundingClientRect();
    // Not while the smooth scrolling is under way, which this would end.
    if (top === last) element.scrollIntoView({ block: 'start', behavior: 'instant' });
    last = element.getBoundingClientRect().top;
    if (++ticks >= MOST_TICKS || !element.isConnected) stop();
  }, TICK_MS);
  function stop(): void {
    clearInterval(timer);
    for (const name of TAKEN_OVER) window.removeEventListener(name, stop, { capture: true });
  }
  for (const name of TAKEN_OVER) window.addEventListener(name, stop, { capture: true, passive: true });
}

/** Scrolls to the cell and puts the focus on it; false where it is not on the page. */
export function goToCell(id: CellId): boolean {
  const element = document.getElementById(cellAnchor(id));
  if (!element) return false;
  element.scrollIntoView({ block: 'start', behavior: 'smooth' });
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  keepInPlace(element);
  return true;
}
