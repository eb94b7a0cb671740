// Lineage of all cells of a notebook; must not know how cells are run or shown.
import { analyzeStatement, unknownLineage } from './analyze-statement.ts';
import { foldIdentifier } from './identifiers.ts';
import type { ParseTree, RelationColumns, RelationLineage } from './lineage-types.ts';
import { findReferences } from './references.ts';
import { resolveToSources, type RelationToResolve } from './resolve-sources.ts';

interface CellToAnalyze {
  readonly name: string;
  readonly sql: string;
  readonly tree: ParseTree;
}

export interface NotebookToAnalyze {
  readonly cells: readonly CellToAnalyze[];
  readonly sources: readonly RelationColumns[];
  /** Columns of cells as the engine has them, where they ran: a disagreement in their number makes the cell unknown. */
  readonly outputs?: readonly RelationColumns[];
  /** Lower-case name of a public macro of the library. */
  isLibraryMacro(name: string): boolean;
}

function columnsOf(lineage: RelationLineage): RelationColumns {
  return { name: lineage.relation, columns: lineage.columns.map((column) => column.name) };
}

/** The names the engine gave, by position. */
function withActualNames(lineage: RelationLineage, actual: RelationColumns | undefined): RelationLineage {
  if (!actual || lineage.unknown) return lineage;
  if (actual.columns.length !== lineage.columns.length) {
    const counts = `${lineage.columns.length} columns were followed, the engine has ${actual.columns.length}`;
    return unknownLineage(lineage.relation, counts);
  }
  const isOther = lineage.columns.some((column, index) => {
    const name = actual.columns[index] ?? '';
    return column.name !== '' && foldIdentifier(column.name) !== foldIdentifier(name);
  });
  if (isOther) return unknownLineage(lineage.relation, 'the engine names its columns differently');
  const columns = lineage.columns.map((column, index) => ({
    ...column,
    name: actual.columns[index] ?? column.name,
  }));
  return { ...lineage, columns };
}

/** Cells in an order in which each comes after those it reads; those in a circle are left out. */
function inOrder(
  cells: readonly CellToAnalyze[],
  reads: ReadonlyMap<CellToAnalyze, readonly string[]>,
): readonly CellToAnalyze[] {
  const done: CellToAnalyze[] = [];
  let waiting = [...cells];
  for (;;) {
    const names = new Set(waiting.map((cell) => foldIdentifier(cell.name)));
    const ready = waiting.filter(
      (cell) => !(reads.get(cell) ?? []).some((name) => names.has(foldIdentifier(name))),
    );
    if (ready.length === 0) return done;
    done.push(...ready);
    waiting = waiting.filter((cell) => !ready.includes(cell));
  }
}

/** Lineage of every cell down to columns of sources, by lower-case cell name. A cell shadows no source: names are unique. */
export function analyzeNotebook(notebook: NotebookToAnalyze): ReadonlyMap<string, RelationLineage> {
  const reads = new Map(notebook.cells.map((cell) => [cell, findReferences(cell.tree)]));
  const relations = new Map(notebook.sources.map((source) => [foldIdentifier(source.name), source]));
  const actual = new Map((notebook.outputs ?? []).map((output) => [foldIdentifier(output.name), output]));
  const unknown = new Map<string, string>();
  const analyzed = new Map<CellToAnalyze, RelationLineage>();
  for (const cell of inOrder(notebook.cells, reads)) {
    const blocked = (reads.get(cell) ?? []).find((name) => unknown.has(foldIdentifier(name)));
    if (blocked !== undefined) {
      const cause = unknown.get(foldIdentifier(blocked));
      analyzed.set(
        cell,
        unknownLineage(cell.name, `it reads ${blocked}, where this is not understood: ${cause}`),
      );
      unknown.set(foldIdentifier(cell.name), cause ?? '');
      continue;
    }
    const lineage = withActualNames(
      analyzeStatement({
        tree: cell.tree,
        relation: cell.name,
        inputs: (name) => relations.get(foldIdentifier(name)) ?? null,
        isLibraryMacro: (name) => notebook.isLibraryMacro(name),
      }),
      actual.get(foldIdentifier(cell.name)),
    );
    analyzed.set(cell, lineage);
    if (lineage.unknown) unknown.set(foldIdentifier(cell.name), lineage.unknown.reason);
    else relations.set(foldIdentifier(cell.name), columnsOf(lineage));
  }
  const toResolve: RelationToResolve[] = notebook.cells.map((cell) => ({
    lineage: analyzed.get(cell) ?? unknownLineage(cell.name, 'it reads itself through other cells'),
    reads: reads.get(cell) ?? [],
  }));
  return resolveToSources(toResolve, notebook.sources);
}
