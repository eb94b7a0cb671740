// The one typed boundary to the database: what page, worker and Node share; must not know DuckDB, Svelte or storage.
import type { Result } from '../base/result.ts';
import type { SavedFile, SaveRequest } from './save-types.ts';
import type {
  CsvImportOptions,
  ExcelImportOptions,
  ImportOptions,
  JsonImportOptions,
  KnownImportOptions,
  ParquetImportOptions,
  SourcePart,
} from '../notebook/notebook-types.ts';

/** Bytes of a source: a `Blob` in the browser, an absolute path under Node. */
export type SourceHandle = Blob | { readonly path: string };

export interface OpenRequest {
  /** `CREATE MACRO` scripts in the order in which they must run. */
  readonly macroScripts: readonly string[];
  /** 1 for a publication (bit-for-bit repeatable); `all` otherwise. */
  readonly threads: 1 | 'all';
  /** Bundle locations; needed in the browser only. */
  readonly assets?: EngineAssets;
}

/** URLs of the engine's files, resolved on the page so that the service worker can precache them. */
export interface EngineAssets {
  readonly ehModule: string;
  readonly ehWorker: string;
  readonly coiModule: string;
  readonly coiWorker: string;
  readonly coiPthreadWorker: string;
  readonly parquetModule: string;
}

export interface EngineInfo {
  /** DuckDB version, e.g. `v1.5.6`. */
  readonly version: string;
  readonly bundle: 'coi' | 'eh';
  readonly threads: number;
}

/** HMAC pads (RFC 2104), 64 bytes each, derived from the project key; see `key/hmac-pads.ts`. */
export interface HmacPads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

export interface ColumnType {
  readonly name: string;
  /** Engine type name, e.g. `VARCHAR`, `DECIMAL(18,3)`, `STRUCT(a INTEGER)`. */
  readonly type: string;
}

/** JSON-safe value: integers beyond 2^53, DECIMAL and non-scalars as text, dates in ISO 8601, BLOB as hex, NULL as null. */
export type CellValue = null | boolean | number | string;

export interface SourceRequest {
  /** Of several files: their bytes one after the other, cut apart by `files`. */
  readonly handle: SourceHandle;
  readonly files?: readonly SourcePart[] | undefined;
  /** Name of the file, which is asked where its content leaves the format open. */
  readonly fileName?: string | undefined;
  readonly options: ImportOptions;
}

export interface PreviewRequest extends SourceRequest {
  /** Rows wanted, at most 1,000. */
  readonly rows: number;
}

/** Every option filled in: what was asked, else what was guessed. */
export type PreviewOptions =
  | (CsvImportOptions &
      Required<Pick<CsvImportOptions, 'delimiter' | 'quote' | 'escape' | 'header' | 'encoding' | 'skipRows'>>)
  | (JsonImportOptions & Required<Pick<JsonImportOptions, 'layout'>>)
  | ParquetImportOptions
  | (ExcelImportOptions & Required<Pick<ExcelImportOptions, 'sheet' | 'header'>>);

/** What the file holds to choose from. */
export interface ImportChoices {
  /** Files within a zip. */
  readonly members?: readonly string[];
  /** Sheets of a workbook. */
  readonly sheets?: readonly string[];
  /** Members of a JSON object that lead to an array. */
  readonly paths?: readonly string[];
}

/** A way of reading that the values speak for, but that a person has to choose: taken wrongly it would change values. */
export interface ImportSuggestion {
  /** What to read how, and what would come of it. */
  readonly words: string;
  readonly change: Pick<CsvImportOptions, 'decimal' | 'nullText'>;
}

export interface ImportPreview {
  readonly options: PreviewOptions;
  readonly choices: ImportChoices;
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly CellValue[])[];
  /** What a person should know before importing, e.g. duplicate headers renamed. */
  readonly notes: readonly string[];
  /** What could not be read, as far as the preview looked. */
  readonly rejected: readonly RejectedLine[];
  readonly rejectedCount: number;
  readonly suggestions?: readonly ImportSuggestion[];
}

export interface ImportRequest extends SourceRequest {
  readonly importId: string;
  /** Name of the table to be made; replaced when it exists. */
  readonly table: string;
}

