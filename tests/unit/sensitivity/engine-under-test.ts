// One real engine for the tests of this folder, and tables made from literals.
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { ColumnType, Engine } from '../../../src/lib/engine/contract.ts';
import { detectColumns } from '../../../src/lib/sensitivity/detect-columns.ts';
import type { ColumnFinding } from '../../../src/lib/sensitivity/sensitivity-types.ts';

export async function openEngine(): Promise<Engine> {
  const engine = createNodeEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1 }));
  return engine;
}

/** Runs a SELECT into a table and has its columns classified, by name. */
export async function detectIn(
  engine: Engine,
  sql: string,
): Promise<Readonly<Record<string, ColumnFinding>>> {
  const report = unwrap(await engine.run({ runId: 'made', sql, into: 'made' }));
  return byName(engine, 'made', report.columns);
}

export async function byName(
  engine: Engine,
  relation: string,
  columns: readonly ColumnType[],
): Promise<Readonly<Record<string, ColumnFinding>>> {
  const findings = unwrap(await detectColumns({ engine, relation, columns }));
  return Object.fromEntries(findings.map((finding) => [finding.name, finding]));
}

/** `name: entity sensitivity` of what was found; columns that hold nothing are left out. */
export function summarize(
  findings: Readonly<Record<string, ColumnFinding>>,
): Readonly<Record<string, string>> {
  const found = Object.values(findings).filter((finding) => finding.sensitivity !== 'none');
  return Object.fromEntries(
    found.map((finding) => [finding.name, `${finding.entity} ${finding.sensitivity}`]),
  );
}
