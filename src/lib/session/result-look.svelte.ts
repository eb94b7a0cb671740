// One result as it is looked at: filtered, sorted, columns hidden and pinned, searched; must not know who draws it.
import { untrack } from 'svelte';
import type { Problem, Result } from '../base/result.ts';
import type { ColumnType, Page } from '../engine/contract.ts';
import type { Filter, FilterClause } from '../filter/filter-types.ts';
import { findSql, MOST_FOUND, viewPageSql, viewSql } from '../filter/row-view.ts';
import type { SortKey } from '../filter/view-types.ts';
import type { Filters } from './filter-view-types.ts';
import type { LookEngine } from './look-engine.ts';
import { LookFigures } from './look-figures.svelte.ts';
import { LookSearch } from './look-search.svelte.ts';
import { shownPlaces } from './look-facts.ts';
import type { ColumnFigures, FoundRow, ResultLook, SearchView, ShownRows } from './look-view-types.ts';

export interface LookSubject {
  readonly relation: string;
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
  /** Another one for every table that was made. */
  readonly generation: number | string;
}

export interface LookParts {
  /** Tells the tables of looks apart. */
  readonly number: number;
  readonly engine: LookEngine;
  readonly filters: Filters;
  readonly page: (relation: string, offset: number, limit: number) => Promise<Page | Problem>;
  /** Reactive. */
  readonly subject: () => LookSubject;
  readonly announce: (text: string) => void;
}

interface View {
  readonly table: string;
  readonly rowCount: number;
  readonly generation: LookSubject['generation'];
}

const HEADER = 'header:';
const CONTAINS = 'contains:';

export class RelationLook implements ResultLook {
  readonly #parts: LookParts;
  readonly #figures: LookFigures;
  readonly #search: LookSearch;
  #sort: readonly SortKey[] = $state.raw([]);
  #hidden: readonly string[] = $state.raw([]);
  #pinned: readonly string[] = $state.raw([]);
  #view: View | null = $state.raw(null);
  #isBusy = $state(false);
  #version = $state(0);
  #problem: Problem | null = $state.raw(null);
  #made: string | null = null;
  #searched = '';
  #making = new AbortController();
  #tables = 0;

