// Literals and comments of a SQL text, found by the engine's lexical rules, with sensitive ones taken out; must not know what SQL means.
import type { TextSpan } from '../sensitivity/sensitivity-types.ts';

/** Where a recognizer sees sensitive values in a text. */
export type ScanText = (text: string) => readonly TextSpan[];

export interface Redaction {
  readonly entity: string;
  readonly count: number;
}

export interface RedactedSql {
  readonly sql: string;
  readonly redactions: readonly Redaction[];
  /** The text without literals, comments and quoted identifiers. */
  readonly code: string;
}

/** Stands where a value was taken out. */
export const REDACTED = '[REDACTED]';

/** Entities that a mere name can look like (`April Sales`, `Born 1990-01-01`), as in the gate's rule on column names. */
const UNCERTAIN_IN_NAMES: ReadonlySet<string> = new Set(['PERSON', 'DATE_TIME']);

/** True where the name of a column is itself a value, as a pivot or a file without a header makes it. */
export function isValueName(name: string, scan: ScanText): boolean {
  return scan(name).some((span) => span.score >= 0.8 && !UNCERTAIN_IN_NAMES.has(span.entity));
}

type PieceKind = 'code' | 'string' | 'comment' | 'identifier' | 'number';

/** A part of a statement as written; all parts in order are the statement. */
export interface SqlPiece {
  readonly kind: PieceKind;
  readonly text: string;
}

/** DuckDB's lexical rules: `E'…'` with backslashes, `'…'`, `"…"`, dollar quotes, nested block comments, line comments, numbers. */
const PIECES: readonly (readonly [PieceKind, RegExp])[] = [
  ['string', /[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)/y],
  ['string', /'(?:[^']|'')*(?:'|$)/y],
  ['identifier', /"(?:[^"]|"")*(?:"|$)/y],
  ['string', /(\$[A-Za-z_\u0080-\uffff]*[A-Za-z0-9_\u0080-\uffff]*\$)[^]*?(?:\1|$)/y],
  ['comment', /--[^\n]*/y],
  ['number', /\d[\d_.]*(?:[eE][+-]?\d+)?/y],
  ['code', /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y],
];

function readBlockComment(sql: string, start: number): string {
  let depth = 0;
  for (let at = start; at < sql.length; at += 1) {
    const pair = sql.slice(at, at + 2);
    if (pair === '/*') depth += 1;
    if (pair === '*/') depth -= 1;
    if (pair === '/*' || pair === '*/') at += 1;
    if (depth === 0) return sql.slice(start, at + 1);
  }
  return sql.slice(start);
}

function readPiece(sql: string, at: number): SqlPiece {
  if (sql.startsWith('/*', at)) return { kind: 'comment', text: readBlockComment(sql, at) };
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql)?.[0];
    if (found !== undefined && found !== '') return { kind, text: found };
  }
  return { kind: 'code', text: sql[at] ?? '' };
}

/** Literals, comments, quoted identifiers and code between them. */
export function cutPieces(sql: string): readonly SqlPiece[] {
  const pieces: SqlPiece[] = [];
  for (let at = 0; at < sql.length;) {
    const piece = readPiece(sql, at);
    pieces.push(piece);
    at += piece.text.length;
  }
  return pieces;
}

/** The piece with `mark`, which holds no quotes, in place of what it says: a statement stays readable as one. */
export function markPiece(piece: SqlPiece, mark: string): string {
  if (piece.kind === 'identifier') return `"${mark}"`;
  if (piece.kind === 'comment') return piece.text.startsWith('--') ? `-- ${mark}` : `/* ${mark} */`;
  return `'${mark}'`;
}

/** The value a string literal or quoted identifier stands for, near enough for recognizers. */
export function valueOf(piece: SqlPiece): string {
  if (piece.kind === 'identifier')
    return piece.text.replace(/^"/, '').replace(/"$/, '').replaceAll('""', '"');
  if (piece.kind !== 'string') return piece.text;
  if (piece.text.startsWith('$')) return piece.text.replace(/^\$[^$]*\$|\$[^$]*\$$/g, '');
  return piece.text
    .replace(/^[eE]?'/, '')
    .replace(/'$/, '')
    .replaceAll("''", "'");
}

/**
 * Replaces every string, number or comment in which `scan` finds something by `[REDACTED]`: whole, so that no part of
 * a value stays. A quoted identifier is taken out only where it is a value itself (`isValueName`): else it is schema.
 */
export function redactSql(sql: string, scan: ScanText): RedactedSql {
  const counts = new Map<string, number>();
  const parts: string[] = [];
  const code: string[] = [];
  for (const piece of cutPieces(sql)) {
    const value = valueOf(piece);
    const isLeft = piece.kind === 'code' || (piece.kind === 'identifier' && !isValueName(value, scan));
    const spans = isLeft ? [] : scan(value);
    for (const span of spans) counts.set(span.entity, (counts.get(span.entity) ?? 0) + 1);
    parts.push(spans.length === 0 ? piece.text : markPiece(piece, REDACTED));
    code.push(piece.kind === 'code' ? piece.text : ' ');
  }
  const redactions = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([entity, count]) => ({ entity, count }));
  return { sql: parts.join(''), redactions, code: code.join('') };
}

/** Prose with `[REDACTED]` in place of every span that `scan` finds. */
export function redactText(text: string, scan: ScanText): string {
  const spans = [...scan(text)].sort((a, b) => a.start - b.start);
  let [clean, at] = ['', 0];
  for (const { start, end } of spans) {
    if (end <= at) continue;
    clean += start >= at ? text.slice(at, start) + REDACTED : '';
    at = end;
  }
  return clean + text.slice(at);
}

/** Lower-case names that the text calls: a name before an opening parenthesis, its schema left out. */
export function calledNames(code: string): ReadonlySet<string> {
  return new Set(
    Array.from(code.matchAll(/([A-Za-z_][A-Za-z0-9_]*)\s*\(/g), (match) => (match[1] ?? '').toLowerCase()),
  );
}
