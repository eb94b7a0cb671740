// Why a chart cannot be drawn of these columns, in words; must not know SQL.
import type { Problem } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { AxisKind } from './chart-data-types.ts';
import type { ChartMark, ChartSettings } from '../notebook/chart-cell-types.ts';
import { isNumber, kindOf } from '../profile/column-kind.ts';

export function columnNamed(columns: readonly ColumnType[], name: string | undefined): ColumnType | null {
  if (name === undefined) return null;
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === name.toLowerCase()) ??
    null
  );
}

export function axisKindOf(column: ColumnType): AxisKind {
  const kind = kindOf(column.type);
  if (isNumber(kind)) return 'number';
  return kind === 'date' || kind === 'timestamp' ? 'time' : 'category';
}

function fault(message: string, hint: string): Problem {
  return { code: 'chart-settings', message, hint };
}

/** Columns that a kind of chart cannot do without. */
const NEEDS: Readonly<Record<ChartMark, readonly ('x' | 'y')[]>> = {
  bar: ['x'],
  line: ['x'],
  area: ['x'],
  scatter: ['x', 'y'],
  histogram: ['x'],
  box: ['y'],
  heatmap: ['x', 'y'],
};

const MARK_WORDS: Readonly<Record<ChartMark, string>> = {
  bar: 'A bar chart',
  line: 'A line',
  area: 'An area',
  scatter: 'A scatter plot',
  histogram: 'A histogram',
  box: 'A box plot',
  heatmap: 'A heat map',
};

/** The settings of columns that are drawn; what else is set waits for another kind of chart and is not seen in the form. */
export function usedRoles({ mark, aggregate = 'count' }: ChartSettings): readonly ('x' | 'y' | 'series')[] {
  const isCounted = aggregate === 'count';
  const hasY = ['scatter', 'box', 'heatmap'].includes(mark) || (mark !== 'histogram' && !isCounted);
  const hasSeries = mark !== 'box' && !(mark === 'heatmap' && isCounted);
  return ['x', ...(hasY ? (['y'] as const) : []), ...(hasSeries ? (['series'] as const) : [])];
}

function missingColumn(settings: ChartSettings, columns: readonly ColumnType[]): Problem | null {
  for (const role of usedRoles(settings)) {
    const name = settings[role];
    if (name !== undefined && columnNamed(columns, name) === null)
      return fault(`${settings.of} has no column ${name}.`, 'Choose another column.');
  }
  const missing = NEEDS[settings.mark].find((role) => settings[role] === undefined);
  return missing === undefined
    ? null
    : fault(`${MARK_WORDS[settings.mark]} needs a column for ${missing}.`, 'Choose one.');
}

function unsuitable(column: ColumnType, wanted: string): Problem {
  return fault(
    `${column.name} is ${column.type}, and ${wanted}.`,
    'Choose another column, or another kind of chart.',
  );
}

function aggregateFault(settings: ChartSettings, columns: readonly ColumnType[]): Problem | null {
  const { mark, aggregate = 'count' } = settings;
  if (!['bar', 'line', 'area', 'heatmap'].includes(mark) || aggregate === 'count') return null;
  const role = mark === 'heatmap' ? 'series' : 'y';
  const column = columnNamed(columns, settings[role]);
  if (column === null)
    return fault(
      `“${aggregate}” needs a column to be computed of.`,
      role === 'y' ? 'Choose one for y, or count rows.' : 'Choose one for the colour, or count rows.',
    );
  if (aggregate === 'distinct' || axisKindOf(column) === 'number') return null;
  return unsuitable(column, `“${aggregate}” needs numbers`);
}

/** `chart-settings`, or null where it can be drawn. */
export function chartFault(settings: ChartSettings, columns: readonly ColumnType[]): Problem | null {
  const missing = missingColumn(settings, columns);
  if (missing) return missing;
  const [x, y] = [columnNamed(columns, settings.x), columnNamed(columns, settings.y)];
  const { mark } = settings;
  const measured = ['line', 'area', 'scatter', 'histogram'].includes(mark) ? x : null;
  if (measured && axisKindOf(measured) === 'category')
    return unsuitable(measured, `${MARK_WORDS[mark].toLowerCase()} needs numbers or dates on x`);
  if (mark === 'scatter' && y && axisKindOf(y) === 'category')
    return unsuitable(y, 'a scatter plot needs numbers or dates on y');
  if (mark === 'box' && y && axisKindOf(y) !== 'number')
    return unsuitable(y, 'a box plot needs numbers on y');
  return aggregateFault(settings, columns);
}
