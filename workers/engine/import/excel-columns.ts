// The cells of a sheet by column: error values, times of day, durations and uncalculated formulas are told apart; must not know tables.
import { durationText, type SheetMarks } from './excel-marks.ts';
import { columnLetters } from './excel-range.ts';
import type { SheetRow } from './excel-sheet.ts';

export const ERRORS =
  /^#(?:N\/A|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!)$/;
/** Times of day are dates before the first day of a calendar of spreadsheets, of which 1904 has a day 0. */
const CALENDAR_START = Date.UTC(1900, 0, 1);
const CALENDAR_START_1904 = Date.UTC(1904, 0, 2);
class ErrorCells {
  readonly #byColumn = new Map<
    number,
    { readonly kinds: Set<string>; readonly rows: number[]; count: number }
  >();

  add(column: number, kind: string, row: number): void {
    const known = this.#byColumn.get(column) ?? { kinds: new Set<string>(), rows: [], count: 0 };
    known.kinds.add(kind);
    known.count++;
    if (known.rows.length < 10) known.rows.push(row);
    this.#byColumn.set(column, known);
  }

  notes(names: readonly string[]): string[] {
    return [...this.#byColumn].map(([column, { kinds, rows, count }]) => {
      return `“${names[column] ?? column}” has ${count} error ${count === 1 ? 'value' : 'values'} (${[...kinds].join(', ')}), which ${count === 1 ? 'is' : 'are'} NULL: ${rowWords(rows, count)}.`;
    });
  }
}

function timeOfDay(value: Date): string {
  return value
    .toISOString()
    .slice(11, -1)
    .replace(/\.000$/, '');
}

/** Rows for a note: `in row 2, 5 and 8 more`. */
function rowWords(rows: readonly number[], count: number): string {
  return `in row ${rows.slice(0, 10).join(', ')}${count > 10 ? ` and ${count - 10} more` : ''}`;
}

interface Calendar {
  readonly is1904: boolean;
  readonly durations: SheetMarks['durations'];
  readonly firstColumn: number;
}

interface TakenApart {
  readonly columns: unknown[][];
  readonly errors: ErrorCells;
  readonly times: ReadonlySet<number>;
  readonly durations: ReadonlySet<number>;
}

export function uncalculatedNotes(
  { uncalculated }: SheetMarks,
  names: readonly string[],
  firstColumn: number,
  lastRow: number,
): readonly string[] {
  return [...uncalculated].flatMap(([column, all]) => {
    const rows = all.filter((row) => row <= lastRow);
    const [count, letters] = [rows.length, columnLetters(column)];
    if (count === 0) return [];
    const what = count === 1 ? 'a formula' : `${count} formulas`;
    return `“${names[column - firstColumn] ?? letters}” has ${what} without a stored result, which ${count === 1 ? 'is' : 'are'} NULL: ${rowWords(rows, count)}. Open the workbook in a spreadsheet and save it, so that it is calculated.`;
  });
}

/** Values by column; what means nothing is NULL. */
export function takeApart(
  rows: readonly SheetRow[],
  width: number,
  nullText: ReadonlySet<string>,
  calendar: Calendar,
): TakenApart {
  const columns: unknown[][] = Array.from({ length: width }, () => []);
  const errors = new ErrorCells();
  const times = new Set<number>();
  const durations = new Set<number>();
  const start = calendar.is1904 ? CALENDAR_START_1904 : CALENDAR_START;
  for (const { number, values } of rows) {
    const inRow = calendar.durations.get(number);
    for (let index = 0; index < width; index++) {
      let value: unknown = values[index] ?? null;
      const days = inRow?.get(calendar.firstColumn + index);
      if (days !== undefined) {
        durations.add(index);
        value = durationText(days);
      } else if (typeof value === 'string') {
        if (ERRORS.test(value)) errors.add(index, value, number);
        if (value === '' || ERRORS.test(value) || nullText.has(value)) value = null;
      } else if (value instanceof Date && value.getTime() < start) {
        times.add(index);
        value = timeOfDay(value);
      }
      columns[index]?.push(value);
    }
  }
  return { columns, errors, times, durations };
}
