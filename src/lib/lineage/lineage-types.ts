// Column lineage as plain data; must not know the gate, the engine or the parser's own types.
import type { Result } from '../base/result.ts';

/** A column of a source. */
export interface ColumnRef {
  readonly relation: string;
  /** `#3` for the third column of a cell whose name only the engine knows; never for a source. */
  readonly column: string;
}

/** OpenLineage column-lineage facet, DIRECT subtypes. */
export type DirectKind = 'identity' | 'transformation' | 'aggregation';
/** OpenLineage column-lineage facet, INDIRECT subtypes. */
export type IndirectKind = 'join' | 'filter' | 'group' | 'sort' | 'window' | 'condition';

/** A function a value passed through, innermost first; lower-case, operators as their symbol. */
export interface FunctionStep {
  readonly name: string;
  /** True where the name is the library's own macro and nothing in scope shadows it. */
  readonly isLibraryMacro: boolean;
  /** Zero-based position of the argument in which the value entered. */
  readonly argument: number;
}

export interface DirectEdge {
  readonly from: ColumnRef;
  readonly kind: DirectKind;
  readonly via: readonly FunctionStep[];
  /** From source to output, e.g. `['customers.email', 'clean.contact']`; the last is the output column itself. */
  readonly path: readonly string[];
}

export interface IndirectEdge {
  readonly from: ColumnRef;
  readonly kind: IndirectKind;
  /** Functions between the source column and the place where it decides, innermost first. */
  readonly via: readonly FunctionStep[];
  readonly path: readonly string[];
}

export interface ColumnLineage {
  /**
   * Exact for aliases, columns and stars; empty where only the engine knows the name (`a + 1`). Positions and the number
   * of columns are always the engine's: compare by position, and names where they are not empty.
   */
  readonly name: string;
  readonly direct: readonly DirectEdge[];
  /** Indirect edges of this column alone (a window's partition, a CASE condition). */
  readonly indirect: readonly IndirectEdge[];
}

/** What could not be analysed and where; blocks whatever depends on it. */
export interface UnknownConstruct {
  readonly reason: string;
  readonly relation: string;
  /** Zero-based UTF-16 offset in the cell's SQL, where known. */
  readonly position: number | null;
}

export interface RelationLineage {
  readonly relation: string;
  /** In output order; empty where `unknown` is not null. */
  readonly columns: readonly ColumnLineage[];
  /** Indirect edges of every column: filters, joins, groups, sorts of the whole statement. */
  readonly indirect: readonly IndirectEdge[];
  readonly unknown: UnknownConstruct | null;
  /** Names that more than one output column was to have, as the later one was written; the engine numbers these. */
  readonly repeated?: readonly string[];
}

export interface RelationColumns {
  readonly name: string;
  readonly columns: readonly string[];
}

/** The parser's tree, opaque to all but this folder. */
export type ParseTree = readonly Record<string, unknown>[];

/** A parser of the engine's dialect; a syntax error carries `sql` and `position`. */
export type ParseSql = (sql: string) => Result<ParseTree>;
