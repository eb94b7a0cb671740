// What every command needs: an engine with the macro library, files as tables, the parser; opened when first asked.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { sha256HexOfStream } from '../lib/base/sha256.ts';
import { ProblemError, succeed, unwrap, type Result } from '../lib/base/result.ts';
import type { Engine, ImportReport, SourceHandle } from '../lib/engine/contract.ts';
import type { MacroRegistry } from '../lib/macros/macro-types.ts';
import { buildRegistry } from '../lib/macros/registry.ts';
import { createNodeEngine } from './engine.ts';
import { readMacroFiles } from './macro-files.ts';

/** @throws ProblemError where the library on disk is damaged. */
export function loadRegistry(): MacroRegistry {
  return unwrap(buildRegistry(readMacroFiles()));
}

/** A fresh engine with the library loaded; the caller disposes of it. */
export async function openEngine(registry: MacroRegistry, threads: 1 | 'all'): Promise<Result<Engine>> {
  const engine = createNodeEngine();
  const opened = await engine.open({ threads, macroScripts: registry.macros.map((macro) => macro.script) });
  return opened.ok ? succeed(engine) : opened;
}

/** @throws ProblemError `source-missing` where there is no such readable file. */
export function locateFile(path: string): {
  readonly handle: SourceHandle;
  readonly fileName: string;
  readonly path: string;
} {
  const full = resolve(path);
  if (!existsSync(full) || !statSync(full).isFile())
    throw new ProblemError({
      code: 'source-missing',
      message: `There is no file ${path}.`,
      hint: 'Check the path and its spelling.',
    });
  return { handle: { path: full }, fileName: basename(full), path: full };
}

export function digestFile(path: string): Promise<string> {
  return sha256HexOfStream(createReadStream(path, { highWaterMark: 1 << 20 }));
}

/** The file's stem as a table name: other characters than letters, digits and `_` become `_`. */
export function tableNameOf(fileName: string): string {
  const stem = fileName
    .replace(/\.(gz|gzip|zip)$/i, '')
    .replace(/\.[^.]*$/, '')
    .replace(/\W/g, '_');
  return /^\d/.test(stem) ? `_${stem}` : stem || 'data';
}

/** @throws ProblemError with what is wrong with the file. */
export async function importAs(engine: Engine, table: string, path: string): Promise<ImportReport> {
  const { handle, fileName } = locateFile(path);
  const report = unwrap(
    await engine.importFile({ importId: table, table, handle, fileName, options: { format: 'auto' } }),
  );
  if (report.rejectedCount > 0)
    process.stderr.write(
      `sluice: ${report.rejectedCount} lines of ${path} could not be read and were left out, the first on line ${report.rejected[0]?.line}: ${report.rejected[0]?.reason}\n`,
    );
  for (const note of report.notes) process.stderr.write(`sluice: ${path}: ${note}\n`);
  return report;
}
