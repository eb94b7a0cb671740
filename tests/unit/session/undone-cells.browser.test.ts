// What becomes of results when cells vanish by undo, redo and restoring, in a whole session with its engine.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine } from '../../../src/lib/engine/contract.ts';
import type { CellId } from '../../../src/lib/notebook/notebook-types.ts';
import { AppSession } from '../../../src/lib/session/app-session.svelte.ts';

let session: AppSession;
let engine: Engine;
let kept: CellId;

beforeAll(async () => {
  session = new AppSession();
  engine = unwrap(await session.engine.ready());
});

beforeEach(async () => {
  await session.notebooks.create();
  kept = add(null, 'SELECT 1 AS a');
  await session.runs.runOne(kept);
  session.edits.settle();
});

function add(after: CellId | null, sql: string): CellId {
  session.edits.settle();
  const id = session.cells.add('sql', after, sql);
  session.edits.settle();
  return id;
}

const state = (id: CellId) => session.runs.of(id).state;

/** Whether the engine has a table, once it did what it was asked before. */
async function isInEngine(relation: string): Promise<boolean> {
  await engine.run({ runId: crypto.randomUUID(), sql: 'SELECT 1', into: 'settled' });
  return (await engine.describe({ relation })).ok;
}

describe('a cell that is gone', () => {
  it('by undo frees its result, and runs again when it is made again; the others keep theirs', async () => {
    const added = add(kept, 'SELECT 2 AS b');
    await session.runs.runOne(added);
    session.edits.undo();
    expect(await isInEngine('cell_2')).toBe(false);
    expect([state(kept), state(added), await isInEngine('cell_1')]).toEqual(['done', 'new', true]);
    session.edits.redo();
    expect(state(added)).toBe('new');
    await session.runs.runOne(added);
    expect([state(added), await isInEngine('cell_2')]).toEqual(['done', true]);
  });

  it('by redo frees its result, and what reads it is stale', async () => {
    const reader = add(kept, 'SELECT * FROM cell_1');
    await session.runs.runOne(reader);
    session.cells.remove(kept);
    session.edits.undo();
    await session.runs.runAll();
    session.edits.redo();
    expect(await isInEngine('cell_1')).toBe(false);
    expect(state(reader)).toBe('stale');
  });

  it('by restoring an earlier state frees its result', async () => {
    const added = add(kept, 'SELECT 2 AS b');
    const [, before] = session.past.states;
    await session.runs.runOne(added);
    expect(session.past.restore(before?.id ?? '')).toBeNull();
    expect(session.notebook.cells).toHaveLength(1);
    expect([await isInEngine('cell_2'), await isInEngine('cell_1')]).toEqual([false, true]);
    expect(state(session.notebook.cells[0]?.id ?? kept)).toBe('done');
  });

  it('under its later name frees that result when the renaming is undone', async () => {
    await session.cells.rename(kept, 'people');
    await session.runs.runOne(kept);
    session.edits.undo();
    expect([state(kept), await isInEngine('people')]).toEqual(['new', false]);
  });
});
