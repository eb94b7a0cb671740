// The session: joins notebook, engine, sources, runs, key, publication and modules behind the verbs of the interface.
import { fail, type Problem } from '../base/result.ts';
import type { Page } from '../engine/contract.ts';
import type { Finding } from '../gate/gate-types.ts';
import type { MacroDefinition } from '../macros/macro-types.ts';
import type { Edit } from '../notebook/edit-types.ts';
import type {
  CellId,
  ColumnDeclaration,
  CsvImportOptions,
  Notebook,
  PublishSettings,
} from '../notebook/notebook-types.ts';
import { createLibraryDestination } from '../publish/library.ts';
import { rememberParses } from '../run/notebook-analysis.ts';
import { sweepLibrary, whilePublishing } from '../publish/library-sweep.ts';
import { writeNotebook } from '../store/database.ts';
import { createSourceVault } from '../store/source-files.ts';
import { AuditDesk } from './audit-desk.svelte.ts';
import {
  noteCheck,
  noteDeclaration,
  noteDownload,
  noteImport,
  notePublication,
  noteRun,
  noteVerification,
  type Note,
} from './audit-notes.ts';
import { AppUpdates } from './app-updates.svelte.ts';
import { CellRunner } from './cell-runner.svelte.ts';
import { createParserClient } from './parser-client.ts';
import { DestinationDesk } from './destination-desk.svelte.ts';
import { EgressLedger } from './egress-ledger.svelte.ts';
import { EngineHost } from './engine-host.svelte.ts';
import { ImportDesk } from './import-desk.svelte.ts';
import { describeCrash } from './engine-crash.ts';
import { KeyRing, type KeyChange } from './key-ring.svelte.ts';
import { loadMacroLibrary } from './macro-library.ts';
import { mendNotebook, newCell, renameEverywhere } from './notebook-verbs.ts';
import { NotebookDesk, makeCellId, type SaveNotebook } from './notebook-desk.svelte.ts';
import { NotebookOwner } from './notebook-owner.svelte.ts';
import { NotebookShelf } from './notebook-shelf.svelte.ts';
import { ModuleShelf } from './module-shelf.svelte.ts';
import { PublicationDesk } from './publication-desk.svelte.ts';
import type { CellRun, EngineView, Session } from './session-types.ts';
import { SharingDesk } from './sharing-desk.svelte.ts';
import { SourceShelf } from './source-shelf.svelte.ts';

const ANALYSIS_DELAY_MS = 200;

const NOT_ISOLATED: Problem = {
  code: 'host-without-headers',
  message: 'This site was served without the headers that keep data in: nothing but good faith does.',
  hint: 'Serve it with `npm start`, or with the headers of the guide to deploying.',
};

function makeStoreWorker(): Worker {
  return new Worker(new URL('../../../workers/store.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sluice-store',
  });
}

