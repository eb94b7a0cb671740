import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unwrap, type Result } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { LookEngine } from '../../../src/lib/session/look-engine.ts';
import { openEngine } from '../profile/engine-under-test.ts';

const SLOW = 'SELECT count(*) AS n FROM range(40000000) a(i) WHERE hash(i) % 3 = 0';
const LARGE = 1_000_000;

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.dispose());

function look() {
  const state = { isBusy: false };
  const asker = new LookEngine({
    host: { ready: async () => ({ ok: true, value: engine }), guard: (outcome) => outcome },
    isBusy: () => state.isBusy,
  });
  return { asker, state };
}

const errorOf = (result: Result<unknown>): string => (result.ok ? '' : result.error.code);

describe('asking beside the cells', () => {
  it('answers the same in slices as in one go, and leaves no table', async () => {
    const { asker } = look();
    const { signal } = new AbortController();
    const sql = `SELECT list(i) AS l, max(i) AS m, DATE '2020-01-01' AS d FROM range(3) t(i)`;
    const whole = unwrap(await asker.measuring(10, signal).query({ sql }));
    const sliced = unwrap(await asker.measuring(LARGE, signal).query({ sql }));
    expect(sliced.rows).toEqual(whole.rows);
    expect(errorOf(await engine.describe({ relation: 'sluice_look' }))).toBe('engine-relation-missing');
  });

  it('takes rows before figures that wait', async () => {
    const { asker } = look();
    const { signal } = new AbortController();
    const done: string[] = [];
    const figures = ['a', 'b'].map((name) =>
      asker
        .measuring(10, signal)
        .query({ sql: 'SELECT 1' })
        .then(() => done.push(name)),
    );
    const rows = asker.make('SELECT 1 AS r', 'sluice_view_9', signal).then((made) => {
      done.push('rows');
      return made;
    });
    expect(unwrap(await rows)).toBe(1);
    await Promise.all(figures);
    expect(done).toEqual(['a', 'rows', 'b']);
    await asker.drop('sluice_view_9');
  });

  it('is stopped by its signal, while it waits and while it runs', async () => {
    const { asker } = look();
    const [first, second] = [new AbortController(), new AbortController()];
    const running = asker.measuring(LARGE, first.signal).query({ sql: SLOW });
    const waiting = asker.measuring(LARGE, second.signal).query({ sql: SLOW });
    second.abort();
    setTimeout(() => first.abort(), 60);
    expect(errorOf(await running)).toBe('engine-cancelled');
    expect(errorOf(await waiting)).toBe('engine-cancelled');
  });

  it('stops for a run of cells and begins again after it', async () => {
    const { asker, state } = look();
    const { signal } = new AbortController();
    const answer = asker.measuring(LARGE, signal).query({ sql: SLOW });
    await new Promise((resolve) => setTimeout(resolve, 60));
    state.isBusy = true;
    asker.makeWay();
    // In its turn on the engine: the statement before has let go.
    unwrap(await engine.run({ runId: 'cell', sql: 'SELECT 1 AS x', into: 'cell_1' }));
    state.isBusy = false;
    expect(Number(unwrap(await answer).rows[0]?.[0])).toBeGreaterThan(13_000_000);
  });
});
