// A column's values as numbers that means and histograms can be made of, and such numbers as text again; must not know statistics.
import { quoteIdentifier } from '../base/sql-text.ts';
import type { CellValue, ColumnType } from '../engine/contract.ts';
import { formatDay, formatDayTime, formatMoment } from './calendar.ts';
import { kindOf } from './column-kind.ts';

/**
 * SQL for the magnitude: DOUBLE for numbers, days since 1970-01-01 for DATE, microseconds since then for TIMESTAMP, since
 * midnight for TIME. NULL for what is not finite. Null where the type has no magnitude.
 */
export function magnitudeOf(column: ColumnType): string | null {
  const name = quoteIdentifier(column.name);
  switch (kindOf(column.type)) {
    case 'integer':
      return `CAST(${name} AS DOUBLE)`;
    case 'decimal':
      return `TRY_CAST(${name} AS DOUBLE)`;
    case 'float':
      return `CASE WHEN isfinite(${name}) THEN CAST(${name} AS DOUBLE) END`;
    case 'date':
      return `CASE WHEN isfinite(${name}) THEN ${name} - DATE '1970-01-01' END`;
    case 'timestamp':
      return `CASE WHEN isfinite(${name}) THEN epoch_us(${name}) END`;
    case 'time':
      return `epoch_us(${name})`;
    default:
      return null;
  }
}

/** A magnitude as a value of the column's kind: a number, or ISO 8601 text. */
export function showMagnitude(column: ColumnType, magnitude: number): CellValue {
  switch (kindOf(column.type)) {
    case 'date':
      return Number.isInteger(magnitude) ? formatDay(magnitude) : formatMoment(magnitude * 86_400_000_000);
    case 'timestamp':
      return formatMoment(magnitude) + (column.type === 'TIMESTAMP WITH TIME ZONE' ? 'Z' : '');
    case 'time':
      return formatDayTime(magnitude);
    default:
      return magnitude;
  }
}
