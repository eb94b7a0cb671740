// Number columns that would lose characters as numbers (leading zeros, signs, too many digits), found in the bytes; must not know SQL.
import type { CsvDialect } from './csv-dialect.ts';
import type { CsvFile } from './csv-file.ts';
import { chunksOf } from './source-text.ts';

/** Column indexes whose values must stay text. */
export type LossyColumns = ReadonlySet<number>;

const NONE: LossyColumns = new Set();
const LARGEST_BIGINT = 9_223_372_036_854_775_807n;

type Watched = 'none' | 'whole' | 'double';

function watchedColumns(dialect: CsvDialect, asked: Readonly<Record<string, string>>): Watched[] {
  return dialect.columns.map(({ name, type }) =>
    asked[name] !== undefined ? 'none' : type === 'BIGINT' ? 'whole' : type === 'DOUBLE' ? 'double' : 'none',
  );
}

/** Whether a number column would change this text: `007`, `+49…`, digits beyond what the type holds. */
function losesCharacters(text: string, watched: Watched): boolean {
  const body = text.trim();
  if (/^-?0\d/.test(body) || /^\+\d/.test(body)) return true;
  if (!/^-?\d+$/.test(body)) return false;
  const value = BigInt(body);
  if (watched === 'whole') return value > LARGEST_BIGINT || value < -LARGEST_BIGINT - 1n;
  return BigInt(Number(body)) !== value;
}

/** Reads bytes as fields and judges those of watched columns; keeps its place between chunks. */
class FieldScanner {
  readonly found = new Set<number>();
  readonly #watched: readonly Watched[];
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #decoder = new TextDecoder();
  #skipLines: number;
  #column = 0;
  #quoted = false;
  #field: number[] = [];
  #previous = 0;

  constructor(dialect: CsvDialect, watched: readonly Watched[]) {
    this.#watched = watched;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
    this.#skipLines = dialect.skipRows + (dialect.header ? 1 : 0);
  }

  scan(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === this.#quote) this.#quoted = !this.#quoted;
      else if (!this.#quoted && byte === this.#delimiter) this.#endField(this.#column + 1);
      else if (!this.#quoted && (byte === 10 || byte === 13)) this.#endLine(byte);
      else if (this.#field.length < 40) this.#field.push(byte);
      this.#previous = byte;
    }
  }

  end(): void {
    this.#endField(0);
  }

  #endLine(byte: number): void {
    const isSecondHalf = byte === 10 && this.#previous === 13;
    this.#endField(0);
    if (!isSecondHalf && this.#skipLines > 0) this.#skipLines--;
  }

  #endField(next: number): void {
    const watched = this.#watched[this.#column] ?? 'none';
    if (
      watched !== 'none' &&
      this.#skipLines === 0 &&
      !this.found.has(this.#column) &&
      this.#field.length > 0
    ) {
      if (losesCharacters(this.#decoder.decode(Uint8Array.from(this.#field)), watched))
        this.found.add(this.#column);
    }
    this.#field = [];
    this.#column = next;
  }
}

function scannerFor(dialect: CsvDialect, asked: Readonly<Record<string, string>>): FieldScanner | null {
  const watched = watchedColumns(dialect, asked);
  const isSingleByte =
    dialect.delimiter.length === 1 && dialect.delimiter.charCodeAt(0) < 128 && dialect.quote.length <= 1;
  return isSingleByte && watched.some((each) => each !== 'none') ? new FieldScanner(dialect, watched) : null;
}

/** The columns of the file's first bytes that must stay text. */
export function scanHead(
  file: CsvFile,
  dialect: CsvDialect,
  asked: Readonly<Record<string, string>>,
): LossyColumns {
  const scanner = scannerFor(dialect, asked);
  if (scanner === null) return NONE;
  const lastLine = file.head.length < file.text.size ? file.head.lastIndexOf(10) + 1 : file.head.length;
  scanner.scan(file.head.subarray(0, lastLine));
  scanner.end();
  return scanner.found;
}

/** The columns of the whole file that must stay text. */
export async function scanForText(
  file: CsvFile,
  dialect: CsvDialect,
  asked: Readonly<Record<string, string>>,
  isCancelled: () => boolean,
): Promise<LossyColumns> {
  const scanner = scannerFor(dialect, asked);
  if (scanner === null) return NONE;
  for await (const chunk of chunksOf(file.text)) {
    if (isCancelled()) return NONE;
    scanner.scan(chunk);
  }
  scanner.end();
  return scanner.found;
}

/** The dialect with those columns as VARCHAR, except where a person asked for a type. */
export function keepText(
  dialect: CsvDialect,
  lossy: LossyColumns,
  asked: Readonly<Record<string, string>>,
): CsvDialect {
  if (lossy.size === 0) return dialect;
  const columns = dialect.columns.map((column, index) =>
    lossy.has(index) && asked[column.name] === undefined ? { name: column.name, type: 'VARCHAR' } : column,
  );
  return { ...dialect, columns };
}
