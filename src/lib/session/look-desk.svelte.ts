// The looks at every result and source of the open notebook; must not know how one of them works.
import type { Problem } from '../base/result.ts';
import type { Page } from '../engine/contract.ts';
import { keptSql } from '../filter/row-view.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { Runs } from './cell-run-types.ts';
import type { Cells } from './edit-verb-types.ts';
import type { FilterDesk } from './filter-desk.svelte.ts';
import type { LookEngine } from './look-engine.ts';
import type { Looks, ResultLook } from './look-view-types.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import { RelationLook, type LookSubject } from './result-look.svelte.ts';
import type { SourceBindings } from './source-bindings.svelte.ts';

interface LookDeskParts {
  readonly desk: NotebookDesk;
  readonly board: CellBoard;
  readonly bindings: SourceBindings;
  readonly filters: FilterDesk;
  readonly engine: LookEngine;
  readonly page: (relation: string, offset: number, limit: number) => Promise<Page | Problem>;
  readonly cells: () => Pick<Cells, 'add'>;
  readonly runs: () => Pick<Runs, 'runOne'>;
  readonly announce: (text: string) => void;
}

export class LookDesk implements Looks {
  readonly #parts: LookDeskParts;
  readonly #looks = new Map<string, RelationLook>();
  #number = 0;

  constructor(parts: LookDeskParts) {
    this.#parts = parts;
  }

  ofCell(id: CellId): ResultLook {
    return this.#lookOf(`cell ${id}`, () => this.#cellSubject(id));
  }

  ofSource(name: string): ResultLook {
    return this.#lookOf(`source ${name}`, () => this.#sourceSubject(name));
  }

  #lookOf(key: string, subject: () => LookSubject): RelationLook {
    const known = this.#looks.get(key);
    if (known) return known;
    this.#number += 1;
    const { engine, filters, page, announce } = this.#parts;
    const look = new RelationLook({ number: this.#number, engine, filters, page, subject, announce });
    this.#looks.set(key, look);
    return look;
  }

  #cellSubject(id: CellId): LookSubject {
    const { board } = this.#parts;
    const { columns, rowCount, generation } = board.run(id);
    const relation = board.cells.find((cell) => cell.id === id)?.name ?? '';
    return { relation, columns, rowCount: rowCount ?? 0, generation };
  }

  #sourceSubject(name: string): LookSubject {
    const source = this.#parts.bindings.find(name);
    const columns = source?.columns ?? [];
    const rowCount = source?.rowCount ?? 0;
    const generation = `${source?.sha256} ${rowCount} ${columns.map(({ name, type }) => `${name} ${type}`).join()}`;
    return { relation: name, columns, rowCount, generation };
  }

  keep(of: { readonly cell: CellId } | { readonly source: string }): CellId | null {
    const { desk, cells, runs } = this.#parts;
    const isCell = 'cell' in of;
    const look = isCell
      ? this.#lookOf(`cell ${of.cell}`, () => this.#cellSubject(of.cell))
      : this.#lookOf(`source ${of.source}`, () => this.#sourceSubject(of.source));
    const relation = isCell ? this.#cellSubject(of.cell).relation : of.source;
    const { condition } = look;
    if (!condition.ok || desk.isReadOnly) return null;
    const after = isCell ? of.cell : (desk.notebook.cells.at(-1)?.id ?? null);
    const id = cells().add('sql', after, keptSql(relation, condition.value, look.sort));
    void runs().runOne(id);
    return id;
  }

  /** Another notebook was opened. */
  forget(): void {
    for (const look of this.#looks.values()) look.rest();
    this.#looks.clear();
  }

  /** A new engine holds no view. */
  lost(): void {
    for (const look of this.#looks.values()) look.lost();
  }
}
