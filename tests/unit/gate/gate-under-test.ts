// What the gate's tests share: the shipping macros, lineage by hand, and one published relation in the real engine.
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { readMacroFiles } from '../../../src/headless/macro-files.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import { sha256Hex } from '../../../src/lib/base/sha256.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { GateFile, GateInput, SourceLevel } from '../../../src/lib/gate/gate-input.ts';
import type {
  ColumnLineage,
  DirectEdge,
  FunctionStep,
  IndirectEdge,
  IndirectKind,
  RelationLineage,
} from '../../../src/lib/lineage/lineage-types.ts';
import { buildRegistry } from '../../../src/lib/macros/registry.ts';

export const registry = unwrap(buildRegistry(readMacroFiles()));

export async function openEngine(): Promise<Engine> {
  const engine = createNodeEngine();
  unwrap(await engine.open({ threads: 1, macroScripts: registry.macros.map((macro) => macro.script) }));
  unwrap(
    await engine.setHmacPads({ inner: new Uint8Array(64).fill(54), outer: new Uint8Array(64).fill(92) }),
  );
  return engine;
}

/** `hmac_sha256!` is the library's macro, `upper` any other function. */
export function steps(...names: readonly string[]): readonly FunctionStep[] {
  return names.map((name) => ({
    name: name.replace('!', ''),
    isLibraryMacro: name.endsWith('!'),
    argument: 0,
  }));
}

/** A direct edge from `users.<from>` to `safe.<to>`. */
export function direct(from: string, to: string, via: readonly FunctionStep[] = []): DirectEdge {
  const kind = via.length === 0 ? 'identity' : 'transformation';
  return { from: { relation: 'users', column: from }, kind, via, path: [`users.${from}`, `safe.${to}`] };
}

export function indirect(from: string, kind: IndirectKind, via: readonly FunctionStep[] = []): IndirectEdge {
  return { from: { relation: 'users', column: from }, kind, via, path: [`users.${from}`, 'safe'] };
}

/** A column that comes from one source column, or from nowhere. */
export function column(
  name: string,
  edges: readonly DirectEdge[] = [],
  decided: readonly IndirectEdge[] = [],
): ColumnLineage {
  return { name, direct: edges, indirect: decided };
}

export function lineageOf(
  columns: readonly ColumnLineage[],
  decided: readonly IndirectEdge[] = [],
): RelationLineage {
  return { relation: 'safe', columns, indirect: decided, unknown: null };
}

export const SOURCES: readonly SourceLevel[] = [
  { relation: 'users', column: 'id', sensitivity: 'none', entity: null },
  { relation: 'users', column: 'email', sensitivity: 'direct', entity: 'EMAIL_ADDRESS' },
  { relation: 'users', column: 'phone', sensitivity: 'direct', entity: 'PHONE_NUMBER' },
  { relation: 'users', column: 'cc', sensitivity: 'direct', entity: 'CREDIT_CARD' },
  { relation: 'users', column: 'name', sensitivity: 'direct', entity: 'PERSON' },
  { relation: 'users', column: 'birthdate', sensitivity: 'direct', entity: 'DATE_TIME' },
  { relation: 'users', column: 'score', sensitivity: 'direct', entity: null },
  { relation: 'users', column: 'pin', sensitivity: 'secret', entity: 'PASSWORD' },
  { relation: 'users', column: 'country', sensitivity: 'quasi', entity: 'COUNTRY' },
  { relation: 'users', column: 'age', sensitivity: 'quasi', entity: 'AGE' },
  { relation: 'users', column: 'salary', sensitivity: 'none', entity: null },
];

export async function csvFile(text: string, path = 'data/users.csv'): Promise<GateFile> {
  const bytes = new TextEncoder().encode(text);
  return { path, format: 'csv', sha256: await sha256Hex(bytes), bytes };
}

/** Runs `sql` into `safe` and puts together what the gate needs of it, with the CSV file the engine writes. */
export async function publicationOf(
  engine: Engine,
  sql: string,
  columns: readonly ColumnLineage[] | null,
  more: Partial<Omit<GateInput, 'engine'>> = {},
): Promise<GateInput> {
  const report = unwrap(await engine.run({ runId: 'safe', sql, into: 'safe' }));
  const files: GateFile[] = [];
  for (const format of ['csv', 'parquet', 'json'] as const) {
    const { bytes } = unwrap(await engine.export({ relation: 'safe', format, order: [] }));
    files.push({ path: `data/safe.${format}`, format, sha256: await sha256Hex(bytes), bytes });
  }
  return {
    columns: report.columns,
    rowCount: report.rowCount,
    lineage: lineageOf(columns ?? report.columns.map(({ name }) => column(name))),
    sources: SOURCES,
    registry,
    policy: { k: 1, quasi: [] },
    checks: [],
    metadata: { names: [], removed: [], isPartial: false },
    origins: [],
    goesTo: 'elsewhere',
    files,
    engine,
    ...more,
  };
}
