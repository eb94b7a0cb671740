// The relations a FROM clause brings into scope; must not know what a query does with them.
import { followExpression } from './expression.ts';
import { decides, mergeFlows, NO_FLOW, passThrough, type IndirectPart } from './flow.ts';
import { isAllowedTableFunction } from './functions.ts';
import {
  distinctNames,
  foldIdentifier,
  identifierOrNull,
  nameText,
  positionName,
  readIdentifier,
} from './identifiers.ts';
import { joinRelations, type Group } from './join.ts';
import type { CommonTables, Context, Place } from './place.ts';
import {
  makeScope,
  type Binding,
  type NamedFlow,
  type Relation,
  type Scope,
  type SharedColumn,
} from './scope.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';

/** Everything in FROM: what names mean, and what decided the rows so far. */
export interface FromClause {
  readonly bindings: readonly Binding[];
  readonly shared: readonly SharedColumn[];
  readonly indirect: readonly IndirectPart[];
}

/** What the relations of one FROM clause are read with; grows from left to right. */
export interface Reading {
  readonly context: Context;
  readonly tables: CommonTables;
  readonly outer: Scope | null;
}

const EMPTY: FromClause = { bindings: [], shared: [], indirect: [] };

function together(a: FromClause, b: FromClause): FromClause {
  return {
    bindings: [...a.bindings, ...b.bindings],
    shared: [...a.shared, ...b.shared],
    indirect: [...a.indirect, ...b.indirect],
  };
}

/**
 * Reads FROM and its joins. Relations after a comma start a group of their own, in which their joins see each other;
 * what stands before is seen as well, as in a lateral join.
 * @throws NotUnderstood
 */
export function readFrom(from: unknown, joins: unknown, reading: Reading): FromClause {
  const first = isAbsent(from) ? [] : listOf(onlyFields(from, 'FROM', ['expressions'])['expressions']);
  let done = EMPTY;
  let group = EMPTY;
  for (const item of first) {
    done = together(done, group);
    group = readRelation(item, seeing(reading, done));
  }
  for (const join of listOf(joins)) {
    const fields = readJoin(join);
    if (fields['kind'] === 'Implicit') {
      if (!isAbsent(fields['on']) || !isAbsent(fields['using']))
        throw new NotUnderstood('a comma with a condition');
      done = together(done, group);
      group = readRelation(fields['this'], seeing(reading, done));
    } else {
      group = joinTo(group, fields, seeing(reading, done));
    }
  }
  return together(done, group);
}

function seeing(reading: Reading, before: FromClause): Reading {
  if (before.bindings.length === 0) return reading;
  return { ...reading, outer: makeScope(before.bindings, before.shared, reading.outer) };
}

const JOIN_FIELDS = [
  'this',
  'on',
  'using',
  'kind',
  'use_inner_keyword',
  'use_outer_keyword',
  'nesting_group',
];

function readJoin(join: unknown): Fields {
  const fields = onlyFields(join, 'a join', JOIN_FIELDS);
  if (fields['nesting_group'] !== 0)
    throw new NotUnderstood('nested joins without brackets', positionOf(join));
  if (typeof fields['kind'] !== 'string') throw new NotUnderstood('a join of unknown kind', positionOf(join));
  return fields;
}

function joinTo(left: FromClause, fields: Fields, reading: Reading): FromClause {
  const right = readRelation(fields['this'], seeing(reading, left));
  const using = listOf(fields['using']).map((name) => readIdentifier(name).name);
  const joined: Group = joinRelations(left, right, String(fields['kind']), using, positionOf(fields['this']));
  const conditions = isAbsent(fields['on']) ? [] : followOn(fields['on'], left, right, reading);
  return { ...joined, indirect: [...left.indirect, ...right.indirect, ...joined.indirect, ...conditions] };
}

