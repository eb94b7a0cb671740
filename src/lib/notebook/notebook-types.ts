// The notebook as plain data: what is saved (…Spec) and what is completed; knows nothing of how it is run or shown.
import type { Brand } from '../base/brand.ts';
import type { CheckKind } from './check-kinds.ts';
import type { Sensitivity } from '../base/sensitivity-level.ts';

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

/** How a delimited text file is read. Absent members are guessed by the engine. */
export interface CsvImportOptions {
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
  /** Engine type for each column, by its name in the file; all others are guessed. */
  readonly types?: Readonly<Record<string, string>>;
  /** Other names for columns, by their name in the file; what the file does not have is passed over. */
  readonly rename?: Readonly<Record<string, string>>;
}

export type ImportOptions = CsvImportOptions;

export interface SourceSpec {
  /** File name only, never a path. */
  readonly file: string;
  /** Lower-case hex SHA-256 of the file's bytes. */
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

/** A fenced cell this version cannot run (step, input, chart): kept as it was written, shown, never run. */
interface ForeignCellSpec {
  readonly kind: 'foreign';
  /** The fence's info string, e.g. `step name=clean kind=impute-mean of=recent`. */
  readonly info: string;
  readonly text: string;
}

export type CellSpec = MarkdownCellSpec | SqlCellSpec | PublishCellSpec | CheckCellSpec | ForeignCellSpec;

/** What is saved. */
export interface NotebookSpec {
  readonly title: string;
  /** IANA zone in which timestamps are shown. */
  readonly timezone: string;
  readonly sources: Readonly<Record<string, SourceSpec>>;
  readonly policy: Policy;
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
export type ForeignCell = ForeignCellSpec & { readonly id: CellId };
/** A completed cell: it has an id, and a SQL cell has its name. */
export type Cell = MarkdownCell | SqlCell | PublishCell | CheckCell | ForeignCell;

/** An open notebook: every cell has an id, every SQL cell a unique name. */
export interface Notebook extends Omit<NotebookSpec, 'cells'> {
  readonly cells: readonly Cell[];
}
