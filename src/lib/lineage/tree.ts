// Default-deny access to nodes of the parse tree; must not know what any node means.
import type { ParseTree } from './lineage-types.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A tree node `{ kind: fields }` taken apart. */
export interface TreeNode {
  readonly kind: string;
  readonly fields: Fields;
}

/** Raised inside this folder where a construct cannot be followed; becomes an `UnknownConstruct` at its edge. */
export class NotUnderstood extends Error {
  readonly reason: string;
  readonly position: number | null;
  constructor(reason: string, position: number | null = null) {
    super(reason);
    this.name = 'NotUnderstood';
    this.reason = reason;
    this.position = position;
  }
}

/** Fields that say how something was written, never what it means. */
const WRITING = new Set([
  'span',
  'comments',
  'leading_comments',
  'trailing_comments',
  'pre_alias_comments',
  'post_select_comments',
  'inferred_type',
  'alias_explicit_as',
  'alias_keyword',
]);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** True for what the parser writes where nothing was said. */
export function isAbsent(value: unknown): boolean {
  return (
    value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0)
  );
}

/** @throws NotUnderstood where `value` is no single-key node. */
export function nodeOf(value: unknown): TreeNode {
  if (!isRecord(value)) throw new NotUnderstood('a part of the statement is missing');
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0)
    throw new NotUnderstood('a part of the statement has an unknown form', positionOf(value));
  const [kind, inner] = entry;
  if (isAbsent(inner)) return { kind, fields: {} };
  return { kind, fields: isRecord(inner) ? inner : { value: inner } };
}

/**
 * The fields of a node whose every other field is empty: a feature of the parser that is not listed cannot slip by.
 * @throws NotUnderstood where a field outside `known` says something.
 */
export function onlyFields(fields: unknown, what: string, known: readonly string[]): Fields {
  if (!isRecord(fields)) throw new NotUnderstood(`${what} has an unknown form`);
  for (const [name, value] of Object.entries(fields)) {
    if (known.includes(name) || WRITING.has(name) || isAbsent(value)) continue;
    throw new NotUnderstood(`${what} with ${name.replaceAll('_', ' ')}`, positionOf(fields));
  }
  return fields;
}

export function listOf(value: unknown): readonly unknown[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value))
    throw new NotUnderstood('a list in the statement has an unknown form', positionOf(value));
  return value;
}

/** First position mentioned in a part of the tree, as a UTF-16 offset; looks a few levels deep only. */
export function positionOf(value: unknown, depth = 6): number | null {
  if (depth === 0 || value === null || typeof value !== 'object') return null;
  const span = isRecord(value) ? value['span'] : undefined;
  if (isRecord(span) && typeof span['start'] === 'number') return span['start'];
  let first: number | null = null;
  for (const inner of Object.values(value)) {
    const found = positionOf(inner, depth - 1);
    if (found !== null && (first === null || found < first)) first = found;
  }
  return first;
}

/** The single statement. @throws NotUnderstood where there are none or several. */
export function singleStatement(tree: ParseTree): unknown {
  const [statement, ...others] = tree;
  if (statement === undefined) throw new NotUnderstood('there is no statement');
  if (others.length > 0) throw new NotUnderstood('there is more than one statement', positionOf(others[0]));
  return statement;
}
