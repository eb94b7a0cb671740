// Workbooks (`.xlsx`) as one of the formats of an import; must not know the others.
import type { ColumnType } from '../../../src/lib/engine/contract.ts';
import type { ExcelImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { DuckCancelled, type DuckPort } from '../duck-port.ts';
import { describeTable, dropTable, readPage } from '../relation.ts';
import { planColumn, travelType, uniqueNames, type ColumnPlan } from './column-plan.ts';
import { columnLetters, parseRange, type CellRange } from './excel-range.ts';
import { ERRORS, takeApart, uncalculatedNotes } from './excel-columns.ts';
import { readMarks } from './excel-marks.ts';
import {
  MOST_UNPACKED_BYTES,
  openWorkbook,
  sheetRows,
  type SheetInfo,
  type SheetRow,
} from './excel-sheet.ts';
import { commonOptions, type FormatReader, type PartReport, type ReadWatch } from './format-reader.ts';
import { TypedTable, type TypedColumn } from './typed-table.ts';
import { ValueShape } from './value-shape.ts';

const ROWS_PER_PIECE = 16_384;
const PREVIEW_ROWS = 1_000;
/** Rows between two looks at whether the import was cancelled, and turns for others. */
const ROWS_PER_TURN = 2_000;

interface Sheet {
  readonly name: string;
  readonly columns: readonly unknown[][];
  readonly lines: readonly number[];
  readonly names: readonly string[];
  readonly header: boolean;
  readonly notes: readonly string[];
  readonly isAll: boolean;
}

type Complete = ExcelImportOptions & Required<Pick<ExcelImportOptions, 'sheet' | 'header'>>;

const MOST_NAMED = 5;

function listNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).map((each) => `“${each}”`);
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

function chooseSheet(sheets: readonly SheetInfo[], asked: string | undefined): string {
  const found =
    asked === undefined
      ? (sheets.find((sheet) => !sheet.isHidden) ?? sheets[0])
      : sheets.find(({ name }) => name === asked);
  if (found !== undefined) return found.name;
  throw new ProblemError({
    code: 'import-sheet',
    message: `The workbook has no sheet “${asked}”.`,
    hint: `It has ${sheets.map(({ name }) => name).join(', ')}.`,
  });
}

/** Names over values: all texts, each its own, and something below. */
function looksLikeHeader(first: SheetRow, second: SheetRow | undefined): boolean {
  const there = first.values.filter((value) => value !== null && value !== undefined && value !== '');
  return second !== undefined && there.every((value) => typeof value === 'string' && !ERRORS.test(value));
}

