// Changes source columns one by one, runs a statement again, and reports what lineage did not foresee.
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { findReferences } from '../../../src/lib/lineage/references.ts';
import { renameReferences } from '../../../src/lib/lineage/rename-references.ts';
import type { ParseTree, RelationLineage } from '../../../src/lib/lineage/lineage-types.ts';
import { valuesOf } from './engine-under-test.ts';

export interface Mutation {
  readonly relation: string;
  readonly column: string;
  /** The relation with that one column changed: its name and its SQL. */
  readonly changed: string;
  readonly sql: string;
  /** A text that only changed values hold, in upper case; null where the column holds no text. */
  readonly token: string | null;
}

/** New values for the columns of the example relations. Text columns get a token, others move among their rows. */
const CHANGES: Readonly<Record<string, readonly (readonly [string, string, string | null])[]>> = {
  users: [
    ['id', 'id % 3 + 1', null],
    ['id', 'id + 40', null],
    ['name', "name || 'QXZ'", 'QXZ'],
    ['email', "'QXZ' || email", 'QXZ'],
    ['salary', '30 - salary', null],
    ['country', "CASE WHEN id = 2 THEN 'UA' ELSE 'QXZ' END", 'QXZ'],
    ['born', 'born + 400', null],
    ['tags', "list_append(tags, 'QXZ')", 'QXZ'],
    ['address', "{'street': address.city || 'QXZ', 'city': address.street || 'QXZ'}", 'QXZ'],
  ],
  orders: [
    ['id', 'id % 3 + 1', null],
    ['user_id', 'user_id % 3 + 1', null],
    ['amount', '31 - amount', null],
    ['note', "note || 'QXZ'", 'QXZ'],
    ['placed', 'placed + INTERVAL 40 DAY', null],
  ],
};

export function mutationsOf(rows: Readonly<Record<string, string>>): readonly Mutation[] {
  return Object.entries(CHANGES).flatMap(([relation, changes]) =>
    changes.map(([column, expression, token], index) => ({
      relation,
      column,
      token,
      changed: `${relation}_${index}`,
      sql: `SELECT * REPLACE (${expression} AS ${column}) FROM (${rows[relation] ?? ''})`,
    })),
  );
}

function isFrom(
  edge: { readonly from: { readonly relation: string; readonly column: string } },
  mutation: Mutation,
): boolean {
  return edge.from.relation === mutation.relation && edge.from.column === mutation.column;
}

function uncovered(
  lineage: RelationLineage,
  mutation: Mutation,
  before: readonly string[],
  after: readonly string[],
): readonly string[] {
  const source = `${mutation.relation}.${mutation.column}`;
  return lineage.columns.flatMap((column, index) => {
    const value = after[index] ?? '';
    const name = column.name || `column ${index + 1}`;
    const isForeseen = [...column.direct, ...column.indirect, ...lineage.indirect].some((edge) =>
      isFrom(edge, mutation),
    );
    const isDirect = column.direct.some((edge) => isFrom(edge, mutation));
    const holdsToken = mutation.token !== null && value.toUpperCase().includes(mutation.token);
    return [
      ...(value !== before[index] && !isForeseen ? [`${source} shows in ${name}`] : []),
      ...(holdsToken && !isDirect ? [`${source} comes out in ${name}`] : []),
    ];
  });
}

/**
 * What changed in the output although lineage has no edge for it, and where a token arrived without a direct edge.
 * Empty where all was foreseen; null where the engine refuses the statement. Columns are compared as multisets.
 * The changed relations must be there.
 */
export async function findUncovered(
  engine: Engine,
  statement: { readonly sql: string; readonly tree: ParseTree; readonly lineage: RelationLineage },
  mutations: readonly Mutation[],
): Promise<readonly string[] | null> {
  const { sql, tree, lineage } = statement;
  const before = await valuesOf(engine, sql);
  if (!before) return null;
  const reads = new Set(findReferences(tree).map((name) => name.toLowerCase()));
  const found: string[] = [];
  for (const mutation of mutations.filter(({ relation }) => reads.has(relation))) {
    const after = await valuesOf(engine, renameReferences(sql, tree, mutation.relation, mutation.changed));
    if (after) found.push(...uncovered(lineage, mutation, before, after));
  }
  return found;
}

/** The changed relations as tables to make. */
export function changedTables(mutations: readonly Mutation[]): Readonly<Record<string, string>> {
  return Object.fromEntries(mutations.map((mutation) => [mutation.changed, mutation.sql]));
}
