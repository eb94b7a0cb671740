// What a part of a chart filters by: the marks in it together, or, of single rows, the part itself; must not know SQL or drawing.
import type { CellValue } from '../engine/contract.ts';
import type { FilterClause } from '../filter/filter-types.ts';
import { momentOf, momentText } from './buckets.ts';
import type { AxisPart, ChartArea } from './chart-area-types.ts';
import type { ChartAxis, ChartData, ChartPoint } from './chart-data-types.ts';

type RangeClause = Extract<FilterClause, { kind: 'range' }>;
type InClause = Extract<FilterClause, { kind: 'in' }>;

/** A number to compare by, where the value has one. */
function measureOf(value: CellValue): number | null {
  if (value === null || value === '' || typeof value === 'object') return null;
  const number = Number(value);
  return Number.isNaN(number) ? momentOf(value) : number;
}

function touches(part: AxisPart | null, from: ChartPoint['x'] | undefined, to?: number): boolean {
  if (part === null) return true;
  if ('names' in part) return part.names.includes(String(from));
  if (typeof from !== 'number') return false;
  // The end of a bin belongs to the next one.
  return to === undefined ? from >= part.from && from <= part.to : to > part.from && from < part.to;
}

function least(a: CellValue, b: CellValue): CellValue {
  return (measureOf(a) ?? -Infinity) <= (measureOf(b) ?? -Infinity) ? a : b;
}

function most(a: CellValue, b: CellValue): CellValue {
  return (measureOf(a) ?? Infinity) >= (measureOf(b) ?? Infinity) ? a : b;
}

/** From the first to the last of single values in their order. */
function asRange({ column, values }: InClause): RangeClause {
  const low = values.reduce(least, values[0] ?? null);
  const high = values.reduce(most, values[0] ?? null);
  return { kind: 'range', column, low, high, includesHigh: true };
}

function joinRanges(a: RangeClause, b: RangeClause): RangeClause {
  const high = a.high === null || b.high === null ? null : most(a.high, b.high);
  const isOfA = high === a.high;
  const isOfBoth = a.high === b.high;
  return {
    kind: 'range',
    column: a.column,
    low: a.low === null || b.low === null ? null : least(a.low, b.low),
    high,
    includesHigh: isOfBoth ? a.includesHigh || b.includesHigh : isOfA ? a.includesHigh : b.includesHigh,
  };
}

function join(clauses: readonly FilterClause[], isOrdered: boolean): FilterClause | null {
  const ins = clauses.filter((clause) => clause.kind === 'in');
  const ranges = clauses.filter((clause) => clause.kind === 'range');
  const [first] = ins;
  if (first === undefined) return ranges.length === 0 ? null : ranges.reduce(joinRanges);
  const all = { ...first, values: [...new Set(ins.flatMap(({ values }) => values))] };
  return isOrdered && all.values.length > 1 ? asRange(all) : all;
}

/** One clause for each column, which hold for all the marks together; those that stand for several values are passed over. */
export function clausesOfMarks(
  { x, y, columns }: Pick<ChartData, 'x' | 'y' | 'columns'>,
  points: readonly ChartPoint[],
): readonly FilterClause[] {
  const clauses = points.flatMap((point) => point.clauses.map((clause, place) => ({ clause, place })));
  return [...new Set(clauses.map(({ clause }) => clause.column))].flatMap((column) => {
    const own = clauses.filter((each) => each.clause.column === column);
    const axis = own[0]?.place === 1 ? y : x;
    // The decimals that a FLOAT is written with are found again as values, not as ends of a range.
    const isFloat = columns.some(({ name, type }) => name === column && type === 'FLOAT');
    return (
      join(
        own.map(({ clause }) => clause),
        axis.kind !== 'category' && !isFloat,
      ) ?? []
    );
  });
}

/** A part of a length that is too small to be seen on a screen. */
const UNSEEN_SHARE = 1e-3;

/** Ends as a person would write them: digits below what can be pointed at are noise. */
function endsOf(axis: ChartAxis, { from, to }: { readonly from: number; readonly to: number }) {
  if (axis.kind === 'time') return { low: momentText(from), high: momentText(to) };
  const digits = Math.ceil(-Math.log10((to - from) * UNSEEN_SHARE));
  const isWritable = Number.isFinite(digits) && digits >= 0 && digits <= 100;
  const round = (value: number) => (isWritable ? Number(value.toFixed(digits)) : value);
  return { low: round(from), high: round(to) };
}

function spanClause(axis: ChartAxis, part: AxisPart | null): readonly FilterClause[] {
  if (part === null || 'names' in part || axis.column === undefined) return [];
  return [{ kind: 'range', column: axis.column, ...endsOf(axis, part), includesHigh: true }];
}

/** What choosing a part of the chart filters by; nothing where there is no mark in it that could. */
export function clausesOfArea(data: ChartData, area: ChartArea): readonly FilterClause[] {
  if (data.mark === 'scatter') return [...spanClause(data.x, area.x), ...spanClause(data.y, area.y)];
  const isPlane = data.mark === 'heatmap';
  const within = data.points.filter(
    (point) => touches(area.x, point.x, point.x2) && (!isPlane || touches(area.y, point.y, point.y2)),
  );
  return clausesOfMarks(data, within);
}

function valueWithin(value: CellValue, { low, high, includesHigh }: RangeClause): boolean {
  const at = measureOf(value);
  if (at === null) return false;
  const isAbove = low === null || at >= (measureOf(low) ?? Infinity);
  const end = high === null ? Infinity : (measureOf(high) ?? -Infinity);
  return isAbove && (high === null || (includesHigh ? at <= end : at < end));
}

function implies(clause: FilterClause, chosen: FilterClause): boolean {
  if (clause.column !== chosen.column) return false;
  if (chosen.kind === 'in')
    return clause.kind === 'in' && clause.values.every((value) => chosen.values.includes(value));
  if (chosen.kind !== 'range') return false;
  if (clause.kind === 'in') return clause.values.every((value) => valueWithin(value, chosen));
  if (clause.kind !== 'range' || clause.low === null || clause.high === null) return false;
  const isEndWithin = valueWithin(clause.high, { ...chosen, includesHigh: true });
  return valueWithin(clause.low, { ...chosen, includesHigh: true }) && isEndWithin;
}

/** Whether a mark is among what a chart's filters let through. */
export function isChosen(point: ChartPoint, chosen: readonly FilterClause[]): boolean {
  if (chosen.length === 0 || point.clauses.length === 0) return false;
  return chosen.every((clause) => point.clauses.some((own) => implies(own, clause)));
}