  constructor(parts: LookParts) {
    this.#parts = parts;
    this.#figures = new LookFigures({
      engine: parts.engine,
      subject: parts.subject,
      conditionOf: (column) => parts.filters.predicate(parts.subject().relation, HEADER + column),
    });
    this.#search = new LookSearch({
      engine: parts.engine,
      table: `sluice_found_${parts.number}`,
      mostFound: MOST_FOUND,
    });
  }

  #kept(names: readonly string[]): readonly string[] {
    const { columns } = this.#parts.subject();
    const kept = names.filter((name) => columns.some((column) => column.name === name));
    return kept.length === names.length ? names : kept;
  }

  /** Null where it was made of an earlier result. */
  get #current(): View | null {
    return this.#view?.generation === this.#parts.subject().generation ? this.#view : null;
  }

  get rowCount(): number {
    return this.#current?.rowCount ?? this.#parts.subject().rowCount;
  }
  get isBusy(): boolean {
    return this.#isBusy;
  }
  get version(): number {
    return this.#version;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  get filters(): readonly Filter[] {
    return this.#parts.filters.of(this.#parts.subject().relation);
  }
  get sort(): readonly SortKey[] {
    const kept = this.#kept(this.#sort.map(({ column }) => column));
    return this.#sort.filter(({ column }) => kept.includes(column));
  }
  get hidden(): readonly string[] {
    return this.#kept(this.#hidden);
  }
  get pinned(): readonly string[] {
    return this.#kept(this.#pinned);
  }
  get search(): SearchView {
    return this.#search.view;
  }
  get shown(): ShownRows | null {
    const { sort, hidden, pinned } = this;
    const { columns, rowCount } = this.#parts.subject();
    const names = columns.map(({ name }) => name);
    const shown = shownPlaces(names, { hidden, pinned }).flatMap((place) => names[place] ?? []);
    const condition = this.condition.ok ? this.condition.value : null;
    if (condition === null && sort.length === 0 && shown.join('\0') === names.join('\0')) return null;
    const counted = this.#isBusy ? null : (this.#current?.rowCount ?? null);
    return { rowCount: condition === null ? rowCount : counted, columns: shown, condition, sort };
  }

  /** What rows are filtered by; reactive. */
  get condition(): Result<string | null> {
    return this.#parts.filters.predicate(this.#parts.subject().relation);
  }

  follow(): void {
    const { condition, sort } = this;
    const { generation } = this.#parts.subject();
    const wished = JSON.stringify([generation, condition, sort]);
    const searched = JSON.stringify(this.hidden);
    untrack(() => {
      const isElsewhere = searched !== this.#searched;
      this.#searched = searched;
      if (wished !== this.#made) {
        this.#made = wished;
        void this.#remake(condition, sort);
      } else if (isElsewhere) this.#findAgain();
    });
  }

  #findAgain(): void {
    if (this.search.text !== '') void this.find(this.search.text);
  }

  async #remake(condition: Result<string | null>, sort: readonly SortKey[]): Promise<void> {
    this.#making.abort();
    const making = new AbortController();
    this.#making = making;
    const { relation, columns, generation, rowCount } = this.#parts.subject();
    this.#problem = condition.ok ? null : condition.error;
    const wanted = condition.ok ? condition.value : null;
    if (wanted === null && sort.length === 0) return this.#take(null, generation);
    this.#isBusy = true;
    this.#tables += 1;
    const table = `sluice_view_${this.#parts.number}_${this.#tables}`;
    const sql = viewSql({ relation, columns }, wanted, sort);
    const made = await this.#parts.engine.make(sql, table, making.signal);
    if (making !== this.#making) {
      if (made.ok) await this.#parts.engine.drop(table);
      return;
    }
    if (!made.ok) {
      this.#problem = made.error;
      return this.#take(null, generation);
    }
    this.#take({ table, rowCount: made.value, generation }, generation);
    if (wanted !== null)
      this.#parts.announce(`${made.value.toLocaleString()} of ${rowCount.toLocaleString()} rows.`);
  }

  #take(view: View | null, generation: LookSubject['generation']): void {
    const old = this.#view;
    this.#isBusy = false;
    this.#view = view;
    if (old !== null || view !== null) this.#version += 1;
    if (old !== null) void this.#parts.engine.drop(old.table);
    if (generation === this.#parts.subject().generation) this.#findAgain();
  }

  followFigures(columns: readonly string[]): void {
    this.#figures.follow(columns);
  }

  rest(): void {
    this.#making.abort();
    this.#making = new AbortController();
    this.#made = null;
    this.#figures.rest();
    void this.#search.find('', null);
    if (this.#view !== null) this.#take(null, this.#view.generation);
    this.#isBusy = false;
  }

  /** Another engine is there, which holds nothing of it. */
  lost(): void {
    this.rest();
    this.#figures.lost();
  }

  load(offset: number, limit: number): Promise<Page | Problem> {
    const { relation, columns } = this.#parts.subject();
    const view = this.#current;
    if (view === null) return this.#parts.page(relation, offset, limit);
    return this.#loadView({ relation, columns }, view.table, offset, limit);
  }

  async #loadView(
    viewed: { readonly relation: string; readonly columns: readonly ColumnType[] },
    table: string,
    offset: number,
    limit: number,
  ): Promise<Page | Problem> {
    const page = await this.#parts.engine.page(viewPageSql(viewed, table, offset, limit));
    return page.ok ? { ...page.value, offset } : page.error;
  }

  figures(column: string): ColumnFigures {
    return this.#figures.of(column);
  }

  ownClause(column: string): FilterClause | null {
    return this.filters.find(({ origin }) => origin === HEADER + column)?.clause ?? null;
  }

  filter(column: string, clause: FilterClause | null): void {
    this.#parts.filters.set(this.#parts.subject().relation, HEADER + column, column, clause);
  }

  filterText(column: string, text: string): void {
    const clause = text === '' ? null : ({ kind: 'contains', column, text } as const);
    this.#parts.filters.set(this.#parts.subject().relation, CONTAINS + column, column, clause);
  }

  remove({ relation, origin, clause }: Filter): void {
    this.#parts.filters.set(relation, origin, clause.column, null);
  }

  clearFilters(): void {
    this.#parts.filters.clear(this.#parts.subject().relation);
  }

  sortBy(column: string, direction: 'ascending' | 'descending' | null, keepsOthers: boolean): void {
    const key = direction === null ? [] : [{ column, isDescending: direction === 'descending' }];
    const at = this.#sort.findIndex((each) => each.column === column);
    if (!keepsOthers) this.#sort = key;
    else this.#sort = at < 0 ? [...this.#sort, ...key] : this.#sort.toSpliced(at, 1, ...key);
  }

  hide(column: string): void {
    const shown = this.#parts.subject().columns.length - this.hidden.length;
    if (shown > 1 && !this.#hidden.includes(column)) this.#hidden = [...this.#hidden, column];
  }
  show(column: string): void {
    this.#hidden = this.#hidden.filter((name) => name !== column);
  }
  showAll(): void {
    this.#hidden = [];
  }
  pin(column: string, isPinned: boolean): void {
    const others = this.#pinned.filter((name) => name !== column);
    this.#pinned = isPinned ? [...others, column] : others;
  }

  find(text: string): Promise<void> {
    const { relation, columns } = this.#parts.subject();
    const among = columns.map(({ name }) => name).filter((name) => !this.hidden.includes(name));
    const sql =
      text === '' ? null : findSql({ relation, columns }, this.#current?.table ?? null, text, among);
    return this.#search.find(text, sql);
  }

  findFrom(row: number, step: 1 | -1): Promise<FoundRow | null> {
    return this.#search.from(row, step);
  }
}
