// Texts of a notebook that may be values of its data: gathers them, and writes the one question that a source is asked; must not know the engine.
import type { Sensitivity } from '../base/sensitivity-level.ts';
import { quoteIdentifier, quoteLiteral } from '../base/sql-text.ts';
import type { Page } from '../engine/contract.ts';
import { cutPieces, valueOf } from '../metadata/sql-literals.ts';
import type { TextCleaner } from '../metadata/text-cleaner.ts';
import type { TextSpan } from '../sensitivity/sensitivity-types.ts';
import type { KnownValue } from './share-types.ts';

/** Different texts that are held against the data; whoever shares is told where there are more. */
const MOST_CANDIDATES = 20_000;
const LONGEST_CANDIDATE = 200;
const MOST_WORDS = 4;

/** A text that may be a value: all of a literal, or words of a text. */
interface Candidate {
  readonly text: string;
  readonly isWhole: boolean;
}

/** A column of a source that is asked. */
export interface AskedColumn extends KnownValue {
  readonly name: string;
  readonly type: string;
  readonly sensitivity: Sensitivity;
}

/** What came of the questions. */
export interface KnownValues {
  /** Of the whole of a literal. */
  literal(text: string): KnownValue | null;
  /** Of words within a text, the longest where they overlap. */
  spans(text: string): readonly (TextSpan & { readonly known: KnownValue })[];
}

function keyOf(text: string): string {
  return text.trim().toLowerCase();
}

