// One real engine for the tests of this folder, and profiles of tables made from a SELECT.
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { profileColumns } from '../../../src/lib/profile/profile-columns.ts';
import type { ColumnProfile } from '../../../src/lib/profile/profile-types.ts';

export async function openEngine(): Promise<Engine> {
  const engine = createNodeEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1 }));
  return engine;
}

export async function makeTable(engine: Engine, sql: string): Promise<string> {
  unwrap(await engine.run({ runId: 'made', sql, into: 'made' }));
  return 'made';
}

/** The profile of the only column, or the first of several. */
export async function profileOne(engine: Engine, sql: string, exactUpTo?: number): Promise<ColumnProfile> {
  const relation = await makeTable(engine, sql);
  const request = exactUpTo === undefined ? {} : { exactUpTo };
  const [profile] = unwrap(await profileColumns({ engine, relation, ...request })).columns;
  if (!profile) throw new Error('The relation has no column.');
  return profile;
}

/** `SELECT x` of a one-column table of these SQL literals, the first of which gives the type. */
export const valuesOf = (...literals: readonly string[]): string =>
  `SELECT x FROM (VALUES ${literals.map((literal) => `(${literal})`).join(', ')}) t(x)`;

/** Bins as `[from, to, count]`. */
export function binsOf(profile: ColumnProfile): readonly (readonly unknown[])[] {
  return (profile.histogram?.bins ?? []).map(({ from, to, count }) => [from, to, count]);
}
