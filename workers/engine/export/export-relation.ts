// A relation of the engine as the bytes of one data file; must not know modules or where the file goes.
import type { ExportRequest, ExportedFile } from '../../../src/lib/engine/contract.ts';
import { ProblemError } from '../../../src/lib/base/result.ts';
import type { DuckPort } from '../duck-port.ts';
import { DuckError } from '../duck-port.ts';
import { printEngineType } from './engine-type.ts';
import type { ExportPlan } from './export-plan.ts';
import { planExport } from './export-plan.ts';
import type { WrittenFile } from './byte-chunks.ts';
import { writeCsvFile } from './csv-file.ts';
import { writeJsonFile } from './json-file.ts';
import { loadParquet } from './parquet-module.ts';

import { writeParquetFile } from './parquet-file.ts';
import { describeRelation, openResult } from './result-stream.ts';

/**
 * Every row, ordered by `request.order`, then by all other columns (NULLs last, text by code point).
 * Equal rows give equal bytes, whatever the engine's bundle.
 * @throws ProblemError `export-type`, `export-order`, `export-empty`, `export-range`, `export-parquet-missing`
 * @throws DuckError with the engine's words
 */
export async function exportRelation(port: DuckPort, request: ExportRequest): Promise<ExportedFile> {
  const plan = planExport(request, await describeRelation(port, request.relation));
  const file = await writeFile(port, request.format, plan).catch(explainRange);
  return {
    bytes: file.bytes,
    rowCount: file.rowCount,
    columns: plan.columns.map((column) => ({ name: column.name, type: printEngineType(column.type) })),
  };
}

async function writeFile(
  port: DuckPort,
  format: ExportRequest['format'],
  plan: ExportPlan,
): Promise<WrittenFile> {
  switch (format) {
    case 'parquet': {
      const parquet = await loadParquet();
      return writeParquetFile(parquet, await openResult(port, `SELECT * ${plan.orderedFrom}`));
    }
    case 'csv':
      return writeCsvFile(port, plan);
    case 'json':
      return writeJsonFile(port, plan);
  }
}

/** The engine's own words for it quote the value. */
export function explainRange(cause: unknown): never {
  if (!(cause instanceof DuckError) || !cause.message.includes('to DECIMAL(38,0)')) throw cause;
  throw new ProblemError({
    code: 'export-range',
    message: 'A HUGEINT column holds a number of more than 38 digits, which no DECIMAL can take.',
    hint: 'Cast the column to VARCHAR or DOUBLE in the last cell.',
  });
}
