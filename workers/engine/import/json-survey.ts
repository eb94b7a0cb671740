// A first look at every record of a JSON file: what kinds of values there are, and what cannot be read; must not know tables.
import type { RejectedLine } from '../../../src/lib/engine/contract.ts';
import type { JsonRecord } from './json-records.ts';
import { mayNameTwice, parseRecord } from './json-values.ts';
import { ValueShape } from './value-shape.ts';

export const MOST_LISTED = 1_000;
const LONGEST_TEXT = 200;
/** Parsed rows are kept for the second pass up to this size of their text. */
export const MOST_KEPT_CHARACTERS = 48 << 20;

export interface Row {
  readonly value: unknown;
  readonly line: number;
  readonly length: number;
}

/** What a first look at every record tells. */
export class Survey {
  readonly shape = new ValueShape();
  readonly rejected: RejectedLine[] = [];
  rejectedCount = 0;
  /** Rows that are no objects: rejected where others are. */
  readonly #plain: RejectedLine[] = [];
  #plainCount = 0;
  /** Null once there are too many to keep. */
  kept: Row[] | null = [];
  #keptCharacters = 0;

  reject(list: RejectedLine[], record: JsonRecord, reason: string): void {
    if (list.length < MOST_LISTED)
      list.push({ line: record.line, column: null, reason, text: record.text.slice(0, LONGEST_TEXT) });
  }

  look(record: JsonRecord): void {
    const read = readRecord(record);
    if (typeof read === 'string') {
      this.rejectedCount++;
      this.reject(this.rejected, record, read);
      return;
    }
    const members = this.shape.observe(read.value);
    if (mayNameTwice(record.text, members)) {
      this.rejectedCount++;
      this.reject(this.rejected, record, TWICE);
    } else {
      if (!isObject(read.value)) {
        this.#plainCount++;
        this.reject(this.#plain, record, 'The record is no object, as the others are.');
      }
      this.#keep({ value: read.value, line: record.line, length: record.text.length });
    }
  }

  #keep(row: Row): void {
    this.#keptCharacters += row.length;
    if (this.#keptCharacters > MOST_KEPT_CHARACTERS) this.kept = null;
    this.kept?.push(row);
  }

  /** Some records are objects: all others are left out. */
  get hasObjects(): boolean {
    return this.shape.objects > 0;
  }

  settle(): void {
    if (!this.hasObjects) return;
    this.rejectedCount += this.#plainCount;
    this.rejected.push(...this.#plain);
    this.rejected.sort((a, b) => a.line - b.line);
    this.rejected.length = Math.min(this.rejected.length, MOST_LISTED);
  }
}

const TWICE = 'An object names the same member twice; only one value could be kept.';

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The value, or why there is none. */
export function readRecord(record: JsonRecord): { readonly value: unknown } | string {
  if (record.problem !== undefined) return record.problem;
  if (record.text === '') return 'There is nothing between two commas.';
  try {
    return { value: parseRecord(record.text) };
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/,? ?(\.\.\.)?".*$/s, '').trim() : '';
    return `The record is no JSON${why === '' ? '' : `: ${why}`}.`;
  }
}
