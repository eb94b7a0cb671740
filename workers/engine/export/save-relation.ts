// A relation of the engine as a file for a person, in the order in which its rows stand; must not know where the file goes.
import type { OnProgress } from '../../../src/lib/engine/contract.ts';
import type { SavedFile, SaveRequest, SaveSettings } from '../../../src/lib/engine/save-types.ts';
import type { DuckPort } from '../duck-port.ts';
import { describeTable } from '../relation.ts';
import type { JobWatch } from '../run-queue.ts';
import type { WrittenFile } from './byte-chunks.ts';
import { writeCsvFile } from './csv-file.ts';
import { explainRange } from './export-relation.ts';
import { planSave, type ExportPlan } from './export-plan.ts';
import { writeJsonFile } from './json-file.ts';
import { writeParquetFile } from './parquet-file.ts';
import { loadParquet } from './parquet-module.ts';
import { openResult, type WriteWatch } from './result-stream.ts';

/**
 * @throws ProblemError `engine-relation-missing`, `engine-column-missing`, `export-empty`, `export-type`,
 * `export-range`, `export-parquet-missing`, `save-excel-columns`, `save-excel-text`, `save-excel-sheet`
 * @throws DuckCancelled
 */
export async function saveRelation(
  port: DuckPort,
  request: SaveRequest,
  job: JobWatch,
  onProgress?: OnProgress,
): Promise<SavedFile> {
  const table = await describeTable(port, request.relation);
  const plan = planSave(request.relation, request.columns, table.columns);
  const watch: WriteWatch = {
    isCancelled: () => job.isCancelled(),
    onRows: (count) => onProgress?.({ fraction: table.rowCount === 0 ? 1 : count / table.rowCount }),
  };
  const {
    bytes,
    rowCount,
    notes = [],
  } = await write(port, plan, request.settings, watch).catch(explainRange);
  return { bytes, rowCount, notes };
}

type NotedFile = WrittenFile & { readonly notes?: readonly string[] };

async function write(
  port: DuckPort,
  plan: ExportPlan,
  settings: SaveSettings,
  watch: WriteWatch,
): Promise<NotedFile> {
  switch (settings.format) {
    case 'delimited':
      return writeCsvFile(port, plan, settings, watch);
    case 'json':
      return writeJsonFile(port, plan, settings.layout, watch);
    case 'parquet': {
      const result = await openResult(port, `SELECT * ${plan.orderedFrom}`, watch);
      return writeParquetFile(await loadParquet(), result, watch);
    }
    case 'excel': {
      const { writeExcelFile } = await import('./excel-file.ts');
      return writeExcelFile(port, plan, settings, watch);
    }
  }
}
