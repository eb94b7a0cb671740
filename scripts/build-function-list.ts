// Writes the functions that a cell may call from the engine's own list; `--check` writes nothing and fails where it is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createNodeParser } from '../src/headless/parse-sql.ts';
import { loadRegistry, openEngine } from '../src/headless/workbench.ts';
import { unwrap } from '../src/lib/base/result.ts';
import { guardStatement } from '../src/lib/lineage/guard.ts';

const LIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'src/lib/ui/editor/engine-functions.json');

const ASK = `
  SELECT function_name AS name, any_value(function_type) AS kind,
    arg_min(array_to_string(parameters, ', '), len(parameters)) AS parameters,
    coalesce(any_value(description), '') AS description
  FROM duckdb_functions()
  WHERE schema_name = 'main' AND function_type IN ('scalar', 'aggregate', 'macro')
    AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')
  GROUP BY ALL ORDER BY name LIMIT 1000`;

/** Every function a cell may call: name, kind, parameters, purpose. */
export async function listFunctions(): Promise<string> {
  const engine = unwrap(await openEngine(loadRegistry(), 1));
  const parse = await createNodeParser();
  unwrap(await engine.run({ runId: 'functions', sql: ASK, into: 'functions' }));
  const page = unwrap(await engine.page({ relation: 'functions', offset: 0, limit: 1000 }));
  await engine.dispose();
  const seen = new Set<string>();
  const lines = page.rows.flatMap((row) => {
    const name = String(row[0]);
    const tree = parse(`SELECT ${name}(x)`);
    if (seen.has(name) || !tree.ok || guardStatement(tree.value) !== null) return [];
    seen.add(name);
    return [JSON.stringify(row.map((value) => String(value ?? '').replace(/\s+/g, ' ')))];
  });
  return `[\n  ${lines.join(',\n  ')}\n]\n`;
}

async function main(isCheck: boolean): Promise<number> {
  const list = await listFunctions();
  if (!isCheck) {
    writeFileSync(LIST, list);
    return 0;
  }
  if (existsSync(LIST) && readFileSync(LIST, 'utf8') === list) return 0;
  process.stderr.write('The list of functions is stale. Run: node scripts/build-function-list.ts\n');
  return 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await main(process.argv.includes('--check'));
