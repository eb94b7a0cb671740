// CSV as Sluice writes it, back into the engine as text; must not guess a dialect.
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier, quoteLiteral } from '../../../src/lib/base/sql-text.ts';
import type { DuckPort } from '../duck-port.ts';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const SMALLEST_LINE_LIMIT = 2_097_152;

/** Bytes of the first and of the longest record; a line break within quotes ends none. */
function measureRecords(bytes: Uint8Array): { readonly first: number; readonly longest: number } {
  let [first, longest, start, isQuoted] = [0, 0, 0, false];
  for (let at = 0; at < bytes.byteLength; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === LINE_FEED && !isQuoted) {
      if (first === 0) first = at + 1;
      longest = Math.max(longest, at + 1 - start);
      start = at + 1;
    }
  }
  if (isQuoted) throw new ProblemError(notCsv('a quoted value is never closed'));
  return {
    first: first === 0 ? bytes.byteLength : first,
    longest: Math.max(longest, bytes.byteLength - start),
  };
}

function notCsv(reason: string) {
  return {
    code: 'read-back-csv',
    message: `The file cannot be read as CSV: ${reason}.`,
    hint: 'The file is damaged or was changed after it was written; publish it again from its notebook.',
  };
}

/** Fields of the header record (RFC 4180). */
function readHeader(record: string): readonly string[] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const names: string[] = [];
  for (;;) {
    const found = field.exec(record);
    if (found === null) throw new ProblemError(notCsv('its header line is malformed'));
    names.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] !== ',') return names;
  }
}

/**
 * Every column as VARCHAR: nothing is NULL, `""` the empty text.
 * @throws ProblemError `read-back-csv`
 */
export async function readCsvBytes(port: DuckPort, bytes: Uint8Array, into: string): Promise<void> {
  if (bytes.byteLength === 0) throw new ProblemError(notCsv('it is empty'));
  const { first, longest } = measureRecords(bytes);
  const names = readHeader(new TextDecoder().decode(bytes.subarray(0, first)));
  const columns = names.map((name) => `${quoteLiteral(name)}: 'VARCHAR'`).join(', ');
  const file = `${into}.csv`;
  // The port takes the buffer over, and the caller keeps its own.
  await port.registerFile(file, bytes.slice());
  try {
    await port.execute(
      `CREATE TABLE ${quoteIdentifier(into)} AS SELECT * FROM read_csv(${quoteLiteral(`local/${file}`)}, ` +
        `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', ` +
        `allow_quoted_nulls = false, parallel = false, max_line_size = ${Math.max(longest + 2, SMALLEST_LINE_LIMIT)}, ` +
        `columns = {${columns}})`,
      { isCancelled: () => false },
    );
  } catch (cause) {
    throw new ProblemError(notCsv(reasonOf(cause)));
  } finally {
    await port.dropFile(file);
  }
}

/** The engine's first sentence, whether plain or in its JSON form: what follows quotes the file. */
function reasonOf(cause: unknown): string {
  const words = cause instanceof Error ? cause.message : String(cause);
  const inner = /"exception_message":\s*"((?:[^"\\]|\\.)*)"/.exec(words)?.[1];
  return ((inner ?? words).split(/\n|\\n/)[0] ?? '').replace(/\.$/, '');
}
