// A session without an engine, for looking at every screen in every state; must not be used by the app.
import type { Problem } from '../../src/lib/base/result.ts';
import type { Cell, CellId, ColumnDeclaration, Notebook } from '../../src/lib/notebook/notebook-types.ts';
import type {
  CellRun,
  EngineView,
  ImportDraft,
  KeyView,
  ModuleSummary,
  ModuleView,
  PublicationView,
  RecentNotebook,
  Session,
  SourceView,
} from '../../src/lib/session/session-types.ts';
import { carsSource, importDraft, moduleView, usersSource } from './demo-data.ts';

export type Scene =
  | 'start'
  | 'returning'
  | 'empty'
  | 'full'
  | 'busy'
  | 'failed'
  | 'import'
  | 'rebind'
  | 'badfile'
  | 'module'
  | 'key';

const CELLS = [
  { kind: 'markdown', id: 'm1', text: '# Users, cleansed\n\nWhy and how, in words.' },
  {
    kind: 'sql',
    id: 'c1',
    name: 'recent',
    sql: "SELECT * FROM users WHERE registration_dttm >= DATE '2016-02-01'",
  },
  {
    kind: 'sql',
    id: 'c2',
    name: 'clean',
    sql: 'SELECT * REPLACE (impute_mean(salary) AS salary) FROM recent',
  },
  {
    kind: 'sql',
    id: 'c3',
    name: 'safe',
    sql: 'SELECT hmac_sha256(email) AS user_token, country, salary FROM clean',
  },
  {
    kind: 'publish',
    id: 'p1',
    of: 'safe',
    namespace: 'hr',
    module: 'users',
    formats: ['parquet'],
    order: [],
  },
] as unknown as Cell[];

const IDLE: CellRun = {
  state: 'new',
  elapsedMs: null,
  startedAtMs: null,
  rowCount: null,
  columns: [],
  problem: null,
  progress: null,
  reads: [],
  generation: 0,
};

const FAILURE: Problem = {
  code: 'engine-sql',
  message: 'Column `emial` not found. Did you mean `email`?',
  hint: 'Change the name in the cell.',
  sql: 'SELECT hmac_sha256(emial) AS user_token FROM clean',
  position: 19,
};

export class DemoSession implements Session {
  engine: EngineView = $state.raw({
    state: 'ready',
    info: { version: 'v1.5.6', bundle: 'coi', threads: 2 },
    problem: null,
  });
  notebook: Notebook = $state.raw({
    title: 'Users, cleansed',
    timezone: 'Europe/Kyiv',
    sources: {},
    policy: { k: 5, quasi: ['country'] },
    cells: [],
    extra: {},
  });
  notebookId: string | null = $state('n1');
  recent: readonly RecentNotebook[] = $state.raw([]);
  saveState: Session['saveState'] = $state('saved');
  saveProblem: Problem | null = $state.raw(null);
  sources: readonly SourceView[] = $state.raw([]);
  drafts: readonly ImportDraft[] = $state.raw([]);
  modules: readonly ModuleSummary[] = $state.raw([]);
  openModule: ModuleView | null = $state.raw(null);
  publication: PublicationView | null = $state.raw(null);
  key: KeyView = $state.raw({ state: 'none', fingerprint: null });
  needsKey = $state(false);
  macros = [];
  bytesSent = $state(0);
  canUndo = $state(true);
  canRedo = $state(false);
  isRunning = $state(false);
  announcements: readonly string[] = $state.raw([]);
  notices: Session['notices'] = $state.raw([]);
  #runs: Record<string, CellRun> = $state.raw({});

  constructor(scene: Scene) {
    this.recent = scene === 'start' ? [] : RECENT;
    if (scene === 'start' || scene === 'returning') this.notebookId = null;
    if (scene === 'start') this.engine = { state: 'starting', info: null, problem: null };
    if (scene !== 'start' && scene !== 'returning' && scene !== 'empty') this.#fill();
    if (scene === 'empty') this.notebook = { ...this.notebook, title: 'Untitled notebook' };
    if (scene === 'busy') this.#beBusy();
    if (scene === 'failed') this.#fail();
    if (scene === 'import') this.drafts = [importDraft()];
    if (scene === 'badfile')
      this.drafts = [
        importDraft({
          preview: null,
          nameProblem: 'There is a source “users” already.',
          problem: { code: 'import-empty', message: 'users.csv has no rows.', hint: 'Choose another file.' },
        }),
      ];
    if (scene === 'rebind') this.#rebind();
    if (scene === 'module') this.openModule = moduleView();
    if (scene === 'key') this.needsKey = true;
  }

