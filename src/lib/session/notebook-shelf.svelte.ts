// The notebooks of this browser: list, open, make, delete; must not know what a notebook holds.
import type { Problem } from '../base/result.ts';
import { parseNotebook } from '../notebook/text-parse.ts';
import { sweepLibrary } from '../publish/library-sweep.ts';
import { deleteNotebook, listNotebooks, readAllNotebooks, readNotebook } from '../store/database.ts';
import type { SourceVault } from '../store/source-files.ts';
import type { SourceHolds } from '../store/source-holds.ts';
import { requestPersistence } from '../store/storage-space.ts';
import type { AuditLog } from './audit-view-types.ts';
import { noteImport } from './audit-notes.ts';
import type { ImportDesk } from './import-desk.svelte.ts';
import type { NotebookOwner } from './notebook-owner.svelte.ts';
import type { CellBoard } from './cell-board.svelte.ts';
import type { CellRunner } from './cell-runner.svelte.ts';
import type { ModuleShelf } from './module-shelf.svelte.ts';
import { EMPTY_NOTEBOOK, type NotebookDesk } from './notebook-desk.svelte.ts';
import type { Notebooks, RecentNotebook } from './notebook-view-types.ts';
import { closeForms, type OpenForms } from './open-forms.ts';
import type { PublicationDesk } from './publication-desk.svelte.ts';
import { fetchSample, SAMPLE_NOTEBOOK } from './sample.ts';
import { sourceDigests, type SourceBindings } from './source-bindings.svelte.ts';
import type { SourceShelf } from './source-shelf.svelte.ts';

interface NotebookShelfParts {
  readonly desk: NotebookDesk;
  readonly bindings: SourceBindings;
  readonly shelf: SourceShelf;
  readonly board: CellBoard;
  readonly imports: ImportDesk;
  readonly owner: NotebookOwner;
  readonly vault: SourceVault;
  readonly holds: SourceHolds;
  readonly runner: CellRunner;
  readonly publications: PublicationDesk;
  readonly modules: ModuleShelf;
  readonly audit: AuditLog;
  /** Dialogs and previews belong to the notebook they were opened over. */
  readonly forms: OpenForms;
  /** True where the text was shared by someone: then it waits for consent. */
  readonly takeShared: (text: string) => boolean;
  readonly report: (problem: Problem | null) => void;
}

