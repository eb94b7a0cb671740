// Parquet as one of the formats of an import, one row group at a time; must not know the others.
import type { ColumnType, RejectedLine } from '../../../src/lib/engine/contract.ts';
import type { ParquetImportOptions } from '../../../src/lib/notebook/notebook-types.ts';
import { cutReason, cutSql } from './asked-types.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import { cellSelectList, readCells, readTextRows } from '../cell-values.ts';
import { DuckCancelled, DuckCrashed, type DuckPort } from '../duck-port.ts';
import { loadParquet, type ParquetModule } from '../export/parquet-module.ts';
import { describeColumns, describeTable, dropTable, numberedTable } from '../relation.ts';
import { commonOptions, type FormatReader, type PartReport, type ReadWatch } from './format-reader.ts';
import { damaged } from './import-problems.ts';
import type { InputPart } from './input-parts.ts';
import { ZONED_TYPE } from './lossy-columns.ts';

const BATCH_ROWS = 65_536;
/** Up to here the whole file is handed to the library, whose blocking calls never leave damage unanswered. */
const MOST_WHOLE_BYTES = 64 << 20;
const ANSWER_LIMIT_MS = 60_000;
const MOST_LISTED = 1_000;
const MARK = [0x50, 0x41, 0x52, 0x31];

const noParquet = (why: string): ProblemError => damaged('Parquet', why);
const tableOf = (name: string): string => `main.${quoteIdentifier(name)}`;

interface ParquetFile {
  readonly groups: number;
  readonly rowCount: number;
  /** An Arrow IPC stream with the rows of one group, at most `limit`. */
  readGroup(group: number, limit?: number): Promise<Uint8Array>;
  close(): void;
}

async function checkEnds(blob: Blob): Promise<void> {
  const ends = [blob.slice(0, 4), blob.slice(Math.max(0, blob.size - 4))];
  const [start, end] = await Promise.all(ends.map(async (each) => new Uint8Array(await each.arrayBuffer())));
  const isMark = (bytes: Uint8Array | undefined): boolean =>
    MARK.every((byte, index) => bytes?.[index] === byte);
  if (!isMark(start)) throw noParquet('it does not begin as Parquet does');
  if (blob.size < 12 || !isMark(end)) throw noParquet('its end is missing');
}

