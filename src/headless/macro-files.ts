// Reads the macro files from the package's own `sql-macros/` folder; must not know what is in them.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MacroFile } from '../lib/macros/registry.ts';

function findMacroFolder(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'sql-macros');
}

/**
 * Every `<topic>/<macro>.sql` with its text, by path, relative to `sql-macros/`, with `/` between.
 * @throws where the folder cannot be read.
 */
export function readMacroFiles(): readonly MacroFile[] {
  const folder = findMacroFolder();
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
