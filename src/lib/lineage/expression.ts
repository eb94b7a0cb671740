// What an expression is made of; must not know clauses of a query, only expressions and the queries inside them.
import { followCall, followMethod, followNamedAggregate, followWindow, followWithinGroup } from './call.ts';
import { AGGREGATE_NODES, CONSTANT_NODES, PLAIN_NODES, type PlainNode } from './expression-nodes.ts';
import { decidedBy, decides, mergeFlows, NO_FLOW, passThrough, type Flow } from './flow.ts';
import { foldIdentifier, identifierOrNull, readIdentifier } from './identifiers.ts';
import type { Place } from './place.ts';
import { lookUpName, lookUpQualified, withParameters } from './scope.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';

type Follow = (fields: Fields, place: Place, node: unknown) => Flow;

function step(name: string, argument: number) {
  return { name, isLibraryMacro: false, argument };
}

function followParts(parts: readonly unknown[], name: string, place: Place): Flow {
  return mergeFlows(
    parts.map((part, argument) =>
      passThrough(followExpression(part, place), step(name, argument), 'transformation'),
    ),
  );
}

function followPlain(plain: PlainNode, fields: Fields, kind: string, place: Place): Flow {
  const manner = plain.manner ?? [];
  onlyFields(fields, `${plain.name} (${kind})`, [...plain.parts, ...manner]);
  for (const name of manner) {
    const value = fields[name];
    if (!isAbsent(value) && typeof value === 'object') throw new NotUnderstood(`${plain.name} with ${name}`);
  }
  const parts = plain.parts.flatMap((name) => {
    const value = fields[name];
    return isAbsent(value) ? [] : Array.isArray(value) ? value : [value];
  });
  return followParts(parts, plain.name, place);
}

const followColumn: Follow = (fields, place) => {
  onlyFields(fields, 'a column', ['name', 'table']);
  const name = readIdentifier(fields['name']).name;
  const table = identifierOrNull(fields['table']);
  return table === null ? lookUpName(place.scope, name) : lookUpQualified(place.scope, table, name);
};

const followField: Follow = (fields, place) => {
  onlyFields(fields, 'a field', ['this', 'field']);
  readIdentifier(fields['field']);
  return passThrough(followExpression(fields['this'], place), step('.', 0), 'transformation');
};

const followInner: Follow = (fields, place) => {
  onlyFields(fields, 'a bracket', ['this']);
  return followExpression(fields['this'], place);
};

const followCase: Follow = (fields, place) => {
  onlyFields(fields, 'CASE', ['operand', 'whens', 'else_']);
  const branches = listOf(fields['whens']).map(listOf);
  if (branches.some((branch) => branch.length !== 2)) throw new NotUnderstood('CASE has an unknown form');
  const results = [
    ...branches.map((branch) => branch[1]),
    ...(isAbsent(fields['else_']) ? [] : [fields['else_']]),
  ];
  const conditions = [
    ...branches.map((branch) => branch[0]),
    ...(isAbsent(fields['operand']) ? [] : [fields['operand']]),
  ];
  return followChoice(conditions, results, 'case', place);
};

function followChoice(
  conditions: readonly unknown[],
  results: readonly unknown[],
  name: string,
  place: Place,
): Flow {
  const flow = followParts(results, name, place);
  const deciding = mergeFlows(conditions.map((condition) => followExpression(condition, place)));
  return {
    ...decidedBy(flow, decides(deciding, 'condition')),
    isAggregate: flow.isAggregate || deciding.isAggregate,
  };
}

const followIf: Follow = (fields, place) => {
  onlyFields(fields, 'if', ['condition', 'true_value', 'false_value', 'original_name']);
  const results = [fields['true_value'], fields['false_value']].filter((part) => !isAbsent(part));
  return followChoice([fields['condition']], results, 'if', place);
};

const followCast =
  (name: string): Follow =>
  (fields, place) => {
    onlyFields(fields, 'a cast', ['this', 'to', 'double_colon_syntax']);
    return passThrough(followExpression(fields['this'], place), step(name, 0), 'transformation');
  };

/** All columns of a query inside an expression, and what decided its rows. */
function followSubquery(node: unknown, place: Place): Flow {
  const relation = place.context.query(node, place.tables, place.scope);
  const flow = mergeFlows(relation.columns.map((column) => column.flow));
  const direct = passThrough({ ...flow, isAggregate: false }, null, 'transformation');
  return decidedBy(direct, relation.indirect);
}

const followExists: Follow = (fields, place) => {
  onlyFields(fields, 'EXISTS', ['this', 'not']);
  const relation = place.context.query(fields['this'], place.tables, place.scope);
  return decidedBy(NO_FLOW, relation.indirect);
};

const followIn: Follow = (fields, place) => {
  onlyFields(fields, 'IN', ['this', 'expressions', 'query', 'not', 'is_field']);
  const flow = followParts([fields['this'], ...listOf(fields['expressions'])], 'in', place);
  if (isAbsent(fields['query'])) return flow;
  const found = passThrough(followSubquery(fields['query'], place), step('in', 1), 'transformation');
  return mergeFlows([flow, found]);
};