function followOn(
  on: unknown,
  left: FromClause,
  right: FromClause,
  reading: Reading,
): readonly IndirectPart[] {
  const both = together(left, right);
  const scope = makeScope(both.bindings, both.shared, reading.outer);
  return decides(followExpression(on, placeOf(scope, reading)), 'join');
}

function placeOf(scope: Scope, reading: Reading): Place {
  return { context: reading.context, scope, tables: reading.tables, windows: new Map() };
}

/** One relation: a table, a query, a table function, a bracket of joins. */
function readRelation(node: unknown, reading: Reading): FromClause {
  const { kind, fields } = nodeOf(node);
  switch (kind) {
    case 'table':
      return readTable(fields, reading, node);
    case 'subquery':
      return readSubquery(fields, reading);
    case 'alias':
      return readAliased(fields, reading);
    case 'paren':
    case 'annotated':
      return readRelation(onlyFields(fields, 'a bracket', ['this'])['this'], reading);
    case 'joined_table':
      return readBracket(fields, reading);
    case 'values':
      return readValues(fields, reading);
    case 'unpivot':
      return bind(reading.context.query(node, reading.tables, reading.outer), '', []);
    case 'function':
    case 'unnest':
      return readFunction(node, null, [], reading);
    default:
      throw new NotUnderstood(`${kind.replaceAll('_', ' ')} in FROM`, positionOf(node));
  }
}

/** What SUMMARIZE, DESCRIBE and UNPIVOT read: a relation by name, or a query. */
export function readRelationAsQuery(node: unknown, reading: Reading): Relation {
  const { kind, fields } = nodeOf(node);
  if (kind === 'column') {
    onlyFields(fields, 'a relation', ['name', 'table']);
    if (!isAbsent(fields['table'])) throw new NotUnderstood('a relation of another schema', positionOf(node));
    return readNamed(readIdentifier(fields['name']).name, false, reading, node);
  }
  if (kind !== 'table') return reading.context.query(node, reading.tables, reading.outer);
  const { bindings, indirect } = readTable(fields, reading, node);
  return { columns: bindings.flatMap((binding) => binding.columns), indirect };
}

/** A relation under an alias, its first columns renamed. */
function bind(relation: Relation, alias: string, columnAliases: readonly string[]): FromClause {
  if (columnAliases.length > relation.columns.length)
    throw new NotUnderstood(`more column names than columns for ${alias}`);
  const named = relation.columns.map((column, index) => columnAliases[index] ?? column.name);
  const names = distinctNames(named);
  const columns = relation.columns.map(({ flow }, index) => ({ name: names[index] ?? '', flow }));
  return { bindings: [{ alias, columns }], shared: [], indirect: relation.indirect };
}

const TABLE_FIELDS = ['name', 'schema', 'alias', 'column_aliases'];

function readTable(fields: Fields, reading: Reading, node: unknown): FromClause {
  onlyFields(fields, 'a relation', TABLE_FIELDS);
  const name = readIdentifier(fields['name']).name;
  const schema = identifierOrNull(fields['schema']);
  if (schema !== null && foldIdentifier(schema) !== 'main') {
    throw new NotUnderstood(`a relation of the schema ${schema}`, positionOf(node));
  }
  const columnAliases = listOf(fields['column_aliases']).map((alias) => readIdentifier(alias).name);
  const alias = identifierOrNull(fields['alias']) ?? name;
  return bind(readNamed(name, schema !== null, reading, node), alias, columnAliases);
}

/** A common table expression, a cell or a source. */
function readNamed(name: string, isQualified: boolean, reading: Reading, node: unknown): Relation {
  const folded = foldIdentifier(name);
  if (!isQualified && reading.tables.has(folded)) {
    const relation = reading.tables.get(folded);
    if (relation) return relation;
    throw new NotUnderstood(`${name} reads itself`, positionOf(node));
  }
  const input = reading.context.input(name);
  if (!input)
    throw new NotUnderstood(`${name} is no source or cell whose columns are known`, positionOf(node));
  const columns: NamedFlow[] = input.columns.map((column, index) => ({
    name: column,
    flow: {
      ...NO_FLOW,
      direct: [
        { from: { relation: input.name, column: column || positionName(index) }, kind: 'identity', via: [] },
      ],
    },
  }));
  return { columns, indirect: [] };
}

