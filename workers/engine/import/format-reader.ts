// What each format does for an import: show the beginning of one file, or make a table of it; must not know any format.
import type {
  CellValue,
  ColumnType,
  ImportChoices,
  ImportSuggestion,
  PreviewOptions,
  RejectedLine,
} from '../../../src/lib/engine/contract.ts';
import type { ImportOptions, KnownImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import type { DuckPort } from '../duck-port.ts';
import type { InputPart } from './input-parts.ts';

export interface ReadWatch {
  isCancelled(): boolean;
  /** 0 to 1, or null where it cannot be known. */
  onProgress(fraction: number | null): void;
}

export interface PartPreview {
  readonly options: PreviewOptions;
  readonly choices: ImportChoices;
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly CellValue[])[];
  readonly notes: readonly string[];
  readonly rejected: readonly RejectedLine[];
  readonly rejectedCount: number;
  readonly suggestions?: readonly ImportSuggestion[];
}

export interface PartReport {
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
  readonly rejected: readonly RejectedLine[];
  readonly rejectedCount: number;
  /** Complete: with them the file is read in the same way again. */
  readonly options: KnownImportOptions;
  readonly notes: readonly string[];
}

export interface FormatReader<Options extends KnownImportOptions> {
  /** True where a preview makes tables, and so has to wait for its turn. */
  readonly previewMakesTables: boolean;
  /** The options of another format that mean the same here; what was asked where it is of this format. */
  adopt(options: ImportOptions): Options;
  /** At most `rows` rows, from the beginning of the file however large it is. @throws ProblemError `import-…` */
  preview(port: DuckPort, part: InputPart, options: Options, rows: number): Promise<PartPreview>;
  /** Fills a table, which is replaced when it exists. @throws ProblemError `import-…`; DuckCancelled */
  read(
    port: DuckPort,
    part: InputPart,
    options: Options,
    into: string,
    watch: ReadWatch,
  ): Promise<PartReport>;
}

/** One format, its options bound. */
export interface BoundReader {
  readonly previewMakesTables: boolean;
  preview(port: DuckPort, part: InputPart, rows: number): Promise<PartPreview>;
  /** `types` are asked for over what was asked before. */
  read(
    port: DuckPort,
    part: InputPart,
    into: string,
    watch: ReadWatch,
    types?: Readonly<Record<string, string>>,
  ): Promise<PartReport>;
}

/** What every format may be told, from options of whatever format. */
export function commonOptions(
  options: ImportOptions,
): Omit<Extract<ImportOptions, { format: 'auto' }>, 'format'> {
  const { compression, member, fileColumn, types, rename } = options;
  return {
    ...(compression === undefined ? {} : { compression }),
    ...(member === undefined ? {} : { member }),
    ...(fileColumn === undefined ? {} : { fileColumn }),
    ...(types === undefined ? {} : { types }),
    ...(rename === undefined ? {} : { rename }),
  };
}
