// Lineage across cells, down to columns of sources; must not know the parse tree.
import { unknownLineage } from './analyze-statement.ts';
import { combineKinds, distinctParts, joinSteps } from './flow.ts';
import { foldIdentifier, positionName } from './identifiers.ts';
import type {
  ColumnLineage,
  ColumnRef,
  DirectEdge,
  IndirectEdge,
  RelationColumns,
  RelationLineage,
} from './lineage-types.ts';
import { NotUnderstood } from './tree.ts';

type Known = ReadonlyMap<string, RelationLineage>;

const MAX_EDGES = 50_000;

/** Null where the relation is a source. @throws NotUnderstood where it is unknown itself */
function relationOf(ref: ColumnRef, known: Known): RelationLineage | null {
  const relation = known.get(foldIdentifier(ref.relation));
  if (!relation) return null;
  if (relation.unknown)
    throw new NotUnderstood(
      `it reads ${relation.relation}, where this is not understood: ${relation.unknown.reason}`,
    );
  return relation;
}

function columnOf(ref: ColumnRef, relation: RelationLineage): ColumnLineage {
  const folded = foldIdentifier(ref.column);
  const [column, ...others] = relation.columns.filter(
    (candidate, index) => foldIdentifier(candidate.name || positionName(index)) === folded,
  );
  if (!column || others.length > 0)
    throw new NotUnderstood(`there is no single column ${ref.relation}.${ref.column}`);
  return column;
}

function tailOf(edge: DirectEdge | IndirectEdge): readonly string[] {
  return edge.path.slice(1);
}

/** All ways from sources along a direct edge that starts at a cell's column. */
function extendDirect(edge: DirectEdge, known: Known): readonly DirectEdge[] {
  const relation = relationOf(edge.from, known);
  if (!relation) return [edge];
  return columnOf(edge.from, relation).direct.map((before) => ({
    from: before.from,
    kind: combineKinds(before.kind, edge.kind),
    via: joinSteps(before.via, edge.via),
    path: [...before.path, ...tailOf(edge)],
  }));
}

/** Where a cell's column decides: all it is made of and all that decided it. */
function extendIndirect(edge: IndirectEdge, known: Known): readonly IndirectEdge[] {
  const relation = relationOf(edge.from, known);
  if (!relation) return [edge];
  const column = columnOf(edge.from, relation);
  const made = column.direct.map((before) => ({
    from: before.from,
    kind: edge.kind,
    via: joinSteps(before.via, edge.via),
    path: [...before.path, ...tailOf(edge)],
  }));
  return [...made, ...withTail(column.indirect, tailOf(edge))];
}

function withTail(edges: readonly IndirectEdge[], tail: readonly string[]): readonly IndirectEdge[] {
  return edges.map((edge) => ({ ...edge, path: [...edge.path, ...tail] }));
}

/** What decided the value of a column further up decides this one too. */
function inherited(edge: DirectEdge, known: Known): readonly IndirectEdge[] {
  const relation = relationOf(edge.from, known);
  return relation ? withTail(columnOf(edge.from, relation).indirect, tailOf(edge)) : [];
}

function resolveColumn(column: ColumnLineage, known: Known): ColumnLineage {
  return {
    name: column.name,
    direct: distinctParts(column.direct.flatMap((edge) => extendDirect(edge, known))),
    indirect: distinctParts([
      ...column.indirect.flatMap((edge) => extendIndirect(edge, known)),
      ...column.direct.flatMap((edge) => inherited(edge, known)),
    ]),
  };
}

function countEdges(lineage: RelationLineage): number {
  return lineage.columns.reduce(
    (sum, column) => sum + column.direct.length + column.indirect.length,
    lineage.indirect.length,
  );
}

/** What decided the rows of the relations that are read decides the rows here too. */
function readRelations(
  lineage: RelationLineage,
  reads: readonly string[],
  known: Known,
): readonly RelationLineage[] {
  return reads.flatMap((name) => {
    const relation = known.get(foldIdentifier(name));
    if (!relation) return [];
    if (relation.unknown)
      throw new NotUnderstood(`it reads ${name}, where this is not understood: ${relation.unknown.reason}`);
    return [relation];
  });
}

/**
 * The lineage of one relation in columns of sources, once that of everything it reads is known.
 * @param reads names of all relations its statement reads
 */
function resolveRelation(lineage: RelationLineage, reads: readonly string[], known: Known): RelationLineage {
  if (lineage.unknown) return lineage;
  try {
    const rows = readRelations(lineage, reads, known).flatMap((relation) =>
      withTail(relation.indirect, [lineage.relation]),
    );
    const own = lineage.indirect.flatMap((edge) => extendIndirect(edge, known));
    const resolved: RelationLineage = {
      ...lineage,
      columns: lineage.columns.map((column) => resolveColumn(column, known)),
      indirect: distinctParts([...own, ...rows]),
    };
    if (countEdges(resolved) > MAX_EDGES)
      throw new NotUnderstood('the columns come from too many places to be followed');
    return resolved;
  } catch (error) {
    if (error instanceof NotUnderstood) return unknownLineage(lineage.relation, error.reason, error.position);
    throw error;
  }
}

export interface RelationToResolve {
  readonly lineage: RelationLineage;
  /** Names of all relations the statement reads. */
  readonly reads: readonly string[];
}

/**
 * Lineage of every cell in columns of sources, by folded name. Cells that read each other in a circle, or something that
 * is neither cell nor source, are unknown.
 */
export function resolveToSources(
  relations: readonly RelationToResolve[],
  sources: readonly RelationColumns[],
): ReadonlyMap<string, RelationLineage> {
  const resolved = new Map<string, RelationLineage>();
  const isSource = new Set(sources.map((source) => foldIdentifier(source.name)));
  let waiting = [...relations];
  while (waiting.length > 0) {
    const cellNames = new Set(waiting.map(({ lineage }) => foldIdentifier(lineage.relation)));
    const ready = waiting.filter(({ reads }) => !reads.some((name) => cellNames.has(foldIdentifier(name))));
    if (ready.length === 0) break;
    for (const { lineage, reads } of ready) {
      const stray = reads.find(
        (name) => !isSource.has(foldIdentifier(name)) && !resolved.has(foldIdentifier(name)),
      );
      const result =
        stray === undefined || lineage.unknown
          ? resolveRelation(lineage, reads, resolved)
          : unknownLineage(lineage.relation, `${stray} is no source or cell whose columns are known`);
      resolved.set(foldIdentifier(lineage.relation), result);
    }
    waiting = waiting.filter((relation) => !ready.includes(relation));
  }
  for (const { lineage } of waiting) {
    resolved.set(
      foldIdentifier(lineage.relation),
      unknownLineage(lineage.relation, 'it reads itself through other cells'),
    );
  }
  return resolved;
}
