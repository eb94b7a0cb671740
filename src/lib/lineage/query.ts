// What a query produces: SELECT, set operations, VALUES, common table expressions; must not know cells or sources.
import { orderedValue } from './call.ts';
import { followExpression } from './expression.ts';
import { decides, mergeFlows, passThrough, type Flow, type IndirectPart } from './flow.ts';
import { readFrom } from './from-clause.ts';
import { distinctNames, foldIdentifier, nameText, readIdentifier } from './identifiers.ts';
import type { CommonTables, Context, Place } from './place.ts';
import { gatherIndirect, makeScope, type NamedFlow, type Relation, type Scope } from './scope.ts';
import { readSelectList } from './select-list.ts';
import { followSetOperation } from './set-operation.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';

const SELECT_FIELDS = [
  'expressions',
  'from',
  'joins',
  'where_clause',
  'group_by',
  'having',
  'qualify',
  'order_by',
  'limit',
  'offset',
  'distinct',
  'distinct_on',
  'with',
  'windows',
  'qualify_after_window',
];

/** Follows any query. @throws NotUnderstood */
export function followQuery(
  node: unknown,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  context.spend(1);
  const { kind, fields } = nodeOf(node);
  switch (kind) {
    case 'select':
      return followSelect(fields, tables, outer, context);
    case 'union':
    case 'intersect':
    case 'except':
      return followSets(kind, fields, tables, outer, context);
    case 'values':
      return followValues(fields, tables, outer, context);
    case 'subquery':
      return followBracket(fields, tables, outer, context);
    case 'paren':
    case 'annotated':
      return followQuery(onlyFields(fields, 'a bracket', ['this'])['this'], tables, outer, context);
    case 'pivot':
    case 'unpivot':
    case 'summarize':
    case 'describe':
      throw new NotUnderstood(`${kind.toUpperCase()} cannot be followed yet`, positionOf(node));
    default:
      throw new NotUnderstood(`${kind.replaceAll('_', ' ')} as a query`, positionOf(node));
  }
}

/** Common table expressions, each seeing those before it; one that reads its own name means the relation around it. */
function readWith(
  clause: unknown,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): CommonTables {
  if (isAbsent(clause)) return tables;
  const fields = onlyFields(clause, 'WITH', ['ctes', 'recursive']);
  const all = new Map(tables);
  const names = new Set<string>();
  for (const entry of listOf(fields['ctes'])) {
    const cte = onlyFields(entry, 'WITH', ['alias', 'this', 'columns', 'materialized', 'alias_first']);
    const name = foldIdentifier(readIdentifier(cte['alias']).name);
    if (names.has(name)) throw new NotUnderstood(`two common table expressions named ${name}`);
    names.add(name);
    const inner = fields['recursive'] === true ? new Map([...all, [name, null]]) : all;
    const relation = followQuery(cte['this'], inner, outer, context);
    all.set(name, renameFirst(relation, listOf(cte['columns'])));
  }
  return all;
}

function renameFirst(relation: Relation, aliases: readonly unknown[]): Relation {
  if (aliases.length > relation.columns.length)
    throw new NotUnderstood('more column names than columns in WITH');
  const own = distinctNames(relation.columns.map((column) => column.name));
  const columns = relation.columns.map((column, index) => {
    const alias = aliases[index];
    return { name: alias === undefined ? (own[index] ?? '') : readIdentifier(alias).name, flow: column.flow };
  });
  return { ...relation, columns };
}

function readWindows(windows: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    listOf(windows).map((window) => {
      const fields = onlyFields(window, 'WINDOW', ['name', 'spec']);
      return [foldIdentifier(readIdentifier(fields['name']).name), fields['spec']];
    }),
  );
}

function followSelect(fields: Fields, tables: CommonTables, outer: Scope | null, context: Context): Relation {
  onlyFields(fields, 'SELECT', SELECT_FIELDS);
  const all = readWith(fields['with'], tables, outer, context);
  const from = readFrom(fields['from'], fields['joins'], { context, tables: all, outer });
  const scope = makeScope(from.bindings, from.shared, outer);
  const place: Place = {
    context,
    scope,
    tables: all,
    windows: readWindows(fields['windows']),
    isDeciding: false,
  };
  const list = readSelectList(fields['expressions'], place);
  const named = outputAliases(list.columns, list.aliases);
  const deciding: Place = { ...place, scope: { ...scope, aliases: named }, isDeciding: true };
  const indirect = gatherIndirect(
    from.indirect,
    condition(fields['where_clause'], deciding),
    grouping(fields['group_by'], deciding, list.columns),
    condition(fields['having'], deciding),
    condition(fields['qualify'], deciding),
    distinction(fields, deciding, list.columns),
    ordering(fields['order_by'], deciding, list.columns),
    limiting(fields['limit'], deciding),
    limiting(fields['offset'], deciding),
  );
  return { columns: list.columns, indirect };
}

/** Names by which a later clause can mean an output column. */
function outputAliases(
  columns: readonly NamedFlow[],
  aliases: ReadonlyMap<string, Flow>,
): ReadonlyMap<string, Flow> {
  const all = new Map(aliases);
  for (const column of columns) {
    const folded = foldIdentifier(column.name);
    const before = all.get(folded);
    if (folded !== '') all.set(folded, before ? mergeFlows([before, column.flow]) : column.flow);
  }
  return all;
}

function condition(clause: unknown, place: Place): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  return decides(followExpression(onlyFields(clause, 'a condition', ['this'])['this'], place), 'filter');
}

