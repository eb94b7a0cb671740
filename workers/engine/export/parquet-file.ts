// Arrow batches into the bytes of one Parquet file; must not know the engine.
import type { RecordBatch } from 'apache-arrow';
import { RecordBatchStreamWriter, Schema } from 'apache-arrow';
import type { RecordBatch as WasmBatch, WriterProperties } from 'parquet-wasm/esm';
import { rechunk } from './arrow-rechunk.ts';
import type { WrittenFile } from './byte-chunks.ts';
import { joinChunks } from './byte-chunks.ts';
import type { ParquetModule } from './parquet-module.ts';
import type { ResultStream, WriteWatch } from './result-stream.ts';

/** Rows of a row group, as DuckDB writes them. Part of the format: another number makes other bytes. */
const ROWS_PER_GROUP = 122_880;

/** `created_by` of every file; the version is that of the format, not of the app. */
const CREATED_BY = 'sluice module 1';

function writerProperties(parquet: ParquetModule): WriterProperties {
  return new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.ZSTD)
    .setWriterVersion(parquet.WriterVersion.V1)
    .setStatisticsEnabled(parquet.EnabledStatistics.Chunk)
    .setMaxRowGroupSize(ROWS_PER_GROUP)
    .setCreatedBy(CREATED_BY)
    .build();
}

/** Column names and types only: what the engine puts into schema metadata is not part of the file. */
function plainSchema(schema: Schema): Schema {
  return new Schema(schema.fields);
}

function toIpc(schema: Schema, batch: RecordBatch | null): Uint8Array {
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  if (batch !== null) writer.write(batch);
  return writer.finish().toUint8Array(true);
}

function toWasm(parquet: ParquetModule, batch: RecordBatch): WasmBatch {
  const table = parquet.Table.fromIPCStream(toIpc(batch.schema, batch));
  const first = table.recordBatch(0);
  table.free();
  if (first === undefined) throw new Error('an Arrow batch was lost on its way to the Parquet library');
  return first;
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return joinChunks(chunks);
}

async function writeBatches(
  parquet: ParquetModule,
  first: RecordBatch,
  rest: AsyncGenerator<RecordBatch, void, undefined>,
  watch: WriteWatch | undefined,
): Promise<WrittenFile> {
  let rowCount = 0;
  let failure: { readonly cause: unknown } | null = null;
  let upcoming: IteratorResult<RecordBatch, void> = { done: false, value: first };
  const rows = new ReadableStream<WasmBatch>(
    {
      async pull(controller) {
        try {
          if (upcoming.done) return controller.close();
          rowCount += upcoming.value.numRows;
          watch?.onRows?.(rowCount);
          controller.enqueue(toWasm(parquet, upcoming.value));
          upcoming = await rest.next();
        } catch (cause) {
          failure = { cause };
          controller.error(cause);
        }
      },
    },
    { highWaterMark: 0 },
  );
  try {
    return {
      bytes: await readAll(await parquet.transformParquetStream(rows, writerProperties(parquet))),
      rowCount,
    };
  } catch (cause) {
    // The library replaces what went wrong upstream by words of its own.
    throw (failure as { readonly cause: unknown } | null)?.cause ?? cause;
  }
}

/**
 * Zstandard, one row group for each 122,880 rows, no timestamps: equal rows give equal bytes, however the engine cut
 * its batches. Holds one row group of raw values and the compressed file in memory.
 */
export async function writeParquetFile(
  parquet: ParquetModule,
  result: ResultStream,
  watch?: WriteWatch,
): Promise<WrittenFile> {
  const schema = plainSchema(result.schema);
  const batches = rechunk(schema, result.batches, ROWS_PER_GROUP);
  const first = await batches.next();
  if (!first.done) return writeBatches(parquet, first.value, batches, watch);
  const empty = parquet.Table.fromIPCStream(toIpc(schema, null));
  return { bytes: joinChunks([parquet.writeParquet(empty, writerProperties(parquet))]), rowCount: 0 };
}
