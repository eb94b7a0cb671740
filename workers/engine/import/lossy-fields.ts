// Fields that a guessed type would change without a word, found in the bytes of a delimited file; must not know SQL or DuckDB.

import { isCut, type CuttingType } from './asked-types.ts';

/** What a column's values are guessed to be, as far as that can lose something. */
export type GuessedKind = 'whole' | 'double' | 'date' | 'timestamp' | 'time' | 'other';

/** Bits of what was seen in a column. */
export const SEEN = {
  /** No value of that kind at all, or one that only text keeps: `007`, `+49…`. */
  text: 1,
  /** A number with a fraction or an exponent. */
  fraction: 2,
  /** A whole number that DOUBLE cannot hold exactly. */
  wide: 4,
  /** A whole number beyond BIGINT. */
  huge: 8,
  /** A time of day behind a date. */
  clock: 16,
  /** A time zone. */
  zone: 32,
} as const;

const LARGEST = '9223372036854775807';
const SMALLEST = '9223372036854775808';
const NUMBER = /^-?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?$/i;
const ZONED = /(?:Z|[+-]\d\d(?::?\d\d)?)$/;
const CLOCK = /^\d{4}-\d\d?-\d\d?[ T]\d\d?:\d\d/;
/** Fractions of a second finer than the engine's microseconds. */
const TOO_FINE = /\.\d{7,}/;

function judgeWhole(text: string): number {
  const digits = text.startsWith('-') ? text.slice(1) : text;
  if (!/^\d+$/.test(digits)) return NUMBER.test(text) && !/^-?0\d/.test(text) ? SEEN.fraction : SEEN.text;
  if (digits.length > 1 && digits.startsWith('0')) return SEEN.text;
  const limit = text.startsWith('-') ? SMALLEST : LARGEST;
  const isHuge = digits.length > limit.length || (digits.length === limit.length && digits > limit);
  return isHuge ? SEEN.huge | SEEN.wide : Number.isSafeInteger(Number(text)) ? 0 : SEEN.wide;
}

/** What a value of a column of that kind shows; `text` is trimmed and not empty. */
export function judgeField(text: string, kind: GuessedKind): number {
  switch (kind) {
    case 'whole':
      return judgeWhole(text);
    case 'double':
      if (/^\+\d/.test(text) || /^-?0\d/.test(text)) return SEEN.text;
      return /^-?\d{16,}$/.test(text) && BigInt(Number(text)) !== BigInt(text) ? SEEN.wide : 0;
    case 'date':
      return CLOCK.test(text) ? SEEN.clock | (ZONED.test(text) ? SEEN.zone : 0) : 0;
    case 'timestamp':
      return (TOO_FINE.test(text) ? SEEN.text : 0) | (CLOCK.test(text) && ZONED.test(text) ? SEEN.zone : 0);
    case 'time':
      return TOO_FINE.test(text) ? SEEN.text : 0;
    case 'other':
      return 0;
  }
}

const MINUS = 45;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** The bytes of most values settle the question without making text of them. */
function isPlain(bytes: Uint8Array, start: number, end: number, kind: GuessedKind): boolean {
  const length = end - start;
  if (kind === 'date') return length <= 10;
  if (kind === 'timestamp') return length <= 19;
  if (kind === 'time') return length <= 8;
  const first = bytes[start] ?? 0;
  const from = first === MINUS ? start + 1 : start;
  const lead = bytes[from] ?? 0;
  if (lead < ZERO || lead > NINE) return false;
  if (lead === ZERO && end - from > 1 && (kind === 'whole' || isDigit(bytes[from + 1] ?? 0))) return false;
  return kind === 'double' ? length < 16 : length <= 16 && isSafeWhole(bytes, from, end);
}

/** Digits only, of a number that DOUBLE holds exactly. */
function isSafeWhole(bytes: Uint8Array, from: number, end: number): boolean {
  let value = 0;
  for (let index = from; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (!isDigit(byte)) return false;
    value = value * 10 + (byte - ZERO);
  }
  return value <= Number.MAX_SAFE_INTEGER;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** A value that the type asked for its column would change. */
export interface CutField {
  /** Offset of the beginning of its line, in bytes. */
  readonly byte: number;
  readonly column: number;
  readonly text: string;
}

/** More of them are counted only. */
const MOST_CUT = 1_000;

/** False where the bytes alone show that nothing is cut. */
function mayBeCut(bytes: Uint8Array, start: number, end: number, type: CuttingType): boolean {
  if (type.kind === 'date') return end - start > 10;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (!isDigit(byte) && !(byte === MINUS && index === start))
      return type.kind === 'whole' || end - index - 1 > type.scale || (byte !== POINT && byte !== COMMA);
  }
  return false;
}

export interface FieldFormat {
  readonly delimiter: string;
  readonly quote: string;
  readonly comment: string;
  /** Lines before the first row, the header among them. */
  readonly linesBefore: number;
  readonly nullText: readonly string[];
  /** By column: the type that was asked for, where it may cut. */
  readonly asked?: readonly (CuttingType | null)[];
}

const LINE_FEED = 10;
const RETURN = 13;
const MOST_KEPT = 64;

/** Bytes at which a field or line may end or quoting may begin; all others are passed over. */
function stopTable(stops: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of stops) if (byte >= 0) table[byte] = 1;
  return table;
}

const codeOf = (text: string): number => (text === '' ? -1 : text.charCodeAt(0));

