// The complete way to read one delimited file: what was asked, else what DuckDB's sniffer finds; must not create tables.
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteLiteral } from '../../../src/lib/base/sql-text.ts';
import type { ColumnType } from '../../../src/lib/engine/contract.ts';
import type { CsvImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { readTextRows } from '../cell-values.ts';
import { DuckError, type DuckPort } from '../duck-port.ts';

export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly header: boolean;
  readonly skipRows: number;
  readonly comment: string;
  readonly nullText: readonly string[];
  readonly dateFormat: string | null;
  readonly timestampFormat: string | null;
  readonly decimal: '.' | ',';
  /** Columns as they are read, in file order, by their names in the file. */
  readonly columns: readonly ColumnType[];
  /** Names in the table of the columns that are called otherwise there, by name in the file. */
  readonly rename: ReadonlyMap<string, string>;
}

const option = (name: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`${name} = ${quoteLiteral(value)}`];

function listLiteral(values: readonly string[]): string {
  return `[${values.map(quoteLiteral).join(', ')}]`;
}

/** Empty fields are NULL, quoted or not; further texts by choice. */
function nullOption(nullText: readonly string[] | undefined): string[] {
  return nullText === undefined || nullText.length === 0
    ? []
    : [`nullstr = ${listLiteral(['', ...nullText])}`];
}

/** Lines of up to 16 MB, in buffers of the size DuckDB takes by itself. */
const LINE_SIZES: readonly string[] = ['max_line_size = 16000000', 'buffer_size = 33554432'];

function sniffArguments(options: CsvImportOptions): string[] {
  return [
    ...LINE_SIZES,
    ...option('delim', options.delimiter),
    ...option('quote', options.quote),
    ...option('escape', options.escape),
    ...(options.header === undefined ? [] : [`header = ${options.header}`]),
    ...(options.skipRows === undefined ? [] : [`skip = ${Math.trunc(options.skipRows)}`]),
    ...option('comment', options.comment),
    ...nullOption(options.nullText),
    ...option('dateformat', options.dateFormat),
    ...option('timestampformat', options.timestampFormat),
    ...option('decimal_separator', options.decimal),
    'ignore_errors = true',
  ];
}

const emptied = (text: string | null | undefined): string =>
  text === null || text === undefined || text === '(empty)' ? '' : text;

/** A format by guess; ISO 8601 needs none. */
function guessedFormat(text: string | null | undefined): string | null {
  const format = emptied(text);
  return format === '' || format.startsWith('%Y-%m-%d') ? null : format;
}

interface Sniffed {
  readonly quote: string;
  readonly escape: string;
  readonly dialect: CsvDialect;
}

async function sniff(
  port: DuckPort,
  file: string,
  options: CsvImportOptions,
  extra: readonly string[],
): Promise<Sniffed> {
  const call = [quoteLiteral(file), ...sniffArguments(options), ...extra].join(', ');
  const sql = `SELECT Delimiter, Quote, Escape, Comment, CAST(SkipRows AS VARCHAR), CAST(HasHeader AS VARCHAR), DateFormat,
    TimestampFormat, column_found.name, column_found.type
    FROM (SELECT *, unnest(Columns) AS column_found FROM sniff_csv(${call}))`;
  const rows = readTextRows(await port.query(sql));
  const first = rows[0] ?? [];
  const quote = options.quote ?? emptied(first[1]);
  return {
    quote,
    escape: options.escape ?? emptied(first[2]),
    dialect: {
      delimiter: options.delimiter ?? first[0] ?? ',',
      quote,
      escape: emptied(first[2]),
      header: options.header ?? first[5] === 'true',
      skipRows: options.skipRows ?? Number(first[4] ?? 0),
      comment: options.comment ?? emptied(first[3]),
      nullText: options.nullText ?? [],
      dateFormat: options.dateFormat ?? guessedFormat(first[6]),
      timestampFormat: options.timestampFormat ?? guessedFormat(first[7]),
      decimal: options.decimal ?? '.',
      columns: rows.map((row) => ({ name: row[8] ?? '', type: row[9] ?? 'VARCHAR' })),
      rename: new Map(),
    },
  };
}

/** Where the sample has no quotes at all, later lines may still have them. */
function settleQuotes(sniffed: Sniffed, options: CsvImportOptions, hasQuotes: boolean): CsvDialect {
  const quote = options.quote ?? (sniffed.quote === '' && !hasQuotes ? '"' : sniffed.quote);
  const escape = options.escape ?? (sniffed.escape === '' ? quote : sniffed.escape);
  return { ...sniffed.dialect, quote, escape: quote === '' ? '' : escape };
}

function applyTypes(dialect: CsvDialect, types: CsvImportOptions['types']): CsvDialect {
  if (types === undefined) return dialect;
  const columns = dialect.columns.map((column) => ({
    name: column.name,
    type: types[column.name] ?? column.type,
  }));
  return { ...dialect, columns };
}

/** The name a column of the file has in the table. */
export function tableName(dialect: CsvDialect, column: string): string {
  return dialect.rename.get(column) ?? column;
}

