// Counts a column's values into the planned bins; must not know how the bins were chosen.
import type { ColumnType } from '../engine/contract.ts';
import type { Expressions, Figures } from './ask-columns.ts';
import { isTemporal, kindOf } from './column-kind.ts';
import { countFinite, type Counts } from './counts.ts';
import type { BinPlan } from './edges.ts';
import { magnitudeOf, showMagnitude } from './magnitude.ts';
import type { Histogram } from './profile-types.ts';

const LARGEST_BIGINT = 2n ** 63n - 1n;

/** The largest double below `value`, not zero. */
function doubleBelow(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  if (value === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

function wholeBelow(value: number): bigint {
  const below = BigInt(Math.ceil(value)) - 1n;
  return below > LARGEST_BIGINT ? LARGEST_BIGINT : below;
}

/** The engine's bins hold their upper bound, ours do not: its bounds are the last values before our edges. */
export function histogramExpressions(column: ColumnType, plan: BinPlan | null): Expressions {
  const magnitude = magnitudeOf(column);
  if (plan === null || magnitude === null || plan.edges.length === 0) return {};
  const uppers = plan.edges.slice(1);
  const bounds = isTemporal(kindOf(column.type))
    ? `[${uppers.map(wholeBelow).join(', ')}]::BIGINT[]`
    : `[${uppers.map((edge) => `'${doubleBelow(edge)}'`).join(', ')}]::DOUBLE[]`;
  return { bins: `map_values(histogram(${magnitude}, ${bounds}))` };
}

/** What `histogramExpressions` counted, one number for each bin of the plan; no value at all makes every bin empty. */
export function readBins(plan: BinPlan, figures: Figures): readonly number[] {
  const found = String(figures['bins'] ?? '[]')
    .slice(1, -1)
    .split(',')
    .map(Number);
  return plan.edges.slice(1).map(
    // Whatever lies on the last edge itself, where it could not be put above the largest value.
    (_, index) => (found[index] ?? 0) + (index === plan.edges.length - 2 ? (found[index + 1] ?? 0) : 0),
  );
}

/** Null where no value is finite, or the type has no order that bins could follow. */
export function readHistogram(
  column: ColumnType,
  plan: BinPlan | null,
  counts: Counts,
  figures: Figures,
): Histogram | null {
  if (plan === null) return null;
  const { nulls, rows } = counts;
  const finite = countFinite(counts);
  const rest = { nulls, notFinite: rows - nulls - finite, rule: plan.rule };
  if (plan.edges.length === 0) {
    const bin = { from: counts.min, to: counts.max, count: finite };
    return { bins: [bin], ...rest };
  }
  const found = readBins(plan, figures);
  const bins = plan.edges.slice(1).map((edge, index) => ({
    from: showMagnitude(column, plan.edges[index] ?? edge),
    to: showMagnitude(column, edge),
    count: found[index] ?? 0,
  }));
  return { bins, ...rest };
}
