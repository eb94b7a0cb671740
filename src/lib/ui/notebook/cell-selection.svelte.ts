// Which cells are selected together, and what of them is being dragged; must not know what is done with them.
import { createContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Cell, CellId } from '../../notebook/notebook-types.ts';
import { cellAnchor } from '../shell/cell-anchor.ts';
import type { FrameVerb } from './cell-shortcuts.ts';

interface SelectionParts {
  readonly cells: () => readonly Cell[];
  /** Puts the focus on a cell. */
  readonly focus: (id: CellId) => void;
  readonly say: (words: string) => void;
}

/** How a click or key changes the selection. */
export type SelectionStep = 'only' | 'toggle' | 'through';

export class CellSelection {
  readonly #parts: SelectionParts;
  readonly #ids = new SvelteSet<CellId>();
  /** From where a range reaches. */
  #anchor: CellId | null = null;
  #dragged: readonly CellId[] = $state.raw([]);
  #byAnchor: Readonly<Record<string, Cell>> = $derived.by(() =>
    Object.fromEntries(this.#parts.cells().map((cell) => [cellAnchor(cell.id), cell])),
  );

  constructor(parts: SelectionParts) {
    this.#parts = parts;
  }

  /** The cell whose element has this id. */
  cellAt(anchor: string): Cell | null {
    return this.#byAnchor[anchor] ?? null;
  }

  has(id: CellId): boolean {
    return this.#ids.has(id);
  }

  get size(): number {
    return this.#ids.size;
  }

  get dragged(): readonly CellId[] {
    return this.#dragged;
  }

  /** The selected cells in order, where this one is among several; else this one alone. */
  around(id: CellId): readonly CellId[] {
    if (!this.#ids.has(id) || this.#ids.size < 2) return [id];
    return this.#parts
      .cells()
      .map((cell) => cell.id)
      .filter((each) => this.#ids.has(each));
  }

  /** Other cells in place of those selected, e.g. the copies of them. */
  choose(ids: readonly CellId[]): void {
    this.#ids.clear();
    if (ids.length > 1) for (const id of ids) this.#ids.add(id);
  }

  select(id: CellId, step: SelectionStep): void {
    if (step === 'only') this.#ids.clear();
    if (step === 'through') this.#selectThrough(id);
    else {
      if (step === 'toggle' && this.#ids.has(id)) this.#ids.delete(id);
      else this.#ids.add(id);
      this.#anchor = id;
    }
    this.#parts.say(this.#ids.size === 1 ? '1 cell selected' : `${this.#ids.size} cells selected`);
  }

  #selectThrough(id: CellId): void {
    const ids = this.#parts.cells().map((cell) => cell.id);
    const from = Math.max(0, ids.indexOf(this.#anchor ?? id));
    const to = ids.indexOf(id);
    this.#ids.clear();
    for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#ids.add(each);
    this.#anchor ??= id;
  }

  clear(): void {
    this.#ids.clear();
    this.#anchor = null;
  }

  /** A key on the cell itself; false where it means nothing there. */
  step(id: CellId, verb: FrameVerb): boolean {
    const ids = this.#parts.cells().map((cell) => cell.id);
    const isUp = verb === 'goUp' || verb === 'selectUp';
    const next = ids[ids.indexOf(id) + (isUp ? -1 : 1)];
    switch (verb) {
      case 'edit':
        return false;
      case 'select':
        this.select(id, 'toggle');
        return true;
      case 'clearSelection':
        this.clear();
        return true;
      case 'selectAll':
        for (const each of ids) this.#ids.add(each);
        this.#parts.say(`${ids.length} cells selected`);
        return true;
      case 'goUp':
      case 'goDown':
        if (next) this.#parts.focus(next);
        return true;
      case 'selectUp':
      case 'selectDown':
        if (this.#anchor === null || !this.#ids.has(id)) this.select(id, 'only');
        if (next) {
          this.select(next, 'through');
          this.#parts.focus(next);
        }
        return true;
    }
  }

  drag(id: CellId): void {
    this.#dragged = this.around(id);
  }

  endDrag(): void {
    this.#dragged = [];
  }
}

const [readSelection, writeSelection] = createContext<CellSelection>();

export function setSelection(selection: CellSelection): CellSelection {
  return writeSelection(selection);
}

/** @throws where no component above called `setSelection`. */
export function useSelection(): CellSelection {
  return readSelection();
}
