// The output columns of a SELECT list, in order: stars, COLUMNS, aliases; must not know other clauses.
import { followExpression } from './expression.ts';
import { mergeFlows, type Flow } from './flow.ts';
import { foldIdentifier, identifierOrNull, nameText, readIdentifier } from './identifiers.ts';
import { outputName } from './output-name.ts';
import type { Place } from './place.ts';
import { qualifiedStarColumns, starColumns, type NamedFlow, type Scope } from './scope.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';

/** Output columns, and the aliases that other clauses may use. */
export interface SelectList {
  readonly columns: readonly NamedFlow[];
  readonly aliases: ReadonlyMap<string, Flow>;
}

/** Functions that certainly give a list, so that `unnest` of them is one column. */
const LISTS = new Set(
  `string_split str_split split regexp_split_to_array string_split_regex str_split_regex string_to_array regexp_extract_all
  range generate_series list_value list_distinct list_sort list_reverse_sort list array_agg map_keys`.split(
    /\s+/,
  ),
);

/** @throws NotUnderstood */
export function readSelectList(expressions: unknown, place: Place): SelectList {
  const columns: NamedFlow[] = [];
  const aliases = new Map<string, Flow>();
  for (const expression of listOf(expressions)) {
    const here = { ...place, scope: { ...place.scope, aliases: new Map(aliases) } };
    for (const item of readItem(expression, here)) {
      columns.push(item);
      place.context.spend(1 + item.flow.direct.length);
      if (item.isAlias) addAlias(aliases, item);
    }
  }
  if (columns.length === 0) throw new NotUnderstood('a SELECT list without columns');
  return { columns, aliases };
}

/** Two columns of one alias: a use of it can mean either. */
function addAlias(aliases: Map<string, Flow>, item: NamedFlow): void {
  const folded = foldIdentifier(item.name);
  const before = aliases.get(folded);
  aliases.set(folded, before ? mergeFlows([before, item.flow]) : item.flow);
}

interface Item extends NamedFlow {
  readonly isAlias: boolean;
}

function readItem(node: unknown, place: Place): readonly Item[] {
  const { kind, fields } = nodeOf(node);
  if (kind === 'annotated') return readItem(onlyFields(fields, 'a comment', ['this'])['this'], place);
  if (kind === 'star') return readStar(fields, place);
  if (kind === 'alias') {
    onlyFields(fields, 'an alias', ['this', 'alias']);
    return [
      { name: readIdentifier(fields['alias']).name, flow: readValue(fields['this'], place), isAlias: true },
    ];
  }
  if (kind === 'subquery' && !isAbsent(fields['alias'])) {
    const name = identifierOrNull(fields['alias']) ?? '';
    const bare = { subquery: { ...fields, alias: null } };
    return [{ name, flow: followExpression(bare, place), isAlias: true }];
  }
  if (kind === 'function' && foldIdentifier(nameText(fields['name']) ?? '') === 'columns')
    return readColumns(fields, place);
  return [{ name: outputName(node), flow: readValue(node, place), isAlias: false }];
}

/** A value, or `unnest` of a list, which stands at the top only. */
function readValue(node: unknown, place: Place): Flow {
  const { kind, fields } = nodeOf(node);
  if (kind !== 'function' || foldIdentifier(nameText(fields['name']) ?? '') !== 'unnest')
    return followExpression(node, place);
  onlyFields(fields, 'unnest', ['name', 'args']);
  const [list, ...others] = listOf(fields['args']);
  const inner = nodeOf(list);
  const isList =
    inner.kind === 'array_func' ||
    inner.kind === 'array_agg' ||
    (['function', 'aggregate_function'].includes(inner.kind) &&
      LISTS.has(foldIdentifier(nameText(inner.fields['name']) ?? '')));
  if (others.length > 0 || !isList) {
    throw new NotUnderstood(
      'unnest of what may be a struct; FROM t, unnest(t.list) AS u(item) can be followed',
      positionOf(node),
    );
  }
  return followExpression({ function: { ...fields, name: 'unnested' } }, place);
}

