// The notebook as plain data: what is saved (…Spec) and what is completed; knows nothing of how it is run or shown.
import type { Brand } from '../base/brand.ts';
import type { ChartCellSpec } from './chart-cell-types.ts';
import type { CheckKind } from './check-kinds.ts';
import type { InputSpecs } from './inputs/input-types.ts';
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { StepSpec } from './steps/step-types.ts';

/** Identity of a cell within one open notebook; not saved. */
export type CellId = Brand<string, 'CellId'>;

/** What a person declares about a source column. */
export interface ColumnDeclaration {
  readonly sensitivity?: Sensitivity;
  /** Entity name as the recognizers use it, e.g. `EMAIL_ADDRESS`. */
  readonly entity?: string;
  readonly label?: string;
  readonly meaning?: string;
  /** Why a detected sensitivity was lowered. */
  readonly reason?: string;
}

/** What every format may say of its file and its columns. */
interface AnyImportOptions {
  /** How the bytes are packed; guessed by content where absent. */
  readonly compression?: 'none' | 'gzip' | 'zip';
  /** Name of the file within a zip; `*` reads all of them as files of one schema. */
  readonly member?: string;
  /** Name of a further column that tells which file a row is from. */
  readonly fileColumn?: string;
  /** Engine type for each column, by its name in the file; all others are guessed. */
  readonly types?: Readonly<Record<string, string>>;
  /** Other names for columns, by their name in the file; what the file does not have is passed over. */
  readonly rename?: Readonly<Record<string, string>>;
}

/** Nothing is known of the file: its content tells the format. */
export interface GuessedImportOptions extends AnyImportOptions {
  readonly format: 'auto';
}

/** How a delimited text file is read. Absent members are guessed by the engine. */
export interface CsvImportOptions extends AnyImportOptions {
  readonly format: 'csv';
  readonly delimiter?: string;
  /** Empty string: no quoting. */
  readonly quote?: string;
  readonly escape?: string;
  readonly header?: boolean;
  /** WHATWG label: `utf-8`, `utf-16le`, `windows-1252`, … */
  readonly encoding?: string;
  readonly skipRows?: number;
  readonly comment?: string;
  readonly nullText?: readonly string[];
  /** strptime format of dates, e.g. `%m/%d/%Y`. */
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  readonly decimal?: '.' | ',';
}

/** How JSON is read. */
export interface JsonImportOptions extends AnyImportOptions {
  readonly format: 'json';
  /** One value a line (NDJSON), one array, or an object that holds an array. */
  readonly layout?: 'lines' | 'array' | 'object';
  /** Members that lead to the array, with dots between: `data.items`; for `object` only. */
  readonly path?: string;
  /** Members of nested objects become columns of their own, named `outer_inner`. */
  readonly flatten?: boolean;
  /** WHATWG label, as for delimited text. */
  readonly encoding?: string;
}

export interface ParquetImportOptions extends AnyImportOptions {
  readonly format: 'parquet';
}

/** How a workbook (`.xlsx`) is read. */
export interface ExcelImportOptions extends AnyImportOptions {
  readonly format: 'excel';
  /** Name of the sheet; the first with data where absent. */
  readonly sheet?: string;
  /** Cells that are read, e.g. `B3:F200`; an end may be left open: `B3:F`. */
  readonly range?: string;
  readonly header?: boolean;
  /** Further texts that mean NULL. */
  readonly nullText?: readonly string[];
}

/** How a file is read once its format is known. */
export type KnownImportOptions =
  CsvImportOptions | JsonImportOptions | ParquetImportOptions | ExcelImportOptions;

export type ImportOptions = GuessedImportOptions | KnownImportOptions;

/** One file of a source that is made of several, in their order. */
export interface SourcePart {
  /** File name only, never a path. */
  readonly name: string;
  readonly bytes: number;
}

export interface SourceSpec {
  /** File name only, never a path. */
  readonly file: string;
  /** The files of a source that has several of one schema; `file` is then a name for all of them. */
  readonly files?: readonly SourcePart[];
  /** Lower-case hex SHA-256 of the file's bytes; of several files, of all their bytes one after the other. */
  readonly sha256?: string;
  readonly import: ImportOptions;
  readonly columns?: Readonly<Record<string, ColumnDeclaration>>;
  /** Engine type of each column that a shared notebook expects of whatever file is bound, by the column's name. */
  readonly expects?: Readonly<Record<string, string>>;
}

