// Gathers a rectangle of a result as tab- or comma-separated text; must not know the clipboard.
import type { Problem } from '../../base/result.ts';
import type { LoadPage, Row } from './page-cache.ts';
import { toCsv, toTsv } from './value-text.ts';

/** More rows than this are not put on a clipboard. */
const COPY_ROW_LIMIT = 10_000;
const BLOCK = 1_000;

export type CopyFormat = 'tsv' | 'csv';

export interface CopyRequest {
  readonly top: number;
  /** Inclusive. */
  readonly bottom: number;
  /** Places of the columns in the pages, in the order in which they are copied. */
  readonly columns: readonly number[];
  /** Names of those columns where they go along, else null. */
  readonly names: readonly string[] | null;
  readonly format: CopyFormat;
}

/** The text, or why there is none: `copy-too-large`, or the problem of the page that failed. */
export async function copyRows(request: CopyRequest, load: LoadPage): Promise<string | Problem> {
  const count = request.bottom - request.top + 1;
  if (count > COPY_ROW_LIMIT) {
    return {
      code: 'copy-too-large',
      message: `${count.toLocaleString()} rows are selected; at most ${COPY_ROW_LIMIT.toLocaleString()} can be copied at once.`,
      hint: 'Select fewer rows.',
    };
  }
  const rows: Row[] = [];
  for (let offset = request.top; offset <= request.bottom; offset += BLOCK) {
    const page = await load(offset, Math.min(BLOCK, request.bottom - offset + 1));
    if ('code' in page) return page;
    rows.push(...page.rows.map((row) => request.columns.map((column) => row[column] ?? null)));
  }
  return request.format === 'csv' ? toCsv(request.names, rows) : toTsv(request.names, rows);
}
