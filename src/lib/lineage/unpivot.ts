// What UNPIVOT produces; must not know other queries.
import { decides, mergeFlows, NO_FLOW, passThrough } from './flow.ts';
import { readRelationAsQuery } from './from-clause.ts';
import { foldIdentifier, nameText, readIdentifier } from './identifiers.ts';
import type { CommonTables, Context } from './place.ts';
import { gatherIndirect, type Relation, type Scope } from './scope.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, positionOf, type Fields } from './tree.ts';
import { readWith } from './with-clause.ts';

function columnName(node: unknown): string {
  const { kind, fields } = nodeOf(node);
  if (kind === 'alias') return columnName(onlyFields(fields, 'an alias', ['this', 'alias'])['this']);
  if (kind !== 'column' || !isAbsent(fields['table'])) {
    throw new NotUnderstood('UNPIVOT of something other than columns by name', positionOf(node));
  }
  return readIdentifier(fields['name']).name;
}

/** The columns that stay, the name of the column a value stood in, and the value; rows without a value are left out. */
function turn(
  relation: Relation,
  names: readonly string[],
  nameColumn: string,
  valueColumn: string,
): Relation {
  const turned = new Set(names.map(foldIdentifier));
  const values = relation.columns.filter((column) => turned.has(foldIdentifier(column.name)));
  if (values.length === 0 || values.length !== turned.size)
    throw new NotUnderstood('UNPIVOT of a column that is not there');
  const flow = passThrough(mergeFlows(values.map((column) => column.flow)), null, 'transformation');
  const kept = relation.columns.filter((column) => !turned.has(foldIdentifier(column.name)));
  return {
    columns: [...kept, { name: nameColumn, flow: NO_FLOW }, { name: valueColumn, flow }],
    indirect: gatherIndirect(relation.indirect, decides(flow, 'filter')),
  };
}

function varName(node: unknown, fallback: string): string {
  if (isAbsent(node)) return fallback;
  const { kind, fields } = nodeOf(node);
  const name =
    kind === 'var'
      ? nameText(fields['this'])
      : kind === 'identifier'
        ? nameText(fields['name'] ?? fields['value'])
        : null;
  if (name === null) throw new NotUnderstood('UNPIVOT with a name of an unknown form', positionOf(node));
  return name;
}

/** `UNPIVOT t ON a, b INTO NAME n VALUE v`; PIVOT makes columns of values, which only the data can tell. */
export function followUnpivotStatement(
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  if (fields['unpivot'] !== true) {
    throw new NotUnderstood(
      'PIVOT, whose columns depend on the data; count or sum with FILTER can be followed',
    );
  }
  onlyFields(fields, 'UNPIVOT', ['this', 'expressions', 'unpivot', 'into', 'with']);
  const all = readWith(fields['with'], tables, outer, context);
  const relation = readRelationAsQuery(fields['this'], { tables: all, outer, context });
  const names = listOf(fields['expressions']).map(columnName);
  if (isAbsent(fields['into'])) return turn(relation, names, 'name', 'value');
  const into = nodeOf(fields['into']);
  const parts = onlyFields(into.fields, 'INTO', ['this', 'expressions']);
  const values = listOf(parts['expressions']);
  if (into.kind !== 'unpivot_columns' || values.length !== 1)
    throw new NotUnderstood('UNPIVOT into several columns');
  return turn(relation, names, varName(parts['this'], 'name'), varName(values[0], 'value'));
}

/** `t UNPIVOT (v FOR n IN (a, b))` */
export function followUnpivot(
  fields: Fields,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  onlyFields(fields, 'UNPIVOT', ['this', 'value_column', 'name_column', 'columns']);
  const relation = readRelationAsQuery(fields['this'], { tables, outer, context });
  const names = listOf(fields['columns']).map(columnName);
  const nameColumn = readIdentifier(fields['name_column']).name;
  return turn(relation, names, nameColumn, readIdentifier(fields['value_column']).name);
}
