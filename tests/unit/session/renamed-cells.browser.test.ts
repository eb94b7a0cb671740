// A cell under another name keeps its result, and so does what reads it, in a whole session with its engine.
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { CellId } from '../../../src/lib/notebook/notebook-types.ts';
import { AppSession } from '../../../src/lib/session/app-session.svelte.ts';

let session: AppSession;
let engine: Engine;
let first: CellId;
let reader: CellId;

beforeAll(async () => {
  session = new AppSession();
  engine = unwrap(await session.engine.ready());
});

beforeEach(async () => {
  await session.notebooks.create();
  first = session.cells.add('sql', null, 'SELECT 1 AS a');
  reader = session.cells.add('sql', first, 'SELECT a + 1 AS b FROM cell_1');
  session.edits.settle();
  await session.runs.runAll();
});

const state = (id: CellId) => session.runs.of(id).state;
const isInEngine = async (relation: string) => (await engine.describe({ relation })).ok;

it('keeps its table and its rows, and what reads it is not stale', async () => {
  expect(await session.cells.rename(first, 'numbers')).toBeNull();
  expect([state(first), state(reader), session.runs.of(first).rowCount]).toEqual(['done', 'done', 1]);
  expect([await isInEngine('numbers'), await isInEngine('cell_1')]).toEqual([true, false]);
  expect(unwrap(await engine.page({ relation: 'numbers', offset: 0, limit: 5 })).rows).toEqual([[1]]);
  await session.runs.runOne(reader);
  expect(unwrap(await engine.page({ relation: 'cell_2', offset: 0, limit: 5 })).rows).toEqual([[2]]);
});

it('keeps it where only capitals change', async () => {
  expect(await session.cells.rename(first, 'Cell_1')).toBeNull();
  expect([state(first), state(reader), await isInEngine('Cell_1')]).toEqual(['done', 'done', true]);
});

it('leaves a stale cell stale, and frees its table', async () => {
  session.cells.changeText(first, 'SELECT 2 AS a');
  session.edits.settle();
  expect(state(first)).toBe('stale');
  expect(await session.cells.rename(first, 'numbers')).toBeNull();
  expect(state(first)).not.toBe('done');
  expect(await isInEngine('cell_1')).toBe(false);
});

it('stays as it was where the name is refused', async () => {
  expect(await session.cells.rename(first, 'cell_2')).not.toBeNull();
  expect([state(first), await isInEngine('cell_1'), await isInEngine('cell_2')]).toEqual([
    'done',
    true,
    true,
  ]);
});