function splitName(text: string): { readonly table: string | null; readonly name: string } {
  const dot = text.indexOf('.');
  return dot < 0 ? { table: null, name: text } : { table: text.slice(0, dot), name: text.slice(dot + 1) };
}

/** `*`, `t.*`, with EXCLUDE, REPLACE and RENAME, in which the engine applies them. */
function readStar(fields: Fields, place: Place): readonly Item[] {
  onlyFields(fields, '*', ['table', 'except', 'replace', 'rename']);
  const table = identifierOrNull(fields['table']);
  const all = table === null ? starColumns(place.scope) : qualifiedStarColumns(place.scope, table);
  if (all.length === 0) throw new NotUnderstood('* without a relation');
  const excluded = listOf(fields['except']).map((name) => readIdentifier(name).name);
  const kept = excluded.reduce((columns, name) => exclude(columns, name, place.scope), all);
  const replaced = replaceColumns(kept, listOf(fields['replace']), place);
  const renamed = renameColumns(replaced, listOf(fields['rename']));
  return renamed.map((column) => ({ ...column, isAlias: false }));
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
  const binding = scope.bindings.filter(
    (candidate) => foldIdentifier(candidate.alias) === foldIdentifier(table),
  );
  const own =
    binding.length === 1
      ? binding[0]?.columns.filter((column) => foldIdentifier(column.name) === folded)
      : [];
  const [column] = own ?? [];
  if (isShared || !column || !columns.includes(column)) throw new NotUnderstood(`EXCLUDE of ${text}`);
  return columns.filter((candidate) => candidate !== column);
}

function replaceColumns(
  columns: readonly NamedFlow[],
  entries: readonly unknown[],
  place: Place,
): readonly NamedFlow[] {
  return entries.reduce<readonly NamedFlow[]>((current, entry) => {
    const fields = onlyFields(entry, 'REPLACE', ['this', 'alias']);
    const name = readIdentifier(fields['alias']).name;
    const folded = foldIdentifier(name);
    const bare = { ...place, scope: { ...place.scope, aliases: new Map<string, Flow>() } };
    const flow = followExpression(fields['this'], bare);
    if (!current.some((column) => foldIdentifier(column.name) === folded))
      throw new NotUnderstood(`REPLACE of ${name}, which is no column here`);
    return current.map((column) => (foldIdentifier(column.name) === folded ? { name, flow } : column));
  }, columns);
}

function renameColumns(columns: readonly NamedFlow[], entries: readonly unknown[]): readonly NamedFlow[] {
  const names = new Map<string, string>();
  for (const entry of entries) {
    const [from, to, ...others] = listOf(entry);
    const old = splitName(readIdentifier(from).name);
    if (others.length > 0 || old.table !== null) throw new NotUnderstood('RENAME of this form');
    const folded = foldIdentifier(old.name);
    const isThere = columns.filter((column) => foldIdentifier(column.name) === folded).length === 1;
    if (!isThere || names.has(folded)) throw new NotUnderstood(`RENAME of ${old.name}`);
    names.set(folded, readIdentifier(to).name);
  }
  return columns.map((column) => ({
    ...column,
    name: names.get(foldIdentifier(column.name)) ?? column.name,
  }));
}

/** `COLUMNS(*)`, `COLUMNS(t.* EXCLUDE a)` and `COLUMNS(['a', 'b'])` standing alone. */
function readColumns(fields: Fields, place: Place): readonly Item[] {
  onlyFields(fields, 'COLUMNS', ['name', 'args']);
  const [choice, ...others] = listOf(fields['args']);
  const { kind, fields: inner } = nodeOf(choice);
  if (others.length > 0) throw new NotUnderstood('COLUMNS of this form');
  if (kind === 'star') return readStar(inner, place);
  throw new NotUnderstood('COLUMNS with a pattern or a condition', positionOf(fields));
}
