// What a step would change, measured in the shipping engine.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { writeStepSql } from '../../../src/lib/notebook/steps/step-kinds.ts';
import type { StepSpec } from '../../../src/lib/notebook/steps/step-types.ts';
import { measureStep } from '../../../src/lib/run/step-figures.ts';
import { openEngine } from '../gate/gate-under-test.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
  const make = async (into: string, sql: string) => unwrap(await engine.run({ runId: into, sql, into }));
  await make(
    'many',
    `SELECT i AS id, CASE WHEN i % 100 = 7 THEN NULL ELSE i * 1.0 END AS n FROM range(1000) r(i)`,
  );
  await make('lands', `SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (5000, 'c')) t(code, label)`);
  await make('odd', `SELECT 1 AS "we""ird", 2 AS "_sl_b"`);
});
afterAll(() => engine.dispose());

async function measure(step: StepSpec) {
  unwrap(await engine.run({ runId: 'made', sql: writeStepSql(step), into: 'made' }));
  return unwrap(await measureStep({ engine, step, result: 'made' }));
}

describe('the figures of a step', () => {
  it('count changed values and show rows in which something changes first', async () => {
    const figures = await measure({
      kind: 'impute-value',
      of: 'many',
      parameters: { column: 'n', value: 0 },
    });
    expect([figures.rowsBefore, figures.rowsAfter, figures.changed]).toEqual([
      1000,
      1000,
      [{ column: 'n', values: 10, nulled: 0 }],
    ]);
    expect(figures.rows).toHaveLength(10);
    expect(figures.rows[0]).toMatchObject({ before: [7, null], isChanged: [false, true] });
    expect(figures.match).toBeNull();
  });

  it('show the first rows where nothing changes, and new columns as changed', async () => {
    const same = await measure({
      kind: 'impute-value',
      of: 'odd',
      parameters: { column: 'we"ird', value: 0 },
    });
    expect([same.changed, same.rows.length]).toEqual([[], 1]);
    const added = await measure({ kind: 'encode-label', of: 'odd', parameters: { column: 'we"ird' } });
    expect(added.rows[0]?.isChanged).toEqual([false, false, true]);
  });

  it('count a number of another type as the same value', async () => {
    const sql = 'SELECT * FROM (VALUES (1, 20), (2, NULL), (3, 40), (4, 9007199254740993)) t(id, n)';
    unwrap(await engine.run({ runId: 'whole', sql, into: 'whole' }));
    const figures = await measure({ kind: 'impute-mean', of: 'whole', parameters: { column: 'n' } });
    // The last one loses a digit as a DOUBLE.
    expect(figures.changed).toEqual([{ column: 'n', values: 2, nulled: 0 }]);
    expect(figures.rows.map(({ before, isChanged }) => [before?.[0], isChanged])).toEqual([
      [2, [false, true]],
      [4, [false, true]],
    ]);
  });

  it('say how many values become NULL', async () => {
    const sql = `SELECT * FROM (VALUES (1, '1,5'), (2, 'Jun 12 2004'), (3, NULL)) t(id, n)`;
    unwrap(await engine.run({ runId: 'texts', sql, into: 'texts' }));
    const step: StepSpec = { kind: 'parse', of: 'texts', parameters: { column: 'n', format: ',' } };
    expect((await measure(step)).changed).toEqual([{ column: 'n', values: 2, nulled: 1 }]);
  });

  it('say how many rows are left where rows go, and lay nothing side by side', async () => {
    const step: StepSpec = {
      kind: 'filter',
      of: 'many',
      parameters: { where: [{ column: 'id', is: '<', value: 30 }] },
    };
    const figures = await measure(step);
    expect([figures.rowsBefore, figures.rowsAfter, figures.changed, figures.rows.length]).toEqual([
      1000,
      30,
      null,
      20,
    ]);
    expect(figures.rows[0]?.before).toBeNull();
  });

  it('say how much of a join matches on both sides', async () => {
    const step: StepSpec = {
      kind: 'join',
      of: 'many',
      parameters: { with: 'lands', on: { id: 'code' }, take: ['label'] },
    };
    expect((await measure(step)).match).toEqual({ matched: 2, unmatchedRight: 1 });
  });

  it('list outliers to look at, the farthest first, those that are kept among them', async () => {
    unwrap(
      await engine.run({
        runId: 'far',
        into: 'far',
        sql: 'SELECT i % 10 AS n FROM range(200) r(i) UNION ALL VALUES (100), (100), (-50), (40), (NULL)',
      }),
    );
    const parameters = { column: 'n', action: 'remove', keep: [40] };
    const figures = await measure({ kind: 'outliers', of: 'far', parameters });
    expect(figures.review).toEqual([
      { value: 100, rows: 2, side: 'above' },
      { value: -50, rows: 1, side: 'below' },
      { value: 40, rows: 1, side: 'above' },
    ]);
    expect([figures.rowsBefore, figures.rowsAfter]).toEqual([205, 202]);
    const clip = await measure({ kind: 'outliers', of: 'far', parameters: { column: 'n', action: 'clip' } });
    expect(clip.review).toBeNull();
  });
});
