// Looks for a text in the rows of a view and steps from one row that holds it to the next; must not know filters or order.
import type { Problem } from '../base/result.ts';
import type { LookEngine } from './look-engine.ts';
import type { FoundRow, SearchView } from './look-view-types.ts';

const NO_SEARCH: SearchView = { text: '', isBusy: false, found: null, isCut: false, problem: null };

interface SearchParts {
  readonly engine: LookEngine;
  /** Takes the places of the rows found, ascending. */
  readonly table: string;
  readonly mostFound: number;
}

export class LookSearch {
  readonly #parts: SearchParts;
  #view: SearchView = $state.raw(NO_SEARCH);
  #under = new AbortController();
  #done: Promise<void> = Promise.resolve();

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  get view(): SearchView {
    return this.#view;
  }

  /** `sql` lists places; null where there is nothing to look for. */
  async find(text: string, sql: string | null): Promise<void> {
    this.#done = this.#find(text, sql);
    await this.#done;
  }

  async #find(text: string, sql: string | null): Promise<void> {
    this.#under.abort();
    const had = this.#view.found !== null;
    this.#view = { ...NO_SEARCH, text, isBusy: sql !== null };
    const under = new AbortController();
    this.#under = under;
    if (sql === null) {
      if (had) await this.#parts.engine.drop(this.#parts.table);
      return;
    }
    const made = await this.#parts.engine.make(sql, this.#parts.table, under.signal);
    if (under !== this.#under) return;
    const problem: Problem | null = made.ok || made.error.code === 'engine-cancelled' ? null : made.error;
    const found = made.ok ? made.value : null;
    this.#view = { text, isBusy: false, found, isCut: found === this.#parts.mostFound, problem };
  }

  async from(row: number, step: 1 | -1): Promise<FoundRow | null> {
    await this.#done;
    if ((this.#view.found ?? 0) === 0) return null;
    const { table } = this.#parts;
    const beyond = step > 0 ? `r > ${row}` : `r < ${row}`;
    const order = step > 0 ? 'rowid' : 'rowid DESC';
    const near = await this.#first(`SELECT r, rowid FROM ${table} WHERE ${beyond} ORDER BY ${order} LIMIT 1`);
    return near ?? this.#first(`SELECT r, rowid FROM ${table} ORDER BY ${order} LIMIT 1`);
  }

  async #first(sql: string): Promise<FoundRow | null> {
    const page = await this.#parts.engine.page(sql);
    const [row = null, index = null] = page.ok ? (page.value.rows[0] ?? []) : [];
    return row === null ? null : { row: Number(row), index: Number(index) };
  }
}
