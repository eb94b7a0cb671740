// The session: makes its parts and joins them, each a room of verbs of its own; must not know how any of them does its work.
import type { Problem } from '../base/result.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { MacroDefinition } from '../macros/macro-types.ts';
import type { Notebook } from '../notebook/notebook-types.ts';
import { createLibraryDestination } from '../publish/library.ts';
import { rememberParses } from '../run/notebook-analysis.ts';
import { createSourceVault } from '../store/source-files.ts';
import { SourceHolds } from '../store/source-holds.ts';
import { AppUpdates } from './app-updates.svelte.ts';
import { AuditDesk } from './audit-desk.svelte.ts';
import { AutoRun } from './auto-run.ts';
import { CellBoard } from './cell-board.svelte.ts';
import { CellEditor } from './cell-editor.ts';
import { GroupEditor } from './cell-groups.ts';
import { CellRunner } from './cell-runner.svelte.ts';
import { ChartDesk } from './chart-desk.svelte.ts';
import { CheckDesk } from './check-desk.svelte.ts';
import { DestinationDesk } from './destination-desk.svelte.ts';
import { EgressLedger } from './egress-ledger.svelte.ts';
import { describeCrash } from './engine-crash.ts';
import { EngineHost } from './engine-host.svelte.ts';
import { FilterDesk } from './filter-desk.svelte.ts';
import { ImportDesk } from './import-desk.svelte.ts';
import { InputDesk } from './input-desk.svelte.ts';
import { KeyRing } from './key-ring.svelte.ts';
import { LookDesk } from './look-desk.svelte.ts';
import { LookEngine } from './look-engine.ts';
import { loadMacroLibrary } from './macro-library.ts';
import { MemoryMeter } from './memory-meter.svelte.ts';
import { ModuleShelf } from './module-shelf.svelte.ts';
import { NotebookDesk, type SaveNotebook } from './notebook-desk.svelte.ts';
import { NotebookEditor } from './notebook-editor.ts';
import { NotebookOwner } from './notebook-owner.svelte.ts';
import { NotebookShelf } from './notebook-shelf.svelte.ts';
import { NoticeBoard } from './notice-board.svelte.ts';
import { createParserClient } from './parser-client.ts';
import { PastDesk } from './past-desk.svelte.ts';
import { PublicationDesk } from './publication-desk.svelte.ts';
import { SaveDesk } from './save-desk.svelte.ts';
import type { Session } from './session-types.ts';
import { SharingDesk } from './sharing-desk.svelte.ts';
import { SourceBindings, sourceDigests } from './source-bindings.svelte.ts';
import { SourceDesk } from './source-desk.ts';
import { SourceShelf } from './source-shelf.svelte.ts';
import { StorageDesk } from './storage-desk.svelte.ts';
import { StatementDesk } from './statement-desk.svelte.ts';
import { StepDesk } from './step-desk.svelte.ts';

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
  readonly #registry = loadMacroLibrary();
  readonly #parse = rememberParses(createParserClient());
  readonly #library = createLibraryDestination();
  readonly #vault = createSourceVault(makeStoreWorker);
  readonly #holds = new SourceHolds();

  readonly macros: readonly MacroDefinition[] = this.#registry.macros.filter((macro) => !macro.isPrivate);
  readonly notices = new NoticeBoard();
  readonly egress = new EgressLedger();
  readonly audit: AuditDesk = new AuditDesk({
    notebook: () => (this.desk.id === null ? null : { id: this.desk.id, title: this.notebook.title }),
    notice: this.notices.report,
  });
  readonly engine: EngineHost = new EngineHost(
    this.#registry,
    () => this.#rebindAll(),
    (crash) => this.notices.report(describeCrash(crash)),
  );
  readonly ownership: NotebookOwner = new NotebookOwner({
    flush: () => this.#flush(),
    reload: (id) => this.notebooks.reload(id),
    keepAsNew: () => this.notebooks.keepAsNew(),
    closeUnsaved: () => this.notebooks.closeUnsaved(),
    announce: this.notices.announce,
    tookOver: () => this.audit.note({ action: 'notebook-taken-over', subject: null, details: {} }),
  });
  readonly desk: NotebookDesk = new NotebookDesk(
    (record) => this.#save(record),
    () => {
      this.#holds.add(sourceDigests(this.notebook));
      this.#board.analyzeSoon();
    },
    () => this.ownership.isReadOnly,
  );
  readonly #bindings = new SourceBindings(this.desk);
  /** What most parts work with. */
  readonly #shared = {
    desk: this.desk,
    host: this.engine,
    bindings: this.#bindings,
    registry: this.#registry,
    parse: this.#parse,
    audit: this.audit,
    announce: this.notices.announce,
    report: this.notices.report,
  };
  readonly filters: FilterDesk = new FilterDesk({
    columnsOf: (name) => this.#columnsOf(name),
    announce: this.notices.announce,
  });
  readonly #lookEngine = new LookEngine({ host: this.engine, isBusy: () => this.runs.isRunning });
  readonly #board: CellBoard = new CellBoard({
    ...this.#shared,
    looks: {
      remade: (name, columns) => this.filters.remade(name, columns),
      gone: (name) => this.filters.clear(name),
      forget: () => {
        this.filters.forget();
        this.looks.forget();
      },
    },
  });
  readonly looks: LookDesk = new LookDesk({
    ...this.#shared,
    board: this.#board,
    filters: this.filters,
    engine: this.#lookEngine,
    page: (relation, offset, limit) => this.engine.page(relation, offset, limit),
    cells: () => this.cells,
    runs: () => this.runs,
  });
  readonly #shelf = new SourceShelf({
    ...this.#shared,
    vault: this.#vault,
    holds: this.#holds,
    changed: (name) => void this.#board.analyze().then(() => this.#board.markStale([name])),
  });
  readonly edits: NotebookEditor = new NotebookEditor({
    ...this.#shared,
    board: this.#board,
    shelf: this.#shelf,
    edited: (edit, before, after) => {
      this.#auto.consider(edit);
      this.past.note(edit, before, after);
      this.charts.follow();
      this.statements.follow();
    },
  });
  readonly past: PastDesk = new PastDesk({ ...this.#shared, edits: () => this.edits });
  readonly cells = new CellEditor({ ...this.#shared, board: this.#board, edits: this.edits });
  readonly groups = new GroupEditor({ ...this.#shared, board: this.#board, edits: this.edits });
  readonly keys: KeyRing = new KeyRing({
    changed: (change) => this.runs.takeKey(change),
    title: () => this.notebook.title,
    note: (note) => this.audit.note(note),
  });
  readonly runs: CellRunner = new CellRunner({
    ...this.#shared,
    shelf: this.#shelf,
    board: this.#board,
    edits: this.edits,
    missKey: () => this.keys.request(),
    checks: () => this.checks,
    makeWay: () => this.#lookEngine.makeWay(),
  });
  readonly checks: CheckDesk = new CheckDesk({
    ...this.#shared,
    board: this.#board,
    edits: this.edits,
    runs: () => this.runs,
  });
  readonly #cellParts = { ...this.#shared, board: this.#board, edits: this.edits, runs: this.runs };
  readonly statements: StatementDesk = new StatementDesk(this.#cellParts);
  readonly saving: SaveDesk = new SaveDesk(this.#shared);
  readonly steps: StepDesk = new StepDesk(this.#cellParts);
  readonly charts: ChartDesk = new ChartDesk({ ...this.#cellParts, filters: this.filters });
  readonly inputs: InputDesk = new InputDesk({ ...this.#shared, board: this.#board, edits: this.edits });
  readonly #auto: AutoRun = new AutoRun({ ...this.#shared, board: this.#board, runs: this.runs });
  readonly imports: ImportDesk = new ImportDesk({
    ...this.#shared,
    shelf: this.#shelf,
    notices: this.notices,
    createNotebook: () => this.notebooks.create(),
    openText: (text) => this.notebooks.openText(text),
  });
  readonly memory = new MemoryMeter({
    ...this.#shared,
    isBusy: () => this.runs.isRunning || this.#shelf.isImporting,
  });
  readonly sources = new SourceDesk({
    ...this.#shared,
    shelf: this.#shelf,
    imports: this.imports,
    edits: this.edits,
    board: this.#board,
  });
  readonly destinations = new DestinationDesk({
    library: this.#library,
    note: (note) => this.audit.note(note),
    announce: this.notices.announce,
    ledgerChanged: () => void this.egress.refresh(),
  });
  readonly modules = new ModuleShelf({
    ...this.#shared,
    library: this.#library,
    destinations: this.destinations,
  });
  readonly publishing = new PublicationDesk({
    ...this.#shared,
    shelf: this.#shelf,
    edits: this.edits,
    keys: this.keys,
    destinations: this.destinations,
    published: () => this.modules.refresh(),
  });
  readonly notebooks: NotebookShelf = new NotebookShelf({
    ...this.#shared,
    shelf: this.#shelf,
    board: this.#board,
    vault: this.#vault,
    holds: this.#holds,
    imports: this.imports,
    owner: this.ownership,
    runner: this.runs,
    publications: this.publishing,
    modules: this.modules,
    forms: this,
    takeShared: (text) => this.sharing.takeText(text),
  });
  readonly sharing: SharingDesk = new SharingDesk({
    ...this.#shared,
    board: this.#board,
    openText: (text, from) => this.notebooks.adopt(text, from),
  });
  readonly storage = new StorageDesk({
    vault: this.#vault,
    audit: this.audit,
    report: this.notices.report,
    closeNotebook: () => this.notebooks.close(true),
  });
  readonly updates: AppUpdates = new AppUpdates(this, () => this.desk.flush());

  get notebook(): Notebook {
    return this.desk.notebook;
  }

  /** Reads what the store holds: key, recent notebooks, modules; opens the notebook that was open last. */
  async start(): Promise<void> {
    void this.updates.start();
    this.memory.start();
    if (!crossOriginIsolated && !navigator.serviceWorker?.controller) this.notices.report(NOT_ISOLATED);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') void this.desk.flush();
    });
    addEventListener('pagehide', () => {
      void this.desk.flush();
      void this.past.flush();
    });
    await Promise.all([
      this.keys.restore().then(this.notices.report),
      this.notebooks.start(),
      this.sharing.start(),
      this.modules.refresh(),
      this.destinations.start(),
      this.egress.refresh(),
      this.storage.start(),
    ]);
  }

  #columnsOf(name: string): readonly ColumnType[] {
    const cell = this.#board.cellNamed(name);
    return cell ? this.#board.run(cell.id).columns : (this.#bindings.find(name)?.columns ?? []);
  }

  async #flush(): Promise<Problem | null> {
    await this.desk.flush();
    return this.desk.saveState === 'failed' ? this.desk.saveProblem : null;
  }

  /** The first save that succeeds again has found space: sources that could not be kept may be kept now. */
  readonly #save: SaveNotebook = async (record) => {
    const hadFailed = this.desk.saveProblem !== null;
    const saved = await this.ownership.save(record);
    if (saved.ok && hadFailed) void this.#shelf.keepAgain();
    return saved;
  };

  /** A new engine holds no key, no source and no result. */
  async #rebindAll(): Promise<void> {
    const { pads } = this.keys;
    if (pads) await this.runs.takeKey({ pads, wasMissed: false, isReplaced: false });
    this.#board.forget();
    this.looks.lost();
    await this.#shelf.restore(this.notebook);
    this.audit.note({ action: 'engine-restarted', subject: null, details: {} });
    this.notices.announce('The engine was started again and the sources are bound.');
  }
}