export class AppSession implements Session {
  readonly audit: AuditDesk = new AuditDesk({
    notebook: () => this.#namedNotebook(),
    notice: (problem) => this.#notice(problem),
  });
  readonly #registry = loadMacroLibrary();
  readonly #parse = rememberParses(createParserClient());
  readonly #library = createLibraryDestination();
  readonly #host: EngineHost = new EngineHost(
    this.#registry,
    () => this.#rebindAll(),
    (crash) => this.#notice(describeCrash(crash)),
  );
  readonly ownership: NotebookOwner = new NotebookOwner({
    flush: () => this.#flush(),
    reload: (id) => this.#notebooks.reload(id),
    keepAsNew: () => this.#notebooks.keepAsNew(),
    closeUnsaved: () => this.#notebooks.closeUnsaved(),
    announce: (text) => this.#announce(text),
    tookOver: () => this.audit.note({ action: 'notebook-taken-over', subject: null, details: {} }),
  });
  readonly #desk: NotebookDesk = new NotebookDesk(
    (record) => this.#write(record),
    () => this.#notebookChanged(),
    () => this.ownership.isReadOnly,
  );
  readonly #vault = createSourceVault(makeStoreWorker);
  readonly #shelf = new SourceShelf(this.#desk, this.#host, this.#vault, (name) => this.#sourceChanged(name));
  readonly #imports = new ImportDesk(this.#desk, this.#host);
  readonly #keys = new KeyRing((change) => this.#padsChanged(change));
  readonly #runner: CellRunner;
  readonly #publications: PublicationDesk;
  readonly #modules = new ModuleShelf(this.#library, async () => {
    const ready = await this.#host.ready();
    return ready.ok ? ready.value : null;
  });
  readonly #notebooks: NotebookShelf;
  readonly sharing: SharingDesk;
  readonly updates: AppUpdates = new AppUpdates(this, () => this.#desk.flush());
  #announcements: readonly string[] = $state.raw([]);
  #notices: readonly { id: string; problem: Problem }[] = $state.raw([]);
  #analysisTimer: ReturnType<typeof setTimeout> | undefined;

  readonly macros: readonly MacroDefinition[] = this.#registry.macros.filter((macro) => !macro.isPrivate);
  readonly egress = new EgressLedger();
  readonly destinations: DestinationDesk = new DestinationDesk({
    library: this.#library,
    note: (note) => this.audit.note(note),
    announce: (text) => this.#announce(text),
    ledgerChanged: () => void this.egress.refresh(),
  });

  constructor() {
    const announce = (text: string) => this.#announce(text);
    const shared = {
      desk: this.#desk,
      host: this.#host,
      shelf: this.#shelf,
      registry: this.#registry,
      parse: this.#parse,
      announce,
    };
    this.#runner = new CellRunner({
      ...shared,
      missKey: () => this.#keys.miss(true),
      ran: (name, run) => this.audit.note(noteRun(name, run)),
    });
    this.#publications = new PublicationDesk({
      ...shared,
      keys: this.#keys,
      destinations: this.destinations,
    });
    this.#notebooks = new NotebookShelf({
      ...shared,
      vault: this.#vault,
      imports: this.#imports,
      owner: this.ownership,
      runner: this.#runner,
      publications: this.#publications,
      modules: this.#modules,
      audit: this.audit,
      notice: (problem) => this.#notice(problem),
    });
    this.sharing = new SharingDesk({
      ...shared,
      runner: this.#runner,
      audit: this.audit,
      openText: (text, from) => this.#notebooks.openText(text, from),
    });
  }

  /** Reads what the store holds: key, recent notebooks, modules; opens the notebook that was open last. */
  async start(): Promise<void> {
    void this.updates.start();
    if (!crossOriginIsolated && !navigator.serviceWorker?.controller) this.#notice(NOT_ISOLATED);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.#desk.flush();
    });
    addEventListener('pagehide', () => void this.#desk.flush());
    await Promise.all([
      this.#keys.restore().then((problem) => this.#notice(problem)),
      this.#notebooks.start(),
      this.sharing.start(),
      this.#refreshModules(),
      this.destinations.start(),
      this.egress.refresh(),
    ]);
  }

  get engine(): EngineView {
    return { state: this.#host.state, info: this.#host.info, problem: this.#host.problem };
  }
  get notebook(): Notebook {
    return this.#desk.notebook;
  }
  get notebookId() {
    return this.#desk.id;
  }
  get recent() {
    return this.#notebooks.recent;
  }
  get saveState() {
    return this.#desk.saveState;
  }
  get saveProblem() {
    return this.#desk.saveProblem;
  }
  get sources() {
    return this.#shelf.views;
  }
  get drafts() {
    return this.#imports.drafts;
  }
  get modules() {
    return this.#modules.summaries;
  }
  get openModule() {
    return this.#modules.open;
  }
  get publication() {
    return this.#publications.view;
  }
  get key() {
    return this.#keys.view;
  }
  get needsKey() {
    return this.#keys.isMissed;
  }
  get canUndo() {
    return this.#desk.canUndo && !this.ownership.isReadOnly;
  }
  get canRedo() {
    return this.#desk.canRedo && !this.ownership.isReadOnly;
  }
  get isRunning() {
    return this.#runner.isRunning;
  }
  get announcements() {
    return this.#announcements;
  }
  get notices() {
    return this.#notices;
  }

  cellRun(id: CellId): CellRun {
    return this.#runner.run(id);
  }

  #namedNotebook(): { readonly id: string; readonly title: string } | null {
    return this.notebookId === null ? null : { id: this.notebookId, title: this.notebook.title };
  }

  #note(note: Note | null): void {
    if (note) this.audit.note(note);
  }

  #announce(text: string): void {
    this.#announcements = [...this.#announcements.slice(-19), text];
  }

  #notice(problem: Problem | null): void {
    if (problem) this.#notices = [...this.#notices, { id: crypto.randomUUID(), problem }];
  }

  dismissNotice(id: string): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
  }

  dismissKeyRequest(): void {
    this.#keys.miss(false);
  }

  requestKey(): void {
    this.#keys.miss(true);
  }

  // --- notebooks -----------------------------------------------------------------------------------------------------

  newNotebook(): Promise<void> {
    return this.#notebooks.create();
  }

  openSample(): Promise<void> {
    return this.#notebooks.openSample();
  }

  openNotebook(id: string): Promise<void> {
    return this.#notebooks.open(id);
  }

  async openNotebookText(text: string): Promise<void> {
    if (!this.sharing.takeText(text)) await this.#notebooks.openText(text);
  }

  async closeNotebook(): Promise<void> {
    await this.#notebooks.close();
  }

  deleteNotebook(id: string): Promise<void> {
    return this.#notebooks.delete(id);
  }

  notebookText(): string {
    return this.#desk.text;
  }

  renameNotebook(title: string): void {
    this.#edit({ kind: 'change-title', title });
  }

  /** Why the edit cannot be made, or null where it was. */
  #edit(edit: Edit): string | null {
    const before = this.notebook;
    const edited = this.#desk.edit(edit);
    if (edited.ok) this.audit.noteEdit(edit, before, edited.value);
    if (edited.ok) return null;
    this.#announce(edited.error.message);
    return edited.error.message;
  }

  /** A save that nobody may make any more turns this tab into a reader; the first that succeeds again finds space. */
  readonly #write: SaveNotebook = async (record) => {
    const hadFailed = this.saveProblem !== null;
    const saved = await writeNotebook(record, undefined, this.ownership.held);
    if (saved.ok && hadFailed) void this.#shelf.keepAgain();
    if (!saved.ok && saved.error.code === 'notebook-taken-over') this.ownership.lose('taken', saved.error);
    if (!saved.ok && saved.error.code === 'notebook-deleted') this.ownership.lose('deleted', saved.error);
    return saved;
  };

  async #flush(): Promise<Problem | null> {
    await this.#desk.flush();
    return this.saveState === 'failed' ? this.saveProblem : null;
  }

  #notebookChanged(): void {
    clearTimeout(this.#analysisTimer);
    this.#analysisTimer = setTimeout(() => void this.#reanalyze(), ANALYSIS_DELAY_MS);
  }

  async #reanalyze(): Promise<void> {
    if (this.notebookId === null) return;
    await this.#runner.analyze();
    this.#runner.markStale([]);
  }

  // --- sources -------------------------------------------------------------------------------------------------------

  async #rebindAll(): Promise<void> {
    if (this.#keys.pads)
      await this.#padsChanged({ pads: this.#keys.pads, wasMissed: false, isReplaced: false });
    this.#runner.forget();
    await this.#shelf.restore(this.notebook);
    this.audit.note({ action: 'engine-restarted', subject: null, details: {} });
    this.#announce('The engine was started again and the sources are bound.');
  }

  restartEngine(): Promise<void> {
    return this.#host.restart();
  }

  #sourceChanged(name: string): void {
    void this.#runner.analyze().then(() => this.#runner.markStale([name]));
  }

  async #padsChanged({ pads, wasMissed, isReplaced }: KeyChange): Promise<void> {
    const ready = await this.#host.ready();
    if (ready.ok) await ready.value.setHmacPads(pads);
    if (isReplaced) this.#runner.markKeyed();
    if (wasMissed) void this.#runner.runStale();
  }

  async openFiles(files: readonly File[]): Promise<void> {
    if (this.notebookId === null) await this.newNotebook();
    await Promise.all(files.map((file) => this.#openFile(file)));
  }

  async #openFile(file: File): Promise<void> {
    if (/\.sluice\.md$/i.test(file.name)) await this.openNotebookText(await file.text());
    else await this.#imports.add(file);
  }

  changeDraft(
    id: string,
    change: { readonly name?: string; readonly options?: CsvImportOptions },
  ): Promise<void> {
    return this.#imports.change(id, change);
  }

  async confirmDraft(id: string): Promise<void> {
    const found = this.#imports.find(id);
    if (!found || found.draft.nameProblem || !found.draft.preview) return;
    const { draft, file } = found;
    // Only what a person chose: guessed types are judged against every row, chosen ones are not.
    const source = { file: draft.fileName, import: draft.options };
    const edit: Edit = draft.rebinds
      ? { kind: 'change-source', name: draft.rebinds, change: { ...source, sha256: undefined } }
      : { kind: 'add-source', name: draft.name, source };
    const edited = this.#desk.edit(edit);
    if (!edited.ok) return this.#imports.report(id, edited.error);
    this.#imports.discard(id);
    const problem = await this.#shelf.bind(draft.rebinds ?? draft.name, file, true);
    this.#note(noteImport(this.#shelf.find(draft.rebinds ?? draft.name)));
    this.#announce(problem ? problem.message : `${draft.name} is imported.`);
    if (problem?.code.startsWith('storage')) this.#notice(problem);
  }

  discardDraft(id: string): void {
    this.#imports.discard(id);
  }

  cancelImport(source: string): Promise<void> {
    return this.#shelf.cancel(source);
  }

  async removeSource(name: string): Promise<void> {
    if (this.#edit({ kind: 'remove-source', name }) !== null) return;
    this.#runner.markStale([name]);
    await this.#shelf.drop(name);
  }

  async bindSource(name: string, file: File): Promise<void> {
    await this.#imports.add(file, name);
  }

  declareColumn(source: string, column: string, declaration: ColumnDeclaration | null): void {
    const find = () => this.#shelf.find(source)?.columns.find((candidate) => candidate.name === column);
    const before = find();
    if (this.#edit({ kind: 'declare-column', source, column, declaration }) !== null) return;
    this.audit.note(noteDeclaration(source, column, before, find()));
  }

  // --- cells ---------------------------------------------------------------------------------------------------------

  addCell(kind: 'sql' | 'markdown' | 'publish', after: CellId | null, text = ''): CellId {
    const id = makeCellId();
    this.#edit({ kind: 'add-cell', id, cell: newCell(kind, this.notebook, text), after });
    return id;
  }

  removeCell(id: CellId): void {
    const cell = this.notebook.cells.find((candidate) => candidate.id === id);
    if (this.#edit({ kind: 'remove-cell', id }) !== null || cell?.kind !== 'sql') return;
    this.#runner.markStale([cell.name]);
    void this.#runner.release(cell);
  }

  moveCell(id: CellId, by: -1 | 1): void {
    this.#edit({ kind: 'move-cell', id, by });
  }

  duplicateCell(id: CellId): void {
    this.#edit({ kind: 'duplicate-cell', id, newId: makeCellId() });
  }

  changeCellText(id: CellId, text: string): void {
    this.#edit({ kind: 'change-text', id, text });
    this.#runner.markStale([]);
  }

  async renameCell(id: CellId, name: string): Promise<string | null> {
    let before: Notebook;
    let edit: Edit;
    do {
      before = this.notebook;
      edit = await renameEverywhere(before, id, name, this.#parse);
    } while (before !== this.notebook);
    const refused = this.#edit(edit);
    const renamed = before.cells.find((cell) => cell.id === id);
    if (refused === null && renamed?.kind === 'sql' && renamed.name !== name)
      await this.#runner.release(renamed);
    return refused;
  }

  changePublish(id: CellId, change: Partial<PublishSettings>): void {
    // Columns to order by belong to the relation that was published before.
    const order = change.of !== undefined && change.order === undefined ? { order: [] } : {};
    this.#edit({ kind: 'change-publish', id, change: { ...change, ...order } });
  }

  changePolicy(change: {
    readonly k?: number;
    readonly quasi?: readonly string[];
    readonly dismissed?: Readonly<Record<string, string>>;
  }): void {
    this.#edit({ kind: 'change-policy', change });
  }

  undo(): void {
    this.#desk.undo();
    this.#note({
      action: 'notebook-changed',
      subject: null,
      details: { change: 'the last change was undone' },
    });
    this.#follow();
  }

  redo(): void {
    this.#desk.redo();
    this.#note({ action: 'notebook-changed', subject: null, details: { change: 'a change was made again' } });
    this.#follow();
  }

  /** After undo and redo: results and bound files follow the notebook. */
  #follow(): void {
    this.#runner.markStale([]);
    void this.#shelf.reconcile();
  }

  // --- runs ----------------------------------------------------------------------------------------------------------

  /** What is typed from now on is a step of its own, for undo and for the log. */
  #settle(): void {
    this.#desk.settle();
    this.audit.settle();
  }

  runCell(id: CellId): Promise<void> {
    this.#settle();
    return this.#runner.runOne(id);
  }

  runAll(): Promise<void> {
    this.#settle();
    return this.#runner.runAll();
  }

  runStale(): Promise<void> {
    this.#settle();
    return this.#runner.runStale();
  }

  cancelRun(): Promise<void> {
    return this.#runner.cancel();
  }

  async page(relation: string, offset: number, limit: number): Promise<Page | Problem> {
    const ready = await this.#host.ready();
    const page = ready.ok ? await this.#host.guard(ready.value.page({ relation, offset, limit })) : ready;
    if (!page.ok) return page.error;
    performance.mark('sluice:page', { detail: { rows: page.value.rows.length } });
    return page.value;
  }

  // --- key -----------------------------------------------------------------------------------------------------------

  async createKey(
    passphrase: string,
  ): Promise<{ readonly fileName: string; readonly text: string } | Problem> {
    const made = await this.#keys.create(passphrase, this.notebook.title);
    if (made.ok) this.#noteKey('key-created');
    return made.ok ? made.value : fail(made.error).error;
  }

  async importKey(text: string, passphrase: string): Promise<Problem | null> {
    const problem = await this.#keys.import(text, passphrase);
    if (!problem) this.#noteKey('key-imported');
    return problem;
  }

  #noteKey(action: 'key-created' | 'key-imported'): void {
    this.audit.note({ action, subject: null, details: { fingerprint: this.key.fingerprint ?? 'unknown' } });
  }

  // --- publication and modules ----------------------------------------------------------------------------------------

  async check(id: CellId, wish?: { readonly looksAgain?: boolean }): Promise<void> {
    this.#settle();
    await this.#publications.check(id, wish);
    if (this.publication?.cellId === id) this.#note(noteCheck(this.publication));
  }

  skipLookup(): void {
    this.#publications.skipLookup();
  }

  async publish(): Promise<void> {
    if (!(await whilePublishing(() => this.#publications.publish()))) {
      await sweepLibrary();
      return;
    }
    this.#note(notePublication(this.publication));
    await this.#refreshModules();
  }

  closePublication(): void {
    void this.#publications.close();
  }

  applyMend(finding: Finding): string | null {
    const publication = this.#publications.view;
    if (!publication) return 'No publication is open.';
    const edits = mendNotebook(this.notebook, publication.cellId, finding);
    if (typeof edits === 'string') return edits;
    for (const edit of edits) {
      const refused = this.#edit(edit);
      if (refused) return refused;
    }
    return null;
  }

  async #refreshModules(): Promise<void> {
    this.#notice(await this.#modules.refresh());
  }

  async showModule(
    namespace: string,
    module: string,
    version: string,
    destinationId: string | null = null,
  ): Promise<boolean> {
    const seen = this.destinations.seen.find(({ id }) => id === destinationId) ?? null;
    const problem = await this.#modules.show({ namespace, module, version }, seen);
    const isNotFetched = seen !== null && /^(module|destination)-missing$/.test(problem?.code ?? '');
    if (!isNotFetched) this.audit.close();
    if (!isNotFetched) this.#notice(problem);
    return problem === null;
  }

  closeModule(): void {
    this.#modules.close();
  }

  async verifyModule(): Promise<void> {
    this.#notice(await this.#modules.verify());
    this.#note(noteVerification(this.openModule));
  }

  downloadModule(): Promise<Blob | Problem> {
    const downloaded = this.#modules.download();
    this.#note(noteDownload(this.openModule, downloaded));
    return Promise.resolve(downloaded);
  }
}