/** @throws ProblemError `import-rename` where two columns would have one name, or one none */
function applyNames(dialect: CsvDialect, names: CsvImportOptions['rename'] = {}): CsvDialect {
  const inFile = new Set(dialect.columns.map((column) => column.name));
  const wanted = Object.entries(names).filter(([column, name]) => inFile.has(column) && column !== name);
  if (wanted.length === 0) return dialect;
  const renamed = { ...dialect, rename: new Map(wanted) };
  const seen = new Set<string>();
  for (const { name: column } of dialect.columns) {
    const name = tableName(renamed, column);
    const isTaken = seen.has(name.toLowerCase());
    if (isTaken || name.trim() === '') {
      throw new ProblemError({
        code: 'import-rename',
        message: isTaken
          ? `Two columns would be called “${name}”.`
          : `The column “${column}” would have no name.`,
        hint: 'Give each column a name of its own, or leave the names as they are in the file.',
      });
    }
    seen.add(name.toLowerCase());
  }
  return renamed;
}

/** The options without a member, so that it is guessed. */
function without(options: CsvImportOptions, names: readonly string[]): CsvImportOptions {
  return {
    ...Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name))),
    format: 'csv',
  };
}

/** Ever more lenient: as asked, by looser rules, and with the quotes left out of account. */
async function sniffLeniently(
  port: DuckPort,
  file: string,
  options: CsvImportOptions,
): Promise<Sniffed | null> {
  const quotes = without(options, ['quote', 'escape']);
  const ways: readonly (readonly [CsvImportOptions, readonly string[]])[] = [
    [options, []],
    [options, ['strict_mode = false']],
    [quotes, []],
    [quotes, ['strict_mode = false']],
  ];
  for (const [asked, extra] of ways) {
    try {
      const sniffed = await sniff(port, file, asked, extra);
      return { ...sniffed, quote: options.quote ?? sniffed.quote, escape: options.escape ?? sniffed.escape };
    } catch (error) {
      if (!(error instanceof DuckError)) throw error;
    }
  }
  return null;
}

/**
 * @param head the first bytes of the file, as UTF-8
 * @throws ProblemError `import-unreadable` where no way of reading fits
 */
export async function findDialect(
  port: DuckPort,
  file: string,
  options: CsvImportOptions,
  head: Uint8Array,
): Promise<CsvDialect> {
  const sniffed = await sniffLeniently(port, file, options);
  if (sniffed === null) {
    throw new ProblemError({
      code: 'import-unreadable',
      message: 'The file could not be taken apart into rows and columns.',
      hint: 'Set delimiter, quote, lines to skip and encoding by hand, and look at the preview.',
    });
  }
  const dialect = settleQuotes(sniffed, options, head.includes(0x22));
  return applyNames(applyTypes(dialect, options.types), options.rename);
}

function structLiteral(columns: readonly ColumnType[]): string {
  return `{${columns.map((column) => `${quoteLiteral(column.name)}: ${quoteLiteral(column.type)}`).join(', ')}}`;
}

/** `read_csv(…)` with nothing left to guess. */
export function readCsvCall(file: string, dialect: CsvDialect, extra: readonly string[] = []): string {
  const parts = [
    quoteLiteral(file),
    ...LINE_SIZES,
    'auto_detect = false',
    `delim = ${quoteLiteral(dialect.delimiter)}`,
    `quote = ${quoteLiteral(dialect.quote)}`,
    `escape = ${quoteLiteral(dialect.escape)}`,
    `header = ${dialect.header}`,
    `skip = ${dialect.skipRows}`,
    `comment = ${quoteLiteral(dialect.comment)}`,
    ...nullOption(dialect.nullText),
    ...option('dateformat', dialect.dateFormat ?? undefined),
    ...option('timestampformat', dialect.timestampFormat ?? undefined),
    `decimal_separator = ${quoteLiteral(dialect.decimal)}`,
    `columns = ${structLiteral(dialect.columns)}`,
    ...extra,
  ];
  return `read_csv(${parts.join(', ')})`;
}

/** The dialect as options that leave nothing to guess. */
export function dialectOptions(
  dialect: CsvDialect,
  encoding: string,
): CsvImportOptions &
  Required<Pick<CsvImportOptions, 'delimiter' | 'quote' | 'escape' | 'header' | 'encoding' | 'skipRows'>> {
  return {
    format: 'csv',
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.escape,
    header: dialect.header,
    encoding,
    skipRows: dialect.skipRows,
    decimal: dialect.decimal,
    ...(dialect.comment === '' ? {} : { comment: dialect.comment }),
    ...(dialect.nullText.length === 0 ? {} : { nullText: dialect.nullText }),
    ...(dialect.dateFormat === null ? {} : { dateFormat: dialect.dateFormat }),
    ...(dialect.timestampFormat === null ? {} : { timestampFormat: dialect.timestampFormat }),
    types: Object.fromEntries(dialect.columns.map((column) => [column.name, column.type])),
    ...(dialect.rename.size === 0 ? {} : { rename: Object.fromEntries(dialect.rename) }),
  };
}