function notebookInAddress(): string | null {
  return location.hash.match(/^#notebook=([\w-]+)$/)?.[1] ?? null;
}

function addressOf(id: string | null): string {
  return id === null ? location.pathname : `#notebook=${id}`;
}

export class NotebookShelf implements Notebooks {
  readonly #parts: NotebookShelfParts;
  #recent: readonly RecentNotebook[] = $state.raw([]);
  #turn: Promise<unknown> = Promise.resolve();
  #following: Promise<void> = Promise.resolve();

  constructor(parts: NotebookShelfParts) {
    this.#parts = parts;
  }

  get recent(): readonly RecentNotebook[] {
    return this.#recent;
  }

  /** Lists, and opens the notebook that the address names, so that a reload comes back to it. */
  async start(): Promise<void> {
    void requestPersistence();
    addEventListener('popstate', () => {
      this.#following = this.#following.then(() => this.#followAddress());
    });
    await this.#refresh();
    const named = notebookInAddress();
    if (named && this.#recent.some((record) => record.id === named)) await this.open(named);
    void this.#sweep();
  }

  /** Takes away what work that was broken off left behind. */
  async #sweep(): Promise<void> {
    const swept = await sweepLibrary();
    if (!swept.ok && swept.error.code !== 'storage-unavailable') this.#parts.report(swept.error);
    await this.#removeUnusedSources();
  }

  /** One notebook is opened or closed after the other, however fast they are asked for. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Back and forward: the notebook that the address names, or the start page. */
  async #followAddress(): Promise<void> {
    const { desk } = this.#parts;
    const named = notebookInAddress();
    if (named === desk.id || (named === null && location.hash.startsWith('#link='))) return;
    if (named !== null && (await this.#openNamed(named, true))) return;
    // An anchor within the page is no place of its own.
    if (named === null && location.hash === '' && (await this.#inTurn(() => this.#leave()))) return;
    // Where the address has gone on meanwhile, that is followed next.
    if (notebookInAddress() === named) history.replaceState(history.state, '', addressOf(desk.id));
  }

  /** The notebook as it was saved last, e.g. by another tab. */
  async reload(id: string): Promise<void> {
    const { desk, owner, shelf, report } = this.#parts;
    const record = await readNotebook(id);
    if (!record.ok) return report(record.error);
    if (desk.id !== id) return;
    if (!record.value) return owner.lose('deleted', null);
    const parsed = parseNotebook(record.value.text);
    if (!parsed.ok) return report(parsed.error);
    desk.replace(parsed.value);
    await shelf.reconcile();
  }

  async #refresh(): Promise<void> {
    const listed = await listNotebooks();
    if (listed.ok) this.#recent = listed.value;
    else this.#parts.report(listed.error);
  }

  /** Each notebook opened is a step of the browser's history. */
  #nameInAddress(id: string | null): void {
    if (notebookInAddress() !== id) history.pushState(history.state, '', addressOf(id));
  }

  /** `isNew`: it is nowhere yet but in `text`. */
  #show(id: string, text: string, isNew: boolean, isInAddress = false): Promise<boolean> {
    return this.#inTurn(async () => {
      const isShown = await this.#showNow(id, text, isNew);
      if (isShown && !isInAddress) this.#nameInAddress(id);
      return isShown;
    });
  }

  async #showNow(id: string, text: string, isNew: boolean): Promise<boolean> {
    const { desk, owner, shelf, board, report } = this.#parts;
    const parsed = parseNotebook(text);
    if (!parsed.ok) {
      report(parsed.error);
      return false;
    }
    if (!(await this.#leave())) return false;
    await owner.open(id);
    // Only now nobody else changes it.
    const latest = isNew ? null : await readNotebook(id);
    const reparsed = latest?.ok && latest.value ? parseNotebook(latest.value.text) : parsed;
    desk.open(id, reparsed.ok ? reparsed.value : parsed.value, isNew);
    this.#holdSources();
    void shelf.restore(desk.notebook).then(() => board.analyze());
    return true;
  }

  create(): Promise<void> {
    return this.#inTurn(() => this.#createNow());
  }

  async #createNow(): Promise<void> {
    if (!(await this.#leave())) return;
    const id = crypto.randomUUID();
    await this.#parts.owner.open(id);
    this.#parts.desk.open(id, EMPTY_NOTEBOOK);
    this.#holdSources();
    this.#nameInAddress(id);
    this.#parts.audit.note({ action: 'notebook-created', subject: null, details: {} });
  }

  async open(id: string): Promise<void> {
    if (id !== this.#parts.desk.id) await this.#openNamed(id);
  }

  async #openNamed(id: string, isInAddress = false): Promise<boolean> {
    const record = await readNotebook(id);
    if (!record.ok) this.#parts.report(record.error);
    else if (record.value && (await this.#show(id, record.value.text, false, isInAddress))) {
      this.#parts.audit.note({ action: 'notebook-opened', subject: null, details: {} });
      return true;
    }
    return false;
  }

  async openText(text: string): Promise<void> {
    if (!this.#parts.takeShared(text)) await this.adopt(text);
  }

  /** Makes the text a notebook of this browser and opens it; false where it could not be opened. */
  async adopt(text: string, from: 'a file' | 'a link' = 'a file'): Promise<boolean> {
    const id = crypto.randomUUID();
    if (!(await this.#show(id, text, true))) return false;
    this.#parts.audit.note({ action: 'notebook-created', subject: null, details: { from } });
    await this.#parts.desk.flush();
    return true;
  }

  async openSample(): Promise<void> {
    const { desk, shelf, audit, report } = this.#parts;
    const files = await fetchSample();
    if (!files.ok) return report(files.error);
    const id = crypto.randomUUID();
    if (!(await this.#show(id, SAMPLE_NOTEBOOK, true))) return;
    audit.note({ action: 'notebook-created', subject: null, details: { from: 'the sample' } });
    const bound = Object.entries(desk.notebook.sources).flatMap(([name, spec]) => {
      const file = files.value.get(spec.file);
      return file ? [{ name, file }] : [];
    });
    await shelf.watch(this.#bindSample(id, bound));
  }

  async #bindSample(id: string, bound: readonly { name: string; file: File }[]): Promise<void> {
    const { desk, bindings, shelf, audit, report } = this.#parts;
    // They are on their way, not missing.
    for (const { name, file } of bound)
      bindings.change(name, { state: 'importing', sizeBytes: file.size, progress: 0, problem: null });
    for (const { name, file } of bound) if (!(await this.#keepSample(id, name, file))) return;
    await desk.flush();
    if (desk.id !== id) return;
    await Promise.all(
      bound.map(async ({ name, file }) => {
        report(await shelf.bind(name, file, true));
        const imported = desk.id === id ? noteImport(bindings.find(name)) : null;
        if (imported) audit.note(imported);
      }),
    );
  }

  /** False where another notebook was opened meanwhile. */
  async #keepSample(id: string, name: string, file: File): Promise<boolean> {
    const { desk, vault } = this.#parts;
    const kept = await vault.keep(file);
    if (desk.id !== id) return false;
    if (kept.ok) desk.amend({ kind: 'change-source', name, change: { sha256: kept.value.sha256 } });
    return true;
  }

  close(mayLose = false): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!(await this.#leave(mayLose))) return false;
      this.#holdSources();
      this.#nameInAddress(null);
      return true;
    });
  }

  /** What this tab needs now, in place of what it needed before: only now, so that a text kept as new keeps its files. */
  #holdSources(): void {
    this.#parts.holds.set(sourceDigests(this.#parts.desk.notebook));
  }

  /** Closes it though its last changes could not be saved. */
  async closeUnsaved(): Promise<void> {
    await this.close(true);
  }

  /** Keeps what the open notebook holds as one of its own: what another tab took over or deleted goes on under it. */
  async keepAsNew(): Promise<void> {
    await this.adopt(this.#parts.desk.text);
  }

  async #leave(mayLose = false): Promise<boolean> {
    const { desk, owner, shelf, imports, board, runner, publications, modules, audit, report } = this.#parts;
    audit.close();
    if (desk.id === null) return true;
    const sources = Object.keys(desk.notebook.sources);
    await runner.cancel();
    await publications.close();
    await this.#parts.forms.past.flush();
    if (!(await desk.close(mayLose))) {
      report(desk.saveProblem);
      return false;
    }
    closeForms(this.#parts.forms);
    await Promise.all(sources.map((name) => shelf.drop(name)));
    modules.close();
    shelf.clear();
    imports.clear();
    board.clear();
    await owner.close();
    await this.#refresh();
    return true;
  }

  async delete(id: string): Promise<void> {
    const title = this.#recent.find((record) => record.id === id)?.title ?? '';
    const deleted = await deleteNotebook(id);
    if (!deleted.ok) this.#parts.report(deleted.error);
    else {
      this.#parts.owner.tellDeleted(id);
      this.#parts.audit.record({
        action: 'notebook-deleted',
        subject: null,
        notebook: { id, title },
        details: {},
      });
    }
    await this.#refresh();
    await this.#removeUnusedSources();
  }

  /** Frees the copies of sources that no notebook names, and no tab needs, any more. */
  async #removeUnusedSources(): Promise<void> {
    const notebooks = await readAllNotebooks();
    if (!notebooks.ok) return;
    const inUse = notebooks.value.flatMap((notebook) => notebook.text.match(/\b[0-9a-f]{64}\b/g) ?? []);
    await this.#parts.vault.removeUnused(inUse);
  }
}
