// What can be said of a notebook before anything runs: references, refusals, order, lineage; must not know any engine.
import type { Problem, Result } from '../base/result.ts';
import { bindStatement, problemAsWritten } from './bind-statement.ts';
import { analyzeNotebook } from '../lineage/analyze-notebook.ts';
import { guardStatement } from '../lineage/guard.ts';
import { nearestName } from '../base/nearest-name.ts';
import { findReferencePlace, findReferences } from '../lineage/references.ts';
import type { ParseTree, RelationColumns, RelationLineage } from '../lineage/lineage-types.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { InputSpecs } from '../notebook/inputs/input-types.ts';
import type { BoundSql } from '../notebook/inputs/bind-inputs.ts';
import { buildGraph, cycleProblem } from '../notebook/graph.ts';
import type { StepSpec } from '../notebook/steps/step-types.ts';

/** A parser that may live in another thread. */
export type AsyncParse = (sql: string) => Promise<Result<ParseTree>>;

export interface NamedSql {
  readonly name: string;
  readonly sql: string;
  /** What wrote the SQL, where it was a step. */
  readonly step?: StepSpec;
}

export interface CellAnalysis {
  readonly name: string;
  /** The statement as it runs: with literals where inputs stand. */
  readonly bound: BoundSql;
  /** Relations the statement reads, as written. */
  readonly reads: readonly string[];
  /** Why the cell may not run: syntax, a refused construct, a cycle, an unknown name. */
  readonly problem: Problem | null;
  /** Down to the columns of sources; null where the statement could not be parsed. */
  readonly lineage: RelationLineage | null;
}

export interface NotebookAnalysis {
  /** By lower-case cell name. */
  readonly cells: ReadonlyMap<string, CellAnalysis>;
  /** Cell names in an order in which each comes after what it reads. */
  readonly order: readonly string[];
  /** Lower-case names of the cells and sources that a cell reads, directly or through others. */
  ancestors(name: string): ReadonlySet<string>;
  /** Lower-case names of the cells that read a cell or source, directly or through others. */
  dependents(name: string): ReadonlySet<string>;
}

export interface AnalysisRequest {
  readonly cells: readonly NamedSql[];
  /** Without them every `$name` is refused. */
  readonly inputs?: InputSpecs;
  readonly sources: readonly RelationColumns[];
  /** Sources that the notebook names; those without columns yet are not bound. */
  readonly sourceNames: readonly string[];
  /** Columns of cells as the engine has them, where they ran. */
  readonly outputs?: readonly RelationColumns[];
  /** Lower-case names of cells that do not run; what reads them cannot either. */
  readonly disabled?: ReadonlySet<string>;
  readonly parse: AsyncParse;
  readonly registry: MacroRegistry;
}

interface Parsed extends NamedSql {
  readonly bound: BoundSql;
  readonly tree: ParseTree | null;
  readonly problem: Problem | null;
}

async function parseCell(cell: NamedSql, { inputs = {}, parse }: AnalysisRequest): Promise<Parsed> {
  if (cell.sql.trim() === '')
    return {
      ...cell,
      bound: { sql: cell.sql, places: [], unknown: [] },
      tree: null,
      problem: { code: 'cell-empty', message: 'The cell is empty.', hint: 'Write a SELECT statement.' },
    };
  const { bound, tree, problem } = await bindStatement(cell.sql, inputs, parse);
  if (problem || !tree) return { ...cell, bound, tree, problem };
  return { ...cell, bound, tree, problem: guardStatement(tree) };
}

function unknownProblem(name: string, known: readonly string[], { bound: { sql }, tree }: Parsed): Problem {
  const near =
    nearestName(name, known) ??
    known.find((candidate) => candidate.toLowerCase().startsWith(name.slice(0, 3).toLowerCase()));
  const hint = near ? `Did you mean "${near}"?` : 'Open a file of that name or add a cell with that name.';
  const position = tree === null ? null : findReferencePlace(tree, name);
  return {
    code: 'cell-unknown-name',
    message: `There is no source or cell named ${name}.`,
    hint,
    ...(position === null ? {} : { sql, position }),
  };
}

/** Why nothing can be had from a disabled cell; `isRead`: said to a cell that reads it. */
export function disabledProblem(name: string, isRead: boolean): Problem {
  return {
    code: 'cell-disabled',
    message: isRead ? `${name}, which this cell reads, is disabled.` : `${name} is disabled.`,
    hint: isRead ? `Enable ${name}, or read another cell.` : `Enable ${name} first.`,
  };
}

