// Writes docs/macros.md from the headers of sql-macros/; `--check` writes nothing and fails where the page is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readMacroFiles } from '../src/headless/macro-files.ts';
import { unwrap } from '../src/lib/base/result.ts';
import { buildRegistry } from '../src/lib/macros/registry.ts';
import { writeReference } from '../src/lib/macros/reference.ts';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'macros.md');

function main(isCheck: boolean): number {
  const page = writeReference(unwrap(buildRegistry(readMacroFiles())));
  if (!isCheck) {
    writeFileSync(PAGE, page);
    return 0;
  }
  if (existsSync(PAGE) && readFileSync(PAGE, 'utf8') === page) return 0;
  process.stderr.write(
    'docs/macros.md is not what sql-macros/ says. Run: node scripts/build-macro-docs.ts\n',
  );
  return 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = main(process.argv.includes('--check'));
