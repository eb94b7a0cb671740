// Recuts a stream of Arrow batches to a fixed number of rows; must not know the engine or any file format.
import { Data, RecordBatch, Struct } from 'apache-arrow';
import type { Schema } from 'apache-arrow';
import { joinColumn } from './arrow-join.ts';

interface Piece {
  readonly batch: RecordBatch;
  readonly start: number;
  readonly count: number;
}

function joinPieces(schema: Schema, pieces: readonly Piece[]): RecordBatch {
  const rows = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const columns = schema.fields.map((field, i) =>
    joinColumn(
      field.type,
      pieces.map(({ batch, start, count }) => ({ data: batch.data.children[i] as Data, start, count })),
    ),
  );
  return new RecordBatch(schema, new Data(new Struct(schema.fields), 0, rows, 0, {}, columns));
}

/**
 * The same rows in batches of exactly `rowsPerBatch`, the last one shorter; none where there are no rows.
 * How the input was cut leaves no trace in them.
 */
export async function* rechunk(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
  rowsPerBatch: number,
): AsyncGenerator<RecordBatch, void, undefined> {
  let pieces: Piece[] = [];
  let rows = 0;
  for await (const batch of batches) {
    for (let start = 0; start < batch.numRows;) {
      const count = Math.min(batch.numRows - start, rowsPerBatch - rows);
      pieces.push({ batch, start, count });
      rows += count;
      start += count;
      if (rows < rowsPerBatch) continue;
      yield joinPieces(schema, pieces);
      pieces = [];
      rows = 0;
    }
  }
  if (rows > 0) yield joinPieces(schema, pieces);
}
