// The open notebook with its history and its saving; must not know engine or results.
import { fail, type Problem, type Result } from '../base/result.ts';
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
import { storageProblem } from '../store/storage-problem.ts';
import type { OpenNotebook } from './notebook-view-types.ts';

/** From the first unsaved change to its save; further typing does not put it off. */
const SAVE_DELAY_MS = 250;
/** After a save that failed. */
const RETRY_DELAY_MS = 5_000;

const READ_ONLY: Problem = {
  code: 'notebook-read-only',
  message: 'This notebook cannot be changed here: another tab has it.',
  hint: 'Take it over first.',
};

export interface NotebookText {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export type SaveNotebook = (record: NotebookText) => Promise<Result<null>>;

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

export class NotebookDesk implements OpenNotebook {
  readonly #save: SaveNotebook;
  readonly #changed: () => void;
  readonly #isReadOnly: () => boolean;
  #history: History<Notebook> = $state.raw(startHistory(completeNotebook(EMPTY_NOTEBOOK, makeCellId)));
  #id: string | null = $state.raw(null);
  #saveState: 'saved' | 'saving' | 'unsaved' | 'failed' = $state.raw('saved');
  #saveProblem: Problem | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | null = null;
  #saving: Promise<void> = Promise.resolve();
  /** Counts changes; the notebook is saved where the last one was. */
  #revision = 0;
  #savedRevision = 0;
  #savesUnderWay = 0;

  constructor(save: SaveNotebook, changed: () => void, isReadOnly: () => boolean = () => false) {
    this.#save = save;
    this.#changed = changed;
    this.#isReadOnly = isReadOnly;
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
  get isReadOnly(): boolean {
    return this.#isReadOnly();
  }
  get text(): string {
    return writeNotebook(specOf(this.notebook));
  }

  /** `isNew`: it is nowhere yet, and is saved soon. */
  open(id: string, spec: NotebookSpec, isNew = false): void {
    this.#history = startHistory(completeNotebook(spec, makeCellId));
    this.#id = id;
    this.#forgetSaves();
    if (isNew) this.#touch();
    else this.#changed();
  }

  /** Shows another state of the same notebook, as it was saved elsewhere; a history of its own begins. */
  replace(spec: NotebookSpec): void {
    this.#history = startHistory(completeNotebook(spec, makeCellId));
    this.#forgetSaves();
    this.#changed();
  }

  #forgetSaves(): void {
    this.#cancelTimer();
    this.#revision += 1;
    this.#savedRevision = this.#revision;
    this.#saveState = 'saved';
    this.#saveProblem = null;
  }

  /** False where the last changes could not be written: then the notebook stays open, unless they may be lost. */
  async close(mayLose = false): Promise<boolean> {
    if (!this.#isReadOnly()) {
      await this.flush();
      if (this.#savedRevision !== this.#revision && !mayLose) return false;
    }
    this.#id = null;
    this.#history = startHistory(completeNotebook(EMPTY_NOTEBOOK, makeCellId));
    this.#forgetSaves();
    this.#changed();
    return true;
  }

  edit(edit: Edit): Result<Notebook> {
    if (this.#isReadOnly()) return fail(READ_ONLY);
    const edited = applyEdit(this.notebook, edit);
    if (!edited.ok) return edited;
    this.#history = recordStep(this.#history, edited.value, coalescingKey(edit));
    this.#touch();
    return edited;
  }

  /**
   * Changes the present and every state before and after it to which `applies`, without a step of its own: for facts
   * learned (a digest, guessed types), not for wishes. Undo does not lose them.
   */
  amend(edit: Edit, applies: (notebook: Notebook) => boolean = () => true): void {
    if (this.#isReadOnly()) return;
    const amended = (state: Notebook): Notebook => {
      const edited = applies(state) ? applyEdit(state, edit) : null;
      return edited?.ok ? edited.value : state;
    };
    const { past, present, future, openKey } = this.#history;
    this.#history = {
      past: past.map(amended),
      present: amended(present),
      future: future.map(amended),
      openKey,
    };
    if (this.#history.present !== present) this.#touch();
  }

  /** Ends the joining of edits: what is typed after a run is a step of its own. */
  settle(): void {
    this.#history = settleHistory(this.#history);
  }

  undo(): void {
    this.#step(undo(this.#history));
  }

  redo(): void {
    this.#step(redo(this.#history));
  }

  #step(history: History<Notebook>): void {
    if (this.#isReadOnly() || history === this.#history) return;
    this.#history = history;
    this.#touch();
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #saveIn(delayMs: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), delayMs);
  }

  #touch(): void {
    this.#changed();
    if (this.#id === null) return;
    this.#revision += 1;
    if (this.#saveState === 'failed') this.#cancelTimer();
    else this.#saveState = 'unsaved';
    this.#saveIn(SAVE_DELAY_MS);
  }

  /** Writes what is unsaved; answers when it is on disk, or could not be written. */
  async flush(): Promise<void> {
    this.#cancelTimer();
    if (this.#id === null || this.#savedRevision === this.#revision || this.#isReadOnly())
      return this.#saving;
    const record = { id: this.#id, title: this.notebook.title, text: this.text };
    const revision = this.#revision;
    this.#savesUnderWay += 1;
    this.#saveState = 'saving';
    this.#saving = this.#saving.then(async () => {
      const saved = await this.#trySave(record);
      this.#savesUnderWay -= 1;
      if (this.#id === record.id) this.#settle(revision, saved);
    });
    return this.#saving;
  }

  /** A save that throws has failed like any other: the ones after it are made all the same. */
  async #trySave(record: NotebookText): Promise<Result<null>> {
    try {
      return await this.#save(record);
    } catch (error) {
      return fail(storageProblem(error, 'The notebook could not be saved'));
    }
  }

  /** The state follows from the newest revision on disk, not from which save answered last. */
  #settle(revision: number, saved: Result<null>): void {
    if (saved.ok) this.#savedRevision = Math.max(this.#savedRevision, revision);
    this.#saveProblem = saved.ok ? null : saved.error;
    if (this.#savedRevision === this.#revision) this.#saveState = 'saved';
    else if (this.#savesUnderWay > 0) this.#saveState = 'saving';
    else this.#saveState = saved.ok ? 'unsaved' : 'failed';
    if (this.#saveState === 'failed') this.#saveIn(RETRY_DELAY_MS);
  }
}
