// Maps a tall virtual list onto an element a browser can still lay out; knows nothing of rows' contents or the DOM.

/**
 * Tallest spacer made. Engines cap element heights (Chromium and WebKit near 33.5 million px, Firefox near 17.9 million
 * px, a 32-bit count of layout sub-units); half of the smallest leaves room for headers and page zoom.
 */
export const MAX_SPACER_PX = 8_000_000;

/** Length at both ends in which a physical pixel is a virtual pixel, so that the first and last rows scroll naturally. */
const EXACT_END_PX = 1_000_000;

/** Jumps up to this length are a wheel, a finger or a key and move by real pixels; longer ones are the scrollbar. */
const FINE_SCROLL_PX = 4_000;

/** All lengths in px. `virtual` offsets are where the list would be without any cap, `physical` is `scrollTop`. */
export interface ScrollScale {
  readonly rowHeight: number;
  readonly rowCount: number;
  readonly viewport: number;
  /** Height the list would have. */
  readonly virtualHeight: number;
  /** Height the spacer gets. */
  readonly spacerHeight: number;
}

export interface ScrollPosition {
  readonly virtual: number;
  readonly physical: number;
}

export function scaleScroll(rowCount: number, rowHeight: number, viewport: number): ScrollScale {
  const virtualHeight = rowCount * rowHeight;
  return {
    rowHeight,
    rowCount,
    viewport,
    virtualHeight,
    spacerHeight: Math.min(virtualHeight, MAX_SPACER_PX),
  };
}

function lastOffset(height: number, viewport: number): number {
  return Math.max(0, height - viewport);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Where in the virtual list a `scrollTop` stands. */
export function toVirtual(scale: ScrollScale, physical: number): number {
  const physicalEnd = lastOffset(scale.spacerHeight, scale.viewport);
  const virtualEnd = lastOffset(scale.virtualHeight, scale.viewport);
  const at = clamp(physical, 0, physicalEnd);
  if (physicalEnd === virtualEnd || at <= EXACT_END_PX) return at;
  if (at >= physicalEnd - EXACT_END_PX) return virtualEnd - (physicalEnd - at);
  const share = (at - EXACT_END_PX) / (physicalEnd - 2 * EXACT_END_PX);
  return EXACT_END_PX + share * (virtualEnd - 2 * EXACT_END_PX);
}

/** The `scrollTop` that stands for a virtual offset; the inverse of `toVirtual`. */
export function toPhysical(scale: ScrollScale, virtual: number): number {
  const physicalEnd = lastOffset(scale.spacerHeight, scale.viewport);
  const virtualEnd = lastOffset(scale.virtualHeight, scale.viewport);
  const at = clamp(virtual, 0, virtualEnd);
  if (physicalEnd === virtualEnd || at <= EXACT_END_PX) return at;
  if (at >= virtualEnd - EXACT_END_PX) return physicalEnd - (virtualEnd - at);
  const share = (at - EXACT_END_PX) / (virtualEnd - 2 * EXACT_END_PX);
  return EXACT_END_PX + share * (physicalEnd - 2 * EXACT_END_PX);
}

/** The position after the browser reports a new `scrollTop`: short moves are taken at their length, long ones scaled. */
export function followScroll(scale: ScrollScale, before: ScrollPosition, physical: number): ScrollPosition {
  const moved = physical - before.physical;
  const physicalEnd = lastOffset(scale.spacerHeight, scale.viewport);
  const isScaled = scale.spacerHeight < scale.virtualHeight;
  const isAtEnd = physical <= 0 || physical >= physicalEnd;
  if (!isScaled || isAtEnd || Math.abs(moved) > FINE_SCROLL_PX) {
    return { virtual: toVirtual(scale, physical), physical };
  }
  const virtual = clamp(before.virtual + moved, 0, lastOffset(scale.virtualHeight, scale.viewport));
  return { virtual, physical };
}

/** First and last row (inclusive, zero-based) to draw at a virtual offset; `last` is -1 where there are no rows. */
export function rowsInView(
  scale: ScrollScale,
  virtual: number,
  overscan: number,
): { readonly first: number; readonly last: number } {
  if (scale.rowCount === 0) return { first: 0, last: -1 };
  const first = Math.floor(virtual / scale.rowHeight) - overscan;
  const last = Math.ceil((virtual + scale.viewport) / scale.rowHeight) - 1 + overscan;
  return { first: clamp(first, 0, scale.rowCount - 1), last: clamp(last, 0, scale.rowCount - 1) };
}

/** The virtual offset nearest to the present one at which `row` is wholly in view. */
export function revealRow(scale: ScrollScale, virtual: number, row: number): number {
  const top = row * scale.rowHeight;
  const bottom = top + scale.rowHeight;
  const end = lastOffset(scale.virtualHeight, scale.viewport);
  if (top < virtual) return clamp(top, 0, end);
  if (bottom > virtual + scale.viewport) return clamp(bottom - scale.viewport, 0, end);
  return virtual;
}
