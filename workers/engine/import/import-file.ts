// A source, whatever its format and however many files it has, as one table or as a preview; must not know any format.
import type {
  ImportPreview,
  ImportReport,
  ImportRequest,
  OnProgress,
  PreviewRequest,
  SourceRequest,
} from '../../../src/lib/engine/contract.ts';
import type { ImportOptions, KnownImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import type { DuckPort } from '../duck-port.ts';
import { MOST_ROWS } from '../relation.ts';
import { csvReader } from './csv-reader.ts';
import { findFormat, type DataFormatName } from './find-format.ts';
import type { BoundReader, FormatReader, ReadWatch } from './format-reader.ts';
import { emptyFile } from './import-problems.ts';
import { excelReader } from './excel-reader.ts';
import { jsonReader } from './json-reader.ts';
import { parquetReader } from './parquet-reader.ts';
import { openInputs, type Inputs } from './input-parts.ts';
import { joinParts } from './join-parts.ts';
import { joinPreviews } from './join-previews.ts';

function bindReader<Options extends KnownImportOptions>(
  reader: FormatReader<Options>,
  options: ImportOptions,
): BoundReader {
  const asked = reader.adopt(options);
  return {
    previewMakesTables: reader.previewMakesTables,
    preview: (port, part, rows) => reader.preview(port, part, asked, rows),
    read: (port, part, into, watch, types) =>
      reader.read(
        port,
        part,
        types === undefined ? asked : { ...asked, types: { ...asked.types, ...types } },
        into,
        watch,
      ),
  };
}

function bind(format: DataFormatName, options: ImportOptions): BoundReader {
  switch (format) {
    case 'csv':
      return bindReader(csvReader, options);
    case 'json':
      return bindReader(jsonReader, options);
    case 'parquet':
      return bindReader(parquetReader, options);
    case 'excel':
      return bindReader(excelReader, options);
  }
}

interface Opened extends Inputs {
  readonly reader: BoundReader;
}

async function open(port: DuckPort, request: SourceRequest, isCancelled: () => boolean): Promise<Opened> {
  const inputs = await openInputs(port, request, isCancelled);
  const { options } = request;
  const first = inputs.parts.find((part) => part.blob.size > 0) ?? inputs.parts[0];
  if (first === undefined) throw emptyFile();
  const format = options.format === 'auto' ? await findFormat(first) : options.format;
  return { ...inputs, reader: bind(format, options) };
}

/** What belongs to the source and not to the format of its files. */
function keptOf({ options: { fileColumn } }: SourceRequest): Pick<ImportOptions, 'fileColumn'> {
  return fileColumn === undefined ? {} : { fileColumn };
}

/** Runs work that needs the engine for itself. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

const NEVER = (): boolean => false;

/** @throws ProblemError `import-…` */
export async function previewFile(
  port: DuckPort,
  request: PreviewRequest,
  inTurn: InTurn,
): Promise<ImportPreview> {
  const { parts, reader, packing, members, notes } = await open(port, request, NEVER);
  const rows = Math.min(MOST_ROWS, Math.max(0, Math.trunc(request.rows)));
  const show = () => joinPreviews(port, parts, reader, rows, request.options.fileColumn);
  const preview = reader.previewMakesTables ? await inTurn(show) : await show();
  return {
    ...preview,
    options: { ...preview.options, ...packing, ...keptOf(request) },
    choices: { ...preview.choices, ...(members.length === 0 ? {} : { members }) },
    notes: [...notes, ...preview.notes],
  };
}

/**
 * Every row of every file, in order, or its line named.
 * @throws ProblemError `import-…`
 * @throws DuckError, DuckCancelled, DuckCrashed
 */
export async function importFile(
  port: DuckPort,
  request: ImportRequest,
  watch: { isCancelled(): boolean },
  onProgress: OnProgress | undefined,
): Promise<ImportReport> {
  const started = performance.now();
  const { parts, reader, packing, notes } = await open(port, request, watch.isCancelled);
  const reading: ReadWatch = {
    isCancelled: watch.isCancelled,
    onProgress: (fraction) => onProgress?.({ fraction }),
  };
  const { fileColumn } = request.options;
  const [first] = parts;
  const report =
    parts.length === 1 && first !== undefined && fileColumn === undefined
      ? await reader.read(port, first, request.table, reading)
      : await joinParts(port, { parts, reader, table: request.table, fileColumn, watch: reading });
  return {
    ...report,
    options: { ...report.options, ...packing, ...keptOf(request) },
    notes: [...notes, ...report.notes],
    elapsedMs: performance.now() - started,
  };
}
