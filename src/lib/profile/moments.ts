// Mean, standard deviation and quartiles; must not know counts or histograms.
import type { CellValue, ColumnType } from '../engine/contract.ts';
import type { Expressions, Figures } from './ask-columns.ts';
import { isNumber, kindOf } from './column-kind.ts';
import { magnitudeOf, showMagnitude } from './magnitude.ts';
import type { ColumnProfile } from './profile-types.ts';

export interface Moments extends Pick<ColumnProfile, 'mean' | 'stddev' | 'quartiles'> {
  /** Magnitudes, for the histogram; null where there is no finite value. */
  readonly range: readonly [number, number] | null;
  readonly interquartileRange: number;
}

/**
 * A power of two that brings extreme doubles near 1: squares of the largest would not be finite, of the smallest zero.
 * Multiplying by it changes no digit.
 */
export function scaleOf(column: ColumnType, min: CellValue, max: CellValue): number {
  if (!isNumber(kindOf(column.type)) || min === null || max === null) return 1;
  const largest = Math.max(Math.abs(Number(min)), Math.abs(Number(max)));
  if (largest === 0 || (largest < 1e150 && largest > 1e-150)) return 1;
  return 2 ** -Math.max(-1000, Math.min(1000, Math.round(Math.log2(largest))));
}

function scaled(column: ColumnType, scale: number): string {
  const magnitude = magnitudeOf(column) ?? 'NULL';
  return scale === 1 ? magnitude : `(${magnitude}) * ${scale}::DOUBLE`;
}

/** Over all rows. */
export function momentExpressions(column: ColumnType, scale: number): Expressions {
  if (magnitudeOf(column) === null) return {};
  const value = scaled(column, scale);
  return {
    low: `min(${magnitudeOf(column)})`,
    high: `max(${magnitudeOf(column)})`,
    mean: `avg(${value})`,
    ...(isNumber(kindOf(column.type)) ? { stddev: `stddev_samp(${value})` } : {}),
  };
}

/** Over all rows or a sample; linear interpolation between neighbours (Hyndman & Fan 1996, type 7). */
export function quartileExpressions(column: ColumnType, scale: number): Expressions {
  if (magnitudeOf(column) === null) return {};
  return { quartiles: `quantile_cont(${scaled(column, scale)}, [0.25, 0.5, 0.75])` };
}

/** What both say, in the column's own terms. */
export function readMoments(column: ColumnType, scale: number, figures: Figures): Moments {
  const number = (name: string): number | null => {
    const value = figures[name] ?? null;
    return value === null ? null : Number(value);
  };
  const unscaled = (value: number | null) => (value === null ? null : value / scale);
  const [low, high, mean] = [number('low'), number('high'), unscaled(number('mean'))];
  const listed = figures['quartiles'] ?? null;
  const quartiles = listed === null ? [] : String(listed).slice(1, -1).split(',').map(Number);
  const [first, median, third] = quartiles.map((value) => value / scale);
  const show = (value: number) => showMagnitude(column, value);
  const isComplete = first !== undefined && median !== undefined && third !== undefined;
  return {
    mean: mean === null ? null : show(mean),
    stddev: unscaled(number('stddev')),
    quartiles: isComplete ? [show(first), show(median), show(third)] : null,
    range: low === null || high === null ? null : [low, high],
    interquartileRange: isComplete ? third - first : 0,
  };
}
