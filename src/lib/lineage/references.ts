// The relations a statement reads, for the graph of cells; must not know columns or the engine.
import { foldIdentifier, nameText } from './identifiers.ts';
import type { ParseTree } from './lineage-types.ts';
import { isAbsent, isRecord, type Fields } from './tree.ts';

/** Names of common table expressions in reach, folded. */
export type Hidden = ReadonlySet<string>;

/** A place in the tree that names a relation: the fields of a `table` node, or of a column that stands for one. */
export interface RelationUse {
  readonly name: string;
  /** The identifier in the tree, with its span. */
  readonly identifier: unknown;
  readonly table: Fields;
  /** It means a common table expression. */
  readonly isCommonTable: boolean;
}

function isTableNode(key: string, value: unknown): value is Fields {
  return key === 'table' && isRecord(value) && isRecord(value['name']);
}

/** PIVOT holds the relation it turns as a column. */
function pivotedColumn(key: string, value: unknown): Fields | null {
  if ((key !== 'pivot' && key !== 'unpivot') || !isRecord(value)) return null;
  const inner = value['this'];
  return isRecord(inner) && isRecord(inner['column']) ? inner['column'] : null;
}

function schemaOf(table: Fields): string | null {
  const schema = nameText(table['schema']) ?? null;
  const catalog = nameText(table['catalog']) ?? null;
  return catalog ?? schema;
}

/** The common table expressions of a WITH clause: what each sees, and what is seen after all of them. */
export function commonTables(
  clause: unknown,
  hidden: Hidden,
): { readonly bodies: readonly [unknown, Hidden][]; readonly after: Hidden } {
  const bodies: [unknown, Hidden][] = [];
  let after = hidden;
  if (isRecord(clause) && Array.isArray(clause['ctes'])) {
    for (const cte of clause['ctes']) {
      const name = isRecord(cte) ? nameText(cte['alias']) : null;
      const withOwn = name === null ? after : new Set([...after, foldIdentifier(name)]);
      bodies.push([cte, clause['recursive'] === true ? withOwn : after]);
      after = withOwn;
    }
  }
  return { bodies, after };
}

/** Visits every use of a relation in any part of a tree, known construct or not. */
export function visitRelations(part: unknown, hidden: Hidden, visit: (use: RelationUse) => void): void {
  if (Array.isArray(part)) {
    for (const item of part) visitRelations(item, hidden, visit);
    return;
  }
  if (!isRecord(part)) return;
  const { bodies, after } = commonTables(part['with'], hidden);
  for (const [body, seen] of bodies) visitRelations(body, seen, visit);
  for (const [key, value] of Object.entries(part)) {
    if (key === 'with' && bodies.length > 0) continue;
    if (isTableNode(key, value)) use(value, after, visit);
    const pivoted = pivotedColumn(key, value);
    if (pivoted && isAbsent(pivoted['table'])) use(pivoted, pivotHidden(value, after), visit);
    visitRelations(value, after, visit);
  }
}

function pivotHidden(pivot: unknown, hidden: Hidden): Hidden {
  return isRecord(pivot) ? commonTables(pivot['with'], hidden).after : hidden;
}

function use(table: Fields, hidden: Hidden, visit: (use: RelationUse) => void): void {
  const name = nameText(table['name']);
  if (name === null) return;
  const schema = schemaOf(table);
  if (schema !== null && foldIdentifier(schema) !== 'main') return;
  visit({
    name,
    identifier: table['name'],
    table,
    isCommonTable: schema === null && hidden.has(foldIdentifier(name)),
  });
}

/**
 * Names of the cells and sources a statement reads, as first written, each once. Common table expressions and aliases are
 * not among them; relations of other schemas are not either, since no cell may read them.
 */
export function findReferences(tree: ParseTree): readonly string[] {
  const names = new Map<string, string>();
  visitRelations(tree, new Set(), ({ name, isCommonTable }) => {
    const folded = foldIdentifier(name);
    if (!isCommonTable && !names.has(folded)) names.set(folded, name);
  });
  return [...names.values()];
}

/** Zero-based UTF-16 offset of the first use of a relation in the statement; null where it has none. */
export function findReferencePlace(tree: ParseTree, relation: string): number | null {
  let place: number | null = null;
  visitRelations(tree, new Set(), ({ name, identifier, isCommonTable }) => {
    if (isCommonTable || foldIdentifier(name) !== foldIdentifier(relation)) return;
    const span = isRecord(identifier) ? identifier['span'] : null;
    const start = isRecord(span) ? span['start'] : null;
    if (typeof start === 'number' && (place === null || start < place)) place = start;
  });
  return place;
}