/** @throws ProblemError where the library says what is wrong, or says nothing for too long */
async function ask<T>(answer: Promise<T> | (() => T)): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noParquet('a part of it gives no answer')), ANSWER_LIMIT_MS);
  });
  try {
    return await Promise.race([typeof answer === 'function' ? Promise.resolve().then(answer) : answer, late]);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw noParquet(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}

async function openParquet(blob: Blob): Promise<ParquetFile> {
  await checkEnds(blob);
  const parquet: ParquetModule = await loadParquet();
  const isWhole = blob.size <= MOST_WHOLE_BYTES;
  const bytes = isWhole ? new Uint8Array(await blob.arrayBuffer()) : null;
  if (bytes !== null) await ask(() => parquet.readSchema(bytes).free());
  const file = await ask(parquet.ParquetFile.fromFile(blob));
  const metadata = file.metadata();
  return {
    groups: metadata.numRowGroups(),
    rowCount: metadata.fileMetadata().numRows(),
    async readGroup(group, limit) {
      const options = {
        rowGroups: [group],
        batchSize: BATCH_ROWS,
        ...(limit === undefined ? {} : { limit }),
      };
      if (bytes !== null)
        return ask(() => parquet.readParquet(bytes, group < 0 ? {} : options).intoIPCStream());
      const table = await ask(file.read(options));
      return table.intoIPCStream();
    },
    close: () => file.free(),
  };
}

function expression(column: ColumnType, asked: string | undefined): string {
  const name = quoteIdentifier(column.name);
  if (asked !== undefined && asked !== column.type) return `TRY_CAST(${name} AS ${asked})`;
  return column.type === ZONED_TYPE ? `CAST(${name} AS TIMESTAMP)` : name;
}

function misfitOf(column: ColumnType, asked: string): string {
  const name = quoteIdentifier(column.name);
  return `(${name} IS NOT NULL AND ${expression(column, asked)} IS NULL) OR ${cutSql(name, column.type, asked)}`;
}

/** Days and months of an INTERVAL arrive as other figures: rather none than wrong ones. */
function refuseIntervals(columns: readonly ColumnType[]): void {
  const wrong = columns.filter(({ type }) => type.includes('INTERVAL')).map(({ name }) => `“${name}”`);
  if (wrong.length === 0) return;
  throw new ProblemError({
    code: 'import-parquet-type',
    message: `${wrong.join(', ')} ${wrong.length === 1 ? 'is' : 'are'} of type INTERVAL, which cannot be read without changing values.`,
    hint: 'Write it as text or as a number of seconds, and open that file.',
  });
}

class GroupTable {
  readonly #port: DuckPort;
  readonly #options: ParquetImportOptions;
  readonly #part: string;
  readonly #stage: string;
  #inFile: readonly ColumnType[] = [];
  #rows = 0;
  readonly rejected: RejectedLine[] = [];
  rejectedCount = 0;

  constructor(port: DuckPort, options: ParquetImportOptions, number: number) {
    this.#port = port;
    this.#options = options;
    this.#part = `_sl_parquet_${number}_part`;
    this.#stage = `_sl_parquet_${number}`;
  }

  get stage(): string {
    return this.#stage;
  }

  get inFile(): readonly ColumnType[] {
    return this.#inFile;
  }

  async add(stream: Uint8Array): Promise<void> {
    await this.#run(`DROP TABLE IF EXISTS ${tableOf(this.#part)}`);
    try {
      await this.#port.insertArrow(this.#part, stream);
    } catch (error) {
      if (error instanceof DuckCrashed) throw error;
      throw noParquet(
        `a column has a type the engine does not take (${error instanceof Error ? error.message : String(error)})`,
      );
    }
    const isFirst = this.#inFile.length === 0;
    if (isFirst) this.#inFile = await describeColumns(this.#port, this.#part);
    refuseIntervals(this.#inFile);
    await this.#reject();
    const list = this.#inFile.map((column) => {
      const name = this.#options.rename?.[column.name] ?? column.name;
      return `${expression(column, this.#options.types?.[column.name])} AS ${quoteIdentifier(name)}`;
    });
    const misfit = this.#misfit();
    const select = `SELECT ${list.join(', ')} FROM ${tableOf(this.#part)}${misfit === null ? '' : ` WHERE NOT (${misfit})`}`;
    await this.#run(
      isFirst
        ? `CREATE TABLE ${tableOf(this.#stage)} AS ${select}`
        : `INSERT INTO ${tableOf(this.#stage)} ${select}`,
    );
  }

  #doubtful(): readonly ColumnType[] {
    const { types = {} } = this.#options;
    return this.#inFile.filter(({ name, type }) => types[name] !== undefined && types[name] !== type);
  }

  #misfit(): string | null {
    const { types = {} } = this.#options;
    const each = this.#doubtful().map((column) => {
      return `(${misfitOf(column, types[column.name] ?? column.type)})`;
    });
    return each.length === 0 ? null : each.join(' OR ');
  }

  async #reject(): Promise<void> {
    const { types = {} } = this.#options;
    const { from, number } = numberedTable(this.#inFile, tableOf(this.#part));
    for (const column of this.#doubtful()) {
      const name = quoteIdentifier(column.name);
      const type = types[column.name] ?? column.type;
      const sql = `SELECT CAST(${number} + 1 AS VARCHAR), CAST(${cutSql(name, column.type, type)} AS VARCHAR),
        left(CAST(${name} AS VARCHAR), 200) FROM ${from} WHERE ${misfitOf(column, type)} LIMIT ${MOST_LISTED}`;
      for (const [row, isCut, text] of readTextRows(await this.#port.query(sql, 'work'))) {
        if (this.rejected.length >= MOST_LISTED) break;
        const reason = isCut === 'true' ? cutReason(type) : `A value could not be read as ${type}.`;
        this.rejected.push({
          line: this.#rows + Number(row),
          column: column.name,
          reason,
          text: text ?? null,
        });
      }
    }
    const misfit = this.#misfit();
    const count = misfit === null ? '0' : `count(*) FILTER (WHERE ${misfit})`;
    const sql = `SELECT CAST(count(*) AS VARCHAR), CAST(${count} AS VARCHAR) FROM ${tableOf(this.#part)}`;
    const [rows, left] = readTextRows(await this.#port.query(sql, 'work'))[0] ?? [];
    this.#rows += Number(rows ?? 0);
    this.rejectedCount += Number(left ?? 0);
  }

  async dispose(): Promise<void> {
    for (const name of [this.#part, this.#stage])
      await this.#run(`DROP TABLE IF EXISTS ${tableOf(name)}`).catch(() => {});
  }

  async finish(into: string): Promise<void> {
    await this.#run(`DROP TABLE IF EXISTS ${tableOf(into)}`);
    await this.#run(`ALTER TABLE ${tableOf(this.#stage)} RENAME TO ${quoteIdentifier(into)}`);
  }

  async #run(sql: string): Promise<void> {
    await this.#port.query(sql, 'work');
  }
}

let lastNumber = 0;

async function fill(table: GroupTable, part: InputPart, watch: ReadWatch, limit?: number): Promise<void> {
  const file = await openParquet(part.blob);
  try {
    const groups = limit === undefined ? file.groups : Math.min(1, file.groups);
    if (groups === 0) await table.add(await file.readGroup(-1));
    for (let group = 0; group < groups; group++) {
      if (watch.isCancelled()) throw new DuckCancelled();
      await table.add(await file.readGroup(group, limit));
      watch.onProgress((group + 1) / groups);
    }
  } finally {
    file.close();
  }
}

function settled(table: GroupTable, options: ParquetImportOptions): ParquetImportOptions {
  const asked = options.types ?? {};
  const types = Object.fromEntries(
    table.inFile.map(({ name, type }) => [name, asked[name] ?? (type === ZONED_TYPE ? 'TIMESTAMP' : type)]),
  );
  return { ...options, types };
}

function notesOf(table: GroupTable): string[] {
  const zoned = table.inFile.filter(({ type }) => type === ZONED_TYPE).map(({ name }) => `“${name}”`);
  return zoned.length === 0
    ? []
    : [`${zoned.join(', ')}: timestamps with a time zone are kept as the same instant in UTC.`];
}

const QUIET: ReadWatch = { isCancelled: () => false, onProgress: () => {} };

async function readParquetFile(
  port: DuckPort,
  part: InputPart,
  options: ParquetImportOptions,
  into: string,
  watch: ReadWatch,
): Promise<PartReport> {
  const table = new GroupTable(port, options, ++lastNumber);
  try {
    await fill(table, part, watch);
    await table.finish(into);
    const { rejected, rejectedCount } = table;
    return {
      ...(await describeTable(port, into)),
      rejected,
      rejectedCount,
      options: settled(table, options),
      notes: notesOf(table),
    };
  } finally {
    await table.dispose();
  }
}

export const parquetReader: FormatReader<ParquetImportOptions> = {
  previewMakesTables: true,
  adopt: (options) =>
    options.format === 'parquet' ? options : { ...commonOptions(options), format: 'parquet' },
  async preview(port, part, options, rows) {
    const table = new GroupTable(port, options, ++lastNumber);
    try {
      await fill(table, part, QUIET, rows);
      const columns = await describeColumns(port, table.stage);
      const cells = await port.query(
        `SELECT ${cellSelectList(columns)} FROM ${tableOf(table.stage)} LIMIT ${rows}`,
        'work',
      );
      const { rejected, rejectedCount } = table;
      return {
        options: settled(table, options),
        choices: {},
        columns,
        rows: readCells(cells, columns),
        notes: notesOf(table),
        rejected,
        rejectedCount,
      };
    } finally {
      await table.dispose();
      await dropTable(port, table.stage);
    }
  },
  read: readParquetFile,
};
