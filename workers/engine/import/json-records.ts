// JSON text cut into the records it holds, piece by piece, each with its line; must not parse values.
import { ProblemError } from '../../../src/lib/base/result.ts';

export interface JsonRecord {
  readonly text: string;
  /** One-based, where it begins. */
  readonly line: number;
  /** Why there is no record, where that is known already. */
  readonly problem?: string;
}

export type JsonLayout = 'lines' | 'array' | 'object';

const LONGEST_RECORD = 64 << 20;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

function tooLong(line: number): ProblemError {
  return new ProblemError({
    code: 'import-too-large',
    message: `The record that begins on line ${line} has more than 64 MiB.`,
    hint: 'A quotation mark or bracket may be missing there; else choose what is read as JSON lines or as an array.',
  });
}

interface Level {
  readonly isList: boolean;
  /** Member that is being read. */
  key: string;
}

/** One record a line. */
export class LineSplitter {
  #rest = '';
  #line = 1;

  *push(text: string): Generator<JsonRecord, void, undefined> {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LONGEST_RECORD) throw tooLong(this.#line + lines.length);
    for (const each of lines) {
      const line = this.#line++;
      const record = each.trim();
      if (record !== '') yield { text: record, line };
    }
  }

  *end(): Generator<JsonRecord, void, undefined> {
    const record = this.#rest.trim();
    if (record !== '') yield { text: record, line: this.#line };
  }
}

/** Elements of the array at `path`; without a path, of the outermost array, or values one after the other. */
export class ElementSplitter {
  readonly #path: readonly string[] | null;
  #text = '';
  #at = 0;
  #inText = false;
  #textStart = 0;
  #lastText = '';
  readonly #levels: Level[] = [];
  /** Depth of the elements; null until the array is found. */
  #depth: number | null;
  #isPast = false;
  #start = 0;
  #line = 1;
  #lineAt = 0;
  found = false;

  /** `path` empty: an array is the whole; null: values stand one after the other. */
  constructor(path: readonly string[] | null) {
    this.#path = path;
    this.#depth = path === null ? 0 : null;
    this.found = path === null;
  }

  /** The text ends within the brackets. */
  get isOpen(): boolean {
    return this.#levels.length > 0 || this.#inText;
  }

  *push(text: string): Generator<JsonRecord, void, undefined> {
    this.#text += text;
    yield* this.#scan();
    this.#forget();
  }

  /** What is left when the text ends in the middle of a record. */
  *end(): Generator<JsonRecord, void, undefined> {
    if (this.#depth === null || this.#isPast) return;
    const record = this.#record(this.#text.length);
    if (record !== null) yield record;
    const problem = 'The file ends in the middle: the array is not closed.';
    if (this.#depth > 0) yield { text: '', line: this.#lineOf(this.#text.length), problem };
  }

  *#scan(): Generator<JsonRecord, void, undefined> {
    while (this.#at < this.#text.length) {
      if (this.#inText && !this.#passText()) return;
      const code = this.#text.codePointAt(this.#at) ?? 0;
      if (code === QUOTE) {
        this.#inText = true;
        this.#textStart = ++this.#at;
        continue;
      }
      if (code === OPEN_LIST || code === OPEN_OBJECT) this.#open(code === OPEN_LIST);
      else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
        const record = this.#close();
        if (record !== null) yield record;
      } else if (code === COMMA && this.#depth === this.#levels.length && this.#depth > 0 && !this.#isPast) {
        const record = this.#record(this.#at);
        yield record ?? { text: '', line: this.#lineOf(this.#at) };
        this.#start = this.#at + 1;
      } else if (code === COLON && this.#depth === null) {
        const level = this.#levels.at(-1);
        if (level) level.key = this.#lastText;
      }
      this.#at++;
    }
  }

  /** To the end of a text; false where that is not here yet. */
  #passText(): boolean {
    for (;;) {
      const end = this.#text.indexOf('"', this.#at);
      if (end < 0) {
        this.#at = this.#text.length;
        return false;
      }
      let slashes = 0;
      while (end - slashes > this.#textStart && this.#text.codePointAt(end - slashes - 1) === BACKSLASH)
        slashes++;
      this.#at = end + 1;
      if (slashes % 2 === 1) continue;
      this.#inText = false;
      if (this.#depth === null) this.#lastText = this.#text.slice(this.#textStart, end);
      return this.#at < this.#text.length;
    }
  }

  #open(isList: boolean): void {
    const isWanted =
      this.#depth === null &&
      isList &&
      this.#path !== null &&
      this.#levels.every((level) => !level.isList) &&
      this.#levels.map((level) => level.key).join('\n') === this.#path.join('\n');
    this.#levels.push({ isList, key: '' });
    if (!isWanted) return;
    this.found = true;
    this.#depth = this.#levels.length;
    this.#start = this.#at + 1;
  }

  #close(): JsonRecord | null {
    const depth = this.#levels.length;
    this.#levels.pop();
    if (this.#depth === null || this.#isPast) return null;
    if (this.#depth === 0 && depth === 1) {
      const record = this.#record(this.#at + 1);
      this.#start = this.#at + 1;
      return record;
    }
    if (depth !== this.#depth || this.#depth === 0) return null;
    const record = this.#record(this.#at);
    this.#isPast = true;
    return record;
  }

  #lineOf(position: number): number {
    for (;;) {
      const next = this.#text.indexOf('\n', this.#lineAt);
      if (next < 0 || next >= position) break;
      this.#line++;
      this.#lineAt = next + 1;
    }
    return this.#line;
  }

  #record(end: number): JsonRecord | null {
    let start = this.#start;
    while (start < end && /\s/.test(this.#text[start] ?? '')) start++;
    const text = this.#text.slice(start, end).trimEnd();
    return text === '' ? null : { text, line: this.#lineOf(start) };
  }

  /** Lets go of what is behind. */
  #forget(): void {
    const keep = this.#isPast
      ? this.#at
      : this.#depth === null
        ? this.#inText
          ? this.#textStart
          : this.#at
        : this.#start;
    const from = Math.min(keep, this.#at);
    if (this.#text.length - from > LONGEST_RECORD) throw tooLong(this.#lineOf(this.#start));
    this.#lineOf(from);
    this.#text = this.#text.slice(from);
    this.#at -= from;
    this.#start = Math.max(0, this.#start - from);
    this.#textStart = Math.max(0, this.#textStart - from);
    this.#lineAt = Math.max(0, this.#lineAt - from);
  }
}

export type Splitter = LineSplitter | ElementSplitter;