  #fill() {
    this.notebook = { ...this.notebook, cells: CELLS };
    this.sources = [usersSource(), carsSource()];
    this.modules = [
      moduleView().summary,
      { ...moduleView().summary, version: '1.0.0', publishedAt: '2026-07-01T09:00:00Z' },
    ];
    const done: CellRun = { ...IDLE, state: 'done', elapsedMs: 41, rowCount: 1000, generation: 1 };
    this.#runs = { c1: done, c2: { ...done, state: 'stale' }, c3: IDLE };
  }

  #beBusy() {
    this.isRunning = true;
    this.saveState = 'saving';
    this.sources = [
      usersSource(),
      {
        ...carsSource(),
        name: 'orders',
        spec: { file: 'orders-2026-07.csv', import: { format: 'csv' } },
        state: 'importing',
        progress: 0.42,
        rowCount: null,
        sizeBytes: 451_000_000,
        sha256: null,
        columns: [],
        rejected: [],
        rejectedCount: 0,
      },
    ];
    this.#runs = {
      ...this.#runs,
      c2: { ...IDLE, state: 'running', startedAtMs: performance.now() },
      c3: { ...IDLE, state: 'queued' },
    };
  }

  #fail() {
    this.engine = {
      state: 'failed',
      info: null,
      problem: {
        code: 'engine-crashed',
        message: 'The engine ran out of memory and stopped.',
        hint: 'Restart it; sources and cells are kept.',
      },
    };
    this.saveState = 'failed';
    this.saveProblem = {
      code: 'store-full',
      message: 'The notebook could not be saved: this browser’s storage is full.',
      hint: 'Delete a notebook you no longer need.',
    };
    this.bytesSent = 61_204;
    this.sources = [
      { ...usersSource(), state: 'missing' },
      {
        ...carsSource(),
        state: 'failed',
        columns: [],
        problem: {
          code: 'import-types',
          message: 'Line 12 has text where a number was expected.',
          hint: 'Import again with horsepower as VARCHAR.',
        },
      },
    ];
    this.#runs = {
      ...this.#runs,
      c2: { ...IDLE, state: 'failed', problem: FAILURE },
      c3: { ...IDLE, state: 'blocked' },
    };
    this.notices = [
      {
        id: 'n1',
        problem: {
          code: 'file-unreadable',
          message: 'report.pdf is not a table.',
          hint: 'Open a CSV or TSV file.',
        },
      },
      {
        id: 'n2',
        problem: { code: 'store-full', message: 'This browser’s storage is almost full (3.9 of 4 GB).' },
      },
    ];
  }

  #rebind() {
    const draft = importDraft({ rebinds: 'users', fileName: 'users-august.csv' });
    const preview = draft.preview!;
    const columns = preview.columns.map((column) =>
      column.name === 'salary'
        ? { name: 'salary', type: 'VARCHAR' }
        : column.name === 'cc'
          ? { name: 'card', type: 'VARCHAR' }
          : column,
    );
    this.sources = [{ ...usersSource(), state: 'missing' }];
    this.drafts = [{ ...draft, preview: { ...preview, columns } }];
  }

  cellRun(id: CellId): CellRun {
    return this.#runs[id] ?? IDLE;
  }
  async restartEngine() {
    this.engine = { state: 'restarting', info: null, problem: null };
  }
  requestKey() {
    this.needsKey = true;
  }
  dismissKeyRequest() {
    this.needsKey = false;
  }
  dismissNotice(id: string) {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }
  async newNotebook() {
    this.notebookId = 'n2';
  }
  async openSample() {
    this.#fill();
    this.notebookId = 'n3';
  }
  async openNotebook(id: string) {
    this.#fill();
    this.notebookId = id;
  }
  async openNotebookText() {
    await this.openSample();
  }
  async closeNotebook() {
    this.notebookId = null;
  }
  async deleteNotebook(id: string) {
    this.recent = this.recent.filter((entry) => entry.id !== id);
  }
  notebookText() {
    return '---\nsluice: 1\n---\n';
  }
  renameNotebook(title: string) {
    this.notebook = { ...this.notebook, title };
  }
  async openFiles(files: readonly File[]) {
    this.notebookId ??= 'n4';
    this.drafts = files.map((file, index) =>
      importDraft({ id: `draft-${index}`, fileName: file.name, sizeBytes: file.size }),
    );
  }
  async changeDraft(
    id: string,
    change: { readonly name?: string; readonly options?: ImportDraft['options'] },
  ) {
    this.drafts = this.drafts.map((draft) =>
      draft.id === id ? { ...draft, ...change, isBusy: change.options !== undefined } : draft,
    );
    if (!change.options) return;
    await new Promise((resolve) => setTimeout(resolve, 400));
    this.drafts = this.drafts.map((draft) => {
      if (draft.id !== id || !draft.preview) return draft;
      const options = { ...draft.preview.options, ...change.options };
      const columns = draft.preview.columns.map((column) => ({
        ...column,
        type: change.options?.types?.[column.name] ?? column.type,
      }));
      return { ...draft, isBusy: false, preview: { ...draft.preview, options, columns } };
    });
  }
  async confirmDraft(id: string) {
    this.discardDraft(id);
    if (this.sources.length === 0) this.#fill();
  }
  discardDraft(id: string) {
    this.drafts = this.drafts.filter((draft) => draft.id !== id);
  }
  async cancelImport(source: string) {
    this.sources = this.sources.filter((entry) => entry.name !== source);
  }
  async removeSource(name: string) {
    await this.cancelImport(name);
  }
  async bindSource(name: string, file: File) {
    this.drafts = [importDraft({ rebinds: name, fileName: file.name })];
  }
  declareColumn(source: string, column: string, declaration: ColumnDeclaration | null) {
    this.sources = this.sources.map((entry) =>
      entry.name !== source
        ? entry
        : {
            ...entry,
            columns: entry.columns.map((item) =>
              item.name !== column
                ? item
                : {
                    ...item,
                    declared: declaration,
                    sensitivity: declaration?.sensitivity ?? item.finding?.sensitivity ?? 'none',
                    entity: declaration?.entity ?? item.finding?.entity ?? null,
                  },
            ),
          },
    );
  }
  addCell(kind: 'sql' | 'markdown' | 'publish'): CellId {
    const id = `x${this.notebook.cells.length}` as CellId;
    this.notebook = {
      ...this.notebook,
      cells: [...this.notebook.cells, { kind, id, name: id, sql: '', text: '' } as unknown as Cell],
    };
    return id;
  }
  removeCell() {}
  moveCell() {}
  duplicateCell() {}
  changeCellText() {}
  async renameCell() {
    return null;
  }
  changePublish() {}
  changePolicy() {}
  undo() {
    this.canRedo = true;
  }
  redo() {
    this.canRedo = false;
  }
  async runCell() {}
  async runAll() {
    this.isRunning = true;
    this.announcements = [...this.announcements, 'Running 3 cells'];
  }
  async runStale() {
    await this.runAll();
  }
  async cancelRun() {
    this.isRunning = false;
  }
  async page() {
    return { columns: [], offset: 0, rows: [] };
  }
  async createKey(passphrase: string) {
    await new Promise((resolve) => setTimeout(resolve, 600));
    this.key = { state: 'ready', fingerprint: '9f2c4a7700b1d3e5' };
    this.needsKey = false;
    return {
      fileName: 'users-cleansed.sluice-key.json',
      text: JSON.stringify({ length: passphrase.length }),
    };
  }
  async importKey(_text: string, passphrase: string): Promise<Problem | null> {
    if (passphrase !== 'correct horse battery')
      return {
        code: 'key-passphrase',
        message: 'The passphrase does not open this key file.',
        hint: 'Check it and try again.',
      };
    this.key = { state: 'ready', fingerprint: '9f2c4a7700b1d3e5' };
    this.needsKey = false;
    return null;
  }
  async check() {}
  async publish() {}
  closePublication() {}
  applyMend() {
    return null;
  }
  async showModule() {
    this.openModule = moduleView();
  }
  closeModule() {
    this.openModule = null;
  }
  async verifyModule() {
    if (!this.openModule) return;
    this.openModule = { ...this.openModule, verification: 'running' };
    await new Promise((resolve) => setTimeout(resolve, 800));
    this.openModule = {
      ...this.openModule,
      verification: {
        valid: true,
        findings: [
          {
            severity: 'info',
            message: 'All 6 files have the digests that _COMMIT.json names.',
            path: '_COMMIT.json',
          },
          { severity: 'warning', message: 'The module is not signed: who made it is unknown.', path: null },
        ],
      },
    };
  }
  async downloadModule() {
    return new Blob(['zip']);
  }
}

const RECENT: readonly RecentNotebook[] = [
  { id: 'n1', title: 'Users, cleansed', updatedAt: '2026-07-27T15:20:00Z' },
  { id: 'n5', title: 'Orders by region, July', updatedAt: '2026-07-20T08:02:00Z' },
  {
    id: 'n6',
    title:
      'A title that is rather long because somebody wrote down everything that was on their mind that day',
    updatedAt: '2026-06-02T10:00:00Z',
  },
];
