// Every row of every macro's data test in the shipping engine, and that each test notices a broken macro.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../src/headless/engine.ts';
import { readMacroFiles } from '../../src/headless/macro-files.ts';
import { unwrap } from '../../src/lib/base/result.ts';
import type { CellValue, Engine } from '../../src/lib/engine/contract.ts';
import { padsOfKey } from '../../src/lib/key/hmac-pads.ts';
import type { MacroDefinition } from '../../src/lib/macros/macro-types.ts';
import { buildRegistry } from '../../src/lib/macros/registry.ts';
import {
  KINDS,
  listRowFiles,
  nameRowFile,
  readRows,
  REQUIRED_KINDS,
  writeCalls,
  writeComparison,
  type MacroRow,
} from './macro-rows.ts';

const registry = unwrap(buildRegistry(readMacroFiles()));
const shown = registry.macros.filter((macro) => !macro.isPrivate);

async function openEngine(macroScripts: readonly string[]): Promise<Engine> {
  const engine = createNodeEngine();
  unwrap(await engine.open({ macroScripts, threads: 1 }));
  unwrap(await engine.setHmacPads(await padsOfKey(new TextEncoder().encode('Jefe'))));
  return engine;
}

/** Null where the row holds; else what was seen instead, for each way of calling. */
async function findDifference(engine: Engine, macro: MacroDefinition, row: MacroRow): Promise<string | null> {
  for (const call of writeCalls(macro, row)) {
    const { expected } = row;
    const isValue = 'value' in expected;
    const result = await engine.query({ sql: isValue ? writeComparison(call, expected.value) : call });
    if (!isValue) {
      if (result.ok) return `no error but ${String(result.value.rows[0]?.[0])} from ${call}`;
      if (!result.error.message.includes(expected.error))
        return `another error: ${result.error.message} from ${call}`;
      continue;
    }
    if (!result.ok) return `${result.error.message} from ${call}`;
    const [differs, got, wanted]: readonly CellValue[] = result.value.rows[0] ?? [];
    if (differs !== false) return `${String(got)} instead of ${String(wanted)} from ${call}`;
  }
  return null;
}

describe('data tests', () => {
  it('exist for every public macro and for nothing else', () => {
    expect(listRowFiles()).toEqual(shown.map(nameRowFile).sort());
  });

  it.each(shown.map((macro) => [macro.name, macro] as const))('%s: cover every kind of input', (_, macro) => {
    const covered = new Set(readRows(macro).map((row) => row.kind));
    expect(REQUIRED_KINDS.filter((kind) => !covered.has(kind))).toEqual([]);
    expect([...covered].filter((kind) => !KINDS.includes(kind))).toEqual([]);
  });
});

describe('the shipped library', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(registry.macros.map((macro) => macro.script));
  });
  afterAll(() => engine.dispose());

  for (const macro of shown) {
    it.each(readRows(macro).map((row) => [row.line, row.arguments.slice(0, 80), row] as const))(
      `${macro.name}, line %i: %s`,
      async (_line, _arguments, row) => {
        expect(await findDifference(engine, macro, row)).toBeNull();
      },
    );
  }

  it.each(registry.macros.map((macro) => [macro.name, macro] as const))(
    '%s: gives what its header shows',
    async (_, macro) => {
      const sql = `SELECT CAST((${macro.example.sql}) AS VARCHAR)`;
      expect(unwrap(await engine.query({ sql })).rows).toEqual([[macro.example.result]]);
    },
  );

  it('has the parameters that the headers state, in every overload', async () => {
    const sql = `SELECT DISTINCT function_name, array_to_string(parameters, ', ') FROM duckdb_functions()
      WHERE schema_name = 'sluice' ORDER BY function_name`;
    const stated = registry.macros.map((macro) => [
      macro.name,
      macro.parameters.map((parameter) => parameter.name).join(', '),
    ]);
    expect(unwrap(await engine.query({ sql })).rows).toEqual(
      stated.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
    );
  });
});

describe('a broken library', () => {
  it('is noticed by the rows of each macro', async () => {
    const broken = shown.map((macro) => {
      const names = macro.parameters.map((parameter) => parameter.name);
      return `CREATE OR REPLACE MACRO sluice.${macro.name}(${names.join(', ')}) AS ${names[0]}`;
    });
    const engine = await openEngine(broken);
    const unnoticed: string[] = [];
    for (const macro of shown) {
      let difference: string | null = null;
      for (const row of readRows(macro)) difference ??= await findDifference(engine, macro, row);
      if (difference === null) unnoticed.push(macro.name);
    }
    await engine.dispose();
    expect(unnoticed).toEqual([]);
  });
});
