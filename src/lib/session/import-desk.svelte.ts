// Files that were opened and wait for a decision: name, options, preview; must not know what happens after.
import type { Problem } from '../base/result.ts';
import type { CsvImportOptions } from '../notebook/notebook-types.ts';
import { nameProblem, proposeName } from '../notebook/names.ts';
import type { EngineHost } from './engine-host.svelte.ts';
import type { NotebookDesk } from './notebook-desk.svelte.ts';
import type { ImportDraft } from './session-types.ts';

const PREVIEW_ROWS = 100;

export class ImportDesk {
  readonly #desk: NotebookDesk;
  readonly #host: EngineHost;
  readonly #files = new Map<string, File>();
  readonly #asked = new Map<string, number>();
  #drafts: readonly ImportDraft[] = $state.raw([]);

  constructor(desk: NotebookDesk, host: EngineHost) {
    this.#desk = desk;
    this.#host = host;
  }

  get drafts(): readonly ImportDraft[] {
    return this.#drafts;
  }

  takenNames(): readonly string[] {
    const { notebook } = this.#desk;
    const cells = notebook.cells.flatMap((cell) => (cell.kind === 'sql' ? [cell.name] : []));
    return [...Object.keys(notebook.sources), ...cells, ...this.#drafts.map((draft) => draft.name)];
  }

  async add(file: File, rebinds: string | null = null): Promise<void> {
    if (this.#desk.isReadOnly) return;
    const id = crypto.randomUUID();
    this.#files.set(id, file);
    const options: CsvImportOptions = rebinds
      ? (this.#desk.notebook.sources[rebinds]?.import ?? { format: 'csv' })
      : { format: 'csv' };
    const draft: ImportDraft = {
      id,
      fileName: file.name,
      sizeBytes: file.size,
      name: rebinds ?? proposeName(file.name, this.takenNames()),
      nameProblem: null,
      options,
      preview: null,
      isBusy: true,
      problem: null,
      rebinds,
    };
    this.#drafts = [...this.#drafts, draft];
    await this.#refresh(id);
  }

  find(id: string): { draft: ImportDraft; file: File } | null {
    const draft = this.#drafts.find((candidate) => candidate.id === id);
    const file = this.#files.get(id);
    return draft && file ? { draft, file } : null;
  }

  async change(
    id: string,
    change: { readonly name?: string; readonly options?: CsvImportOptions },
  ): Promise<void> {
    if (change.name !== undefined) {
      const found = this.find(id);
      const problem = found && found.draft.name !== change.name ? this.#nameProblem(id, change.name) : null;
      this.#update(id, { name: change.name, nameProblem: problem });
    }
    if (change.options !== undefined) {
      this.#update(id, { options: change.options, isBusy: true });
      await this.#refresh(id);
    }
  }

  #nameProblem(id: string, name: string): string | null {
    const other = this.#drafts.some(
      (draft) => draft.id !== id && draft.name.toLowerCase() === name.toLowerCase(),
    );
    return other
      ? `Another file that waits for import is called ${name}.`
      : nameProblem(this.#desk.notebook, name);
  }

  async #refresh(id: string): Promise<void> {
    const found = this.find(id);
    if (!found) return;
    const turn = (this.#asked.get(id) ?? 0) + 1;
    this.#asked.set(id, turn);
    const ready = await this.#host.ready();
    const preview = ready.ok
      ? await this.#host.guard(
          ready.value.preview({ handle: found.file, options: found.draft.options, rows: PREVIEW_ROWS }),
        )
      : ready;
    if (this.#asked.get(id) !== turn) return;
    if (preview.ok) this.#update(id, { preview: preview.value, isBusy: false, problem: null });
    else this.#update(id, { isBusy: false, problem: preview.error });
  }

  #update(id: string, change: Partial<ImportDraft>): void {
    this.#drafts = this.#drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft));
  }

  report(id: string, problem: Problem): void {
    this.#update(id, { problem, isBusy: false });
  }

  /** Closes every draft, e.g. with the notebook they were meant for. */
  clear(): void {
    this.#files.clear();
    this.#asked.clear();
    this.#drafts = [];
  }

  discard(id: string): void {
    this.#files.delete(id);
    this.#asked.delete(id);
    this.#drafts = this.#drafts.filter((draft) => draft.id !== id);
  }
}
