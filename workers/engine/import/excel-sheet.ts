// A sheet of a workbook as rows of plain values, by way of the library; must not know tables or types of columns.
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { DuckCancelled } from '../duck-port.ts';
import type { CellRange } from './excel-range.ts';
import { damaged, mib } from './import-problems.ts';
import { listZip } from './zip-directory.ts';

const MOST_BYTES = 256 << 20;
export const MOST_UNPACKED_BYTES = 1 << 30;

export interface SheetInfo {
  readonly name: string;
  readonly isHidden: boolean;
}

export interface SheetRow {
  /** One-based, as the spreadsheet shows it. */
  readonly number: number;
  /** From the first column of the range on. */
  readonly values: readonly unknown[];
}

export interface OpenWorkbook {
  readonly bytes: Uint8Array;
  readonly sheets: readonly SheetInfo[];
  /** Day 0 is 1904-01-01, as Excel for Mac counted. */
  readonly is1904: boolean;
}

/** @throws ProblemError */
function toProblem(error: unknown): never {
  if (error instanceof ProblemError || error instanceof DuckCancelled) throw error;
  const why = error instanceof Error ? error.message : String(error);
  throw damaged('an Excel workbook', why.replace(/\.$/, ''));
}

/** @throws ProblemError `import-damaged`, `import-too-large` */
export async function openWorkbook(blob: Blob): Promise<OpenWorkbook> {
  const members = await listZip(blob);
  const unpacked = members.reduce((sum, member) => sum + member.bytes, 0);
  if (blob.size > MOST_BYTES || unpacked > MOST_UNPACKED_BYTES)
    throw new ProblemError({
      code: 'import-too-large',
      message: `The workbook has ${mib(blob.size)}, unpacked ${mib(unpacked)}: more than is taken here.`,
      hint: 'Save the sheet as CSV, and open that.',
    });
  if (!members.some(({ name }) => /^xl\/workbook\.xml$/i.test(name)))
    throw damaged(
      'an Excel workbook',
      members.some(({ name }) => name.endsWith('.bin'))
        ? 'it is of the binary kind (.xlsb)'
        : 'there is no workbook in it',
    );
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const sheets: SheetInfo[] = [];
  let is1904 = false;
  try {
    const { dateSystem } = await readXlsx(bytes, {
      sheets: ({ name, hidden, veryHidden }) => {
        sheets.push({ name, isHidden: hidden === true || veryHidden === true });
        return false;
      },
    });
    is1904 = dateSystem === '1904';
  } catch (error) {
    toProblem(error);
  }
  if (sheets.length === 0) throw damaged('an Excel workbook', 'it has no sheet');
  return { bytes, sheets, is1904 };
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Rows with at least one value, in order. @throws ProblemError `import-damaged` */
export async function* sheetRows(
  bytes: Uint8Array,
  sheet: string,
  range: CellRange,
): AsyncGenerator<SheetRow, void, undefined> {
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
      if (index < range.firstRow) continue;
      if (index > range.lastRow) return;
      const cut = values.slice(range.firstColumn, Math.min(values.length, range.lastColumn + 1));
      if (cut.some(isThere)) yield { number: index + 1, values: cut };
    }
  } catch (error) {
    toProblem(error);
  }
}
