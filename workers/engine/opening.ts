// The statements that make a fresh database ours and then lock it; must not know what runs in it later.
import { ProblemError } from '../../src/lib/base/result.ts';
import type { EngineInfo, HmacPads, OpenRequest } from '../../src/lib/engine/contract.ts';
import { readTextRows } from './cell-values.ts';
import type { DuckLane, DuckPort } from './duck-port.ts';
import { readDuckReport } from './problems.ts';

const LANES: readonly DuckLane[] = ['work', 'read'];

const SETTINGS: readonly string[] = [
  'SET autoinstall_known_extensions = false',
  'SET autoload_known_extensions = false',
  "SET allowed_directories = ['local/']",
  'SET enable_external_access = false',
];

const SCHEMAS: readonly string[] = [
  'CREATE SCHEMA sluice',
  'CREATE SCHEMA sluice_key',
  'CREATE TABLE sluice_key.pads ("inner" BLOB, "outer" BLOB)',
];

/** Settings that belong to one connection. */
const PER_LANE: readonly string[] = ['SET errors_as_json = true', "SET search_path = 'main,sluice'"];

async function runMacroScript(port: DuckPort, script: string, index: number): Promise<void> {
  try {
    await port.query(script);
  } catch (error) {
    const report = readDuckReport(error instanceof Error ? error.message : String(error));
    throw new ProblemError({
      code: 'engine-macro-script',
      message: `Macro script ${index + 1} could not be loaded: ${report.message}`,
      hint: 'This is a fault in the macro library, not in the notebook.',
      sql: script,
    });
  }
}

/**
 * Settings first, then schemas and macros, then the lock: when this returns, SQL can change no configuration, load
 * nothing and read only what is registered under `local/`.
 * @throws ProblemError `engine-macro-script`; DuckError
 */
export async function lockDown(port: DuckPort, request: OpenRequest): Promise<EngineInfo> {
  for (const statement of SETTINGS) await port.query(statement);
  for (const statement of SCHEMAS) await port.query(statement);
  for (const lane of LANES) for (const statement of PER_LANE) await port.query(statement, lane);
  for (const [index, script] of request.macroScripts.entries()) await runMacroScript(port, script, index);
  await port.query('SET lock_configuration = true');
  const rows = readTextRows(
    await port.query("SELECT version(), CAST(current_setting('threads') AS VARCHAR)"),
  );
  return { version: rows[0]?.[0] ?? '', bundle: port.bundle, threads: Number(rows[0]?.[1] ?? 1) };
}

const PAD_BYTES = 64;

function blobLiteral(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return `unhex('${hex}')`;
}

/** Replaces the pads in one transaction. @throws ProblemError `engine-pads` */
export async function writePads(port: DuckPort, pads: HmacPads): Promise<void> {
  if (pads.inner.length !== PAD_BYTES || pads.outer.length !== PAD_BYTES) {
    throw new ProblemError({
      code: 'engine-pads',
      message: 'The HMAC pads must have 64 bytes each.',
      hint: 'Derive them from the project key.',
    });
  }
  const row = `SELECT ${blobLiteral(pads.inner)} AS "inner", ${blobLiteral(pads.outer)} AS "outer"`;
  await port.query(`CREATE OR REPLACE TABLE sluice_key.pads AS ${row}`, 'work');
}