/** Runs of up to four words, as they stand in the text. */
function wordRuns(text: string): readonly { readonly start: number; readonly end: number }[] {
  const words = Array.from(text.matchAll(/[\p{L}\p{N}+][\p{L}\p{M}\p{N}@._%+'’-]*/gu), (match) => {
    const word = match[0].replace(/[.'’-]+$/, '');
    return { start: match.index, end: match.index + word.length };
  });
  return words.flatMap((first, index) =>
    words
      .slice(index, index + MOST_WORDS)
      .filter((last) => last.end - first.start <= LONGEST_CANDIDATE)
      .map((last) => ({ start: first.start, end: last.end })),
  );
}

/** Short words and short numbers are in every text, whatever is in the data. */
function mayTell(word: string): boolean {
  const text = word.trim();
  return /^\d+$/.test(text) ? text.length >= 4 : text.length >= 3;
}

/** Gathers what a notebook says, and changes nothing. */
export class CandidateList implements TextCleaner {
  readonly #candidates = new Map<string, Candidate>();
  #isFull = false;

  text(_where: string, text: string): string {
    for (const { start, end } of wordRuns(text)) this.#add(text.slice(start, end), false);
    return text;
  }

  sql(where: string, sql: string): string {
    for (const piece of cutPieces(sql)) {
      if (piece.kind === 'code') continue;
      const value = valueOf(piece);
      if (piece.kind === 'string' || piece.kind === 'number') this.#add(value.replaceAll('_', ''), true);
      if (piece.kind === 'string') this.#add(value, true);
      if (piece.kind !== 'number') this.text(where, value);
    }
    return sql;
  }

  value(where: string, value: string): string {
    this.#add(value, true);
    return this.text(where, value);
  }

  name(_where: string, name: string): string {
    this.#add(name, false);
    return name;
  }

  file(where: string, file: string): string {
    this.text(where, spreadName(file));
    return file;
  }

  /** In the order in which they were met. */
  get candidates(): readonly Candidate[] {
    return [...this.#candidates.values()];
  }

  /** True where some were left out. */
  get isFull(): boolean {
    return this.#isFull;
  }

  #add(text: string, isWhole: boolean): void {
    const key = keyOf(text);
    if (key.length > LONGEST_CANDIDATE || !(isWhole ? key.length >= 2 : mayTell(key))) return;
    const before = this.#candidates.get(key);
    if (!before && this.#candidates.size >= MOST_CANDIDATES) this.#isFull = true;
    else this.#candidates.set(key, { text: key, isWhole: isWhole || (before?.isWhole ?? false) });
  }
}

/** The name of a file with spaces where it has signs. */
export function spreadName(file: string): string {
  return file.replace(/[_\-.+]+/g, ' ');
}

function membership(table: string, { name, type }: AskedColumn): string {
  const column = quoteIdentifier(name);
  const isText = type === 'VARCHAR';
  const wanted = isText ? 'lower(trim(v))' : `TRY_CAST(v AS ${type})`;
  const values = isText ? `lower(trim(${column}))` : column;
  return `${wanted} IN (SELECT ${values} FROM main.${quoteIdentifier(table)} WHERE ${column} IS NOT NULL)`;
}

const SCALAR =
  /^(VARCHAR|DATE|TIME|TIMESTAMP|DOUBLE|FLOAT|UUID|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(\d+,\d+\))$/;

/** Names of the sensitive columns that no question reaches: lists, structures and what else has no plain values. */
export function unaskedColumns(columns: readonly AskedColumn[]): readonly string[] {
  return columns
    .filter(({ sensitivity, type }) => sensitivity !== 'none' && !SCALAR.test(type))
    .map(({ name }) => name);
}

/**
 * One statement that answers, for each column that is asked, the places (from 1) of the candidates that are among its
 * values: rows of the column's place (from 0) and of the places with commas between. Null where there is nothing to ask.
 */
export function questionFor(
  table: string,
  columns: readonly AskedColumn[],
  candidates: readonly Candidate[],
): string | null {
  const asked = columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.sensitivity !== 'none' && SCALAR.test(column.type));
  if (asked.length === 0 || candidates.length === 0) return null;
  const list = candidates.map((candidate) => quoteLiteral(candidate.text)).join(', ');
  const branches = asked.map(
    ({ column, index }) =>
      `SELECT ${index} AS c, string_agg(CAST(i AS VARCHAR), ',') AS places FROM wanted WHERE ${membership(table, column)}`,
  );
  return `WITH wanted AS (SELECT unnest(range(1, ${candidates.length + 1})) AS i, unnest([${list}]) AS v) ${branches.join(' UNION ALL ')}`;
}

/** What a column's values tell: all of a literal, and words where the column identifies a person or is a secret. */
function tells(column: AskedColumn, { text, isWhole }: Candidate): { literal: boolean; word: boolean } {
  const isStrong = column.sensitivity === 'direct' || column.sensitivity === 'secret';
  const isNumber = /^[\d.]+$/.test(text);
  return {
    literal: isWhole && (isStrong ? !isNumber || text.length >= 4 : !isNumber && text.length >= 3),
    word: isStrong && mayTell(text),
  };
}

/** Reads the answers to `questionFor`, of all sources. */
export class KnownValueList implements KnownValues {
  readonly #literals = new Map<string, KnownValue>();
  readonly #words = new Map<string, KnownValue>();

  add(columns: readonly AskedColumn[], candidates: readonly Candidate[], answer: Page): void {
    for (const [index, places] of answer.rows) {
      const column = columns[Number(index)];
      if (!column || typeof places !== 'string') continue;
      for (const place of places.split(',')) {
        const candidate = candidates[Number(place) - 1];
        if (candidate) this.#know(column, candidate);
      }
    }
  }

  #know(column: AskedColumn, candidate: Candidate): void {
    const { literal, word } = tells(column, candidate);
    const known = { column: column.column, entity: column.entity };
    if (literal && !this.#literals.has(candidate.text)) this.#literals.set(candidate.text, known);
    if (word && !this.#words.has(candidate.text)) this.#words.set(candidate.text, known);
  }

  literal(text: string): KnownValue | null {
    const key = keyOf(text);
    return this.#literals.get(key) ?? this.#literals.get(key.replaceAll('_', '')) ?? null;
  }

  spans(text: string): readonly (TextSpan & { readonly known: KnownValue })[] {
    if (this.#words.size === 0) return [];
    return wordRuns(text).flatMap(({ start, end }) => {
      const known = this.#words.get(keyOf(text.slice(start, end)));
      return known ? [{ start, end, known, entity: known.entity ?? 'VALUE', score: 1 }] : [];
    });
  }
}
