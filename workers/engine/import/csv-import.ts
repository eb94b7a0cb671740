// A delimited file into a table: every row in, or its line named; must not know notebooks.
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { ColumnType, OnProgress, RejectedLine, SourceHandle } from '../../../src/lib/engine/contract.ts';
import type { CsvImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { readTextRows } from '../cell-values.ts';
import { DuckError, type DuckPort } from '../duck-port.ts';
import { describeTable } from '../relation.ts';
import { dialectOptions, findDialect, tableName, type CsvDialect } from './csv-dialect.ts';
import type { PartReport } from './format-reader.ts';
import { openCsvSource, withHead, withWhole, type CsvSource } from './csv-file.ts';
import { selectUncut, withCutLines } from './cut-lines.ts';
import { scanHead, scanText, widenTypes, ZONED_TYPE, type SeenFields } from './lossy-columns.ts';
import {
  collectRejects,
  forgetRejects,
  IMPORT_ACCOUNT,
  rejectArguments,
  type RejectAccount,
  type Rejects,
} from './rejected-lines.ts';

/** A request of which it is known that its file is delimited text. */
export interface CsvRequest {
  readonly handle: SourceHandle;
  readonly options: CsvImportOptions;
}

export interface CsvImportRequest extends CsvRequest {
  readonly table: string;
}

export interface ImportWatch {
  isCancelled(): boolean;
}

/** Zoned timestamps are kept as the same instant in UTC, because zones need an extension. */
export function tableExpression(dialect: CsvDialect, column: ColumnType): string {
  const inFile = quoteIdentifier(column.name);
  const inTable = quoteIdentifier(tableName(dialect, column.name));
  if (column.type === ZONED_TYPE) return `CAST(${inFile} AS TIMESTAMP) AS ${inTable}`;
  return inFile === inTable ? inFile : `${inFile} AS ${inTable}`;
}

/** The columns of the table that a dialect leads to. */
export function tableColumns(dialect: CsvDialect): readonly ColumnType[] {
  return dialect.columns.map((column) => ({
    name: tableName(dialect, column.name),
    type: column.type === ZONED_TYPE ? 'TIMESTAMP' : column.type,
  }));
}

/** Where `seen` says that values would be changed by their type, without their rows. */
export function selectFromCsv(
  path: string,
  dialect: CsvDialect,
  extra: readonly string[],
  seen: SeenFields = null,
): string {
  return selectUncut(path, dialect, seen, (column) => tableExpression(dialect, column), extra);
}

/** Types by guess that later lines contradict: whole numbers become DOUBLE where that loses nothing, all else text. */
export async function contradictedTypes(
  port: DuckPort,
  account: RejectAccount,
  dialect: CsvDialect,
  asked: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
  const sql = `SELECT column_name, CAST(bool_and(TRY_CAST(regexp_extract(error_message, 'convert string "(.*)" to', 1, 's') AS DOUBLE) IS NOT NULL) AS VARCHAR)
    FROM temp.${account.errors} WHERE error_type = 'CAST' GROUP BY ALL`;
  const types = new Map<string, string>();
  for (const [name, isNumber] of readTextRows(await port.query(sql, account.lane))) {
    const column = dialect.columns.find((each) => each.name === name);
    if (column === undefined || asked[column.name] !== undefined) continue;
    types.set(column.name, column.type === 'BIGINT' && isNumber === 'true' ? 'DOUBLE' : 'VARCHAR');
  }
  return types;
}

export function withTypes(dialect: CsvDialect, types: ReadonlyMap<string, string>): CsvDialect {
  const columns = dialect.columns.map((column) => ({
    name: column.name,
    type: types.get(column.name) ?? column.type,
  }));
  return { ...dialect, columns };
}

interface Attempt {
  readonly dialect: CsvDialect;
  readonly rejects: Rejects;
}

interface Filling {
  readonly request: CsvImportRequest;
  readonly source: CsvSource;
  readonly path: string;
  readonly text: Blob;
  readonly watch: ImportWatch;
  readonly onProgress: OnProgress | undefined;
}

/** Imports until no guess is contradicted; each turn makes at least one column wider, so it ends. */
async function fillTable(port: DuckPort, filling: Filling, first: CsvDialect): Promise<Attempt> {
  const { request, source, path, text, watch, onProgress } = filling;
  const asked = request.options.types ?? {};
  let dialect = first;
  const scan = source.isShort ? Promise.resolve(null) : scanText(text, first, asked, watch.isCancelled);
  scan.catch(() => {});
  for (;;) {
    const select = selectFromCsv(path, dialect, rejectArguments(IMPORT_ACCOUNT));
    const statement = `CREATE OR REPLACE TABLE main.${quoteIdentifier(request.table)} AS ${select}`;
    await forgetRejects(port, IMPORT_ACCOUNT);
    await port.execute(statement, { ...watch, onTick: (fraction) => onProgress?.({ fraction }) });
    const wider = await contradictedTypes(port, IMPORT_ACCOUNT, dialect, asked);
    const next = widenTypes(withTypes(dialect, wider), await scan, asked);
    if (next.columns.every((column, index) => column.type === dialect.columns[index]?.type)) {
      const rejects = await collectRejects(port, IMPORT_ACCOUNT, text);
      const seen = source.isShort ? scanHead(source, dialect, asked) : await scan;
      return { dialect, rejects: await leaveOutCut(port, filling, { dialect, rejects, seen }) };
    }
    dialect = next;
  }
}

/** Makes the table once more, of the rows in which the types asked for change nothing, where there are others. */
async function leaveOutCut(
  port: DuckPort,
  { request, path, text, watch, onProgress }: Filling,
  { dialect, rejects, seen }: Attempt & { readonly seen: SeenFields },
): Promise<Rejects> {
  if (seen === null || seen.cutLines === 0) return rejects;
  const before = await describeTable(port, request.table);
  const select = selectFromCsv(path, dialect, rejectArguments(IMPORT_ACCOUNT), seen);
  await forgetRejects(port, IMPORT_ACCOUNT);
  const statement = `CREATE OR REPLACE TABLE main.${quoteIdentifier(request.table)} AS ${select}`;
  await port.execute(statement, { ...watch, onTick: (fraction) => onProgress?.({ fraction }) });
  const after = await describeTable(port, request.table);
  return withCutLines(rejects, seen, dialect, text, before.rowCount - after.rowCount);
}

function isNewlineTrouble(error: unknown): boolean {
  if (error instanceof ProblemError) return error.problem.code === 'import-unreadable';
  return error instanceof DuckError && /state machine reached an invalid state/.test(error.message);
}

function mixesNewlines(head: Uint8Array): boolean {
  const kinds = new Set<string>();
  for (let index = 0; index < head.length; index++) {
    if (head[index] === 10) kinds.add(head[index - 1] === 13 ? 'crlf' : 'lf');
    else if (head[index] === 13 && head[index + 1] !== 10 && index + 1 < head.length) kinds.add('cr');
  }
  return kinds.size > 1;
}

/** The file and the way to read it, types as wide as its beginning needs them. */
async function guessDialect(
  port: DuckPort,
  source: CsvSource,
  options: CsvImportOptions,
): Promise<CsvDialect> {
  const guessed = await withHead(port, source, (path) => findDialect(port, path, options, source.head));
  const asked = options.types ?? {};
  return widenTypes(guessed, scanHead(source, guessed, asked), asked);
}

/** Does `work` with the file; once more with joined line ends where their mixture is what stands in the way. */
export async function readCsv<T>(
  port: DuckPort,
  request: CsvRequest,
  work: (source: CsvSource, dialect: CsvDialect) => Promise<T>,
): Promise<T> {
  const { handle, options } = request;
  const source = await openCsvSource(port, handle, options.encoding, false);
  try {
    return await work(source, await guessDialect(port, source, options));
  } catch (error) {
    if (!isNewlineTrouble(error) || !mixesNewlines(source.head)) throw error;
    const joined = await openCsvSource(port, handle, options.encoding, true);
    return work(joined, await guessDialect(port, joined, options));
  }
}

/** The lines with their columns as the table calls them. */
export function namedInTable(rejects: Rejects, dialect: CsvDialect): readonly RejectedLine[] {
  return rejects.listed.map((line) =>
    line.column === null ? line : { ...line, column: tableName(dialect, line.column) },
  );
}

/**
 * Empty fields, quoted or not, become NULL. Columns with leading zeros or signs (`007`, `+49…`), or whole numbers too
 * long for the number types, stay text.
 * @throws ProblemError `import-…`
 * @throws DuckError, DuckCancelled, DuckCrashed
 */
export async function importCsv(
  port: DuckPort,
  request: CsvImportRequest,
  watch: ImportWatch,
  onProgress: OnProgress | undefined,
): Promise<PartReport> {
  try {
    return await readCsv(port, request, (source, guessed) =>
      withWhole(port, source, watch.isCancelled, async (path, text) => {
        const filling = { request, source, path, text, watch, onProgress };
        const { dialect, rejects } = await fillTable(port, filling, guessed);
        const table = await describeTable(port, request.table);
        return {
          ...table,
          rejected: namedInTable(rejects, dialect),
          rejectedCount: rejects.count,
          options: dialectOptions(dialect, source.encoding),
          notes: [],
        };
      }),
    );
  } finally {
    await forgetRejects(port, IMPORT_ACCOUNT).catch(() => {});
  }
}
