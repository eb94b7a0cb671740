import { describe, expect, it } from 'vitest';
import { describeEdit } from '../../../src/lib/audit/edit-event.ts';
import { completeNotebook } from '../../../src/lib/notebook/complete.ts';
import { applyEdit } from '../../../src/lib/notebook/edit.ts';
import type { Edit } from '../../../src/lib/notebook/edit-types.ts';
import type { CellId } from '../../../src/lib/notebook/notebook-types.ts';
import { EditBursts } from '../../../src/lib/session/edit-bursts.ts';

const id = (text: string) => text as CellId;
let made = 0;
const before = completeNotebook(
  {
    title: 'Salaries',
    timezone: 'UTC',
    sources: {},
    policy: { k: 5, quasi: [] },
    cells: [
      { kind: 'sql', name: 'safe', sql: "SELECT 'secret value'" },
      { kind: 'markdown', text: 'secret prose' },
    ],
    extra: {},
  },
  () => id(`c${(made += 1)}`),
);
const [sql, prose] = before.cells.map((cell) => cell.id);
if (!sql || !prose) throw new Error('no cells');

function describe_(edit: Edit) {
  const after = applyEdit(before, edit);
  if (!after.ok) throw new Error(after.error.message);
  return describeEdit(edit, before, after.value);
}

describe('what the log says of an edit', () => {
  it.each<[Edit, object | null]>([
    [
      { kind: 'change-text', id: sql, text: "SELECT 'another secret'" },
      { action: 'notebook-changed', subject: 'Cell safe', details: { change: 'text changed' } },
    ],
    [
      { kind: 'change-text', id: prose, text: 'more secret prose' },
      { action: 'notebook-changed', subject: 'Text cell 2', details: { change: 'text changed' } },
    ],
    [
      { kind: 'rename-cell', id: sql, name: 'clean', rewritten: new Map() },
      { action: 'notebook-changed', subject: 'Cell safe', details: { change: 'renamed to clean' } },
    ],
    [
      { kind: 'remove-cell', id: sql },
      { action: 'notebook-changed', subject: 'Cell safe', details: { change: 'removed' } },
    ],
    [
      { kind: 'change-title', title: 'Pay' },
      { action: 'notebook-renamed', subject: null, details: { from: 'Salaries', to: 'Pay' } },
    ],
    [
      { kind: 'change-policy', change: { k: 10, quasi: ['zip'] } },
      {
        action: 'policy-changed',
        subject: null,
        details: { from: 5, to: 10, quasiBefore: '', quasi: 'zip' },
      },
    ],
    [{ kind: 'change-policy', change: { k: 5 } }, null],
  ])('$kind', (edit, event) => {
    expect(describe_(edit)).toEqual(event);
    expect(JSON.stringify(describe_(edit))).not.toMatch(/secret/);
  });
});

describe('bursts', () => {
  it('give one entry for each cell in 30 seconds, and a new one after a run', () => {
    let now = 0;
    const bursts = new EditBursts(() => now);
    const type = (cell: CellId) =>
      bursts.begin({ kind: 'change-text', id: cell, text: 'x' }, before, before) !== null;
    expect([type(sql), type(sql), type(prose), type(prose)]).toEqual([true, false, true, false]);
    now = 29_999;
    expect(type(sql)).toBe(false);
    now = 30_000;
    expect([type(sql), type(sql)]).toEqual([true, false]);
    bursts.settle();
    expect(type(sql)).toBe(true);
  });
});
