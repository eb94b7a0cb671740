// What a query produces, whatever its form: SELECT, set operations, VALUES, brackets; must not know cells or sources.
import { limiting, ordering } from './clauses.ts';
import { followExpression } from './expression.ts';
import { mergeFlows, passThrough } from './flow.ts';
import type { CommonTables, Context, Place } from './place.ts';
import { deciding, gatherIndirect, makeScope, type Relation, type Scope } from './scope.ts';
import { followSelect } from './select.ts';
import { followSetOperation } from './set-operation.ts';
import { followDescribe, followSummarize } from './summary.ts';
import { listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';
import { followUnpivot, followUnpivotStatement } from './unpivot.ts';
import { readWith } from './with-clause.ts';

type FollowKind = (fields: Fields, tables: CommonTables, outer: Scope | null, context: Context) => Relation;

/** ORDER BY and LIMIT after a set operation or a bracket see the output columns only. */
function modified(
  relation: Relation,
  fields: Fields,
  place: Omit<Place, 'scope'>,
  outer: Scope | null,
): Relation {
  const scope = deciding(makeScope([{ alias: '', columns: relation.columns }], [], outer));
  const here: Place = { ...place, scope };
  const indirect = gatherIndirect(
    relation.indirect,
    ordering(fields['order_by'], here, relation.columns),
    limiting(fields['limit'], here),
    limiting(fields['offset'], here),
  );
  return { ...relation, indirect };
}

const SET_FIELDS = ['left', 'right', 'all', 'distinct', 'with', 'order_by', 'limit', 'offset', 'by_name'];

const followSets =
  (kind: 'union' | 'intersect' | 'except'): FollowKind =>
  (fields, tables, outer, context) => {
    onlyFields(fields, kind.toUpperCase(), SET_FIELDS);
    const all = readWith(fields['with'], tables, outer, context);
    const left = nodeOf(fields['left']).kind;
    if (kind === 'intersect' && (left === 'union' || left === 'except')) {
      const reason = 'INTERSECT after UNION or EXCEPT without brackets';
      throw new NotUnderstood(reason, positionOf(fields['right']));
    }
    const relation = followSetOperation({
      kind,
      isAll: fields['all'] === true,
      isByName: fields['by_name'] === true,
      left: context.query(fields['left'], all, outer),
      right: context.query(fields['right'], all, outer),
    });
    return modified(relation, fields, { context, tables: all, windows: new Map() }, outer);
  };

const followBracket: FollowKind = (fields, tables, outer, context) => {
  onlyFields(fields, 'a query in brackets', ['this', 'order_by', 'limit', 'offset', 'modifiers_inside']);
  const inner = context.query(fields['this'], tables, outer);
  return modified(inner, fields, { context, tables, windows: new Map() }, outer);
};

const followInner: FollowKind = (fields, tables, outer, context) =>
  context.query(onlyFields(fields, 'a bracket', ['this'])['this'], tables, outer);

const followValues: FollowKind = (fields, tables, outer, context) => {
  onlyFields(fields, 'VALUES', ['expressions']);
  const place: Place = { context, scope: makeScope([], [], outer), tables, windows: new Map() };
  const rows = listOf(fields['expressions']).map((row) =>
    listOf(onlyFields(row, 'VALUES', ['expressions'])['expressions']),
  );
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width)) {
    throw new NotUnderstood('VALUES with rows of unequal length');
  }
  const columns = Array.from({ length: width }, (_, index) => {
    const flow = mergeFlows(rows.map((row) => followExpression(row[index], place)));
    return { name: `col${index}`, flow: passThrough(flow, null, 'transformation') };
  });
  return { columns, indirect: [] };
};

const KINDS: Readonly<Record<string, FollowKind>> = {
  select: followSelect,
  union: followSets('union'),
  intersect: followSets('intersect'),
  except: followSets('except'),
  values: followValues,
  subquery: followBracket,
  paren: followInner,
  annotated: followInner,
  summarize: followSummarize,
  describe: followDescribe,
  pivot: followUnpivotStatement,
  unpivot: followUnpivot,
};

/**
 * Follows any query.
 * @throws NotUnderstood for every form that is not listed
 */
export function followQuery(
  node: unknown,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  context.spend(1);
  const { kind, fields } = nodeOf(node);
  const follow = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (!follow) throw new NotUnderstood(`${kind.replaceAll('_', ' ')} as a query`, positionOf(node));
  return follow(fields, tables, outer, context);
}
