// Where in a statement an expression stands and what may be asked there; must not know any node.
import type { Flow } from './flow.ts';
import type { RelationColumns } from './lineage-types.ts';
import type { Relation, Scope } from './scope.ts';
import { NotUnderstood } from './tree.ts';

/** Common table expressions in reach, by folded name; null for one that reads itself. */
export type CommonTables = ReadonlyMap<string, Relation | null>;

/** What a whole statement is followed with. */
export interface Context {
  isLibraryMacro(name: string): boolean;
  /** A cell or source with its columns, or null. `name` as written. */
  input(name: string): RelationColumns | null;
  /** Counts work, so that a hostile statement ends. @throws NotUnderstood when too much was done. */
  spend(units: number): void;
  /** Follows a query that stands inside another. */
  query(node: unknown, tables: CommonTables, outer: Scope | null): Relation;
}

export interface Place {
  readonly context: Context;
  readonly scope: Scope;
  readonly tables: CommonTables;
  /** Specifications of the WINDOW clause, by folded name. */
  readonly windows: ReadonlyMap<string, unknown>;
  /** Nodes whose flow is settled already: what COLUMNS stands for. */
  readonly given?: ReadonlyMap<unknown, Flow>;
}

const MAX_WORK = 400_000;

/** A counter that gives up after a fixed amount of work. */
export function makeBudget(): (units: number) => void {
  let spent = 0;
  return (units) => {
    spent += units;
    if (spent > MAX_WORK) throw new NotUnderstood('the statement is too large to be followed');
  };
}
