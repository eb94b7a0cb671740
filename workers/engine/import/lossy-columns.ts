// Guessed column types made wide enough for every value of the file, so that importing changes nothing; must not know SQL.
import type { ColumnType } from '../../../src/lib/engine/contract.ts';
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvSource } from './csv-file.ts';
import { FieldScanner, SEEN, type GuessedKind } from './lossy-fields.ts';
import { cuttingType, widerType, type CuttingType } from './asked-types.ts';
import { chunksOf } from './source-text.ts';

/** Types a person chose, by column name: they are never widened. */
export type AskedTypes = Readonly<Record<string, string>>;

export const ZONED_TYPE = 'TIMESTAMP WITH TIME ZONE';

const KINDS: Readonly<Record<string, GuessedKind>> = {
  BIGINT: 'whole',
  DOUBLE: 'double',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  [ZONED_TYPE]: 'timestamp',
  TIME: 'time',
};

function kindOf(column: ColumnType, dialect: CsvDialect, asked: AskedTypes): GuessedKind {
  const kind = asked[column.name] === undefined ? (KINDS[column.type] ?? 'other') : 'other';
  const isFormatted =
    (kind === 'date' && dialect.dateFormat !== null) ||
    (kind === 'timestamp' && dialect.timestampFormat !== null);
  return isFormatted ? 'other' : kind;
}

/** Dates of a format of their own are read whole or not at all. */
function cuttingColumn(column: ColumnType, dialect: CsvDialect, asked: AskedTypes): CuttingType | null {
  if (asked[column.name] === undefined || widerType(column.type) === null) return null;
  const type = cuttingType(column.type);
  const isFormatted = dialect.dateFormat !== null || dialect.timestampFormat !== null;
  return type?.kind === 'date' && isFormatted ? null : type;
}

function scannerFor(dialect: CsvDialect, asked: AskedTypes): FieldScanner | null {
  const kinds = dialect.columns.map((column) => kindOf(column, dialect, asked));
  const cutting = dialect.columns.map((column) => cuttingColumn(column, dialect, asked));
  const isSingleByte = /^[\0-\x7f]$/.test(dialect.delimiter) && /^[\0-\x7f]?$/.test(dialect.quote);
  const isIdle = kinds.every((kind) => kind === 'other') && cutting.every((type) => type === null);
  if (!isSingleByte || isIdle) return null;
  return new FieldScanner(kinds, {
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    comment: dialect.comment,
    linesBefore: dialect.skipRows + (dialect.header ? 1 : 0),
    nullText: dialect.nullText,
    asked: cutting,
  });
}

/** What a reading by these types would lose; null where nothing can be lost. */
export type SeenFields = Pick<FieldScanner, 'seen' | 'cut' | 'cutColumns' | 'cutLines'> | null;

/** What the beginning of the file shows. */
export function scanHead(source: CsvSource, dialect: CsvDialect, asked: AskedTypes): SeenFields {
  const scanner = scannerFor(dialect, asked);
  if (scanner === null) return null;
  scanner.scan(source.head);
  scanner.end();
  return scanner;
}

/** What the whole file shows; stops early when cancelled. */
export async function scanText(
  text: Blob,
  dialect: CsvDialect,
  asked: AskedTypes,
  isCancelled: () => boolean,
): Promise<SeenFields> {
  const scanner = scannerFor(dialect, asked);
  if (scanner === null) return null;
  for await (const chunk of chunksOf(text)) {
    if (isCancelled()) return null;
    scanner.scan(chunk);
  }
  scanner.end();
  return scanner;
}

/** The narrowest type that keeps what was seen. */
function widened(type: string, seen: number): string {
  const has = (bits: number): boolean => (seen & bits) !== 0;
  if (seen === 0) return type;
  if (has(SEEN.text | SEEN.huge)) return 'VARCHAR';
  if (type === 'BIGINT') return !has(SEEN.fraction) ? type : has(SEEN.wide) ? 'VARCHAR' : 'DOUBLE';
  if (type === 'DOUBLE') return has(SEEN.wide) ? 'VARCHAR' : type;
  if (has(SEEN.zone)) return ZONED_TYPE;
  return type === 'DATE' && has(SEEN.clock) ? 'TIMESTAMP' : type;
}

/** The dialect with every guessed type as wide as the file needs it. */
export function widenTypes(dialect: CsvDialect, seen: SeenFields, asked: AskedTypes): CsvDialect {
  if (seen === null) return dialect;
  const columns = dialect.columns.map((column, index) =>
    asked[column.name] === undefined
      ? { name: column.name, type: widened(column.type, seen.seen[index] ?? 0) }
      : column,
  );
  return { ...dialect, columns };
}
