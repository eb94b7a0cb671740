// What the interface sees of the session: views and verbs; must not know how any of it is done.
import type { AuditLog } from './audit-view-types.ts';
import type { Problem } from '../base/result.ts';
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType, EngineInfo, ImportPreview, Page, RejectedLine } from '../engine/contract.ts';
import type { Finding, Verdict } from '../gate/gate-types.ts';
import type { IndirectEdge, DirectEdge } from '../lineage/lineage-types.ts';
import type {
  DeliveryView,
  DestinationChoice,
  Destinations,
  LedgerView,
  LookupView,
} from './destination-types.ts';
import type { Updates } from './app-updates-types.ts';
import type { ModuleSummary } from '../module/module-types.ts';
import type { VerificationFinding } from '../module/verification-types.ts';
import type { MacroDefinition } from '../macros/macro-types.ts';
import type {
  CellId,
  CsvImportOptions,
  Notebook,
  PublishSettings,
  SourceSpec,
  ColumnDeclaration,
} from '../notebook/notebook-types.ts';
import type { OwnershipView } from './ownership-types.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';
import type { Sharing } from './sharing-types.ts';

export interface EngineView {
  readonly state: 'starting' | 'ready' | 'restarting' | 'failed';
  readonly info: EngineInfo | null;
  readonly problem: Problem | null;
}

/** A column of a source: what was found, what was declared, and what counts. */
export interface SourceColumnView {
  readonly name: string;
  readonly type: string;
  readonly finding: ColumnFinding | null;
  readonly declared: ColumnDeclaration | null;
  /** Effective level: the declared one, else the detected one. */
  readonly sensitivity: Sensitivity;
  readonly entity: string | null;
}

export interface SourceView {
  readonly name: string;
  readonly spec: SourceSpec;
  readonly state: 'importing' | 'bound' | 'missing' | 'failed';
  readonly rowCount: number | null;
  readonly sizeBytes: number | null;
  /** Null until the file was digested. */
  readonly sha256: string | null;
  readonly columns: readonly SourceColumnView[];
  readonly rejected: readonly RejectedLine[];
  readonly rejectedCount: number;
  /** 0 to 1, null where unknown; only while importing. */
  readonly progress: number | null;
  readonly problem: Problem | null;
}

/** A file that was opened but not yet imported: the import dialog shows the first of them. */
export interface ImportDraft {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** Proposed name of the table; editable. */
  readonly name: string;
  readonly nameProblem: string | null;
  /** What the person set; everything else is guessed. */
  readonly options: CsvImportOptions;
  readonly preview: ImportPreview | null;
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Set where the draft binds a file to a source that exists already. */
  readonly rebinds: string | null;
}

export interface OutputColumnView extends ColumnType {
  /** Level after all that happened on the way; null while unknown. */
  readonly sensitivity: Sensitivity | null;
  /** e.g. `masked: shows the last 4 digits`; null where no sanitizer is on the way. */
  readonly badge: string | null;
  readonly direct: readonly DirectEdge[];
  readonly indirect: readonly IndirectEdge[];
}

export type CellState = 'new' | 'queued' | 'running' | 'done' | 'stale' | 'failed' | 'blocked';

/** The live form of a cell. */
export interface CellRun {
  readonly state: CellState;
  readonly elapsedMs: number | null;
  /** `performance.now()` at start, while running. */
  readonly startedAtMs: number | null;
  readonly rowCount: number | null;
  readonly columns: readonly OutputColumnView[];
  readonly problem: Problem | null;
  readonly progress: number | null;
  /** Names of cells and sources it reads. */
  readonly reads: readonly string[];
  /** Grows with every finished run, so that a grid knows to reload. */
  readonly generation: number;
}

/** `looking-up` comes before all else where an S3 destination was not looked at lately; `staged` waits for the publisher. */
export type PublicationStage =
  | 'looking-up'
  | 'replaying'
  | 'writing'
  | 'judging'
  | 'verdict'
  | 'publishing'
  | 'published'
  | 'staged'
  | 'failed';

export interface PublicationView {
  readonly cellId: CellId;
  readonly stage: PublicationStage;
  readonly settings: PublishSettings;
  /** Null where this browser knows no destination of that name. */
  readonly destination: DestinationChoice | null;
  /** The question that waits to be asked in the publisher; only while `looking-up`. */
  readonly lookup: LookupView | null;
  /** The module on its way to an S3 destination; null once it was discarded. */
  readonly delivery: DeliveryView | null;
  readonly verdict: Verdict | null;
  /** Next version number as computed, e.g. `1.0.0`; null before the verdict. */
  readonly nextVersion: string | null;
  /** What the number was computed from, where that is not what one would expect. */
  readonly versionNote: string | null;
  /** The zip file to be saved; only of the destination `zip`. */
  readonly download: { readonly fileName: string; readonly blob: Blob } | null;
  /** What was written, or waits to be sent. */
  readonly published: ModuleSummary | null;
  readonly problem: Problem | null;
}

