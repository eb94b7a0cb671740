import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, unwrap, type Problem } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import { FilterDesk } from '../../../src/lib/session/filter-desk.svelte.ts';
import { LookEngine } from '../../../src/lib/session/look-engine.ts';
import { RelationLook, type LookSubject } from '../../../src/lib/session/result-look.svelte.ts';
import { assets, makeBrowserEngine } from '../../contract/browser-engine.ts';

let engine: Engine;
let subject: LookSubject;
/** What the host answers instead of the engine's figures. */
let crash: Problem | null = null;

beforeAll(async () => {
  engine = makeBrowserEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1, assets }));
});
afterAll(() => engine.dispose());

let generation = 0;
async function make(sql: string): Promise<void> {
  const { columns, rowCount } = unwrap(await engine.run({ runId: 'made', sql, into: 'people' }));
  generation += 1;
  subject = { relation: 'people', columns, rowCount, generation };
}

const PEOPLE = `SELECT i AS id, CASE WHEN i % 4 = 0 THEN NULL ELSE 'c' || (i % 3) END AS city, i * 2 AS age FROM range(100) t(i)`;

const opened: RelationLook[] = [];

beforeEach(() => make(PEOPLE));
afterEach(() => {
  crash = null;
  for (const look of opened.splice(0)) look.rest();
});

function openLook() {
  const said: string[] = [];
  const filters = new FilterDesk({ columnsOf: () => subject.columns, announce: () => {} });
  const look = new RelationLook({
    number: 1,
    engine: new LookEngine({
      host: {
        ready: async () => ({ ok: true, value: engine }),
        guard: async (outcome) => (crash === null ? outcome : (await outcome, fail(crash))),
      },
      isBusy: () => false,
    }),
    filters,
    page: async (relation, offset, limit) => unwrap(await engine.page({ relation, offset, limit })),
    subject: () => subject,
    announce: (text) => said.push(text),
  });
  opened.push(look);
  /** What an effect does over and over. */
  const settle = async () => {
    look.follow();
    look.followFigures(subject.columns.map(({ name }) => name));
    await vi.waitFor(() => expect(look.isBusy).toBe(false));
  };
  const ids = async (limit = 3) => {
    const page = await look.load(0, limit);
    return 'code' in page ? page : page.rows.map(([id]) => id);
  };
  return { look, filters, said, settle, ids };
}

describe('what is shown of a result', () => {
  it('is nothing apart from the whole until something is wished', async () => {
    const { look, filters, settle } = openLook();
    await settle();
    expect(look.shown).toBeNull();
    look.hide('city');
    look.pin('age', true);
    expect(look.shown).toEqual({ rowCount: 100, columns: ['age', 'id'], condition: null, sort: [] });
    look.show('city');
    look.pin('age', false);
    expect(look.shown).toBeNull();
    look.filter('city', { kind: 'in', column: 'city', values: ['c1'] });
    look.sortBy('age', 'descending', false);
    look.follow();
    expect(look.shown).toMatchObject({ rowCount: null });
    await settle();
    expect(look.shown).toEqual({
      rowCount: 25,
      columns: ['id', 'city', 'age'],
      condition: unwrap(filters.predicate('people')),
      sort: [{ column: 'age', isDescending: true }],
    });
  });
});

