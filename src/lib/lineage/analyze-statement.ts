// Column lineage of one statement in terms of the relations it reads; must not know how relations hang together.
import type { DirectPart, IndirectPart } from './flow.ts';
import { distinctNames } from './identifiers.ts';
import type { ColumnRef, ParseTree, RelationColumns, RelationLineage } from './lineage-types.ts';
import { makeBudget, type Context } from './place.ts';
import { followQuery } from './query.ts';
import type { Relation } from './scope.ts';
import { NotUnderstood, singleStatement } from './tree.ts';

export interface StatementToAnalyze {
  readonly tree: ParseTree;
  /** Name of the cell the statement belongs to. */
  readonly relation: string;
  /** A cell or source by its name as written, compared without regard to case; null where there is none. */
  inputs(name: string): RelationColumns | null;
  /** Lower-case name. */
  isLibraryMacro(name: string): boolean;
}

export function unknownLineage(
  relation: string,
  reason: string,
  position: number | null = null,
): RelationLineage {
  return { relation, columns: [], indirect: [], unknown: { reason, relation, position } };
}

function pathFrom(from: ColumnRef, to: string): readonly string[] {
  return [`${from.relation}.${from.column}`, to];
}

function toLineage(relation: string, result: Relation): RelationLineage {
  const asked = result.columns.map((column) => column.name);
  const names = distinctNames(asked);
  const repeated = asked.filter((name, index) => name !== names[index]);
  const columns = result.columns.map((column, index) => {
    const name = names[index] ?? '';
    const place = `${relation}.${name === '' ? `column ${index + 1}` : name}`;
    const withPath = <Part extends DirectPart | IndirectPart>(part: Part) => ({
      ...part,
      path: pathFrom(part.from, place),
    });
    return { name, direct: column.flow.direct.map(withPath), indirect: column.flow.indirect.map(withPath) };
  });
  const indirect = result.indirect.map((part) => ({ ...part, path: pathFrom(part.from, relation) }));
  return { relation, columns, indirect, unknown: null, ...(repeated.length === 0 ? {} : { repeated }) };
}

/**
 * Direct and indirect edges from the columns of the statement's own inputs to its output columns. The number and order
 * of columns are those of the engine; a name is empty where only the engine knows it (see `ColumnLineage.name`).
 * Never fails: what cannot be followed is `unknown`, with the reason and where it stands.
 */
export function analyzeStatement(statement: StatementToAnalyze): RelationLineage {
  const context: Context = {
    isLibraryMacro: (name) => statement.isLibraryMacro(name),
    input: (name) => statement.inputs(name),
    spend: makeBudget(),
    query: (node, tables, outer) => followQuery(node, tables, outer, context),
  };
  try {
    return toLineage(
      statement.relation,
      followQuery(singleStatement(statement.tree), new Map(), null, context),
    );
  } catch (error) {
    if (error instanceof NotUnderstood)
      return unknownLineage(statement.relation, error.reason, error.position);
    if (error instanceof RangeError)
      return unknownLineage(statement.relation, 'the statement is nested too deeply');
    throw error;
  }
}