export interface RejectedLine {
  /** One-based line number in the file; of a workbook, the row in the sheet. */
  readonly line: number;
  readonly column: string | null;
  /** Why it was left out, without the line's content. */
  readonly reason: string;
  /** What stands there, cut to 200 characters: for the eyes of who holds the file; never logged, shared or published. */
  readonly text: string | null;
  /** Name of the file, where the source has several. */
  readonly file?: string;
}

export interface ImportReport {
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
  /** The first 1,000 lines that were left out. */
  readonly rejected: readonly RejectedLine[];
  readonly rejectedCount: number;
  readonly elapsedMs: number;
  /** Options as used, complete, so that a replay reads the file the same way. */
  readonly options: KnownImportOptions;
  /** What a person should know of what became of the values. */
  readonly notes: readonly string[];
}

export interface Progress {
  /** 0 to 1, or null where it cannot be known. */
  readonly fraction: number | null;
}

export type OnProgress = (progress: Progress) => void;

export interface RunRequest {
  readonly runId: string;
  /** One SELECT-like statement. */
  readonly sql: string;
  /** Table that takes the result; replaced when it exists. */
  readonly into: string;
}

export interface RunReport {
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
  readonly elapsedMs: number;
}

export interface PageRequest {
  readonly relation: string;
  readonly offset: number;
  /** At most 1,000 rows. */
  readonly limit: number;
  readonly columns?: readonly string[];
}

export interface Page {
  readonly columns: readonly ColumnType[];
  readonly offset: number;
  readonly rows: readonly (readonly CellValue[])[];
}

export interface ExportRequest {
  readonly relation: string;
  readonly format: 'parquet' | 'csv' | 'json';
  /** Columns to sort by; all, left to right, when empty. NULLs last. */
  readonly order: readonly string[];
}

export interface ExportedFile {
  readonly bytes: Uint8Array;
  readonly rowCount: number;
  /** The columns as written: engine types after the export casts. */
  readonly columns: readonly ColumnType[];
}

export interface ReadBackRequest {
  readonly bytes: Uint8Array;
  readonly format: 'parquet' | 'csv' | 'json';
  /** Table that takes the rows; replaced when it exists. */
  readonly into: string;
}

/**
 * A database in memory that reads registered sources and nothing else: no extension is ever loaded, no network or file
 * is reachable from SQL, and the configuration is locked by the time `open` returns.
 * Every failure is a `Problem`: `engine-sql` (with SQL and position), `engine-cancelled`, `engine-out-of-memory`,
 * `engine-missing-extension`, `engine-crashed`, `import-…`. Methods may be called concurrently; runs are queued.
 */
export interface Engine {
  open(request: OpenRequest): Promise<Result<EngineInfo>>;
  /** Puts the pads where `hmac_sha256` finds them and no cell can name them; replaces earlier ones. */
  setHmacPads(pads: HmacPads): Promise<Result<null>>;
  /** Guesses and shows without importing. */
  preview(request: PreviewRequest): Promise<Result<ImportPreview>>;
  importFile(request: ImportRequest, onProgress?: OnProgress): Promise<Result<ImportReport>>;
  describe(request: {
    readonly relation: string;
  }): Promise<Result<{ readonly columns: readonly ColumnType[]; readonly rowCount: number }>>;
  /** Runs a statement and keeps its result as a table. */
  run(request: RunRequest, onProgress?: OnProgress): Promise<Result<RunReport>>;
  /** A small result as values (limit 1,000 rows): for statistics and checks written by Sluice itself. */
  query(request: { readonly sql: string }): Promise<Result<Page>>;
  page(request: PageRequest): Promise<Result<Page>>;
  drop(request: { readonly relation: string }): Promise<Result<null>>;
  /** Nothing is copied. Names are told apart without regard to case; another table of the new name goes. */
  rename(request: { readonly relation: string; readonly to: string }): Promise<Result<null>>;
  /** Stops the run or import of that id; its promise resolves with `engine-cancelled`. */
  cancel(request: { readonly id: string }): Promise<void>;
  export(request: ExportRequest): Promise<Result<ExportedFile>>;
  /**
   * The rows as they stand, as a file for a person; `cancel` takes its `saveId`.
   * Fails with `save-…`, `export-…` or `engine-…`.
   */
  save(request: SaveRequest, onProgress?: OnProgress): Promise<Result<SavedFile>>;
  readBack(
    request: ReadBackRequest,
  ): Promise<Result<{ readonly columns: readonly ColumnType[]; readonly rowCount: number }>>;
  dispose(): Promise<void>;
}
