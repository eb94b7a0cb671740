// What is previewed beside the notebook and then abandoned, in a whole session with its engine.
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { unwrap } from '../../../src/lib/base/result.ts';
import type { Engine, RunRequest } from '../../../src/lib/engine/contract.ts';
import type { CellId } from '../../../src/lib/notebook/notebook-types.ts';
import { AppSession } from '../../../src/lib/session/app-session.svelte.ts';

/** Longer than any test waits, unless it is stopped. */
const ENDLESS = 'SELECT sum(a.range * b.range) AS a FROM range(10000000) a, range(1000000) b';
const SLOW = 'SELECT sum(a.range * b.range) % 7 AS a FROM range(10000) a, range(20000) b';

let session: AppSession;
let engine: Engine;
let cell: CellId;
/** Names of the tables that were asked for, in order. */
const made: string[] = [];
/** The next statement of a step never ends. */
let isNextEndless = false;

beforeAll(async () => {
  session = new AppSession();
  engine = unwrap(await session.engine.ready());
  const run = engine.run.bind(engine);
  vi.spyOn(engine, 'run').mockImplementation((request: RunRequest, onProgress) => {
    made.push(request.into);
    const isEndless = isNextEndless && request.into === 'sluice_step';
    if (isEndless) isNextEndless = false;
    return run(isEndless ? { ...request, sql: ENDLESS } : request, onProgress);
  });
});

beforeEach(async () => {
  await session.notebooks.create();
  cell = session.cells.add('sql', null);
  session.cells.changeText(cell, 'SELECT 1 AS a');
  await session.runs.runOne(cell);
  made.length = 0;
});

afterEach(async () => {
  session.steps.close();
  session.statements.closePreview();
  await session.runs.cancel();
});

const isInEngine = async (relation: string) => (await engine.describe({ relation })).ok;
const began = (relation: string) => vi.waitFor(() => expect(made).toContain(relation), { timeout: 10_000 });
const state = () => session.runs.of(cell).state;
/** The engine does one thing after the other: this waits for what is under way. */
const settled = () => engine.run({ runId: crypto.randomUUID(), sql: 'SELECT 1', into: 'settled' });

const only = (value: number) => ({ where: [{ column: 'a', is: '=', value }] });

function openFilter(value: number, isEndless = false): void {
  isNextEndless = isEndless;
  session.steps.open(cell, { kind: 'filter', of: 'cell_1', parameters: only(value) });
  expect(session.steps.draft).toMatchObject({ fault: null, isBusy: true });
}

describe('the preview of a step', () => {
  it('leaves no table behind, once its figures are known', async () => {
    openFilter(1);
    await vi.waitFor(() => expect(session.steps.draft?.figures?.rowsAfter).toBe(1), { timeout: 10_000 });
    await settled();
    expect(await isInEngine('sluice_step')).toBe(false);
  });

  it('is stopped when the form changes, and the next one shown', async () => {
    openFilter(1, true);
    await began('sluice_step');
    session.steps.change({ parameters: only(2) });
    await vi.waitFor(() => expect(session.steps.draft?.figures?.rowsAfter).toBe(0), { timeout: 10_000 });
  });

  it('is stopped when the form is closed', async () => {
    openFilter(1, true);
    await began('sluice_step');
    session.steps.close();
    await settled();
    expect(await isInEngine('sluice_step')).toBe(false);
  });

  it('does not begin when the form was closed while what it reads was run', async () => {
    session.cells.changeText(cell, SLOW);
    openFilter(1);
    await began('cell_1');
    session.steps.close();
    await vi.waitFor(() => expect(state()).toBe('done'), { timeout: 20_000 });
    await settled();
    expect(made).toEqual(['cell_1', 'settled']);
  });

  it('runs nothing for a form that was closed before its turn', async () => {
    const other = session.cells.add('sql', cell);
    session.cells.changeText(other, SLOW);
    session.cells.changeText(cell, 'SELECT 2 AS a');
    const run = session.runs.runOne(other);
    openFilter(1);
    await began('cell_2');
    await new Promise((resolve) => setTimeout(resolve, 600));
    session.steps.close();
    await run;
    await settled();
    expect(made).toEqual(['cell_2', 'settled']);
  });

  it('is refused with the reason where what it reads did not run to its end', async () => {
    session.cells.changeText(cell, ENDLESS);
    openFilter(1);
    await began('cell_1');
    await session.runs.cancel();
    await vi.waitFor(() => expect(session.steps.draft?.problem).not.toBeNull(), { timeout: 10_000 });
    expect(session.steps.draft?.problem?.message).toBe('cell_1, which this reads, has not run as it stands.');
    expect(made).toEqual(['cell_1']);
  });

  it('makes no suggestions for another form than the one that asked', async () => {
    session.steps.open(cell, { of: 'cell_1' });
    const looking = session.steps.lookForSuggestions();
    session.steps.close();
    session.steps.open(cell, { of: 'cell_1' });
    await looking;
    expect(session.steps.draft?.suggestions).toBeNull();
  });
});

describe('the preview of a selection', () => {
  it('is stopped when it is closed', async () => {
    const looked = session.statements.look(cell, ENDLESS);
    await began('sluice_preview');
    session.statements.closePreview();
    await looked;
    await settled();
    expect(await isInEngine('sluice_preview')).toBe(false);
  });

  it('is stopped when another is asked for', async () => {
    void session.statements.look(cell, ENDLESS);
    await began('sluice_preview');
    await session.statements.look(cell, 'SELECT 2 AS b');
    expect(session.statements.preview).toMatchObject({ rowCount: 1, isRunning: false });
  });

  it('goes with its cell and with the notebook', async () => {
    await session.statements.look(cell, 'SELECT 2 AS b');
    session.cells.remove(cell);
    await settled();
    expect(await isInEngine('sluice_preview')).toBe(false);
    session.edits.undo();
    void session.statements.look(cell, ENDLESS);
    await vi.waitFor(() => expect(made.at(-1)).toBe('sluice_preview'), { timeout: 10_000 });
    await session.notebooks.create();
    await settled();
    expect(await isInEngine('sluice_preview')).toBe(false);
  });

  it('is refused with the reason where what it reads did not run to its end', async () => {
    session.cells.changeText(cell, ENDLESS);
    const looked = session.statements.look(cell, 'FROM cell_1');
    await began('cell_1');
    await session.runs.cancel();
    await looked;
    expect(session.statements.preview?.problem?.message).toBe(
      'cell_1, which this reads, has not run as it stands.',
    );
    expect(made).toEqual(['cell_1']);
  });
});
