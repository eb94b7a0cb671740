// Disclosure risk against figures known from elsewhere and counted by hand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeEngine } from '../../../src/headless/engine.ts';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { measureRisk } from '../../../src/lib/risk/risk.ts';

const engine: Engine = createNodeEngine();
beforeAll(async () => {
  unwrap(await engine.open({ macroScripts: [], threads: 1 }));
});
afterAll(() => engine.dispose());

async function tableOf(sql: string): Promise<string> {
  unwrap(await engine.run({ runId: 'made', sql, into: 'made' }));
  return 'made';
}

const NONE = { tCloseness: null, lDiversity: null, nullTreatment: 'own-value' } as const;

describe('classes of equal quasi-identifiers', () => {
  it("agrees with ARX's own tests on adult.csv", async () => {
    const path = new URL('../../data/adult.csv', import.meta.url).pathname;
    const options = { format: 'csv', delimiter: ';' } as const;
    const report = unwrap(
      await engine.importFile({ importId: 'a', table: 'adult', handle: { path }, options }),
    );
    const quasi = report.columns.map((column) => column.name);
    expect(quasi).toHaveLength(9);
    expect(unwrap(await measureRisk({ engine, relation: 'adult', quasi }))).toEqual({
      ...NONE,
      rows: 30162,
      classes: 19502,
      k: 1,
      prosecutorMax: 1,
      prosecutorAverage: 0.6465751607983555,
      recordsAtRisk: 23470 / 30162,
      uniqueness: 15512 / 30162,
    });
  });

  it('counts by hand', async () => {
    const relation = await tableOf(
      `SELECT * FROM (VALUES ('a', 1), ('a', 1), ('a', 2), ('b', 3), ('b', 3)) t(q, s)`,
    );
    expect(unwrap(await measureRisk({ engine, relation, quasi: ['q'], sensitive: 's', k: 3 }))).toEqual({
      ...NONE,
      rows: 5,
      classes: 2,
      k: 2,
      prosecutorMax: 0.5,
      prosecutorAverage: 0.4,
      recordsAtRisk: 0.4,
      uniqueness: 0,
      lDiversity: 1,
    });
  });

  it('takes NULL, NaN and empty text for values of their own', async () => {
    const relation = await tableOf(
      `SELECT * FROM (VALUES (NULL, 'NaN'::DOUBLE, NULL), (NULL, 'NaN'::DOUBLE, 'x'), ('', 1.0, 'y'), ('', 1.0, 'y')) t(a, b, s)`,
    );
    expect(unwrap(await measureRisk({ engine, relation, quasi: ['a', 'b'], sensitive: 's' }))).toMatchObject({
      rows: 4,
      classes: 2,
      k: 2,
      lDiversity: 1,
    });
    expect(unwrap(await measureRisk({ engine, relation, quasi: ['b'], sensitive: 'a' }))).toMatchObject({
      lDiversity: 1,
    });
    expect(unwrap(await measureRisk({ engine, relation, quasi: [], sensitive: 's' }))).toMatchObject({
      k: 4,
      lDiversity: 3,
    });
  });

  it('finds no risk in a table without rows', async () => {
    const relation = await tableOf('SELECT 1 AS q, 2 AS s WHERE FALSE');
    const nothing = {
      ...NONE,
      rows: 0,
      classes: 0,
      k: 0,
      prosecutorMax: 0,
      prosecutorAverage: 0,
      recordsAtRisk: 0,
      uniqueness: 0,
    };
    expect(unwrap(await measureRisk({ engine, relation, quasi: ['q'], sensitive: 's' }))).toEqual(nothing);
    expect(unwrap(await measureRisk({ engine, relation, quasi: [] }))).toEqual(nothing);
  });

  it('accepts any column name and refuses one that is not there', async () => {
    const relation = await tableOf(`SELECT 1 AS "a""b; --", [1] AS l, {'x': 1} AS s`);
    expect(unwrap(await measureRisk({ engine, relation, quasi: ['a"b; --', 'l', 's'] }))).toMatchObject({
      k: 1,
    });
    expect(await measureRisk({ engine, relation, quasi: ['nowhere'] })).toMatchObject({ ok: false });
    expect(await measureRisk({ engine, relation, quasi: [], k: Number.NaN })).toMatchObject({
      ok: false,
      error: { code: 'risk-limit' },
    });
  });
});
