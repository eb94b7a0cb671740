// What each verb of a cell does to the notebook, for one cell or for all that are selected with it; must not know how cells look.
import { foldOf, isDisabled, nameOfCell } from '../../session/cell-facts.ts';
import type { CellFold } from '../../session/cell-facts.ts';
import type { Cell, CellId } from '../../notebook/notebook-types.ts';
import type { Session } from '../../session/session-types.ts';
import type { CellSelection } from './cell-selection.svelte.ts';
import type { CellVerb } from './cell-shortcuts.ts';
import type { CellHandle } from './cell-verbs.ts';

interface Surroundings {
  readonly session: Session;
  readonly selection: CellSelection;
  handleOf(id: CellId): CellHandle | null | undefined;
  /** After the page has been drawn anew. */
  focusCell(id: CellId | undefined, part: 'text' | 'frame'): Promise<void>;
  /** The focus where it was, though its element was taken out of the page for a moment. */
  keepFocus(change: () => void, id: CellId): Promise<void>;
  /** Cells were deleted: says so, and offers to undo it. */
  deleted(words: string): void;
}

function toggled(cell: Cell, part: Exclude<CellFold, 'none' | 'all'>): CellFold {
  const fold = foldOf(cell);
  const other = part === 'text' ? 'result' : 'text';
  if (fold === 'none') return part;
  if (fold === part) return 'none';
  return fold === 'all' ? other : 'all';
}

export class CellPerformer {
  readonly #in: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#in = surroundings;
  }

  get #cells(): readonly Cell[] {
    return this.#in.session.notebook.cells;
  }

  add(kind: 'sql' | 'markdown' | 'publish' | 'check' | 'chart', after: CellId | null): void {
    void this.#in.focusCell(this.#in.session.cells.add(kind, after), 'text');
  }

  run(cell: Cell): void {
    const { session } = this.#in;
    if (cell.kind === 'sql') void session.runs.runOne(cell.id);
    else if (cell.kind === 'publish') void session.publishing.check(cell.id);
    else if (cell.kind === 'check') void session.checks.run(cell.id);
    else if (cell.kind === 'chart') void session.charts.run(cell.id);
  }

  perform(verb: CellVerb, cell: Cell, index: number): void {
    const { session, selection, handleOf } = this.#in;
    const ids = selection.around(cell.id);
    switch (verb) {
      case 'run':
        return this.run(cell);
      case 'runAndGoOn':
        return this.#goOn(cell, index);
      case 'runStatement':
        return handleOf(cell.id)?.lookAtStatement?.();
      case 'runUpTo':
        return void session.runs.runUpTo(cell.id);
      case 'runFrom':
        return void session.runs.runFrom(cell.id);
      case 'addAbove':
        return this.add('sql', this.#cells[index - 1]?.id ?? null);
      case 'addBelow':
        return this.add('sql', cell.id);
      case 'moveUp':
        return void this.#in.keepFocus(() => session.groups.move(ids, -1), cell.id);
      case 'moveDown':
        return void this.#in.keepFocus(() => session.groups.move(ids, 1), cell.id);
      case 'duplicate':
        return this.#duplicate(ids);
      case 'fold':
        return this.#fold(ids, foldOf(cell) === 'none' ? 'all' : 'none', cell);
      case 'foldText':
        return this.#fold(ids, toggled(cell, 'text'), cell);
      case 'foldResult':
        return this.#fold(ids, toggled(cell, 'result'), cell);
      case 'disable':
        return session.groups.disable(ids, !isDisabled(cell));
      case 'format':
        return void session.statements.format(cell.id);
      case 'remove':
        return this.#remove(ids);
    }
  }

  #goOn(cell: Cell, index: number): void {
    this.run(cell);
    const next = this.#cells[index + 1];
    if (next === undefined) this.add('sql', cell.id);
    else void this.#in.focusCell(next.id, next.kind === 'sql' ? 'text' : 'frame');
  }

  /** The focus must not stay in what is folded away. */
  #fold(ids: readonly CellId[], fold: CellFold, cell: Cell): void {
    this.#in.session.groups.fold(ids, fold);
    if (fold !== 'none' && document.activeElement?.closest('.cell') !== null)
      void this.#in.focusCell(cell.id, 'frame');
  }

  #duplicate(ids: readonly CellId[]): void {
    const copies = this.#in.session.groups.duplicate(ids);
    this.#in.selection.choose(copies);
    void this.#in.focusCell(copies[0], 'frame');
  }

  #remove(ids: readonly CellId[]): void {
    const { session, selection, focusCell, deleted } = this.#in;
    const last = this.#cells.findIndex((cell) => cell.id === ids.at(-1));
    const rest = this.#cells.filter((cell) => !ids.includes(cell.id));
    const neighbour = this.#cells.slice(last + 1)[0] ?? rest.at(-1);
    const [first] = this.#cells.filter((cell) => ids.includes(cell.id));
    const name = (first === undefined ? null : nameOfCell(first)) ?? 'A cell';
    session.groups.remove(ids);
    selection.clear();
    deleted(ids.length === 1 ? `${name} is deleted.` : `${ids.length} cells are deleted.`);
    void focusCell(neighbour?.id, 'frame');
  }
}