export interface ModuleFileView {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export interface ModuleView {
  readonly summary: ModuleSummary;
  /** Where it was read from, e.g. `This browser’s library`. */
  readonly origin: string;
  readonly files: readonly ModuleFileView[];
  /** Parsed JSON documents of the module by file name (`croissant.json`, `steps.json`, `lineage.json`, `gate.json`, `risk.json`, `_COMMIT.json`). */
  readonly documents: Readonly<Record<string, unknown>>;
  readonly readme: string;
  readonly columns: readonly ColumnType[];
  readonly sample: Page | null;
  readonly verification:
    'not-run' | 'running' | { readonly valid: boolean; readonly findings: readonly VerificationFinding[] };
}

export interface KeyView {
  readonly state: 'none' | 'ready';
  /** First 16 hex digits of SHA-256 over the derived HMAC key's fingerprint input; never the key. */
  readonly fingerprint: string | null;
}

export interface RecentNotebook {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: string;
}

/** Everything a component may read (reactive) and do. Verbs never throw: what fails shows up in a view. */
export interface Session {
  readonly audit: AuditLog;
  readonly sharing: Sharing;
  /** Which tab may change the open notebook. */
  readonly ownership: OwnershipView;
  readonly engine: EngineView;
  readonly notebook: Notebook;
  /** Identity of the open notebook in the store; null on the start page. */
  readonly notebookId: string | null;
  readonly recent: readonly RecentNotebook[];
  readonly saveState: 'saved' | 'saving' | 'unsaved' | 'failed';
  readonly saveProblem: Problem | null;
  readonly sources: readonly SourceView[];
  readonly drafts: readonly ImportDraft[];
  readonly modules: readonly ModuleSummary[];
  readonly openModule: ModuleView | null;
  readonly publication: PublicationView | null;
  readonly key: KeyView;
  /** True where a run needs a key and none is there: the key dialog should open. */
  readonly needsKey: boolean;
  readonly macros: readonly MacroDefinition[];
  readonly destinations: Destinations;
  /** Every request the publisher made from this browser. */
  readonly egress: LedgerView;
  /** The app's own files on this device, and newer ones. */
  readonly updates: Updates;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly isRunning: boolean;
  /** Short messages for the live region, newest last. */
  readonly announcements: readonly string[];
  /** Problems not tied to a cell or source (a file that could not be opened, storage full); dismissable. */
  readonly notices: readonly { readonly id: string; readonly problem: Problem }[];

  cellRun(id: CellId): CellRun;
  /** A new engine after `failed`: sources are bound again, cells become stale. */
  restartEngine(): Promise<void>;
  dismissNotice(id: string): void;

  newNotebook(): Promise<void>;
  openSample(): Promise<void>;
  openNotebook(id: string): Promise<void>;
  openNotebookText(text: string): Promise<void>;
  closeNotebook(): Promise<void>;
  deleteNotebook(id: string): Promise<void>;
  /** The text form, for download. */
  notebookText(): string;
  renameNotebook(title: string): void;

  openFiles(files: readonly File[]): Promise<void>;
  changeDraft(
    id: string,
    change: { readonly name?: string; readonly options?: CsvImportOptions },
  ): Promise<void>;
  confirmDraft(id: string): Promise<void>;
  discardDraft(id: string): void;
  cancelImport(source: string): Promise<void>;
  removeSource(name: string): Promise<void>;
  bindSource(name: string, file: File): Promise<void>;
  declareColumn(source: string, column: string, declaration: ColumnDeclaration | null): void;

  addCell(kind: 'sql' | 'markdown' | 'publish', after: CellId | null, text?: string): CellId;
  removeCell(id: CellId): void;
  moveCell(id: CellId, by: -1 | 1): void;
  duplicateCell(id: CellId): void;
  /** Text of a SQL or markdown cell. */
  changeCellText(id: CellId, text: string): void;
  /** Returns why not, or null when done; uses in other cells follow. */
  renameCell(id: CellId, name: string): Promise<string | null>;
  changePublish(id: CellId, change: Partial<PublishSettings>): void;
  changePolicy(change: {
    readonly k?: number;
    readonly quasi?: readonly string[];
    readonly dismissed?: Readonly<Record<string, string>>;
  }): void;
  undo(): void;
  redo(): void;

  runCell(id: CellId): Promise<void>;
  runAll(): Promise<void>;
  runStale(): Promise<void>;
  cancelRun(): Promise<void>;
  /** Rows of a source or cell, at most 1,000 at once. */
  page(relation: string, offset: number, limit: number): Promise<Page | Problem>;

  /** Opens the key dialog (`needsKey`), and closes it without a key. */
  requestKey(): void;
  dismissKeyRequest(): void;
  createKey(passphrase: string): Promise<{ readonly fileName: string; readonly text: string } | Problem>;
  importKey(text: string, passphrase: string): Promise<Problem | null>;

  /** Replays, writes, judges; ends in stage `verdict` or `failed`. */
  check(id: CellId, wish?: { readonly looksAgain?: boolean }): Promise<void>;
  /** Goes on with a check without looking the S3 destination up. */
  skipLookup(): void;
  /** Publishes what was checked; refuses unless the verdict is `passed`. */
  publish(): Promise<void>;
  closePublication(): void;
  /** Applies a finding's mend to the cell that makes the column, as an undoable edit; returns why not, or null. */
  applyMend(finding: Finding): string | null;

  /** From the library, or from what was seen of an S3 destination. False where that version was not fetched from it. */
  showModule(
    namespace: string,
    module: string,
    version: string,
    destinationId?: string | null,
  ): Promise<boolean>;
  closeModule(): void;
  verifyModule(): Promise<void>;
  /** All files of the version as one zip. */
  downloadModule(): Promise<Blob | Problem>;
}

export type { ModuleSummary, VerificationFinding };
