// The filters of every cell and source of the open notebook; must not know who draws them or how rows are fetched.
import { SvelteMap } from 'svelte/reactivity';
import type { Result } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { Filter, FilterClause } from '../filter/filter-types.ts';
import { columnOf, predicateOf } from '../filter/predicate.ts';
import type { Filters } from './filter-view-types.ts';

interface FilterDeskParts {
  /** Columns of a cell or source as they are now; empty where it has none yet. Reactive. */
  readonly columnsOf: (relation: string) => readonly ColumnType[];
  readonly announce: (text: string) => void;
}

const NONE: readonly Filter[] = [];

export class FilterDesk implements Filters {
  readonly #parts: FilterDeskParts;
  /** By the relation's name in lower case. */
  readonly #filters = new SvelteMap<string, readonly Filter[]>();

  constructor(parts: FilterDeskParts) {
    this.#parts = parts;
  }

  of(relation: string): readonly Filter[] {
    const all = this.#filters.get(relation.toLowerCase()) ?? NONE;
    if (all.length === 0) return all;
    const columns = this.#parts.columnsOf(relation);
    const kept = all.filter(({ clause }) => columnOf(columns, clause.column) !== undefined);
    return kept.length === all.length ? all : kept;
  }

  set(relation: string, origin: string, column: string, clause: FilterClause | null): void {
    const key = relation.toLowerCase();
    const all = this.#filters.get(key) ?? NONE;
    const at = all.findIndex((filter) => filter.origin === origin && filter.clause.column === column);
    const filter = clause === null ? [] : [{ relation, origin, clause }];
    const next = at < 0 ? [...all, ...filter] : all.toSpliced(at, 1, ...filter);
    if (next.length === 0) this.#filters.delete(key);
    else this.#filters.set(key, next);
  }

  clear(relation: string): void {
    this.#filters.delete(relation.toLowerCase());
  }

  /** Another notebook was opened. */
  forget(): void {
    this.#filters.clear();
  }

  predicate(relation: string, exceptOrigin?: string): Result<string | null> {
    const clauses = this.of(relation)
      .filter((filter) => filter.origin !== exceptOrigin)
      .map((filter) => filter.clause);
    return predicateOf(clauses, this.#parts.columnsOf(relation));
  }

  /** The relation was made anew: filters stay where their column is still there; the others are dropped, and it is told. */
  remade(relation: string, columns: readonly ColumnType[]): void {
    const key = relation.toLowerCase();
    const all = this.#filters.get(key) ?? NONE;
    const kept = all.filter(({ clause }) => columnOf(columns, clause.column) !== undefined);
    if (kept.length === all.length) return;
    const gone = [...new Set(all.filter((one) => !kept.includes(one)).map(({ clause }) => clause.column))];
    if (kept.length === 0) this.#filters.delete(key);
    else this.#filters.set(key, kept);
    this.#parts.announce(
      `${relation} no longer has ${gone.join(', ')}: the filter on ${gone.length === 1 ? 'it is' : 'them is'} removed.`,
    );
  }
}
