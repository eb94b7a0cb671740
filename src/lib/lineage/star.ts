// Which columns a star or COLUMNS stands for, in order; must not know what is done with them.
import { followExpression } from './expression.ts';
import type { Flow } from './flow.ts';
import { foldIdentifier, identifierOrNull, readIdentifier } from './identifiers.ts';
import type { Place } from './place.ts';
import { qualifiedStarColumns, starColumns, type NamedFlow, type Scope } from './scope.ts';
import { listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';

/** Patterns that mean the same in RE2, which the engine uses, and in JavaScript. */
const COMMON_PATTERN = /^\^?(?:[A-Za-z0-9_ -]|\.[*+?]?|\||\((?!\?)|\)[*+?]?|\[[A-Za-z0-9_-]+\][*+?]?)*\$?$/;

function splitName(text: string): { readonly table: string | null; readonly name: string } {
  const dot = text.indexOf('.');
  return dot < 0 ? { table: null, name: text } : { table: text.slice(0, dot), name: text.slice(dot + 1) };
}

/**
 * `*` and `t.*`, with EXCLUDE, REPLACE and RENAME in the order in which the engine applies them.
 * @throws NotUnderstood
 */
export function readStar(fields: Fields, place: Place): readonly NamedFlow[] {
  onlyFields(fields, '*', ['table', 'except', 'replace', 'rename']);
  const table = identifierOrNull(fields['table']);
  const all = table === null ? starColumns(place.scope) : qualifiedStarColumns(place.scope, table);
  if (all.length === 0) throw new NotUnderstood('* without a relation');
  const excluded = listOf(fields['except']).map((name) => readIdentifier(name).name);
  const kept = excluded.reduce((columns, name) => exclude(columns, name, place.scope), all);
  return renameColumns(replaceColumns(kept, listOf(fields['replace']), place), listOf(fields['rename']));
}

function exclude(columns: readonly NamedFlow[], text: string, scope: Scope): readonly NamedFlow[] {
  const isWhole = columns.some((column) => foldIdentifier(column.name) === foldIdentifier(text));
  const { table, name } = isWhole ? { table: null, name: text } : splitName(text);
  const folded = foldIdentifier(name);
  if (table === null) {
    const left = columns.filter((column) => foldIdentifier(column.name) !== folded);
    if (left.length === columns.length)
      throw new NotUnderstood(`EXCLUDE of ${text}, which is no column here`);
    return left;
  }
  const isShared = scope.shared.some((column) => foldIdentifier(column.name) === folded);
  const bindings = scope.bindings.filter((one) => foldIdentifier(one.alias) === foldIdentifier(table));
  const own = bindings.flatMap((one) =>
    one.columns.filter((column) => foldIdentifier(column.name) === folded),
  );
  const column = bindings.length === 1 && own.length === 1 ? own[0] : undefined;
  if (isShared || !column || !columns.includes(column)) throw new NotUnderstood(`EXCLUDE of ${text}`);
  return columns.filter((candidate) => candidate !== column);
}

function replaceColumns(
  columns: readonly NamedFlow[],
  entries: readonly unknown[],
  place: Place,
): readonly NamedFlow[] {
  const bare = { ...place, scope: { ...place.scope, aliases: new Map<string, Flow>() } };
  return entries.reduce<readonly NamedFlow[]>((current, entry) => {
    const fields = onlyFields(entry, 'REPLACE', ['this', 'alias']);
    const name = readIdentifier(fields['alias']).name;
    const isSame = (column: NamedFlow) => foldIdentifier(column.name) === foldIdentifier(name);
    if (!current.some(isSame)) throw new NotUnderstood(`REPLACE of ${name}, which is no column here`);
    const flow = followExpression(fields['this'], bare);
    return current.map((column) => (isSame(column) ? { name, flow } : column));
  }, columns);
}

function renameColumns(columns: readonly NamedFlow[], entries: readonly unknown[]): readonly NamedFlow[] {
  const names = new Map<string, string>();
  for (const entry of entries) {
    const [from, to, ...others] = listOf(entry);
    const folded = foldIdentifier(readIdentifier(from).name);
    const isThere = columns.filter((column) => foldIdentifier(column.name) === folded).length === 1;
    if (others.length > 0 || !isThere || names.has(folded)) throw new NotUnderstood(`RENAME of ${folded}`);
    names.set(folded, readIdentifier(to).name);
  }
  return columns.map((column) => ({
    ...column,
    name: names.get(foldIdentifier(column.name)) ?? column.name,
  }));
}

function literalText(node: unknown): string {
  const { kind, fields } = nodeOf(node);
  const value = fields['value'];
  if (kind === 'literal' && fields['literal_type'] === 'string' && typeof value === 'string') return value;
  throw new NotUnderstood('COLUMNS of this form', positionOf(node));
}

/**
 * The columns that `COLUMNS(…)` stands for: a star, a plain pattern that matches a part of the name, a list of names.
 * @throws NotUnderstood
 */
export function readColumnsChoice(fields: Fields, place: Place): readonly NamedFlow[] {
  onlyFields(fields, 'COLUMNS', ['name', 'args']);
  const [choice, ...others] = listOf(fields['args']);
  if (others.length > 0) throw new NotUnderstood('COLUMNS of this form');
  const { kind, fields: inner } = nodeOf(choice);
  if (kind === 'star') return readStar(inner, place);
  const all = starColumns(place.scope);
  if (all.some((column) => column.name === ''))
    throw new NotUnderstood('COLUMNS where a column has no name of its own');
  const chosen =
    kind === 'array_func'
      ? named(all, listOf(inner['expressions']).map(literalText))
      : matching(all, literalText(choice));
  if (chosen.length === 0) throw new NotUnderstood('COLUMNS that stand for no column');
  return chosen;
}

function named(columns: readonly NamedFlow[], names: readonly string[]): readonly NamedFlow[] {
  const wanted = new Set(names.map(foldIdentifier));
  const chosen = columns.filter((column) => wanted.has(foldIdentifier(column.name)));
  if (chosen.length !== wanted.size) throw new NotUnderstood('COLUMNS with a name that is not there once');
  return chosen;
}

function matching(columns: readonly NamedFlow[], pattern: string): readonly NamedFlow[] {
  if (!COMMON_PATTERN.test(pattern)) throw new NotUnderstood('COLUMNS with a pattern of this form');
  try {
    const expression = new RegExp(pattern);
    return columns.filter((column) => expression.test(column.name));
  } catch {
    throw new NotUnderstood('COLUMNS with a pattern of this form');
  }
}