/** Splits bytes into fields and judges those that may lose something; keeps its place between chunks. */
export class FieldScanner {
  /** `SEEN` bits by column, of lines with the right number of fields. */
  readonly seen: Uint8Array;
  /** In the order of the lines, one for each line that has any. */
  readonly cut: CutField[] = [];
  readonly cutColumns = new Set<number>();
  cutLines = 0;
  readonly #asked: readonly (CuttingType | null)[];
  readonly #kinds: readonly GuessedKind[];
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #comment: number;
  readonly #nulls: ReadonlySet<string>;
  readonly #stops: Uint8Array;
  readonly #lineSeen: Uint8Array;
  readonly #decoder = new TextDecoder();
  /** The beginning of a field that runs over the end of a chunk. */
  readonly #carried = new Uint8Array(MOST_KEPT);
  #carriedLength = 0;
  #linesBefore: number;
  #column = 0;
  #isQuoted = false;
  #isComment = false;
  #isLineMarked = false;
  #lastByte = 0;
  /** Bytes of the chunks before. */
  #passed = 0;
  #lineStart = 0;
  #lineCut: CutField | null = null;

  constructor(kinds: readonly GuessedKind[], format: FieldFormat) {
    this.seen = new Uint8Array(kinds.length);
    this.#lineSeen = new Uint8Array(kinds.length);
    this.#kinds = kinds;
    this.#asked = format.asked ?? [];
    this.#delimiter = codeOf(format.delimiter);
    this.#quote = codeOf(format.quote);
    this.#comment = codeOf(format.comment);
    this.#nulls = new Set(format.nullText);
    this.#stops = stopTable([this.#delimiter, this.#quote, LINE_FEED, RETURN]);
    this.#linesBefore = format.linesBefore;
  }

  scan(bytes: Uint8Array): void {
    const stops = this.#stops;
    const length = bytes.length;
    let start = 0;
    let index = 0;
    while (index < length) {
      if (this.#isQuoted) {
        const close = bytes.indexOf(this.#quote, index);
        if (close < 0) break;
        this.#isQuoted = false;
        index = close + 1;
        continue;
      }
      while (index < length && stops[bytes[index] ?? 0] === 0) index++;
      if (index >= length) break;
      const byte = bytes[index] ?? 0;
      if (byte === this.#quote) this.#isQuoted = true;
      else {
        this.#stopAt(byte, bytes, start, index);
        start = index + 1;
      }
      index++;
    }
    this.#carry(bytes, start);
    this.#lastByte = bytes[length - 1] ?? this.#lastByte;
    this.#passed += length;
  }

  /** The last line may have no end. */
  end(): void {
    this.#endField(new Uint8Array(0), 0, 0);
    this.#endLine();
  }

  #stopAt(byte: number, bytes: Uint8Array, start: number, end: number): void {
    const before = end === 0 ? this.#lastByte : (bytes[end - 1] ?? 0);
    this.#endField(bytes, start, end);
    if (byte === this.#delimiter) {
      this.#column++;
      this.#isLineMarked = true;
      return;
    }
    if (byte === RETURN || before !== RETURN) this.#endLine();
    this.#lineStart = this.#passed + end + 1;
  }

  #carry(bytes: Uint8Array, start: number): void {
    const part = bytes.subarray(start, start + MOST_KEPT - this.#carriedLength);
    this.#carried.set(part, this.#carriedLength);
    this.#carriedLength += part.length;
  }

  #endField(bytes: Uint8Array, start: number, end: number): void {
    const kind = this.#kinds[this.#column] ?? 'other';
    const asked = this.#asked[this.#column] ?? null;
    const isCarried = this.#carriedLength > 0;
    if (isCarried) this.#carry(bytes.subarray(0, end), start);
    const whole = isCarried ? this.#carried : bytes;
    const from = isCarried ? 0 : start;
    const to = isCarried ? this.#carriedLength : end;
    this.#carriedLength = 0;
    if (from === to) return;
    if (this.#column === 0) this.#isComment = whole[from] === this.#comment;
    this.#isLineMarked = true;
    if (asked !== null) {
      const text = mayBeCut(whole, from, to, asked) ? this.#textOf(whole, from, to) : '';
      if (!isCut(text, asked)) return;
      // Of a line that is left out for another reason this makes a column be read widely in vain, no more.
      this.cutColumns.add(this.#column);
      this.#lineCut ??= { byte: this.#lineStart, column: this.#column, text };
      return;
    }
    if (kind === 'other' || isPlain(whole, from, to, kind)) return;
    const text = this.#textOf(whole, from, to);
    if (text !== '') this.#lineSeen[this.#column] = judgeField(text, kind);
  }

  /** Without quotes; empty where it is NULL. */
  #textOf(whole: Uint8Array, from: number, to: number): string {
    const bytes = whole.subarray(from, Math.min(to, from + MOST_KEPT));
    const raw = this.#decoder.decode(bytes).trim();
    const mark = this.#quote < 0 ? '' : String.fromCharCode(this.#quote);
    const isEnclosed = mark !== '' && raw.length >= 2 && raw.startsWith(mark) && raw.endsWith(mark);
    const text = isEnclosed ? raw.slice(1, -1).trim() : raw;
    return this.#nulls.has(text) ? '' : text;
  }

  #endLine(): void {
    const isWhole = this.#column === this.#kinds.length - 1 && !this.#isComment && this.#isLineMarked;
    if (this.#linesBefore > 0) this.#linesBefore--;
    else if (isWhole) {
      for (let index = 0; index < this.seen.length; index++) {
        this.seen[index] = (this.seen[index] ?? 0) | (this.#lineSeen[index] ?? 0);
      }
      if (this.#lineCut !== null) {
        this.cutLines++;
        if (this.cut.length < MOST_CUT) this.cut.push(this.#lineCut);
      }
    }
    this.#lineCut = null;
    this.#lineSeen.fill(0);
    this.#column = 0;
    this.#isComment = false;
    this.#isLineMarked = false;
  }
}