function ordinal(node: unknown): number | null {
  const { kind, fields } = nodeOf(node);
  if (kind === 'paren' || kind === 'annotated') return ordinal(fields['this']);
  if (kind !== 'literal' || fields['literal_type'] !== 'number') return null;
  const number = Number(fields['value']);
  return Number.isInteger(number) ? number : null;
}

/** An expression, or the output column that a number stands for. */
function columnOrExpression(node: unknown, place: Place, columns: readonly NamedFlow[]): Flow {
  const number = ordinal(node);
  if (number === null) return followExpression(node, place);
  const column = columns[number - 1];
  if (!column) throw new NotUnderstood(`there is no output column ${number}`);
  return column.flow;
}

const GROUPING = new Set(['rollup', 'cube', 'grouping sets']);

function groupingParts(node: unknown): readonly unknown[] {
  const { kind, fields } = nodeOf(node);
  if (kind === 'tuple') return listOf(fields['expressions']).flatMap(groupingParts);
  const isSets = kind === 'function' && GROUPING.has(foldIdentifier(nameText(fields['name']) ?? ''));
  return isSets ? listOf(fields['args']).flatMap(groupingParts) : [node];
}

function grouping(clause: unknown, place: Place, columns: readonly NamedFlow[]): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const fields = onlyFields(clause, 'GROUP BY', ['expressions', 'all']);
  const keys =
    fields['all'] === true
      ? columns.filter((column) => !column.flow.isAggregate).map((column) => column.flow)
      : [];
  const named = listOf(fields['expressions'])
    .flatMap(groupingParts)
    .map((node) => columnOrExpression(node, place, columns));
  return [...keys, ...named].flatMap((flow) => decides(flow, 'group'));
}

function distinction(fields: Fields, place: Place, columns: readonly NamedFlow[]): readonly IndirectPart[] {
  const on = listOf(fields['distinct_on']);
  if (on.length > 0) return on.flatMap((node) => decides(columnOrExpression(node, place, columns), 'group'));
  return fields['distinct'] === true ? columns.flatMap((column) => decides(column.flow, 'group')) : [];
}

function isAll(node: unknown): boolean {
  const { kind, fields } = nodeOf(node);
  if (kind !== 'column' || !isAbsent(fields['table'])) return false;
  const name = readIdentifier(fields['name']);
  return !name.isQuoted && foldIdentifier(name.name) === 'all';
}

function ordering(clause: unknown, place: Place, columns: readonly NamedFlow[]): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const entries = listOf(onlyFields(clause, 'ORDER BY', ['expressions'])['expressions']).map(orderedValue);
  return entries.flatMap((node) => {
    const flows = isAll(node)
      ? columns.map((column) => column.flow)
      : [columnOrExpression(node, place, columns)];
    return flows.flatMap((flow) => decides(flow, 'sort'));
  });
}

function limiting(clause: unknown, place: Place): readonly IndirectPart[] {
  if (isAbsent(clause)) return [];
  const { kind } = nodeOf(clause);
  const value =
    kind === 'this' || 'percent' in Object(clause)
      ? onlyFields(clause, 'LIMIT', ['this', 'percent', 'rows'])['this']
      : clause;
  return decides(followExpression(value, place), 'filter');
}

/** ORDER BY and LIMIT after a set operation or a bracket see the output columns only. */
function modified(
  relation: Relation,
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  const scope = makeScope([{ alias: '', columns: relation.columns }], [], outer);
  const place: Place = { context, scope, tables, windows: new Map(), isDeciding: true };
  const indirect = gatherIndirect(
    relation.indirect,
    ordering(fields['order_by'], place, relation.columns),
    limiting(fields['limit'], place),
    limiting(fields['offset'], place),
  );
  return { ...relation, indirect };
}

const SET_FIELDS = ['left', 'right', 'all', 'distinct', 'with', 'order_by', 'limit', 'offset', 'by_name'];

function followSets(
  kind: 'union' | 'intersect' | 'except',
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  onlyFields(fields, kind.toUpperCase(), SET_FIELDS);
  const all = readWith(fields['with'], tables, outer, context);
  const left = nodeOf(fields['left']).kind;
  if (kind === 'intersect' && (left === 'union' || left === 'except')) {
    throw new NotUnderstood('INTERSECT after UNION or EXCEPT without brackets', positionOf(fields['right']));
  }
  const relation = followSetOperation({
    kind,
    isAll: fields['all'] === true,
    isByName: fields['by_name'] === true,
    left: followQuery(fields['left'], all, outer, context),
    right: followQuery(fields['right'], all, outer, context),
  });
  return modified(relation, fields, all, outer, context);
}

const BRACKET_FIELDS = ['this', 'order_by', 'limit', 'offset', 'modifiers_inside'];

function followBracket(
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  onlyFields(fields, 'a query in brackets', BRACKET_FIELDS);
  return modified(followQuery(fields['this'], tables, outer, context), fields, tables, outer, context);
}

function followValues(fields: Fields, tables: CommonTables, outer: Scope | null, context: Context): Relation {
  onlyFields(fields, 'VALUES', ['expressions']);
  const place: Place = {
    context,
    scope: makeScope([], [], outer),
    tables,
    windows: new Map(),
    isDeciding: false,
  };
  const rows = listOf(fields['expressions']).map((row) =>
    listOf(onlyFields(row, 'VALUES', ['expressions'])['expressions']),
  );
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width))
    throw new NotUnderstood('VALUES with rows of unequal length');
  const columns = Array.from({ length: width }, (_, index) => ({
    name: `col${index}`,
    flow: passThrough(
      mergeFlows(rows.map((row) => followExpression(row[index], place))),
      null,
      'transformation',
    ),
  }));
  return { columns, indirect: [] };
}
