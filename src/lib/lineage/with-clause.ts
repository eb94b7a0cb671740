// Common table expressions, recursive ones included; must not know the query that reads them.
import { distinctParts, mergeFlows } from './flow.ts';
import { distinctNames, foldIdentifier, readIdentifier } from './identifiers.ts';
import type { CommonTables, Context } from './place.ts';
import type { Relation, Scope } from './scope.ts';
import { followSetOperation } from './set-operation.ts';
import { isAbsent, listOf, nodeOf, NotUnderstood, onlyFields, type Fields } from './tree.ts';

const CTE_FIELDS = ['alias', 'this', 'columns', 'materialized', 'alias_first'];
const MAX_ROUNDS = 8;

/** Each sees those before it. Without RECURSIVE, one that reads its own name means the relation around it. */
export function readWith(
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
    const cte = onlyFields(entry, 'WITH', CTE_FIELDS);
    const name = foldIdentifier(readIdentifier(cte['alias']).name);
    if (names.has(name)) throw new NotUnderstood(`two common table expressions named ${name}`);
    names.add(name);
    const rename = (relation: Relation) => renameFirst(relation, listOf(cte['columns']));
    const relation =
      fields['recursive'] === true
        ? followRecursive(cte['this'], name, rename, all, outer, context)
        : rename(context.query(cte['this'], all, outer));
    all.set(name, relation);
  }
  return all;
}

function renameFirst(relation: Relation, aliases: readonly unknown[]): Relation {
  if (aliases.length > relation.columns.length) {
    throw new NotUnderstood('more column names than columns in WITH');
  }
  const named = relation.columns.map((column, index) => {
    const alias = aliases[index];
    return alias === undefined ? column.name : readIdentifier(alias).name;
  });
  const names = distinctNames(named);
  const columns = relation.columns.map(({ flow }, index) => ({ name: names[index] ?? '', flow }));
  return { ...relation, columns };
}

function unionOf(node: unknown): Fields | null {
  const { kind, fields } = nodeOf(node);
  if (kind === 'paren' || kind === 'annotated') return unionOf(fields['this']);
  return kind === 'union' ? fields : null;
}

function sizeOf(relation: Relation): number {
  return relation.columns.reduce(
    (sum, column) => sum + column.flow.direct.length + column.flow.indirect.length,
    relation.indirect.length,
  );
}

/** The first arm, then the second over what is there so far, until nothing new comes. */
function followRecursive(
  body: unknown,
  name: string,
  rename: (relation: Relation) => Relation,
  tables: CommonTables,
  outer: Scope | null,
  context: Context,
): Relation {
  const closed = new Map([...tables, [name, null]]);
  const union = unionOf(body);
  if (!union) return rename(context.query(body, closed, outer));
  onlyFields(union, 'a recursive UNION', ['left', 'right', 'all', 'distinct']);
  const isAll = union['all'] === true;
  let known = rename(context.query(union['left'], closed, outer));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = context.query(union['right'], new Map([...tables, [name, known]]), outer);
    const both = followSetOperation({ kind: 'union', isAll, isByName: false, left: known, right: next });
    const columns = both.columns.map((column) => ({ name: column.name, flow: mergeFlows([column.flow]) }));
    const grown: Relation = { columns, indirect: distinctParts(both.indirect) };
    if (sizeOf(grown) === sizeOf(known)) return grown;
    known = grown;
  }
  throw new NotUnderstood(`the recursion of ${name} adds a function in each round`);
}
