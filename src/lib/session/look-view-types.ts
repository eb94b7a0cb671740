// What the interface sees and does of the ways results are looked at: filters, order, columns, search, profiles; must not know SQL.
import type { Problem } from '../base/result.ts';
import type { Page } from '../engine/contract.ts';
import type { Filter, FilterClause } from '../filter/filter-types.ts';
import type { FilteredCounts, SortKey } from '../filter/view-types.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import type { ColumnProfile } from '../profile/profile-types.ts';

/** What is known of a column as far as it was asked for. */
export interface ColumnFigures {
  /** Null until it is measured. */
  readonly profile: ColumnProfile | null;
  /** Where the profile's top values are those of a sample: how often they stand in the whole; null where they are not. */
  readonly whole: FilteredCounts | null;
  /** What the filters of everybody but this column's own header leave; null where there are none, or not yet. */
  readonly filtered: FilteredCounts | null;
  /** Why it could not be measured. */
  readonly problem: Problem | null;
}

export interface FoundRow {
  /** Zero-based, in the rows as they are looked at. */
  readonly row: number;
  /** Which of the rows found it is, from zero. */
  readonly index: number;
}

export interface SearchView {
  readonly text: string;
  readonly isBusy: boolean;
  /** Rows that hold the text; null until they are counted. */
  readonly found: number | null;
  /** More rows than are listed hold it. */
  readonly isCut: boolean;
  readonly problem: Problem | null;
}

/** What a grid shows of a result: fewer rows or columns, or another order. */
export interface ShownRows {
  /** Null while they are being counted. */
  readonly rowCount: number | null;
  /** Names, in the order shown. */
  readonly columns: readonly string[];
  /** SQL; null where no row is left out. */
  readonly condition: string | null;
  readonly sort: readonly SortKey[];
}

/**
 * One result as it is looked at. Nothing of it changes the cell, what other cells read or what is published, and nothing is
 * stored or shared. Columns are named as the relation names them; those that a new result no longer has are left out.
 */
export interface ResultLook {
  /** Of the view; of the whole result while a view is being made. */
  readonly rowCount: number;
  /** Rows are being filtered or sorted. */
  readonly isBusy: boolean;
  /** Grows whenever other rows stand behind the same numbers. */
  readonly version: number;
  /** Why the rows are not filtered or sorted as wished. */
  readonly problem: Problem | null;
  /** Of every origin, oldest first. */
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  readonly hidden: readonly string[];
  /** In the order in which they stand at the left. */
  readonly pinned: readonly string[];
  readonly search: SearchView;
  /** What is wished of rows and columns; null where that is the whole result as it stands. */
  readonly shown: ShownRows | null;

  /** Brings rows into the state that is wished; call in an effect: it reads all that decides it. */
  follow(): void;
  /** Measures these columns, the first first; call in an effect. Columns that are left out are measured no more. */
  followFigures(columns: readonly string[]): void;
  /** Frees what the engine holds of it and stops what is under way; wishes stay. */
  rest(): void;
  /** Rows as they are looked at, at most 1,000. */
  load(offset: number, limit: number): Promise<Page | Problem>;
  figures(column: string): ColumnFigures;

  /** The clause that the column's own header has set. */
  ownClause(column: string): FilterClause | null;
  /** Null takes the header's clause back. */
  filter(column: string, clause: FilterClause | null): void;
  /** Rows whose value as it is shown holds `text`; empty text takes it back. */
  filterText(column: string, text: string): void;
  remove(filter: Filter): void;
  clearFilters(): void;
  /** `keepsOthers`: as a further key after those there are. Null sorts by the column no more. */
  sortBy(column: string, direction: 'ascending' | 'descending' | null, keepsOthers: boolean): void;
  hide(column: string): void;
  show(column: string): void;
  showAll(): void;
  pin(column: string, isPinned: boolean): void;
  /** Looks for rows that hold the text in a shown column; empty text forgets the search. */
  find(text: string): Promise<void>;
  /** The nearest row after (before) `row` that holds the text, around the end; null where there is none. */
  findFrom(row: number, step: 1 | -1): Promise<FoundRow | null>;
}

export interface Looks {
  ofCell(id: CellId): ResultLook;
  ofSource(name: string): ResultLook;
  /** A SQL cell with the same filters and order, below the cell (at the end for a source), which is run; null where a filter cannot be written. */
  keep(of: { readonly cell: CellId } | { readonly source: string }): CellId | null;
}
