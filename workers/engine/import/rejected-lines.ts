// Lines that DuckDB left out, by their number in the file, the reason and what stands there; must not know tables of data.
import type { RejectedLine } from '../../../src/lib/engine/contract.ts';
import { readTextRows } from '../cell-values.ts';
import type { DuckLane, DuckPort } from '../duck-port.ts';
import { chunksOf } from './source-text.ts';

/** Where DuckDB keeps account of one reading: temporary tables of one connection. */
export interface RejectAccount {
  readonly lane: DuckLane;
  readonly scans: string;
  readonly errors: string;
}

export const IMPORT_ACCOUNT: RejectAccount = {
  lane: 'work',
  scans: 'sluice_reject_scans',
  errors: 'sluice_reject_errors',
};

let lastPreview = 0;

/** Previews may run at once, each on tables of its own. */
export function previewAccount(): RejectAccount {
  const number = ++lastPreview;
  return { lane: 'read', scans: `sluice_reject_scans_${number}`, errors: `sluice_reject_errors_${number}` };
}
export const MOST_LISTED = 1_000;

export interface Rejects {
  readonly listed: readonly RejectedLine[];
  /** Lines of the file that are in no row; a record over several lines counts each. */
  readonly count: number;
}

/** `read_csv` arguments that make DuckDB go on and keep account. */
export function rejectArguments(account: RejectAccount): readonly string[] {
  return [
    'store_rejects = true',
    `rejects_scan = '${account.scans}'`,
    `rejects_table = '${account.errors}'`,
    'rejects_limit = 0',
  ];
}

export async function forgetRejects(port: DuckPort, account: RejectAccount): Promise<void> {
  await port.query(`DROP TABLE IF EXISTS temp.${account.errors}`, account.lane);
  await port.query(`DROP TABLE IF EXISTS temp.${account.scans}`, account.lane);
}

interface RejectedRecord {
  readonly byte: number;
  readonly lines: number;
  readonly kind: string;
  readonly column: string | null;
  readonly expected: string | null;
  readonly found: string | null;
  readonly target: string | null;
  readonly text: string | null;
}

const recordsOf = (account: RejectAccount): string => `SELECT CAST(line_byte_position AS VARCHAR),
  CAST(1 + len(regexp_replace(trim(csv_line, chr(10) || chr(13)), '[^\\n]', '', 'g')) AS VARCHAR),
  CAST(error_type AS VARCHAR), column_name,
  nullif(regexp_extract(error_message, 'Columns: (\\d+)', 1), ''), nullif(regexp_extract(error_message, 'Found: (\\d+)', 1), ''),
  nullif(regexp_extract(error_message, 'to ''([A-Z0-9 (),_]+)''$', 1), ''),
  left(CASE WHEN error_type = 'CAST' THEN coalesce(nullif(regexp_extract(error_message, 'convert string "(.*)" to', 1, 's'), ''), csv_line) ELSE trim(csv_line, chr(10) || chr(13)) END, 200)
  FROM (SELECT *, row_number() OVER (PARTITION BY line_byte_position ORDER BY column_idx, byte_position) AS nth
        FROM temp.${account.errors}) WHERE nth = 1`;

async function readRecords(port: DuckPort, account: RejectAccount): Promise<RejectedRecord[]> {
  const rows = readTextRows(
    await port.query(`${recordsOf(account)} ORDER BY line_byte_position LIMIT ${MOST_LISTED}`, account.lane),
  );
  return rows.map((row) => ({
    byte: Number(row[0] ?? 1) - 1,
    lines: Number(row[1] ?? 1),
    kind: row[2] ?? '',
    column: row[3] ?? null,
    expected: row[4] ?? null,
    found: row[5] ?? null,
    target: row[6] ?? null,
    text: row[7] ?? null,
  }));
}

function reasonOf(record: RejectedRecord): string {
  const further =
    record.lines > 2
      ? ` The ${record.lines - 1} lines after it belong to it and were left out as well.`
      : record.lines === 2
        ? ' The line after it belongs to it and was left out as well.'
        : '';
  switch (record.kind) {
    case 'CAST':
      return `A value could not be read as ${record.target ?? 'the type of its column'}.${further}`;
    case 'MISSING COLUMNS':
      return `The line has too few values: ${record.found ?? 'fewer'} instead of ${record.expected ?? 'all'}.${further}`;
    case 'TOO MANY COLUMNS':
      // The engine stops counting at the first one too many.
      return `The line has too many values: more than ${record.expected ?? 'its columns'}.${further}`;
    case 'UNQUOTED VALUE':
      return `A quoted value is not closed where it should be.${further}`;
    case 'LINE SIZE OVER MAXIMUM':
      return `The line is longer than 16 MB.${further}`;
    case 'INVALID ENCODING':
      return `The line has bytes that are no text in this encoding.${further}`;
    default:
      return `The line does not follow the format of the file.${further}`;
  }
}

/** One-based line numbers of ascending byte offsets; LF, CR LF and CR each end a line. Offsets on a line end mean the next line. */
export async function lineNumbers(text: Blob, offsets: readonly number[]): Promise<number[]> {
  const numbers: number[] = [];
  let line = 1;
  let at = 0;
  let previous = 0;
  for await (const chunk of chunksOf(text)) {
    for (const byte of chunk) {
      const isEnd = byte === 10 || byte === 13;
      while (numbers.length < offsets.length && at >= (offsets[numbers.length] ?? 0) && !isEnd) {
        numbers.push(previous === 13 ? line + 1 : line);
      }
      if (numbers.length === offsets.length) return numbers;
      if (previous === 13 && byte !== 10) line++;
      if (byte === 10) line++;
      previous = byte;
      at++;
    }
  }
  while (numbers.length < offsets.length) numbers.push(line);
  return numbers;
}

/** What a reading that just ran left out of `text`. */
export async function collectRejects(port: DuckPort, account: RejectAccount, text: Blob): Promise<Rejects> {
  const total = readTextRows(
    await port.query(
      `SELECT CAST(sum(n) AS VARCHAR) FROM (SELECT CAST(c1 AS BIGINT) AS n FROM (${recordsOf(account)}) AS r(c0, c1))`,
      account.lane,
    ),
  );
  const count = Number(total[0]?.[0] ?? 0);
  if (count === 0) return { listed: [], count: 0 };
  const records = await readRecords(port, account);
  const numbers = await lineNumbers(
    text,
    records.map((record) => record.byte),
  );
  const listed = records.map((record, index) => ({
    line: numbers[index] ?? 0,
    column: record.kind === 'CAST' || record.kind === 'INVALID ENCODING' ? record.column : null,
    reason: reasonOf(record),
    text: record.text,
  }));
  return { listed, count };
}
