// `sluice query FILE… "SQL"`: SQL with the macro library over files as tables.
import { ProblemError, unwrap } from '../../lib/base/result.ts';
import type { CellValue, Engine } from '../../lib/engine/contract.ts';
import { guardStatement } from '../../lib/lineage/guard.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import { wrongUse } from '../command-outcome.ts';
import { readKeyPads } from '../key-file.ts';
import { createNodeParser } from '../parse-sql.ts';
import { formatTable } from '../text-table.ts';
import { importAs, loadRegistry, openEngine, tableNameOf } from '../workbench.ts';

const RESULT = '_sluice_query_result';
const PAGE_ROWS = 1000;

async function* readRows(
  engine: Engine,
  rowCount: number,
): AsyncGenerator<readonly (readonly CellValue[])[]> {
  for (let offset = 0; offset < rowCount; offset += PAGE_ROWS)
    yield unwrap(await engine.page({ relation: RESULT, offset, limit: PAGE_ROWS })).rows;
}

async function importAll(engine: Engine, files: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  for (const file of files) {
    const table = tableNameOf(file.split(/[\\/]/).at(-1) ?? file);
    if (seen.has(table.toLowerCase()))
      throw wrongUse(`Two files would both be the table ${table}.`, 'Rename one of them.');
    seen.add(table.toLowerCase());
    await importAs(engine, table, file);
  }
}

/** @throws ProblemError where a file cannot be read or the SQL is refused or fails. */
export async function runQuery(
  files: readonly string[],
  sql: string,
  options: { readonly keyFile?: string },
): Promise<CommandOutcome> {
  const registry = loadRegistry();
  const tree = (await createNodeParser())(sql);
  if (!tree.ok) throw new ProblemError({ ...tree.error, code: 'engine-sql' });
  const refused = guardStatement(tree.value);
  if (refused) throw new ProblemError({ ...refused, code: 'usage' });
  const engine = unwrap(await openEngine(registry, 'all'));
  try {
    if (options.keyFile) unwrap(await engine.setHmacPads((await readKeyPads(options.keyFile)).pads));
    await importAll(engine, files);
    const report = unwrap(await engine.run({ runId: 'query', sql, into: RESULT }));
    const rows: (readonly CellValue[])[] = [];
    for await (const page of readRows(engine, report.rowCount)) rows.push(...page);
    const json = { columns: report.columns, rows, rowCount: report.rowCount };
    const text = formatTable(
      report.columns.map((column) => column.name),
      rows,
    );
    return { exitCode: 0, json, text: `${text}\n${report.rowCount} rows` };
  } finally {
    await engine.dispose();
  }
}
