// One real engine with the example relations and the macro library, for the tests of this folder.
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { readMacroFiles } from '../../../src/headless/macro-files.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { padsOfKey } from '../../../src/lib/key/hmac-pads.ts';
import { buildRegistry } from '../../../src/lib/macros/registry.ts';

export async function openEngine(tables: Readonly<Record<string, string>>): Promise<Engine> {
  const engine = createNodeEngine();
  const registry = unwrap(buildRegistry(readMacroFiles()));
  unwrap(await engine.open({ macroScripts: registry.macros.map((macro) => macro.script), threads: 1 }));
  unwrap(await engine.setHmacPads(await padsOfKey(new Uint8Array(32).fill(7))));
  for (const [name, sql] of Object.entries(tables)) {
    unwrap(await engine.run({ runId: name, sql, into: name }));
  }
  return engine;
}

/** Every column of a statement's result as a sorted list of texts; null where the engine refuses the statement. */
export async function valuesOf(engine: Engine, sql: string): Promise<readonly string[] | null> {
  const page = await engine.query({ sql });
  if (!page.ok) return null;
  return page.value.columns.map((_, index) =>
    JSON.stringify(page.value.rows.map((row) => JSON.stringify(row[index])).sort()),
  );
}

/** Names of the columns that the engine gives a statement's result as a table. */
export async function namesOf(engine: Engine, sql: string): Promise<readonly string[]> {
  return unwrap(await engine.run({ runId: 'result', sql, into: 'result' })).columns.map(
    (column) => column.name,
  );
}
