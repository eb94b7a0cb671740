// What a SELECT produces; must not know the queries around or inside it.
import { condition, distinction, grouping, limiting, ordering } from './clauses.ts';
import { mergeFlows, type Flow } from './flow.ts';
import { readFrom } from './from-clause.ts';
import { foldIdentifier, readIdentifier } from './identifiers.ts';
import type { CommonTables, Context, Place } from './place.ts';
import { deciding, gatherIndirect, makeScope, type NamedFlow, type Relation, type Scope } from './scope.ts';
import { readSelectList } from './select-list.ts';
import { listOf, onlyFields, type Fields } from './tree.ts';
import { readWith } from './with-clause.ts';

const SELECT_FIELDS = [
  ...['expressions', 'from', 'joins', 'where_clause', 'group_by', 'having', 'qualify', 'order_by', 'limit'],
  ...['offset', 'distinct', 'distinct_on', 'with', 'windows', 'qualify_after_window'],
];

function readWindows(windows: unknown): ReadonlyMap<string, unknown> {
  return new Map(
    listOf(windows).map((window) => {
      const fields = onlyFields(window, 'WINDOW', ['name', 'spec']);
      return [foldIdentifier(readIdentifier(fields['name']).name), fields['spec']];
    }),
  );
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

/** @throws NotUnderstood */
export function followSelect(
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  onlyFields(fields, 'SELECT', SELECT_FIELDS);
  const all = readWith(fields['with'], tables, outer, context);
  const from = readFrom(fields['from'], fields['joins'], { context, tables: all, outer });
  const scope = makeScope(from.bindings, from.shared, outer);
  const place: Place = { context, scope, tables: all, windows: readWindows(fields['windows']) };
  const list = readSelectList(fields['expressions'], place);
  const { columns, aliases } = list;
  const later: Place = { ...place, scope: deciding({ ...scope, aliases: outputAliases(columns, aliases) }) };
  const indirect = gatherIndirect(
    from.indirect,
    list.indirect,
    condition(fields['where_clause'], later),
    grouping(fields['group_by'], later, columns),
    condition(fields['having'], later),
    condition(fields['qualify'], later),
    distinction(fields, later, columns),
    ordering(fields['order_by'], later, columns),
    limiting(fields['limit'], later),
    limiting(fields['offset'], later),
  );
  return { columns, indirect };
}
