// Which columns a grid shows, where they stand and how wide; must not know values or the DOM.
import { shownPlaces } from '../../session/look-facts.ts';

export interface ColumnOrder {
  /** Places of the columns in the relation, in the order shown. */
  readonly shown: readonly number[];
  /** So many of them, the first ones, stay at the left. */
  readonly fixed: number;
}

/** Pinned columns first, hidden ones left out; no more pinned than fit into `room` px by their `widths`. */
export function arrangeColumns(
  names: readonly string[],
  look: { readonly hidden: readonly string[]; readonly pinned: readonly string[] },
  widths: readonly number[],
  room: number,
): ColumnOrder {
  const shown = shownPlaces(names, look);
  const first = look.pinned.filter((name) => names.includes(name) && !look.hidden.includes(name)).length;
  let fixed = 0;
  let width = 0;
  for (const index of shown.slice(0, first)) {
    width += widths[index] ?? 0;
    if (width > room) break;
    fixed += 1;
  }
  return { shown, fixed };
}

/** Where each column begins, in px, and, last, where the last one ends. */
export function startsOf(order: ColumnOrder, widths: readonly number[], gutter: number): readonly number[] {
  const starts = [gutter];
  let at = gutter;
  for (const index of order.shown) {
    at += widths[index] ?? 0;
    starts.push(at);
  }
  return starts;
}

/** First and last shown column of which something is seen beside the fixed ones; -1 and -2 where there is none. */
export function columnsInView(
  order: ColumnOrder,
  starts: readonly number[],
  scrollLeft: number,
  width: number,
): readonly [number, number] {
  const left = scrollLeft + (starts[order.fixed] ?? 0);
  const right = scrollLeft + width;
  let first = -1;
  let last = -2;
  for (let at = order.fixed; at < order.shown.length; at += 1) {
    const [from = 0, to = 0] = [starts[at], starts[at + 1]];
    if (to <= left || from >= right) continue;
    if (first < 0) first = at;
    last = at;
  }
  return [first, last];
}
