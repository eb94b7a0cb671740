// The notebooks of this browser: list, open, make, delete; must not know what a notebook holds.
import type { Problem } from '../base/result.ts';
import { parseNotebook } from '../notebook/text-parse.ts';
import {
  deleteNotebook,
  listNotebooks,
  readAllNotebooks,
  readNotebook,
  writeNotebook,
} from '../store/database.ts';
import type { SourceVault } from '../store/source-files.ts';
import { requestPersistence } from '../store/storage-space.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteImport } from './audit-notes.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { ModuleShelf } from './module-shelf.svelte.ts';
import { EMPTY_NOTEBOOK, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { PublicationDesk } from './publication-desk.svelte.ts';
import { fetchSample, SAMPLE_NOTEBOOK } from './sample.ts';
import type { RecentNotebook } from './session-types.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

interface NotebookShelfParts {
  readonly desk: NotebookDesk;
  readonly shelf: SourceShelf;
  readonly vault: SourceVault;
  readonly runner: CellRunner;
  readonly publications: PublicationDesk;
  readonly modules: ModuleShelf;
  readonly audit: AuditLog;
  readonly notice: (problem: Problem | null) => void;
}

export class NotebookShelf {
  readonly #parts: NotebookShelfParts;
  #recent: readonly RecentNotebook[] = $state.raw([]);

  constructor(parts: NotebookShelfParts) {
    this.#parts = parts;
  }

  get recent(): readonly RecentNotebook[] {
    return this.#recent;
  }

  /** Lists, and opens the notebook that the address names, so that a reload comes back to it. */
  async start(): Promise<void> {
    void requestPersistence();
    await this.refresh();
    const named = location.hash.match(/^#notebook=([\w-]+)$/)?.[1];
    if (named && this.#recent.some((record) => record.id === named)) await this.open(named);
  }

  async refresh(): Promise<void> {
    const listed = await listNotebooks();
    if (listed.ok) this.#recent = listed.value;
    else this.#parts.notice(listed.error);
  }

  #nameInAddress(id: string | null): void {
    history.replaceState(history.state, '', id === null ? location.pathname : `#notebook=${id}`);
  }

  async #show(id: string, text: string): Promise<boolean> {
    const { desk, shelf, runner, notice } = this.#parts;
    const parsed = parseNotebook(text);
    if (!parsed.ok) {
      notice(parsed.error);
      return false;
    }
    if (!(await this.close())) return false;
    desk.open(id, parsed.value);
    this.#nameInAddress(id);
    void shelf.restore(desk.notebook).then(() => runner.analyze());
    return true;
  }

  async create(): Promise<void> {
    if (!(await this.close())) return;
    const id = crypto.randomUUID();
    this.#parts.desk.open(id, EMPTY_NOTEBOOK);
    this.#nameInAddress(id);
    this.#parts.audit.note({ action: 'notebook-created', subject: null, details: {} });
  }

  async open(id: string): Promise<void> {
    const record = await readNotebook(id);
    if (!record.ok) this.#parts.notice(record.error);
    else if (record.value && (await this.#show(id, record.value.text)))
      this.#parts.audit.note({ action: 'notebook-opened', subject: null, details: {} });
  }

  async openText(text: string): Promise<void> {
    const id = crypto.randomUUID();
    if (!(await this.#show(id, text))) return;
    this.#parts.audit.note({ action: 'notebook-created', subject: null, details: { from: 'a file' } });
    await this.#keep(id);
  }

  async openSample(): Promise<void> {
    const { desk, shelf, vault, audit, notice } = this.#parts;
    const file = await fetchSample();
    if (!(file instanceof File)) return notice(file);
    const id = crypto.randomUUID();
    if (!(await this.#show(id, SAMPLE_NOTEBOOK))) return;
    audit.note({ action: 'notebook-created', subject: null, details: { from: 'the sample' } });
    const [name] = Object.keys(desk.notebook.sources);
    const kept = await vault.keep(file);
    if (desk.id !== id) return;
    if (name && kept.ok) desk.amend({ kind: 'change-source', name, change: { sha256: kept.value.sha256 } });
    await this.#keep(id);
    if (!name) return;
    notice(await shelf.bind(name, file, true));
    const imported = desk.id === id ? noteImport(shelf.find(name)) : null;
    if (imported) audit.note(imported);
  }

  async #keep(id: string): Promise<void> {
    const { desk, notice } = this.#parts;
    const written = await writeNotebook({ id, title: desk.notebook.title, text: desk.text });
    notice(written.ok ? null : written.error);
  }

  /** False where it stays open because it could not be saved. */
  async close(): Promise<boolean> {
    const { desk, shelf, runner, publications, modules, audit, notice } = this.#parts;
    audit.close();
    if (desk.id === null) return true;
    const sources = Object.keys(desk.notebook.sources);
    await runner.cancel();
    await publications.close();
    if (!(await desk.close())) {
      notice(desk.saveProblem);
      return false;
    }
    await Promise.all(sources.map((name) => shelf.drop(name)));
    modules.close();
    shelf.clear();
    runner.clear();
    this.#nameInAddress(null);
    await this.refresh();
    return true;
  }

  async delete(id: string): Promise<void> {
    const title = this.#recent.find((record) => record.id === id)?.title ?? '';
    const deleted = await deleteNotebook(id);
    if (!deleted.ok) this.#parts.notice(deleted.error);
    else
      this.#parts.audit.record({
        action: 'notebook-deleted',
        subject: null,
        notebook: { id, title },
        details: {},
      });
    await this.refresh();
    await this.#removeUnusedSources();
  }

  /** Frees the copies of sources that no notebook names any more. */
  async #removeUnusedSources(): Promise<void> {
    const notebooks = await readAllNotebooks();
    if (!notebooks.ok) return;
    const inUse = notebooks.value.flatMap((notebook) => notebook.text.match(/\b[0-9a-f]{64}\b/g) ?? []);
    await this.#parts.vault.removeUnused(inUse);
  }
}
