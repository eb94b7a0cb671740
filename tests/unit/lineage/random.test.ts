import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeParser } from '../../../src/headless/parse-sql.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { analyzeStatement } from '../../../src/lib/lineage/analyze-statement.ts';
import type { RelationLineage } from '../../../src/lib/lineage/lineage-types.ts';
import { namesOf, openEngine, valuesOf } from './engine-under-test.ts';
import { changedTables, findUncovered, type Mutation } from './mutation-oracle.ts';
import { RANDOM_COLUMNS, RANDOM_ROWS, randomStatements } from './random-statements.ts';

const parse = await createNodeParser();
const SEED = 20_260_101;
const COUNT = 200;

const MUTATIONS: readonly Mutation[] = Object.entries(RANDOM_COLUMNS).flatMap(([relation, columns]) =>
  columns.flatMap((column) => [
    {
      relation,
      column,
      token: 'QXZ',
      changed: `${relation}_${column}_token`,
      sql: `SELECT * REPLACE (${column} || 'QXZ' AS ${column}) FROM (${RANDOM_ROWS[relation]})`,
    },
    {
      relation,
      column,
      token: null,
      changed: `${relation}_${column}_other`,
      sql: `SELECT * REPLACE (CASE WHEN ${column} LIKE '%1' THEN 'b2' ELSE 'k1' END AS ${column}) FROM (${RANDOM_ROWS[relation]})`,
    },
  ]),
);

function lineageOf(sql: string): RelationLineage {
  const tree = unwrap(parse(sql));
  const inputs = (name: string) => {
    const columns = RANDOM_COLUMNS[name.toLowerCase()];
    return columns ? { name: name.toLowerCase(), columns } : null;
  };
  return analyzeStatement({ tree, relation: 'cell', inputs, isLibraryMacro: () => false });
}

describe('random statements against the engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({ ...RANDOM_ROWS, ...changedTables(MUTATIONS) });
  });
  afterAll(() => engine.dispose());

  it(`foresees every change in ${COUNT} statements that the engine runs`, { timeout: 240_000 }, async () => {
    const wrong: string[] = [];
    let followed = 0;
    const unknown: string[] = [];
    for (const sql of randomStatements(SEED, COUNT * 2)) {
      if (followed === COUNT) break;
      const statement = { sql, tree: unwrap(parse(sql)), lineage: lineageOf(sql) };
      if (statement.lineage.unknown) {
        if ((await valuesOf(engine, sql)) !== null) unknown.push(sql);
        continue;
      }
      const uncovered = await findUncovered(engine, statement, MUTATIONS);
      if (uncovered === null) continue;
      followed++;
      const actual = await namesOf(engine, sql);
      const names = statement.lineage.columns.map((column, index) => column.name || actual[index]);
      if (names.join() !== actual.join())
        wrong.push(`${sql}: ${names.join()} where the engine has ${actual.join()}`);
      wrong.push(...uncovered.map((one) => `${sql}: ${one}`));
    }
    expect(wrong).toEqual([]);
    expect(followed).toBe(COUNT);
    expect(unknown.length).toBeLessThan(COUNT / 5);
  });
});