const SUBQUERY_FIELDS = [
  'this',
  'alias',
  'column_aliases',
  'order_by',
  'limit',
  'offset',
  'lateral',
  'modifiers_inside',
];

function readSubquery(fields: Fields, reading: Reading): FromClause {
  onlyFields(fields, 'a query in FROM', SUBQUERY_FIELDS);
  const alias = identifierOrNull(fields['alias']) ?? '';
  const columnAliases = listOf(fields['column_aliases']).map((name) => readIdentifier(name).name);
  const bare = { ...fields, alias: null, column_aliases: [], lateral: false };
  return bind(reading.context.query({ subquery: bare }, reading.tables, reading.outer), alias, columnAliases);
}

/** `… AS alias(columns)` around a table function or a bracketed query. */
function readAliased(fields: Fields, reading: Reading): FromClause {
  onlyFields(fields, 'an alias in FROM', ['this', 'alias', 'column_aliases']);
  const alias = identifierOrNull(fields['alias']) ?? '';
  const columnAliases = listOf(fields['column_aliases']).map((name) => readIdentifier(name).name);
  const { kind, fields: inner } = nodeOf(fields['this']);
  if (kind === 'function' || kind === 'unnest')
    return readFunction(fields['this'], alias, columnAliases, reading);
  if (kind !== 'paren' && kind !== 'subquery')
    throw new NotUnderstood(`${kind.replaceAll('_', ' ')} under an alias in FROM`);
  const query = kind === 'paren' ? onlyFields(inner, 'a bracket', ['this'])['this'] : fields['this'];
  return bind(reading.context.query(query, reading.tables, reading.outer), alias, columnAliases);
}

function readBracket(fields: Fields, reading: Reading): FromClause {
  onlyFields(fields, 'joins in brackets', ['left', 'joins']);
  return readFrom({ expressions: [fields['left']] }, fields['joins'], reading);
}

function readValues(fields: Fields, reading: Reading): FromClause {
  const alias = nameText(fields['alias']) ?? '';
  const columnAliases = listOf(fields['column_aliases']).map((name) => readIdentifier(name).name);
  const bare = { values: { ...fields, alias: null, column_aliases: [] } };
  return bind(reading.context.query(bare, reading.tables, reading.outer), alias, columnAliases);
}

/** `range(…)`, `generate_series(…)` and `unnest(…)`: one column, made of all arguments. */
function readFunction(
  node: unknown,
  alias: string | null,
  columnAliases: readonly string[],
  reading: Reading,
): FromClause {
  const { kind, fields } = nodeOf(node);
  const known = kind === 'unnest' ? ['this', 'expressions'] : ['name', 'args', 'quoted'];
  onlyFields(fields, 'a table function', known);
  const name = kind === 'unnest' ? 'unnest' : foldIdentifier(String(fields['name']));
  if (!isAllowedTableFunction(name)) throw new NotUnderstood(`the table function ${name}`, positionOf(node));
  const args =
    kind === 'unnest' ? [fields['this'], ...listOf(fields['expressions'])] : listOf(fields['args']);
  if (args.some((arg) => nodeOf(arg).kind === 'named_argument'))
    throw new NotUnderstood(`${name} with named arguments`);
  const place = placeOf(makeScope([], [], reading.outer), reading);
  const flow = mergeFlows(
    args.map((arg, argument) =>
      passThrough(followExpression(arg, place), { name, isLibraryMacro: false, argument }, 'transformation'),
    ),
  );
  // As many rows as the list has items: the list decides about the rows beside it.
  return bind({ columns: [{ name, flow }], indirect: decides(flow, 'join') }, alias ?? name, columnAliases);
}