const followQuantified: Follow = (fields, place) => {
  onlyFields(fields, 'ANY or ALL', ['this', 'subquery', 'op']);
  if (!isAbsent(fields['op']) && typeof fields['op'] !== 'string')
    throw new NotUnderstood('ANY or ALL has an unknown form');
  return followParts([fields['this'], fields['subquery']], 'any', place);
};

/** `{'a': x}` and `MAP {k: v}`: the keys of a struct are names, those of a map are values. */
const followMap: Follow = (fields, place) => {
  onlyFields(fields, 'a struct', ['keys', 'values', 'curly_brace_syntax', 'with_map_keyword']);
  const keys = listOf(fields['keys']);
  const isMap = fields['with_map_keyword'] === true || fields['curly_brace_syntax'] !== true;
  if (!isMap) for (const key of keys) requireName(key);
  return followParts([...(isMap ? keys : []), ...listOf(fields['values'])], isMap ? 'map' : 'struct', place);
};

function requireName(key: unknown): void {
  const { kind, fields } = nodeOf(key);
  if (kind === 'literal' || (kind === 'column' && isAbsent(fields['table']))) return;
  throw new NotUnderstood('a struct whose key is no name', positionOf(key));
}

const followInterval: Follow = (fields, place) => {
  onlyFields(fields, 'INTERVAL', ['this', 'unit']);
  const unit = fields['unit'];
  if (!isAbsent(unit)) onlyFields(unit, 'INTERVAL', ['type', 'unit', 'use_plural']);
  return isAbsent(fields['this']) ? NO_FLOW : followParts([fields['this']], 'interval', place);
};

/** `[f(x) FOR x IN list IF p(x)]` */
const followComprehension: Follow = (fields, place) => {
  onlyFields(fields, 'a list comprehension', ['this', 'expression', 'iterator', 'condition']);
  const variable = nodeOf(fields['expression']);
  if (variable.kind !== 'column' || !isAbsent(variable.fields['table']))
    throw new NotUnderstood('a list comprehension of this form');
  const name = foldIdentifier(readIdentifier(variable.fields['name']).name);
  const list = followExpression(fields['iterator'], place);
  const inner = { ...place, scope: withParameters(place.scope, new Map([[name, list]])) };
  const parts = [fields['this'], fields['condition']].filter((part) => !isAbsent(part));
  return mergeFlows([list, followParts(parts, 'list comprehension', inner)]);
};

const followAggregate =
  (name: string): Follow =>
  (fields, place) =>
    followNamedAggregate(name, fields, place, followExpression);

const SPECIAL: Readonly<Record<string, Follow>> = {
  column: followColumn,
  dot: followField,
  paren: followInner,
  annotated: followInner,
  case: followCase,
  if_func: followIf,
  cast: followCast('cast'),
  try_cast: followCast('try_cast'),
  subquery: (_fields, place, node) => followSubquery(node, place),
  select: (_fields, place, node) => followSubquery(node, place),
  exists: followExists,
  in: followIn,
  any: followQuantified,
  all: followQuantified,
  map_func: followMap,
  interval: followInterval,
  comprehension: followComprehension,
  function: (fields, place) => followCall(fields, place, followExpression),
  method_call: (fields, place) => followMethod(fields, place, followExpression),
  window_function: (fields, place) => followWindow(fields, place, followExpression),
  within_group: (fields, place) => followWithinGroup(fields, place, followExpression),
};

/**
 * Direct and indirect parts of an expression's value.
 * @throws NotUnderstood for every node that is not listed here or in `expression-nodes.ts`
 */
export function followExpression(node: unknown, place: Place): Flow {
  const given = place.given?.get(node);
  if (given) return given;
  const { kind, fields } = nodeOf(node);
  if (CONSTANT_NODES.has(kind)) return NO_FLOW;
  place.context.spend(1);
  const flow = followKind(kind, fields, place, node);
  place.context.spend(flow.direct.length + flow.indirect.length);
  return flow;
}

function followKind(kind: string, fields: Fields, place: Place, node: unknown): Flow {
  try {
    if (Object.hasOwn(SPECIAL, kind)) return SPECIAL[kind]?.(fields, place, node) ?? NO_FLOW;
    const plain = Object.hasOwn(PLAIN_NODES, kind) ? PLAIN_NODES[kind] : undefined;
    if (plain) return followPlain(plain, fields, kind, place);
    const aggregate = Object.hasOwn(AGGREGATE_NODES, kind) ? AGGREGATE_NODES[kind] : undefined;
    if (aggregate !== undefined) return followAggregate(aggregate)(fields, place, node);
  } catch (error) {
    if (error instanceof NotUnderstood && error.position === null)
      throw new NotUnderstood(error.reason, positionOf(node));
    throw error;
  }
  throw new NotUnderstood(`${kind.replaceAll('_', ' ')} here`, positionOf(node));
}
