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

export interface CopySource {
  readonly load: LoadPage;
  /** False as soon as other rows stand behind the numbers asked for. */
  readonly areSameRows: () => boolean;
}

export interface CopiedText {
  readonly text: string;
  /** Gathered, which may be fewer than were asked for. */
  readonly rows: number;
}

const CHANGED: Problem = {
  code: 'copy-rows-changed',
  message: 'The rows changed while they were gathered, so nothing was copied.',
  hint: 'Select again and copy once more.',
};

const EMPTY: Problem = { code: 'copy-empty', message: 'No row is selected, so nothing was copied.' };

/** The text, or why there is none: `copy-too-large`, `copy-rows-changed`, `copy-empty`, or the problem of the page that failed. */
export async function copyRows(request: CopyRequest, source: CopySource): Promise<CopiedText | Problem> {
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
    const page = await source.load(offset, Math.min(BLOCK, request.bottom - offset + 1));
    if (!source.areSameRows()) return CHANGED;
    if ('code' in page) return page;
    rows.push(...page.rows.map((row) => request.columns.map((column) => row[column] ?? null)));
  }
  if (rows.length === 0) return EMPTY;
  const text = request.format === 'csv' ? toCsv(request.names, rows) : toTsv(request.names, rows);
  return { text, rows: rows.length };
}
