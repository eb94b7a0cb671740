// A part of a chart, as data; must not know marks or drawing.

/** Of an axis of numbers or times a span in its own units (milliseconds since 1970), of one of categories their names. */
export type AxisPart = { readonly from: number; readonly to: number } | { readonly names: readonly string[] };

/** A part of the plane of x and y; null where an axis is not limited. */
export interface ChartArea {
  readonly x: AxisPart | null;
  readonly y: AxisPart | null;
}
