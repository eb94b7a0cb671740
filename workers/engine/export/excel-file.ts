// An export plan as an Excel workbook (ECMA-376), by way of the library; must not know other formats.
import { Vector } from 'apache-arrow';
import type { Data, RecordBatch } from 'apache-arrow';
import { writeXlsxStream, type CellValue } from 'hucre/xlsx';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { ExcelSettings } from '../../../src/lib/engine/save-types.ts';
import type { DuckPort } from '../duck-port.ts';
import { joinChunks, type WrittenFile } from './byte-chunks.ts';
import { excelForm, type ExcelForm } from './excel-values.ts';
import type { ExportPlan } from './export-plan.ts';
import { freshName } from './export-plan.ts';
import { openResult, type ResultStream, type WriteWatch } from './result-stream.ts';

// Microsoft, "Excel specifications and limits".
const MOST_COLUMNS = 16_384;
const MOST_CHARACTERS = 32_767;
const MOST_ROWS = 1_048_576;
const MOST_NAME_CHARACTERS = 31;

/**
 * One sheet, or several of 1,048,576 rows each where there are more. Numbers stay numbers as far as a DOUBLE holds
 * them, dates from 1900 on are dates, all else is text; nothing is a formula.
 * @throws ProblemError `save-excel-columns`, `save-excel-sheet`, `save-excel-text`
 * @throws DuckCancelled
 */
export async function writeExcelFile(
  port: DuckPort,
  plan: ExportPlan,
  settings: ExcelSettings,
  watch?: WriteWatch,
): Promise<WrittenFile & { readonly notes: readonly string[] }> {
  checkSheet(settings.sheet, plan.columns.length);
  const forms = plan.columns.map((column) => excelForm(column.type));
  const stem = freshName(plan.columns, '_sl_value');
  const fetched = plan.columns.map((column, i) => {
    const form = forms[i] as ExcelForm;
    return `${form.fetch(quoteIdentifier(column.name))} AS ${quoteIdentifier(`${stem}${i}`)}`;
  });
  const result = await openResult(port, `SELECT ${fetched.join(', ')} ${plan.orderedFrom}`, watch);
  const names = plan.columns.map((column) => column.name);
  const sheet = new SheetRows(names, forms, settings.header, watch);
  const stream = writeXlsxStream(sheet.read(result), {
    name: settings.sheet,
    columns: forms.map((form) => (form.numberFormat === null ? {} : { numFmt: form.numberFormat })),
    ...(settings.header ? { freezePane: { rows: 1 } } : {}),
    repeatHeaders: settings.header,
    maxRowsPerSheet: MOST_ROWS,
  });
  return {
    bytes: await collect(stream, sheet),
    rowCount: sheet.rowCount,
    notes: sheet.notes(settings.header),
  };
}

function checkSheet(name: string, columnCount: number): void {
  if (columnCount > MOST_COLUMNS) {
    throw new ProblemError({
      code: 'save-excel-columns',
      message: `The result has ${columnCount.toLocaleString()} columns; a sheet of Excel holds ${MOST_COLUMNS.toLocaleString()}.`,
      hint: 'Leave columns out, or choose Parquet or CSV.',
    });
  }
  const isUsable =
    name.trim() !== '' && name.length <= MOST_NAME_CHARACTERS && !/[[\]:*?/\\]|^'|'$/.test(name);
  if (isUsable) return;
  throw new ProblemError({
    code: 'save-excel-sheet',
    message: `“${name}” cannot be the name of a sheet.`,
    hint: `Use 1 to ${MOST_NAME_CHARACTERS} characters, none of [ ] : * ? / \\ and no apostrophe at either end.`,
  });
}

/** The library wraps what goes wrong in its source: the first cause is kept aside. */
async function collect(
  stream: ReadableStream<Uint8Array>,
  sheet: SheetRows,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  } catch (cause) {
    throw sheet.failure?.cause ?? cause;
  }
  return joinChunks(chunks);
}

class SheetRows {
  readonly #names: readonly string[];
  readonly #forms: readonly ExcelForm[];
  readonly #hasHeader: boolean;
  readonly #watch: WriteWatch | undefined;
  /** For each column, how many values became text or lost digits. */
  readonly #changed: number[];
  rowCount = 0;
  failure: { readonly cause: unknown } | null = null;

  constructor(
    names: readonly string[],
    forms: readonly ExcelForm[],
    hasHeader: boolean,
    watch: WriteWatch | undefined,
  ) {
    this.#names = names;
    this.#forms = forms;
    this.#hasHeader = hasHeader;
    this.#watch = watch;
    this.#changed = forms.map(() => 0);
  }

  async *read(result: ResultStream): AsyncGenerator<CellValue[]> {
    try {
      if (this.#hasHeader) yield this.#names.map((name, column) => this.#text(name, column));
      for await (const batch of result.batches) {
        yield* this.#rows(batch);
        this.#watch?.onRows?.(this.rowCount);
      }
    } catch (cause) {
      this.failure = { cause };
      throw cause;
    }
  }

  *#rows(batch: RecordBatch): Generator<CellValue[]> {
    const columns = this.#forms.map((_, i) => new Vector([batch.data.children[i] as Data]));
    for (let row = 0; row < batch.numRows; row += 1) {
      this.rowCount += 1;
      yield columns.map((column, i) => this.#value(column, row, i));
    }
  }

  #value(column: Vector, row: number, i: number): CellValue {
    const raw: unknown = column.get(row);
    if (raw === null || raw === undefined) return null;
    const { value, isExact } = (this.#forms[i] as ExcelForm).read(raw);
    if (!isExact) this.#changed[i] = (this.#changed[i] ?? 0) + 1;
    return typeof value === 'string' ? this.#text(value, i) : value;
  }

  /** A reader takes `_x0041_` for `A` (ST_Xstring): its first sign is written in that way itself. */
  #text(text: string, column: number): string {
    if (text.length > MOST_CHARACTERS) {
      throw new ProblemError({
        code: 'save-excel-text',
        message: `Row ${this.rowCount.toLocaleString()} of “${this.#names[column]}” holds a text of ${text.length.toLocaleString()} characters; a cell of Excel holds ${MOST_CHARACTERS.toLocaleString()}.`,
        hint: 'Shorten the column with left(…), or choose Parquet, CSV or JSON.',
      });
    }
    return text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  }

  notes(hasHeader: boolean): string[] {
    const notes = this.#forms.flatMap(({ note }, i) => {
      const count = this.#changed[i] ?? 0;
      return count === 0
        ? []
        : [`“${this.#names[i]}”: ${note} (${count.toLocaleString()} ${count === 1 ? 'value' : 'values'}).`];
    });
    const perSheet = MOST_ROWS - (hasHeader ? 1 : 0);
    const sheets = Math.ceil(this.rowCount / perSheet);
    return sheets > 1 ? [...notes, `The rows stand on ${sheets} sheets; Excel holds no more on one.`] : notes;
  }
}
