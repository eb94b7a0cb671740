import { beforeAll, describe, expect, it } from 'vitest';
import { AppSession } from '../../../src/lib/session/app-session.svelte.ts';
import { readPast } from '../../../src/lib/store/notebook-past.ts';

let session: AppSession;

beforeAll(async () => {
  session = new AppSession();
  await session.engine.ready();
});

/** Opens a notebook of its own with one SQL cell. */
async function openNew(sql: string) {
  await session.notebooks.create();
  const cell = session.cells.add('sql', null);
  session.cells.changeText(cell, sql);
  return cell;
}

async function isInEngine(relation: string): Promise<boolean> {
  const ready = await session.engine.ready();
  return ready.ok && (await ready.value.describe({ relation })).ok;
}

describe('leaving a notebook', () => {
  it('closes what was open over it, and what was previewed is gone', async () => {
    const cell = await openNew('SELECT 1 AS a');
    session.steps.open(cell);
    session.inputs.open(null);
    session.saving.open({ relation: 'cell_1', name: 'cell_1', columns: [], rowCount: 0 });
    await session.statements.look(cell, 'SELECT 2 AS b');
    await session.past.open();
    expect(await isInEngine('sluice_preview')).toBe(true);
    await session.notebooks.create();
    expect([session.steps.draft, session.inputs.form, session.saving.target]).toEqual([null, null, null]);
    expect([session.past.isOpen, session.past.states]).toEqual([false, []]);
    expect(await isInEngine('sluice_preview')).toBe(false);
  });

  it('puts no state of the one into the other', async () => {
    await openNew('SELECT 1 AS a');
    await session.past.open();
    const [state] = session.past.states;
    expect(state).toBeDefined();
    await session.notebooks.create();
    expect(session.past.restore(state?.id ?? '')).toBe('This state is of another notebook.');
    expect(session.notebook.cells).toEqual([]);
  });

  it('keeps the last edit in the history', async () => {
    await openNew('SELECT 1 AS a');
    const id = session.desk.id ?? '';
    session.edits.apply({ kind: 'change-title', title: 'The last edit' });
    await session.notebooks.create();
    const read = await readPast(id);
    expect(read.ok && read.value.at(-1)?.text).toContain('The last edit');
  });
});