/** The engine would number a column whose name is taken, so that later cells read the old one; a step says so instead. */
function repeatedProblem(step: StepSpec | undefined, lineage: RelationLineage | undefined): Problem | null {
  const name = lineage?.repeated?.[0];
  if (step === undefined || name === undefined) return null;
  return {
    code: 'step-column-taken',
    message: `The step would make a second column called ${name}.`,
    hint: `Give the new one another name, or rename or drop ${name} in a step before.`,
  };
}

/** Parses, refuses, orders and traces every SQL cell. Pure but for the parser's thread. */
export async function analyzeCells(request: AnalysisRequest): Promise<NotebookAnalysis> {
  const parsed = await Promise.all(request.cells.map((cell) => parseCell(cell, request)));
  const reads = new Map(
    parsed.map((cell) => [cell.name.toLowerCase(), cell.tree ? findReferences(cell.tree) : []]),
  );
  const known = [...request.sourceNames, ...request.cells.map((cell) => cell.name)];
  const knownLower = new Set(known.map((name) => name.toLowerCase()));
  const graph = buildGraph([
    ...request.sourceNames.map((name) => ({ name, reads: [] })),
    ...parsed.map((cell) => ({ name: cell.name, reads: reads.get(cell.name.toLowerCase()) ?? [] })),
  ]);
  const inCycle = new Map<string, readonly string[]>();
  for (const cycle of graph.cycles) for (const name of cycle) inCycle.set(name.toLowerCase(), cycle);
  const traceable = parsed.flatMap((cell) =>
    cell.tree && !cell.problem && !inCycle.has(cell.name.toLowerCase())
      ? [{ name: cell.name, sql: cell.bound.sql, tree: cell.tree }]
      : [],
  );
  const lineages = analyzeNotebook({
    cells: traceable,
    sources: request.sources,
    outputs: request.outputs ?? [],
    isLibraryMacro: (name) => request.registry.find(name) !== undefined,
  });
  const cells = new Map<string, CellAnalysis>();
  for (const cell of parsed) {
    const key = cell.name.toLowerCase();
    const cycle = inCycle.get(key);
    const missing = (reads.get(key) ?? []).find((name) => !knownLower.has(name.toLowerCase()));
    const asleep = (reads.get(key) ?? []).find((name) => request.disabled?.has(name.toLowerCase()));
    const problem =
      cell.problem ??
      (cycle ? cycleProblem({ cycles: [cycle] }) : missing ? unknownProblem(missing, known, cell) : null) ??
      (asleep === undefined ? null : disabledProblem(asleep, true)) ??
      repeatedProblem(cell.step, lineages.get(key));
    cells.set(key, {
      name: cell.name,
      bound: cell.bound,
      reads: reads.get(key) ?? [],
      problem: problem && problemAsWritten(problem, cell.sql, cell.bound),
      lineage: lineages.get(key) ?? null,
    });
  }
  const lower = (names: Iterable<string>) => new Set([...names].map((name) => name.toLowerCase()));
  return {
    cells,
    order: graph.order.filter((name) => cells.has(name.toLowerCase())),
    ancestors: (name) => lower(graph.ancestors(name)),
    dependents: (name) => lower(graph.dependents(name)),
  };
}

/** A source as a relation that comes from itself, column by column. */
export function lineageOfSource(source: RelationColumns): RelationLineage {
  const columns = source.columns.map((column) => ({
    name: column,
    direct: [
      {
        from: { relation: source.name, column },
        kind: 'identity' as const,
        via: [],
        path: [`${source.name}.${column}`],
      },
    ],
    indirect: [],
  }));
  return { relation: source.name, columns, indirect: [], unknown: null };
}

/** Remembers what was parsed, so that an edit costs the parsing of one cell. */
export function rememberParses(parse: AsyncParse, limit = 500): AsyncParse {
  const known = new Map<string, Promise<Result<ParseTree>>>();
  return (sql) => {
    const before = known.get(sql);
    if (before) return before;
    if (known.size >= limit) known.clear();
    const parsed = parse(sql).then((result) => {
      if (!result.ok && result.error.code.startsWith('parser-')) known.delete(sql);
      return result;
    });
    known.set(sql, parsed);
    return parsed;
  };
}
