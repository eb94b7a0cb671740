// The engine's results as Arrow batches; must not know what they are for.
import { RecordBatchReader, tableFromIPC } from 'apache-arrow';
import type { RecordBatch, Schema } from 'apache-arrow';
import type { ColumnType } from '../../../src/lib/engine/contract.ts';
import { quoteIdentifier } from '../../../src/lib/base/sql-text.ts';
import type { DuckPort, DuckWatch } from '../duck-port.ts';

/** Over the writing of a file. */
export interface WriteWatch extends DuckWatch {
  /** Rows written so far. */
  onRows?(count: number): void;
}

export interface ResultStream {
  readonly schema: Schema;
  readonly batches: AsyncIterable<RecordBatch>;
}

/** Starts the statement; batches come one by one as they are asked for. @throws DuckCancelled */
export async function openResult(port: DuckPort, sql: string, watch?: DuckWatch): Promise<ResultStream> {
  const reader = await RecordBatchReader.from(port.stream(sql, watch));
  await reader.open();
  return { schema: reader.schema, batches: reader };
}

/** Columns with the engine's own type names. */
export async function describeRelation(port: DuckPort, relation: string): Promise<readonly ColumnType[]> {
  const table = tableFromIPC(await port.query(`DESCRIBE ${quoteIdentifier(relation)}`));
  const names = table.getChild('column_name');
  const types = table.getChild('column_type');
  return Array.from({ length: table.numRows }, (_, row) => ({
    name: String(names?.get(row)),
    type: String(types?.get(row)),
  }));
}