async function collectRows(
  rows: AsyncIterable<SheetRow>,
  most: number,
  watch: ReadWatch,
): Promise<{ readonly rows: readonly SheetRow[]; readonly isAll: boolean }> {
  const kept: SheetRow[] = [];
  for await (const row of rows) {
    if (kept.length >= most) return { rows: kept, isAll: false };
    kept.push(row);
    if (kept.length % ROWS_PER_TURN !== 0) continue;
    if (watch.isCancelled()) throw new DuckCancelled();
    watch.onProgress(null);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { rows: kept, isAll: true };
}

function headerNames(
  first: SheetRow | undefined,
  width: number,
  range: CellRange,
  note: (text: string) => void,
): readonly string[] {
  const names = Array.from({ length: width }, (_, index) => {
    const value = first?.values[index];
    const isNamed = value !== null && value !== undefined && value !== '';
    if (isNamed) return value instanceof Date ? value.toISOString().slice(0, 10) : String(value).trim();
    const letters = columnLetters(range.firstColumn + index);
    if (first !== undefined) note(`Column ${letters} has no name in the sheet.`);
    return letters;
  });
  return uniqueNames(names, note);
}

async function readSheet(
  blob: Blob,
  options: ExcelImportOptions,
  most: number,
  watch: ReadWatch,
): Promise<Sheet & { readonly sheets: readonly string[] }> {
  const range = parseRange(options.range);
  const { bytes, sheets, is1904 } = await openWorkbook(blob);
  const name = chooseSheet(sheets, options.sheet);
  const { rows, isAll } = await collectRows(sheetRows(bytes, name, range), most + 1, watch);
  const [first, second] = rows;
  if (first === undefined)
    throw new ProblemError({
      code: 'import-empty',
      message: `There is nothing in the sheet “${name}”${options.range === undefined ? '' : ` within ${options.range}`}.`,
      hint: sheets.length > 1 ? 'Choose another sheet.' : 'Choose another range or file.',
    });
  const header = options.header ?? looksLikeHeader(first, second);
  const data = header ? rows.slice(1) : rows;
  const width = rows.reduce((most, row) => Math.max(most, row.values.length), 0);
  const notes: string[] = [];
  const others = sheets.filter((sheet) => sheet.name !== name).map((sheet) => sheet.name);
  if (others.length > 0 && options.sheet === undefined)
    notes.push(`The sheet “${name}” is read; the workbook also has ${listNames(others)}.`);
  const names = headerNames(header ? first : undefined, width, range, (text) => notes.push(text));
  if (!header) notes.push('The sheet has no header row, so the columns are named by letter.');
  const marks = await readMarks(blob, name, range, MOST_UNPACKED_BYTES, watch.isCancelled);
  const { firstColumn } = range;
  const { columns, errors, times, durations } = takeApart(data, width, new Set(options.nullText), {
    is1904,
    durations: marks.durations,
    firstColumn,
  });
  for (const index of times) notes.push(`“${names[index] ?? ''}” holds times of day; they are read as text.`);
  for (const index of durations)
    notes.push(
      `“${names[index] ?? ''}” holds durations; they are read as text, in hours, minutes and seconds.`,
    );
  notes.push(
    ...uncalculatedNotes(
      marks,
      names,
      firstColumn,
      isAll ? Number.POSITIVE_INFINITY : (rows.at(-1)?.number ?? 0),
    ),
  );
  return {
    name,
    columns,
    lines: data.map((row) => row.number),
    names,
    header,
    notes: [...notes, ...errors.notes(names)],
    isAll,
    sheets: sheets.map((sheet) => sheet.name),
  };
}

function planSheet(
  sheet: Sheet,
  options: ExcelImportOptions,
  note: (text: string) => void,
): readonly TypedColumn[] {
  return sheet.names.map((inFile, index) => {
    const shape = new ValueShape();
    for (const value of sheet.columns[index] ?? []) shape.observe(value);
    if (shape.greatest >= 1n << 53n || shape.least <= -(1n << 53n))
      note(`“${inFile}” has whole numbers beyond 2^53, which spreadsheets round to 15 digits.`);
    const asked = options.types?.[inFile] ?? null;
    const planned = planColumn(shape, inFile, asked === null ? note : () => {});
    const isAsked = asked !== null && asked !== planned.type;
    const plan: ColumnPlan = isAsked ? { kind: 'text', type: 'VARCHAR' } : planned;
    const needsCast = isAsked && asked !== travelType(plan);
    return { name: options.rename?.[inFile] ?? inFile, plan, asked: needsCast ? asked : null };
  });
}

function complete(sheet: Sheet, options: ExcelImportOptions, made: readonly ColumnType[]): Complete {
  const types = Object.fromEntries(sheet.names.map((name, index) => [name, made[index]?.type ?? 'VARCHAR']));
  return { ...options, sheet: sheet.name, header: sheet.header, types };
}

async function fillTable(
  port: DuckPort,
  sheet: Sheet,
  options: ExcelImportOptions,
  into: string,
  watch: ReadWatch,
): Promise<PartReport & { readonly options: Complete }> {
  const notes = [...sheet.notes];
  const table = new TypedTable(
    port,
    planSheet(sheet, options, (text) => notes.push(text)),
    watch,
  );
  try {
    for (let start = 0; start < sheet.lines.length; start += ROWS_PER_PIECE) {
      const end = start + ROWS_PER_PIECE;
      await table.add(
        sheet.columns.map((column) => column.slice(start, end)),
        sheet.lines.slice(start, end),
      );
      watch.onProgress(Math.min(1, end / sheet.lines.length));
    }
    await table.finish(into);
  } finally {
    await table.dispose();
  }
  const made = await describeTable(port, into);
  const { rejected, rejectedCount } = table;
  return { ...made, rejected, rejectedCount, options: complete(sheet, options, made.columns), notes };
}

const QUIET: ReadWatch = { isCancelled: () => false, onProgress: () => {} };
let lastPreview = 0;

export const excelReader: FormatReader<ExcelImportOptions> = {
  previewMakesTables: true,
  adopt: (options) => (options.format === 'excel' ? options : { ...commonOptions(options), format: 'excel' }),
  async preview(port, part, options, rows) {
    const sheet = await readSheet(part.blob, options, PREVIEW_ROWS, QUIET);
    const table = `_sl_preview_excel_${++lastPreview}`;
    try {
      const {
        columns,
        notes,
        rejected,
        rejectedCount,
        options: shown,
      } = await fillTable(port, sheet, options, table, QUIET);
      const page = await readPage(port, { relation: table, offset: 0, limit: rows });
      const part = sheet.isAll
        ? []
        : [
            `Types are told by the first ${sheet.lines.length.toLocaleString('en')} rows; the import looks at all.`,
          ];
      return {
        options: shown,
        choices: { sheets: sheet.sheets },
        columns,
        rows: page.rows,
        notes: [...part, ...notes],
        rejected,
        rejectedCount,
      };
    } finally {
      await dropTable(port, table);
    }
  },
  async read(port, part, options, into, watch) {
    const sheet = await readSheet(part.blob, options, Number.MAX_SAFE_INTEGER - 1, watch);
    return fillTable(port, sheet, options, into, watch);
  },
};
