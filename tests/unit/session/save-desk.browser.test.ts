// What a saved file holds of a result that is filtered and sorted, and what is left of it in the engine.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { EngineHost } from '../../../src/lib/session/engine-host.svelte.ts';
import { SaveDesk } from '../../../src/lib/session/save-desk.svelte.ts';
import { BUILT_IN_PRESETS } from '../../../src/lib/session/save-facts.ts';
import type { SaveScope, SaveTarget } from '../../../src/lib/session/save-view-types.ts';
import { assets, makeBrowserEngine } from '../../contract/browser-engine.ts';

let engine: Engine;
let target: SaveTarget;

beforeAll(async () => {
  engine = makeBrowserEngine();
  unwrap(await engine.open({ macroScripts: [], threads: 1, assets }));
  const sql = `SELECT i AS id, i % 3 AS class, 'v' || i AS label FROM range(5000) t(i)`;
  const { columns, rowCount } = unwrap(await engine.run({ runId: 'made', sql, into: 'people' }));
  target = {
    relation: 'people',
    name: 'people',
    columns: columns.map((column) => ({ ...column, sensitivity: 'none', badge: null })) as never,
    rowCount,
    shown: {
      rowCount: 10,
      columns: ['label', 'class'],
      condition: '"id" < 10',
      sort: [{ column: 'class', isDescending: true }],
    },
  };
});
afterAll(() => engine.dispose());

function openDesk() {
  const noted: unknown[] = [];
  const desk = new SaveDesk({
    host: {
      ready: async () => ({ ok: true, value: engine }),
      guard: <T>(outcome: Promise<T>) => outcome,
    } as EngineHost,
    audit: { note: (entry: { details: unknown }) => noted.push(entry.details) } as never,
    announce: () => {},
    report: () => {},
  });
  desk.open(target);
  const settings = BUILT_IN_PRESETS[0]?.settings ?? { format: 'parquet' };
  const write = (scope: SaveScope, columns: readonly string[]) =>
    desk.write({ settings, scope, columns, to: 'file' });
  return { desk, noted, write };
}

async function tables(): Promise<unknown[]> {
  const sql = "SELECT count(*) FROM duckdb_tables() WHERE table_name LIKE 'sluice_save%'";
  return unwrap(await engine.query({ sql })).rows.flat();
}

it('holds the rows shown, in their order, and leaves no table behind', async () => {
  const { write, noted } = openDesk();
  const written = await write('shown', ['label', 'class']);
  expect((await written?.content.text())?.trim().split('\r\n')).toEqual([
    'label,class',
    ...['v2,2', 'v5,2', 'v8,2', 'v1,1', 'v4,1', 'v7,1', 'v0,0', 'v3,0', 'v6,0', 'v9,0'],
  ]);
  expect(noted).toEqual([{ format: 'csv', rows: 10, columns: 2, sensitive: 0 }]);
  await expect.poll(tables).toEqual([0]);
});

it('holds the whole result where that is chosen', async () => {
  const { write } = openDesk();
  const written = await write('whole', ['id']);
  expect(written?.rowCount).toBe(5_000);
  expect((await written?.content.text())?.slice(0, 10)).toBe('id\r\n0\r\n1\r\n');
});

it('is cancelled while the rows are gathered', async () => {
  const { desk, write } = openDesk();
  const writing = write('shown', ['label']);
  await desk.cancel();
  expect(await writing).toBeNull();
  expect([desk.isWriting, desk.problem, desk.written]).toEqual([false, null, null]);
  await expect.poll(tables).toEqual([0]);
  expect((await write('shown', ['label']))?.rowCount).toBe(10);
});
