// What the interface sees and does of filters: conditions on the columns of a cell or source, by who set them; must not know SQL's text.
import type { Result } from '../base/result.ts';
import type { Filter, FilterClause } from '../filter/filter-types.ts';

/**
 * Filters are how a result is looked at, no part of the notebook or the result. All views of one relation share them: each
 * is filtered by everybody's but its own (cross-filter). One origin has at most one clause for each column.
 */
export interface Filters {
  /** Of a cell or source, oldest first; reactive. */
  of(relation: string): readonly Filter[];
  /** Null takes the clause back. */
  set(relation: string, origin: string, column: string, clause: FilterClause | null): void;
  clear(relation: string): void;
  /**
   * The condition a view is filtered by: all clauses but those of its own origin; null where there is none. Reactive.
   * @returns `filter-type` where a clause does not suit its column.
   */
  predicate(relation: string, exceptOrigin?: string): Result<string | null>;
}
