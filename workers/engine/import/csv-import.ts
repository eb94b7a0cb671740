// A delimited file into a table: every row in, or its line named; must not know notebooks.
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type {
  ColumnType,
  ImportReport,
  ImportRequest,
  OnProgress,
} from '../../../src/lib/engine/contract.ts';
import { readTextRows } from '../cell-values.ts';
import { DuckError, type DuckPort } from '../duck-port.ts';
import { describeTable } from '../relation.ts';
import { dialectOptions, findDialect, readCsvCall, type CsvDialect } from './csv-dialect.ts';
import { withCsvFile, type CsvFile } from './csv-file.ts';
import { keepText, scanForText } from './lossy-columns.ts';
import {
  collectRejects,
  forgetRejects,
  REJECT_ARGUMENTS,
  REJECT_ERRORS,
  type Rejects,
} from './rejected-lines.ts';

interface ImportWatch {
  isCancelled(): boolean;
}

const ZONED = 'TIMESTAMP WITH TIME ZONE';

/** Zoned timestamps are kept as the same instant in UTC, because zones need an extension. */
export function tableExpression(column: ColumnType): string {
  const name = quoteIdentifier(column.name);
  return column.type === ZONED ? `CAST(${name} AS TIMESTAMP) AS ${name}` : name;
}

/** The columns of the table that a dialect leads to. */
export function tableColumns(dialect: CsvDialect): readonly ColumnType[] {
  return dialect.columns.map((column) =>
    column.type === ZONED ? { name: column.name, type: 'TIMESTAMP' } : column,
  );
}

export function selectFromCsv(path: string, dialect: CsvDialect, extra: readonly string[]): string {
  return `SELECT ${dialect.columns.map(tableExpression).join(', ')} FROM ${readCsvCall(path, dialect, extra)}`;
}

/** Types by guess that later lines contradict: whole numbers become DOUBLE where that loses nothing, all else text. */
async function contradictedTypes(
  port: DuckPort,
  dialect: CsvDialect,
  asked: Readonly<Record<string, string>>,
): Promise<Map<string, string>> {
  const sql = `SELECT column_name, CAST(bool_and(TRY_CAST(regexp_extract(error_message, 'convert string "(.*)" to', 1, 's') AS DOUBLE) IS NOT NULL) AS VARCHAR)
    FROM temp.${REJECT_ERRORS} WHERE error_type = 'CAST' GROUP BY ALL`;
  const types = new Map<string, string>();
  for (const [name, isNumber] of readTextRows(await port.query(sql, 'work'))) {
    const column = dialect.columns.find((each) => each.name === name);
    if (column === undefined || asked[column.name] !== undefined) continue;
    types.set(column.name, column.type === 'BIGINT' && isNumber === 'true' ? 'DOUBLE' : 'VARCHAR');
  }
  return types;
}

function withTypes(dialect: CsvDialect, types: ReadonlyMap<string, string>): CsvDialect {
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

/** Imports until no guess is contradicted; each turn makes at least one column wider, so it ends. */
async function fillTable(
  port: DuckPort,
  request: ImportRequest,
  file: CsvFile,
  first: CsvDialect,
  watch: ImportWatch,
  onProgress: OnProgress | undefined,
): Promise<Attempt> {
  const asked = request.options.types ?? {};
  let dialect = first;
  const scan = scanForText(file, dialect, asked, watch.isCancelled);
  scan.catch(() => {});
  for (;;) {
    const select = selectFromCsv(file.path, dialect, REJECT_ARGUMENTS);
    const statement = `CREATE OR REPLACE TABLE main.${quoteIdentifier(request.table)} AS ${select}`;
    await forgetRejects(port);
    await port.execute(statement, { ...watch, onTick: (fraction) => onProgress?.({ fraction }) });
    const wider = await contradictedTypes(port, dialect, asked);
    const next = keepText(withTypes(dialect, wider), await scan, asked);
    if (next.columns.every((column, index) => column.type === dialect.columns[index]?.type)) {
      return { dialect, rejects: await collectRejects(port, file.text) };
    }
    dialect = next;
  }
}

function isMixedNewlineTrouble(error: unknown): boolean {
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

/** Runs `work` on the file; once more with joined newlines where their mixture is what stands in the way. */
export async function readCsvFile<T>(
  port: DuckPort,
  request: Pick<ImportRequest, 'handle' | 'options'>,
  isCancelled: () => boolean,
  work: (file: CsvFile) => Promise<T>,
): Promise<T> {
  const choice = { encoding: request.options.encoding, joinNewlines: false };
  let mixed = false;
  try {
    return await withCsvFile(port, request.handle, choice, isCancelled, (file) => {
      mixed = mixesNewlines(file.head);
      return work(file);
    });
  } catch (error) {
    if (!mixed || !isMixedNewlineTrouble(error)) throw error;
    return withCsvFile(port, request.handle, { ...choice, joinNewlines: true }, isCancelled, work);
  }
}

/**
 * Empty fields, quoted or not, become NULL. Columns with leading zeros or signs (`007`, `+49…`), or whole numbers too
 * long for the number types, stay text.
 * @throws ProblemError `import-…`
 * @throws DuckError, DuckCancelled, DuckCrashed
 */
export async function importCsv(
  port: DuckPort,
  request: ImportRequest,
  watch: ImportWatch,
  onProgress: OnProgress | undefined,
): Promise<ImportReport> {
  const started = performance.now();
  try {
    return await readCsvFile(port, request, watch.isCancelled, async (file) => {
      const guessed = await findDialect(port, file.path, request.options, file.head);
      const { dialect, rejects } = await fillTable(port, request, file, guessed, watch, onProgress);
      const table = await describeTable(port, request.table);
      return {
        ...table,
        rejected: rejects.listed,
        rejectedCount: rejects.count,
        elapsedMs: performance.now() - started,
        options: dialectOptions(dialect, file.encoding),
      };
    });
  } finally {
    await forgetRejects(port).catch(() => {});
  }
}
