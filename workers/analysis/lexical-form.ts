// Reads a statement the way the engine's scanner does and refuses what a second scanner could read differently; must not know grammar.
import { fail, succeed, type Problem, type Result } from '../../src/lib/base/result.ts';

/** Longest statement, in UTF-16 code units. */
const MAX_SQL_LENGTH = 200_000;

/** Words and signs at one level of brackets without a comma between them. */
const MAX_RUN = 4_000;
const MAX_SEMICOLONS = 50;

/** Prefixes of string literals that mean different things in different dialects of SQL. */
const REFUSED_PREFIXES = new Set(['r', 'rb', 'br', 'f', 'n', 'u&']);

const INVISIBLE = /[\p{Z}\p{C}]/u;

class Refused extends Error {
  readonly code: string;
  readonly hint: string;
  readonly position: number;
  constructor(code: string, message: string, hint: string, position: number) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.position = position;
  }
}

function isWordPart(char: string): boolean {
  return /[A-Za-z0-9_$]/.test(char) || char > '\u007f';
}

interface Scan {
  readonly sql: string;
  readonly out: string[];
  position: number;
  semicolons: number;
  /** Words and signs since the last comma, one count for each open bracket. */
  readonly runs: number[];
}

function count(scan: Scan): void {
  const level = scan.runs.length - 1;
  const run = (scan.runs[level] ?? 0) + 1;
  scan.runs[level] = run;
  if (run > MAX_RUN) {
    throw new Refused(
      'sql-too-deep',
      'An expression of the statement is too long.',
      'Split it into several columns or cells.',
      scan.position,
    );
  }
}

/** Copies `length` characters as they are. */
function copy(scan: Scan, length: number): void {
  scan.out.push(scan.sql.slice(scan.position, scan.position + length));
  scan.position += length;
}

function unterminated(what: string, position: number): never {
  throw new Refused('sql-syntax', `${what} is not closed.`, 'Close it.', position);
}

/** The word directly before an opening quote, in lower case. */
function prefixBefore(sql: string, position: number): string {
  let start = position;
  while (start > 0 && position - start < 12 && /[A-Za-z0-9_&]/.test(sql[start - 1] ?? '')) start--;
  return sql.slice(start, position).toLowerCase();
}

function quoted(scan: Scan, quote: string, hasBackslash: boolean): void {
  const { sql, position } = scan;
  let end = position + 1;
  for (;;) {
    if (end >= sql.length) unterminated(quote === '"' ? 'A quoted name' : 'A text', position);
    if (hasBackslash && sql[end] === '\\') end += 2;
    else if (sql[end] !== quote) end += 1;
    else if (sql[end + 1] === quote) end += 2;
    else break;
  }
  copy(scan, end + 1 - position);
  count(scan);
}

function string(scan: Scan): void {
  const prefix = prefixBefore(scan.sql, scan.position);
  if (REFUSED_PREFIXES.has(prefix)) {
    const message = `Texts that start with ${prefix}' are not read the same way everywhere.`;
    throw new Refused('sql-syntax', message, 'Write a plain text in single quotes.', scan.position);
  }
  quoted(scan, "'", prefix === 'e');
}

function lineComment(scan: Scan): void {
  let end = scan.position;
  while (end < scan.sql.length && scan.sql[end] !== '\n' && scan.sql[end] !== '\r') end++;
  copy(scan, end - scan.position);
}

function blockComment(scan: Scan): void {
  const { sql, position } = scan;
  let depth = 0;
  let end = position;
  do {
    if (end >= sql.length) unterminated('A comment', position);
    const pair = sql.slice(end, end + 2);
    if (pair === '/*') depth++;
    if (pair === '*/') depth--;
    end += pair === '/*' || pair === '*/' ? 2 : 1;
  } while (depth > 0);
  copy(scan, end - position);
}

/** `$tag$ … $tag$`, or the sign of a parameter. */
function dollar(scan: Scan): void {
  const { sql, position } = scan;
  const open = /^\$([A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/.exec(
    sql.slice(position, position + 80),
  );
  if (!open) return copy(scan, 1);
  const close = sql.indexOf(open[0], position + open[0].length);
  if (close < 0) unterminated('A text', position);
  copy(scan, close + open[0].length - position);
  count(scan);
}

function word(scan: Scan): void {
  const { sql, position } = scan;
  let end = position;
  while (end < sql.length && isWordPart(sql[end] ?? '')) {
    const char = String.fromCodePoint(sql.codePointAt(end) ?? 0);
    if (char > '\u007f' && INVISIBLE.test(char)) invisible(char, end);
    end += char.length;
  }
  copy(scan, end - position);
  count(scan);
}

function invisible(char: string, position: number): never {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new Refused(
    'sql-syntax',
    `There is an invisible character (U+${code}).`,
    'Replace it by a plain space.',
    position,
  );
}

function sign(scan: Scan, char: string): void {
  if (char === '`') {
    throw new Refused(
      'sql-syntax',
      'A backtick quotes nothing here.',
      'Put names in double quotes.',
      scan.position,
    );
  }
  if (char < ' ' || char === '\u007f') invisible(char, scan.position);
  if (char === ';' && ++scan.semicolons > MAX_SEMICOLONS) {
    throw new Refused(
      'sql-too-long',
      'There are too many statements.',
      'Write one statement in a cell.',
      scan.position,
    );
  }
  if ('([{'.includes(char)) scan.runs.push(0);
  else if (')]}'.includes(char) && scan.runs.length > 1) scan.runs.pop();
  if (char === ',') scan.runs[scan.runs.length - 1] = 0;
  else count(scan);
  copy(scan, 1);
}

function next(scan: Scan): void {
  const { sql, position } = scan;
  const char = sql[position] ?? '';
  const pair = sql.slice(position, position + 2);
  if (char === "'") string(scan);
  else if (char === '"') quoted(scan, '"', false);
  else if (pair === '--') lineComment(scan);
  else if (pair === '/*') blockComment(scan);
  else if (char === '$') dollar(scan);
  else if (char === ' ' || char === '\n' || char === '\t') copy(scan, 1);
  else if (char === '\r') {
    scan.out.push('\n');
    scan.position += 1;
  } else if (pair === '//') {
    scan.out.push(' %');
    scan.position += 2;
    count(scan);
  } else if (isWordPart(char)) word(scan);
  else sign(scan, char);
}

/**
 * The statement in a form of equal length and meaning for the parser: a carriage return ends a comment as it does in the
 * engine, and `//`, which the parser does not know, is written as `%`, which binds equally.
 * Problems: `sql-too-long`, `sql-too-deep`, `sql-syntax`, with a position.
 */
export function lexicalForm(sql: string): Result<string> {
  if (sql.length > MAX_SQL_LENGTH) {
    const message = `The statement has ${sql.length.toLocaleString('en')} characters; ${MAX_SQL_LENGTH.toLocaleString('en')} are the most.`;
    return fail<Problem>({
      code: 'sql-too-long',
      message,
      hint: 'Split it into several cells, or open long lists of values as a source.',
    });
  }
  const scan: Scan = { sql, out: [], position: 0, semicolons: 0, runs: [0] };
  try {
    while (scan.position < sql.length) next(scan);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return fail<Problem>({
      code: error.code,
      message: error.message,
      hint: error.hint,
      sql,
      position: error.position,
    });
  }
  return succeed(scan.out.join(''));
}
