// Inputs that are chosen from a column, in a whole session with its engine.
import { beforeAll, expect, it } from 'vitest';
import { AppSession } from '../../../src/lib/session/app-session.svelte.ts';
import type { InputSpec } from '../../../src/lib/notebook/inputs/input-types.ts';

let session: AppSession;
let cell: Awaited<ReturnType<typeof session.cells.add>>;

beforeAll(async () => {
  session = new AppSession();
  await session.engine.ready();
  await session.notebooks.create();
  cell = session.cells.add('sql', null);
});

async function run(sql: string): Promise<void> {
  session.cells.changeText(cell, sql);
  await session.runs.runOne(cell);
}

const select = (column: string): InputSpec => ({
  type: 'select',
  value: null,
  options: { of: 'cell_1', column },
});

it('are refused where the column has no single values, and say why', async () => {
  await run("SELECT CAST(0.1 AS FLOAT) AS rate, CAST('ab' AS BLOB) AS raw");
  session.inputs.open(null);
  expect(session.inputs.choiceProblem(select(''))).toBe('Choose the column that has the values.');
  expect(session.inputs.choiceProblem(select('raw'))).toContain('it is of type BLOB');
  expect(session.inputs.keep('x', select('raw'))).toContain('it is of type BLOB');
  expect(session.notebook.inputs).toBeUndefined();
});

it('note the type of the column, and follow it when it changes', async () => {
  expect(session.inputs.keep('x', select('rate'))).toBeNull();
  expect(session.notebook.inputs?.['x']).toMatchObject({ options: { column: 'rate', type: 'FLOAT' } });
  await session.inputs.lookUp('x');
  const [choice] = session.inputs.choices('x').choices;
  await run("SELECT 'a' AS rate");
  await session.inputs.lookUp('x');
  expect(session.inputs.choices('x')).toMatchObject({ state: 'known', choices: ['a'] });
  expect(choice).not.toBe('a');
  expect(session.inputs.setValue('x', { ...select('rate'), value: 'a' } as InputSpec)).toBeNull();
  expect(session.notebook.inputs?.['x']).toMatchObject({ value: 'a', options: { type: 'VARCHAR' } });
});