describe('a result as it is looked at', () => {
  it('is filtered and sorted without being changed', async () => {
    const { look, said, settle, ids } = openLook();
    await settle();
    expect([look.rowCount, look.version, await ids()]).toEqual([100, 0, [0, 1, 2]]);
    look.filter('city', { kind: 'in', column: 'city', values: ['c1', null] });
    look.sortBy('age', 'descending', false);
    await settle();
    expect(look.rowCount).toBe(50);
    expect(await ids()).toEqual([97, 96, 94]);
    expect(said).toEqual(['50 of 100 rows.']);
    look.clearFilters();
    look.sortBy('age', null, false);
    await settle();
    expect([look.rowCount, await ids()]).toEqual([100, [0, 1, 2]]);
    expect(unwrap(await engine.describe({ relation: 'people' })).rowCount).toBe(100);
  });

  it('shows in every column what the other columns leave, and in its own what it had', async () => {
    const { look, settle } = openLook();
    look.filter('city', { kind: 'null', column: 'city', isNull: true });
    await settle();
    await vi.waitFor(() => expect(look.figures('age').filtered?.rows).toBe(25), { timeout: 20_000 });
    expect(look.figures('city').filtered).toBeNull();
    expect(look.figures('city').profile).toMatchObject({ nulls: 25, distinct: 3 });
    look.filter('age', { kind: 'range', column: 'age', low: 0, high: 100, includesHigh: false });
    await settle();
    await vi.waitFor(() => expect(look.figures('city').filtered?.rows).toBe(50), { timeout: 20_000 });
    expect(look.figures('age').filtered?.rows).toBe(25);
    expect(look.rowCount).toBe(13);
  });

  it('has no counts of an earlier filter while those of the present one are not there', async () => {
    const { look, settle } = openLook();
    look.filter('city', { kind: 'null', column: 'city', isNull: true });
    await settle();
    await vi.waitFor(() => expect(look.figures('age').filtered?.rows).toBe(25), { timeout: 20_000 });
    look.filter('city', { kind: 'null', column: 'city', isNull: false });
    expect(look.figures('age').filtered).toBeNull();
    await settle();
    await vi.waitFor(() => expect(look.figures('age').filtered?.rows).toBe(75), { timeout: 20_000 });
  });

  it('says of every column that the engine broke down, and measures again with another or a new result', async () => {
    const { look, settle } = openLook();
    const problems = () => ['id', 'city', 'age'].map((name) => look.figures(name).problem?.code);
    const areMeasured = () =>
      vi.waitFor(() => expect(look.figures('age').profile).not.toBeNull(), { timeout: 20_000 });
    crash = { code: 'engine-crashed', message: 'The database engine has stopped.' };
    look.followFigures(['id']);
    await vi.waitFor(() => expect(look.figures('id').problem).not.toBeNull(), { timeout: 20_000 });
    await settle();
    await vi.waitFor(() => expect(problems()).toEqual(Array(3).fill('engine-crashed')));
    crash = null;
    look.lost();
    await settle();
    await areMeasured();
    expect(problems()).toEqual([undefined, undefined, undefined]);
    crash = { code: 'engine-out-of-memory', message: 'The engine has no memory left.' };
    await make(PEOPLE);
    await settle();
    await vi.waitFor(() => expect(problems()).toEqual(Array(3).fill('engine-out-of-memory')));
    crash = null;
    await make(PEOPLE);
    await settle();
    await areMeasured();
  });

  it('takes its wishes over to a new result, without columns that are gone', async () => {
    const { look, filters, settle, ids } = openLook();
    look.filter('age', { kind: 'range', column: 'age', low: 100, high: null, includesHigh: false });
    look.sortBy('city', 'ascending', false);
    look.sortBy('id', 'descending', true);
    look.hide('city');
    await settle();
    expect(await ids(1)).toEqual([99]);
    await make('SELECT i AS id, i * 4 AS age FROM range(100) t(i)');
    filters.remade('people', subject.columns);
    expect(look.rowCount).toBe(100);
    await settle();
    expect([look.sort, look.hidden]).toEqual([[{ column: 'id', isDescending: true }], []]);
    expect([look.rowCount, await ids(1)]).toEqual([75, [99]]);
  });

  it('says why rows are not filtered, and shows them all', async () => {
    const { look, settle } = openLook();
    look.filter('age', { kind: 'range', column: 'age', low: 'x', high: null, includesHigh: false });
    await settle();
    expect(look.problem?.code).toBe('filter-type');
    expect(look.rowCount).toBe(100);
  });

  it('finds rows in the order in which they are seen, around the end', async () => {
    const { look, settle } = openLook();
    look.sortBy('id', 'descending', false);
    await settle();
    await look.find('7');
    expect(look.search).toMatchObject({ isBusy: false, isCut: false, problem: null });
    const first = await look.findFrom(-1, 1);
    expect(first).toEqual({ row: 2, index: 0 });
    expect(await look.findFrom(first?.row ?? 0, -1)).toMatchObject({ index: (look.search.found ?? 0) - 1 });
    await look.find('no such text');
    expect([look.search.found, await look.findFrom(0, 1)]).toEqual([0, null]);
  });

  it('finds again in a new result and after columns were hidden or shown', async () => {
    const { look, settle } = openLook();
    const found = async (count: number) => {
      await settle();
      await vi.waitFor(() => expect([look.search.text, look.search.found]).toEqual(['9', count]));
    };
    await settle();
    await look.find('9');
    await found(23);
    look.hide('age');
    await found(19);
    look.show('age');
    await found(23);
    await make(`SELECT i AS id, 'c' AS city, 0 AS age FROM range(20) t(i)`);
    await found(2);
    expect(await look.findFrom(9, 1)).toEqual({ row: 19, index: 1 });
  });

  it('leaves nothing in the engine at rest', async () => {
    const { look, settle, ids } = openLook();
    look.sortBy('id', 'descending', false);
    await settle();
    await look.find('7');
    look.rest();
    expect(await ids()).toEqual([0, 1, 2]);
    await vi.waitFor(async () => {
      const { rows } = unwrap(
        await engine.query({ sql: 'SELECT table_name FROM (SHOW TABLES) t(table_name)' }),
      );
      expect(rows.flat().filter((name) => String(name).startsWith('sluice_'))).toEqual([]);
    });
  });
});