export interface Policy {
  /** Smallest allowed class size (k-anonymity). */
  readonly k: number;
  /** Output columns declared as quasi-identifiers. */
  readonly quasi: readonly string[];
  /** Quasi-identifying output columns that were looked at and dismissed, with the reason. */
  readonly dismissed?: Readonly<Record<string, string>>;
}

export const DEFAULT_POLICY: Policy = { k: 5, quasi: [] };

export interface MarkdownCellSpec {
  readonly kind: 'markdown';
  readonly text: string;
}

export interface SqlCellSpec {
  readonly kind: 'sql';
  readonly name?: string;
  readonly sql: string;
  /** What else the fence's info string says, as written; this version gives it no meaning. */
  readonly attributes?: string;
  /** The step that wrote `sql`, where one did: then it is saved as a step, and its SQL is derived again. */
  readonly step?: StepSpec;
}

export type DataFormat = 'parquet' | 'csv' | 'json';

export interface PublishSettings {
  /** Name of the cell or source whose relation is published. */
  readonly of: string;
  readonly namespace: string;
  readonly module: string;
  readonly formats: readonly DataFormat[];
  /** Columns by which rows are ordered; all columns, left to right, when empty. */
  readonly order: readonly string[];
  readonly title?: string;
  readonly description?: string;
  /** SPDX identifier or URL. */
  readonly license?: string;
  readonly creator?: string;
  readonly keywords?: readonly string[];
  /** `library`, `zip`, `folder`, or the name of an S3 destination; the library without it. */
  readonly destination?: string;
}

export interface PublishCellSpec extends PublishSettings {
  readonly kind: 'publish';
  /** What else the fence's info string says, as written. */
  readonly attributes?: string;
  /** Members of the body this version does not know, kept as written. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export type CheckValue =
  boolean | number | string | readonly CheckValue[] | { readonly [key: string]: CheckValue };

/** One check with its settings, as `check-kinds.ts` allows them, in the order in which they were written. */
export interface CheckSpec {
  readonly kind: CheckKind;
  readonly parameters: Readonly<Record<string, CheckValue>>;
}

export interface CheckCellSpec {
  readonly kind: 'check';
  /** Name of the cell or source that is checked. */
  readonly of: string;
  readonly checks: readonly CheckSpec[];
  /** What else the fence's info string says, as written; this version gives it no meaning. */
  readonly attributes?: string;
}

/** A fenced cell this version cannot run (input): kept as it was written, shown, never run. */
interface ForeignCellSpec {
  readonly kind: 'foreign';
  /** The fence's info string, e.g. `input name=since`. */
  readonly info: string;
  readonly text: string;
}

export type CellSpec =
  MarkdownCellSpec | SqlCellSpec | PublishCellSpec | CheckCellSpec | ChartCellSpec | ForeignCellSpec;

/** What is saved. */
export interface NotebookSpec {
  readonly title: string;
  /** IANA zone in which timestamps are shown. */
  readonly timezone: string;
  readonly sources: Readonly<Record<string, SourceSpec>>;
  readonly policy: Policy;
  /** Values that cells read as `$name`; absent where there are none. */
  readonly inputs?: InputSpecs;
  readonly cells: readonly CellSpec[];
  /** Front-matter members without a member of their own here (`run-mode.ts` reads `mode`), kept as written. */
  readonly extra: Readonly<Record<string, unknown>>;
  /**
   * The text it was read from, only where Sluice would have written it otherwise: `writeNotebook` keeps its bytes
   * for all that has not changed since. Never read it for content.
   */
  readonly written?: string;
}

export type MarkdownCell = MarkdownCellSpec & { readonly id: CellId };
export type SqlCell = SqlCellSpec & { readonly id: CellId; readonly name: string };
export type PublishCell = PublishCellSpec & { readonly id: CellId };
export type CheckCell = CheckCellSpec & { readonly id: CellId };
export type ChartCell = ChartCellSpec & { readonly id: CellId };
export type ForeignCell = ForeignCellSpec & { readonly id: CellId };
/** A completed cell: it has an id, and a SQL cell has its name. */
export type Cell = MarkdownCell | SqlCell | PublishCell | CheckCell | ChartCell | ForeignCell;

/** An open notebook: every cell has an id, every SQL cell a unique name. */
export interface Notebook extends Omit<NotebookSpec, 'cells'> {
  readonly cells: readonly Cell[];
}
