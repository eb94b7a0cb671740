// The output columns of a SELECT list, in order: stars, COLUMNS, aliases; must not know other clauses.
import { followExpression } from './expression.ts';
import { decides, mergeFlows, type Flow, type IndirectPart } from './flow.ts';
import { foldIdentifier, identifierOrNull, nameText, readIdentifier } from './identifiers.ts';
import { outputName } from './output-name.ts';
import type { Place } from './place.ts';
import { writtenName, type NamedFlow } from './scope.ts';
import { readColumnsChoice, readStar } from './star.ts';
import {
  isAbsent,
  isRecord,
  listOf,
  nodeOf,
  NotUnderstood,
  onlyFields,
  positionOf,
  type Fields,
} from './tree.ts';

/** Output columns, what decides the rows, and the aliases that other clauses may use. */
export interface SelectList {
  readonly columns: readonly NamedFlow[];
  readonly indirect: readonly IndirectPart[];
  readonly aliases: ReadonlyMap<string, Flow>;
}

/** Functions that certainly give a list, so that `unnest` of them is one column. */
const LISTS = new Set(
  `string_split str_split split regexp_split_to_array string_split_regex str_split_regex string_to_array
  regexp_extract_all range generate_series list_value list_distinct list_sort list_reverse_sort list array_agg
  map_keys`.split(/\s+/),
);

/** @throws NotUnderstood */
export function readSelectList(expressions: unknown, place: Place): SelectList {
  const columns: NamedFlow[] = [];
  const indirect: IndirectPart[] = [];
  const aliases = new Map<string, Flow>();
  for (const expression of listOf(expressions)) {
    const here = { ...place, scope: { ...place.scope, aliases: new Map(aliases) } };
    for (const item of readItem(expression, here)) {
      columns.push(item);
      // As many rows as the list has items.
      if (item.isUnnested) indirect.push(...decides(item.flow, 'join'));
      place.context.spend(1 + item.flow.direct.length);
      if (item.isAlias) addAlias(aliases, item);
    }
  }
  if (columns.length === 0) throw new NotUnderstood('a SELECT list without columns');
  return { columns, indirect, aliases };
}

/** Two columns of one alias: a use of it can mean either. */
function addAlias(aliases: Map<string, Flow>, item: NamedFlow): void {
  const folded = foldIdentifier(item.name);
  const before = aliases.get(folded);
  aliases.set(folded, before ? mergeFlows([before, item.flow]) : item.flow);
}

interface Item extends NamedFlow {
  readonly isAlias: boolean;
  readonly isUnnested: boolean;
}

function readItem(node: unknown, place: Place): readonly Item[] {
  const { kind, fields } = nodeOf(node);
  if (kind === 'annotated') return readItem(onlyFields(fields, 'a comment', ['this'])['this'], place);
  if (kind === 'star')
    return readStar(fields, place).map((column) => ({ ...column, isAlias: false, isUnnested: false }));
  if (kind === 'alias') {
    onlyFields(fields, 'an alias', ['this', 'alias']);
    return readValues(fields['this'], readIdentifier(fields['alias']).name, place);
  }
  if (kind === 'subquery' && !isAbsent(fields['alias'])) {
    const bare = { subquery: { ...fields, alias: null } };
    return readValues(bare, identifierOrNull(fields['alias']), place);
  }
  return readValues(node, null, place);
}

/** One column, or one for each that COLUMNS inside the expression stands for. */
function readValues(node: unknown, alias: string | null, place: Place): readonly Item[] {
  const choices = columnsNodes(node);
  const [first] = choices;
  if (first === undefined) {
    const name = alias ?? nameOf(node, place);
    return [{ name, flow: readValue(node, place), isAlias: alias !== null, isUnnested: isUnnest(node) }];
  }
  if (alias?.includes('\\'))
    throw new NotUnderstood('COLUMNS under a name made by a pattern', positionOf(node));
  const chosen = choices.map((choice) => readColumnsChoice(nodeOf(choice).fields, place));
  const names = chosen.map((columns) => columns.map((column) => column.name).join('\u0000'));
  if (new Set(names).size > 1) throw new NotUnderstood('COLUMNS of different columns in one expression');
  return (chosen[0] ?? []).map((column, index) => {
    const given = new Map(
      choices.map((choice, place) => [choice, chosen[place]?.[index]?.flow ?? column.flow]),
    );
    const flow = followExpression(node, { ...place, given });
    return { name: alias ?? column.name, flow, isAlias: alias !== null, isUnnested: false };
  });
}

function nameOf(node: unknown, place: Place): string {
  const { kind, fields } = nodeOf(node);
  if (kind === 'paren' || kind === 'annotated') return nameOf(fields['this'], place);
  if (kind !== 'column') return outputName(node);
  return writtenName(place.scope, identifierOrNull(fields['table']), readIdentifier(fields['name']).name);
}

function isColumns(fields: Fields): boolean {
  return foldIdentifier(nameText(fields['name']) ?? '') === 'columns' && fields['quoted'] !== true;
}

const QUERIES = new Set(['select', 'union', 'intersect', 'except', 'values', 'subquery']);

/** `COLUMNS(…)` nodes in an expression, not in the queries inside it. */
function columnsNodes(part: unknown): readonly unknown[] {
  if (Array.isArray(part)) return part.flatMap(columnsNodes);
  if (!isRecord(part)) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (QUERIES.has(key)) return [];
    if (key === 'function' && isRecord(value) && isColumns(value)) return [part];
    return columnsNodes(value);
  });
}

/** A value, or `unnest` of a list, which stands at the top only. */
function readValue(node: unknown, place: Place): Flow {
  if (!isUnnest(node)) return followExpression(node, place);
  const { fields } = nodeOf(node);
  onlyFields(fields, 'unnest', ['name', 'args']);
  const [list, ...others] = listOf(fields['args']);
  if (others.length > 0 || !isList(list)) {
    const mend = 'FROM t, unnest(t.list) AS u(item) can be followed';
    throw new NotUnderstood(`unnest of what may be a struct; ${mend}`, positionOf(node));
  }
  return followExpression({ function: { ...fields, name: 'unnested' } }, place);
}

function isUnnest(node: unknown): boolean {
  const { kind, fields } = nodeOf(node);
  return kind === 'function' && foldIdentifier(nameText(fields['name']) ?? '') === 'unnest';
}

function isList(node: unknown): boolean {
  const { kind, fields } = nodeOf(node);
  if (kind === 'array_func' || kind === 'array_agg') return true;
  const isCall = kind === 'function' || kind === 'aggregate_function';
  return isCall && LISTS.has(foldIdentifier(nameText(fields['name']) ?? ''));
}
