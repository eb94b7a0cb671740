// The open notebook with its history and its saving; must not know engine or results.
import type { Problem, Result } from '../base/result.ts';
import { applyEdit, coalescingKey } from '../notebook/edit.ts';
import type { Edit } from '../notebook/edit-types.ts';
import { completeNotebook, specOf } from '../notebook/complete.ts';
import {
  canRedo,
  canUndo,
  recordStep,
  redo,
  settleHistory,
  startHistory,
  undo,
  type History,
} from '../notebook/history.ts';
import type { CellId, Notebook, NotebookSpec } from '../notebook/notebook-types.ts';
import { writeNotebook } from '../notebook/text-write.ts';

const SAVE_DELAY_MS = 400;

export type SaveNotebook = (record: { id: string; title: string; text: string }) => Promise<Result<null>>;

export function makeCellId(): CellId {
  return crypto.randomUUID() as CellId;
}

export const EMPTY_NOTEBOOK: NotebookSpec = {
  title: 'Untitled notebook',
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  sources: {},
  policy: { k: 5, quasi: [] },
  cells: [],
  extra: {},
};

export class NotebookDesk {
  readonly #save: SaveNotebook;
  readonly #changed: () => void;
  #history: History<Notebook> = $state.raw(startHistory(completeNotebook(EMPTY_NOTEBOOK, makeCellId)));
  #id: string | null = $state.raw(null);
  #saveState: 'saved' | 'saving' | 'unsaved' | 'failed' = $state.raw('saved');
  #saveProblem: Problem | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(save: SaveNotebook, changed: () => void) {
    this.#save = save;
    this.#changed = changed;
  }

  get notebook(): Notebook {
    return this.#history.present;
  }
  get id(): string | null {
    return this.#id;
  }
  get saveState() {
    return this.#saveState;
  }
  get saveProblem(): Problem | null {
    return this.#saveProblem;
  }
  get canUndo(): boolean {
    return canUndo(this.#history);
  }
  get canRedo(): boolean {
    return canRedo(this.#history);
  }
  get text(): string {
    return writeNotebook(specOf(this.notebook));
  }

  open(id: string, spec: NotebookSpec): void {
    this.#history = startHistory(completeNotebook(spec, makeCellId));
    this.#id = id;
    this.#saveState = 'saved';
    this.#saveProblem = null;
    this.#changed();
  }

  /** False where the last changes could not be written: then the notebook stays open. */
  async close(): Promise<boolean> {
    await this.flush();
    if (this.#saveState === 'failed') return false;
    this.#id = null;
    this.#history = startHistory(completeNotebook(EMPTY_NOTEBOOK, makeCellId));
    this.#changed();
    return true;
  }

  edit(edit: Edit): Result<Notebook> {
    const edited = applyEdit(this.notebook, edit);
    if (!edited.ok) return edited;
    this.#history = recordStep(this.#history, edited.value, coalescingKey(edit));
    this.#touch();
    return edited;
  }

  /** Replaces the present without a step of its own: for facts learned (a digest, guessed types), not for wishes. */
  amend(edit: Edit): Result<Notebook> {
    const edited = applyEdit(this.notebook, edit);
    if (!edited.ok) return edited;
    this.#history = { ...this.#history, present: edited.value };
    this.#touch();
    return edited;
  }

  /** Ends the joining of edits: what is typed after a run is a step of its own. */
  settle(): void {
    this.#history = settleHistory(this.#history);
  }

  undo(): void {
    this.#history = undo(this.#history);
    this.#touch();
  }

  redo(): void {
    this.#history = redo(this.#history);
    this.#touch();
  }

  #touch(): void {
    this.#changed();
    if (this.#id === null) return;
    this.#saveState = 'unsaved';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SAVE_DELAY_MS);
  }

  /** Writes what is unsaved; answers when it is on disk. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#id === null || this.#saveState === 'saved') return this.#saving;
    const record = { id: this.#id, title: this.notebook.title, text: this.text };
    this.#saveState = 'saving';
    this.#saving = this.#saving.then(async () => {
      const saved = await this.#save(record);
      this.#saveProblem = saved.ok ? null : saved.error;
      if (!saved.ok) this.#saveState = 'failed';
      else if (this.#saveState === 'saving') this.#saveState = 'saved';
    });
    return this.#saving;
  }
}
