// JSON (an array, lines, an object that holds an array) as one of the formats of an import; must not know the others.
import type { ColumnType, PreviewOptions } from '../../../src/lib/engine/contract.ts';
import type { JsonImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { DuckCancelled, type DuckPort } from '../duck-port.ts';
import { describeTable, dropTable, readPage } from '../relation.ts';
import { commonOptions, type FormatReader, type PartReport, type ReadWatch } from './format-reader.ts';
import { damaged } from './import-problems.ts';
import type { InputPart } from './input-parts.ts';
import { findLayout, makeSplitter, noArray, type FoundLayout } from './json-layout.ts';
import type { JsonRecord } from './json-records.ts';
import { isObject, MOST_KEPT_CHARACTERS, MOST_LISTED, readRecord, Survey, type Row } from './json-survey.ts';
import { mayNameTwice } from './json-values.ts';
import { canonicalEncoding, chunksOf, detectEncoding, HEAD_BYTES } from './source-text.ts';
import { TypedTable } from './typed-table.ts';
import { planColumns, valueAt, type JsonColumn } from './json-columns.ts';
import { ValueShape } from './value-shape.ts';

const ROWS_PER_PIECE = 16_384;
const CHARACTERS_PER_PIECE = 8 << 20;
/** A file of this size is read twice in about a minute; its table has to fit into memory beside it. */
const MOST_BYTES = 2 ** 31;

interface JsonFile {
  readonly blob: Blob;
  readonly encoding: string;
  readonly found: FoundLayout;
}

async function openJson(blob: Blob, options: JsonImportOptions): Promise<JsonFile> {
  if (blob.size > MOST_BYTES)
    throw new ProblemError({
      code: 'import-too-large',
      message: 'The file has more than 2 GiB, which is all the JSON that is taken at once.',
      hint: 'Split it by lines, and open the pieces as one source.',
    });
  const head = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  const encoding =
    options.encoding === undefined ? detectEncoding(head) : canonicalEncoding(options.encoding);
  const text = new TextDecoder(encoding).decode(head);
  return { blob, encoding, found: findLayout(text, head.length === blob.size, options) };
}

async function* textOf(
  { blob, encoding }: JsonFile,
  watch: ReadWatch,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let done = 0;
  try {
    for await (const chunk of chunksOf(blob)) {
      if (watch.isCancelled()) throw new DuckCancelled();
      yield decoder.decode(chunk, { stream: true });
      done += chunk.length;
      watch.onProgress(blob.size === 0 ? null : done / blob.size);
    }
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ProblemError({
      code: 'import-encoding',
      message: `The file has bytes that are no text in ${encoding}.`,
      hint: 'Choose another encoding, or export the file again as UTF-8.',
    });
  }
}

async function* recordsOf(file: JsonFile, watch: ReadWatch): AsyncGenerator<JsonRecord, void, undefined> {
  const splitter = makeSplitter(file.found);
  for await (const text of textOf(file, watch)) yield* splitter.push(text);
  if ('found' in splitter && !splitter.found) throw noArray(file.found);
  yield* splitter.end();
}

/** Rows on their way into the table, some thousands at a time. */
class Pieces {
  readonly #table: TypedTable;
  readonly #columns: readonly JsonColumn[];
  #rows: Row[] = [];
  #characters = 0;

  constructor(table: TypedTable, columns: readonly JsonColumn[]) {
    this.#table = table;
    this.#columns = columns;
  }

  async add(row: Row): Promise<void> {
    this.#rows.push(row);
    this.#characters += row.length;
    if (this.#rows.length >= ROWS_PER_PIECE || this.#characters >= CHARACTERS_PER_PIECE) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    this.#characters = 0;
    const values = this.#columns.map(({ path }) => rows.map(({ value }) => valueAt(value, path)));
    await this.#table.add(
      values,
      rows.map(({ line }) => line),
    );
  }
}

async function* rowsAgain(file: JsonFile, watch: ReadWatch): AsyncGenerator<Row, void, undefined> {
  for await (const record of recordsOf(file, watch)) {
    const read = readRecord(record);
    if (typeof read === 'string') continue;
    const members = new ValueShape().observe(read.value);
    if (!mayNameTwice(record.text, members))
      yield { value: read.value, line: record.line, length: record.text.length };
  }
}

async function fill(pieces: Pieces, survey: Survey, file: JsonFile, watch: ReadWatch): Promise<void> {
  const isWanted = (row: Row): boolean => !survey.hasObjects || isObject(row.value);
  if (survey.kept !== null) {
    for (const row of survey.kept) if (isWanted(row)) await pieces.add(row);
  } else {
    const second = {
      isCancelled: () => watch.isCancelled(),
      onProgress: (share: number | null) => watch.onProgress(0.5 + (share ?? 0) / 2),
    };
    for await (const row of rowsAgain(file, second)) if (isWanted(row)) await pieces.add(row);
  }
  await pieces.flush();
}

function settledOptions(
  file: JsonFile,
  options: JsonImportOptions,
  types: Readonly<Record<string, string>>,
): JsonImportOptions & { readonly layout: NonNullable<JsonImportOptions['layout']> } {
  const { layout, path } = file.found;
  return {
    ...options,
    layout,
    ...(layout === 'object' ? { path: path.join('.') } : {}),
    encoding: file.encoding,
    types,
  };
}

function typesOf(columns: readonly JsonColumn[], made: readonly ColumnType[]): Record<string, string> {
  return Object.fromEntries(columns.map(({ inFile }, index) => [inFile, made[index]?.type ?? 'VARCHAR']));
}

interface Read extends PartReport {
  readonly options: JsonImportOptions & { readonly layout: NonNullable<JsonImportOptions['layout']> };
  readonly paths: readonly string[];
}

async function readJson(
  port: DuckPort,
  file: JsonFile,
  options: JsonImportOptions,
  into: string,
  watch: ReadWatch,
): Promise<Read> {
  const survey = new Survey();
  const isLong = file.blob.size > MOST_KEPT_CHARACTERS;
  const first = {
    isCancelled: () => watch.isCancelled(),
    onProgress: (share: number | null) => watch.onProgress((share ?? 0) / (isLong ? 2 : 1)),
  };
  for await (const record of recordsOf(file, first)) survey.look(record);
  survey.settle();
  const notes: string[] = [];
  const columns = planColumns(survey, options, (text) => notes.push(text));
  if (columns.length === 0) throw damaged('JSON', 'there is no record with a member in it');
  const table = new TypedTable(port, columns, watch);
  try {
    await fill(new Pieces(table, columns), survey, file, watch);
    await table.finish(into);
  } finally {
    await table.dispose();
  }
  const made = await describeTable(port, into);
  return {
    ...made,
    rejected: [...survey.rejected, ...table.rejected].sort((a, b) => a.line - b.line).slice(0, MOST_LISTED),
    rejectedCount: survey.rejectedCount + table.rejectedCount,
    options: settledOptions(file, options, typesOf(columns, made.columns)),
    notes,
    paths: file.found.paths,
  };
}

const QUIET: ReadWatch = { isCancelled: () => false, onProgress: () => {} };
let lastPreview = 0;

/** The whole records of the file's beginning, as a file of its own. */
async function headOf(file: JsonFile): Promise<{ readonly file: JsonFile; readonly isAll: boolean }> {
  if (file.blob.size <= HEAD_BYTES) return { file, isAll: true };
  const splitter = makeSplitter(file.found);
  const decoder = new TextDecoder(file.encoding);
  const texts: string[] = [];
  for await (const chunk of chunksOf(file.blob)) {
    for (const { text } of splitter.push(decoder.decode(chunk, { stream: true }))) texts.push(text);
    if (texts.length > 0) break;
  }
  const found: FoundLayout = { ...file.found, isSpread: true, layout: 'lines' };
  return { file: { blob: new Blob([texts.join('\n')]), encoding: 'utf-8', found }, isAll: false };
}

export const jsonReader: FormatReader<JsonImportOptions> = {
  previewMakesTables: true,
  adopt: (options) =>
    options.format === 'json'
      ? options
      : {
          ...commonOptions(options),
          format: 'json',
          ...(options.format === 'csv' && options.encoding !== undefined
            ? { encoding: options.encoding }
            : {}),
        },
  async preview(port: DuckPort, part: InputPart, options: JsonImportOptions, rows: number) {
    const whole = await openJson(part.blob, options);
    const { file, isAll } = await headOf(whole);
    const table = `_sl_preview_json_${++lastPreview}`;
    try {
      const {
        columns,
        notes,
        rejected,
        rejectedCount,
        options: read,
        rowCount,
      } = await readJson(port, file, options, table, QUIET);
      const page = await readPage(port, { relation: table, offset: 0, limit: rows });
      const shown: PreviewOptions = settledOptions(whole, options, read.types ?? {});
      const part = isAll
        ? []
        : [`Types are told by the first ${rowCount.toLocaleString('en')} records; the import looks at all.`];
      const { paths } = whole.found;
      return {
        options: shown,
        choices: { paths },
        columns,
        rows: page.rows,
        notes: [...part, ...notes],
        rejected,
        rejectedCount,
      };
    } finally {
      await dropTable(port, table);
    }
  },
  async read(port, part, options, into, watch) {
    return readJson(port, await openJson(part.blob, options), options, into, watch);
  },
};
