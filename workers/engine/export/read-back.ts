// A data file's bytes as a table of the engine again, so that the very bytes to be published can be judged; must not know modules.
import { tableFromIPC } from 'apache-arrow';
import type { ColumnType, ReadBackRequest } from '../../../src/lib/engine/contract.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { DuckPort } from '../duck-port.ts';
import { readCsvBytes } from './csv-read-back.ts';
import { jsonChunks } from './json-read-back.ts';
import { loadParquet } from './parquet-module.ts';
import { describeRelation } from './result-stream.ts';

export interface ReadBackReport {
  readonly columns: readonly ColumnType[];
  readonly rowCount: number;
}

const NEVER_CANCELLED = { isCancelled: () => false };

/** Rows of one batch on the way into the engine. */
const BATCH_ROWS = 65_536;

/**
 * Fills `request.into` with every row of the file, replacing it. Parquet comes with its types; CSV as VARCHAR in every
 * column; JSON as VARCHAR too, nested values as their JSON text. A JSON file without rows has no columns to tell: its
 * table has the one column `json`.
 * @throws ProblemError `read-back-parquet`, `read-back-csv`, `read-back-json` where the bytes are not such a file
 */
export async function readBackFile(port: DuckPort, request: ReadBackRequest): Promise<ReadBackReport> {
  await run(port, `DROP TABLE IF EXISTS ${quoteIdentifier(request.into)}`);
  switch (request.format) {
    case 'parquet':
      await appendAll(port, request.into, parquetChunks(request.bytes));
      break;
    case 'csv':
      await readCsvBytes(port, request.bytes, request.into);
      break;
    case 'json':
      await appendAll(port, request.into, jsonChunks(request.bytes, BATCH_ROWS));
      break;
  }
  const count = tableFromIPC(
    await port.query(`SELECT count(*)::DOUBLE AS n FROM ${quoteIdentifier(request.into)}`),
  );
  return {
    columns: await describeRelation(port, request.into),
    rowCount: Number(count.getChildAt(0)?.get(0)),
  };
}

function run(port: DuckPort, sql: string): Promise<void> {
  return port.execute(sql, NEVER_CANCELLED);
}

/** The first piece makes the table, the others are appended by way of a table of their own. */
async function appendAll(port: DuckPort, into: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const table = quoteIdentifier(into);
  const part = `${into}_sl_part`;
  let isFirst = true;
  for await (const piece of pieces) {
    await port.insertArrow(isFirst ? into : part, piece);
    if (!isFirst) {
      await run(port, `INSERT INTO ${table} SELECT * FROM ${quoteIdentifier(part)}`);
      await run(port, `DROP TABLE ${quoteIdentifier(part)}`);
    }
    isFirst = false;
  }
}

/**
 * One Arrow stream for each row group; one without rows where there are none. What may meet damage is done by the
 * library's synchronous calls: its asynchronous ones never answer when a damaged file makes it stop.
 */
async function* parquetChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  const parquet = await loadParquet();
  try {
    parquet.readSchema(bytes).free();
    const file = await parquet.ParquetFile.fromFile(new Blob([bytes as Uint8Array<ArrayBuffer>]));
    const groups = file.metadata().numRowGroups();
    file.free();
    if (groups === 0) yield parquet.readParquet(bytes).intoIPCStream();
    for (let group = 0; group < groups; group += 1) {
      yield parquet.readParquet(bytes, { rowGroups: [group], batchSize: BATCH_ROWS }).intoIPCStream();
    }
  } catch (cause) {
    throw new ProblemError({
      code: 'read-back-parquet',
      message: `The file cannot be read as Parquet: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: 'The file is damaged or was changed after it was written; publish it again from its notebook.',
    });
  }
}
