// Runs what an edit touched, and what depends on it, after a pause, where the notebook's mode is `auto`; must not know how cells run.
import type { Edit } from '../notebook/edit-types.ts';
import type { CellId } from '../notebook/notebook-types.ts';
import { runModeOf } from '../notebook/run-mode.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';

/** From the last edit to the run. */
const PAUSE_MS = 700;

interface AutoParts {
  readonly desk: NotebookDesk;
  readonly board: CellBoard;
  readonly runs: CellRunner;
}

/** Cells whose own text an edit changed. */
function touchedBy(edit: Edit): readonly CellId[] {
  switch (edit.kind) {
    case 'change-text':
      return [edit.id];
    case 'add-cell':
      return [edit.id];
    case 'several':
      return edit.edits.flatMap(touchedBy);
    default:
      return [];
  }
}

export class AutoRun {
  readonly #parts: AutoParts;
  readonly #touched = new Set<CellId>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Cells of the run that this started last, while it is under way. */
  #running: ReadonlySet<CellId> = new Set();

  constructor(parts: AutoParts) {
    this.#parts = parts;
  }

  /** After every edit, undo and redo (null). What is being run and became moot is cancelled. */
  consider(edit: Edit | null): void {
    clearTimeout(this.#timer);
    const { desk, runs } = this.#parts;
    if (runModeOf(desk.notebook) !== 'auto') return this.#touched.clear();
    const touched = edit === null ? [] : touchedBy(edit);
    for (const id of touched) this.#touched.add(id);
    if (touched.some((id) => this.#running.has(id))) void runs.cancel();
    const { id } = desk;
    this.#timer = setTimeout(() => void this.#run(id), PAUSE_MS);
  }

  async #run(notebookId: string | null): Promise<void> {
    const { board, desk, runs } = this.#parts;
    if (desk.id === null || desk.id !== notebookId) return;
    const analysis = await board.analyze();
    const isSound = (name: string): boolean => analysis.cells.get(name.toLowerCase())?.problem === null;
    const wanted = board.cells.filter((cell) => {
      const { state } = board.run(cell.id);
      const isWanted = state === 'stale' || (this.#touched.has(cell.id) && state !== 'done');
      return isWanted && isSound(cell.name);
    });
    if (wanted.length === 0) return;
    for (const cell of wanted) this.#touched.delete(cell.id);
    const ids = wanted.map((cell) => cell.id);
    this.#running = new Set(ids);
    await runs.runWithDependents(ids);
    this.#running = new Set();
  }
}
