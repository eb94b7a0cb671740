// Takes out of a notebook what may tell of the data, unless its owner keeps it, and lists each piece; must not know where the notebook goes.
import { cutPieces, isValueName, markPiece, valueOf, type SqlPiece } from '../metadata/sql-literals.ts';
import type { TextCleaner } from '../metadata/text-cleaner.ts';
import { detectText } from '../sensitivity/detect-text.ts';
import { spreadName, type KnownValues } from './known-values.ts';
import type { KnownValue, SharedLiteral } from './share-types.ts';

export interface CleanerParts {
  /** Ids of what the owner keeps. */
  readonly kept: ReadonlySet<string>;
  readonly known: KnownValues;
  /** Literals compared with sensitive columns, by the statement; null where it could not be read. */
  readonly compared: (sql: string) => ReadonlyMap<string, KnownValue> | null;
  /** Values of inputs that statements compare with sensitive columns. */
  readonly comparedValues: ReadonlyMap<string, KnownValue>;
  /** Words for a cell by its place from 0, e.g. `cell recent`. */
  readonly nameCell: (index: number) => string;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  readonly entity: string;
}

interface Judgement {
  readonly reason: string;
  readonly entity: string;
}

function markOf(entity: string): string {
  return `[${entity.toUpperCase().replace(/[^A-Z0-9]+/g, '_') || 'VALUE'}]`;
}

/** The longer of two that overlap. */
function withoutOverlaps(found: readonly Found[]): readonly Found[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Found[] = [];
  for (const each of sorted) {
    const last = apart.at(-1);
    if (!last || each.start >= last.end) apart.push(each);
    else if (each.end > last.end) apart[apart.length - 1] = { ...last, end: each.end };
  }
  return apart;
}

export class ShareCleaner implements TextCleaner {
  readonly #parts: CleanerParts;
  readonly #findings = new Map<string, SharedLiteral>();

  constructor(parts: CleanerParts) {
    this.#parts = parts;
  }

  /** Everything that was found, kept or not, in the order of the notebook; the same text in one place once. */
  get findings(): readonly SharedLiteral[] {
    return [...this.#findings.values()];
  }

  #find(text: string): readonly Found[] {
    const recognized = detectText(text).map(({ start, end, entity }) => ({
      start,
      end,
      entity,
      reason: entity,
    }));
    const known = this.#parts.known.spans(text).map(({ start, end, entity, known: { column } }) => ({
      start,
      end,
      entity,
      reason: `value of ${column}`,
    }));
    return withoutOverlaps([...known, ...recognized]);
  }

  /** True where it has to go. */
  #list(where: string, text: string, reason: string, replacement: string): boolean {
    const place = where
      .replace(/^notebook: cell (\d+) \(\w+\)/, (_, number: string) =>
        this.#parts.nameCell(Number(number) - 1),
      )
      .replace(/^notebook: /, '');
    const id = `${place}\n${text}`;
    this.#findings.set(id, this.#findings.get(id) ?? { id, where: place, text, reason, replacement });
    return !this.#parts.kept.has(id);
  }

  text(where: string, text: string): string {
    let [clean, at] = ['', 0];
    for (const { start, end, reason, entity } of this.#find(text)) {
      const piece = text.slice(start, end);
      if (!this.#list(where, piece, reason, markOf(entity))) continue;
      clean += text.slice(at, start) + markOf(entity);
      at = end;
    }
    return clean + text.slice(at);
  }

  value(where: string, value: string): string | null {
    const judged = this.#judgeValue(value, this.#parts.comparedValues) ?? this.#find(value)[0];
    if (!judged) return value;
    return this.#list(where, value, judged.reason, 'no value') ? null : value;
  }

  sql(where: string, sql: string): string {
    const compared = this.#parts.compared(sql);
    return cutPieces(sql)
      .map((piece) => this.#piece(where, piece, compared))
      .join('');
  }

  #piece(where: string, piece: SqlPiece, compared: ReadonlyMap<string, KnownValue> | null): string {
    if (piece.kind === 'code') return piece.text;
    const judged =
      piece.kind === 'identifier' ? this.#judgeName(valueOf(piece)) : this.#judge(piece, compared);
    if (judged === null) return piece.text;
    const written = markPiece(piece, markOf(judged.entity));
    return this.#list(where, piece.text.trimEnd(), judged.reason, written) ? written : piece.text;
  }

  #judge(piece: SqlPiece, compared: ReadonlyMap<string, KnownValue> | null): Judgement | null {
    const value = valueOf(piece);
    const judged = piece.kind === 'comment' ? null : this.#judgeValue(value, compared);
    if (judged) return judged;
    const [found] = this.#find(value);
    if (found) return found;
    const tellsNothing = piece.kind === 'comment' || value.trim().length < 2;
    return compared !== null || tellsNothing
      ? null
      : { reason: 'in a statement that could not be read', entity: 'VALUE' };
  }

  #judgeValue(value: string, compared: ReadonlyMap<string, KnownValue> | null): Judgement | null {
    const against = compared?.get(value.replaceAll('_', ''));
    if (against) return { reason: `compared with ${against.column}`, entity: against.entity ?? 'VALUE' };
    const known = this.#parts.known.literal(value);
    return known ? { reason: `value of ${known.column}`, entity: known.entity ?? 'VALUE' } : null;
  }

  #judgeName(name: string): Judgement | null {
    if (isValueName(name, detectText)) {
      const [found] = detectText(name);
      if (found) return { reason: found.entity, entity: found.entity };
    }
    const known = this.#parts.known.spans(name).find(({ start, end }) => end - start === name.trim().length);
    return known ? { reason: `value of ${known.known.column}`, entity: known.entity } : null;
  }

  name(where: string, name: string): string {
    const judged = this.#judgeName(name);
    if (judged === null) return name;
    const mark = markOf(judged.entity);
    return this.#list(where, name, judged.reason, mark) ? mark : name;
  }

  file(where: string, file: string, neutral: string): string {
    const [found] = [...this.#find(file), ...this.#find(spreadName(file))];
    if (!found || file === neutral) return file;
    return this.#list(where, file, `file name: ${found.reason}`, neutral) ? neutral : file;
  }
}
