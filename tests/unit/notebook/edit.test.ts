import { describe, expect, it } from 'vitest';
import { completeNotebook, specOf } from '../../../src/lib/notebook/complete.ts';
import { applyEdit, coalescingKey } from '../../../src/lib/notebook/edit.ts';
import type { Edit } from '../../../src/lib/notebook/edit-types.ts';
import type { CellId, Notebook, NotebookSpec } from '../../../src/lib/notebook/notebook-types.ts';

const spec: NotebookSpec = {
  title: 'Users',
  timezone: 'UTC',
  sources: { users: { file: 'users.csv', import: { format: 'csv', header: true } } },
  policy: { k: 5, quasi: [] },
  extra: { later: 1 },
  cells: [
    { kind: 'markdown', text: '# Users' },
    { kind: 'sql', sql: 'FROM users' },
    {
      kind: 'check',
      of: 'CELL_1',
      checks: [
        { kind: 'not_null', parameters: { column: 'id' } },
        { kind: 'foreign_key', parameters: { columns: ['id'], to: 'cell_1' } },
      ],
    },
    { kind: 'sql', name: 'safe', sql: 'FROM cell_1' },
    { kind: 'publish', of: 'cell_1', namespace: 'hr', module: 'users', formats: ['parquet'], order: [] },
  ],
};

const id = (text: string): CellId => text as CellId;

function open(from: NotebookSpec = spec): Notebook {
  let number = 0;
  return freeze(completeNotebook(from, () => `c${number++}`));
}

/** Frozen all through, so that an edit that writes into its input fails. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}

function edited(edit: Edit, notebook = open()): Notebook {
  const result = applyEdit(notebook, edit);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

function refusal(edit: Edit, notebook = open()): string {
  const result = applyEdit(notebook, edit);
  return result.ok ? 'done' : `${result.error.code}: ${result.error.message}`;
}

const ids = (notebook: Notebook): string => notebook.cells.map((cell) => cell.id).join(' ');

describe('completing', () => {
  it('gives ids and free names, and saving takes the ids away', () => {
    const taken = open({
      ...spec,
      sources: { ...spec.sources, Cell_1: { file: 'a.csv', import: { format: 'csv' } } },
    });
    expect(taken.cells[1]).toEqual({ kind: 'sql', id: 'c1', name: 'cell_2', sql: 'FROM users' });
    expect(specOf(open())).toEqual({
      ...spec,
      cells: spec.cells.with(1, { kind: 'sql', name: 'cell_1', sql: 'FROM users' }),
    });
  });
});

describe('cells', () => {
  it('are added after a cell or at the start, named where they must be', () => {
    const added = edited({ kind: 'add-cell', id: id('n'), cell: { kind: 'sql', sql: '' }, after: id('c3') });
    expect([ids(added), added.cells[4]]).toEqual([
      'c0 c1 c2 c3 n c4',
      { kind: 'sql', sql: '', id: 'n', name: 'cell_2' },
    ]);
    expect(
      ids(edited({ kind: 'add-cell', id: id('n'), cell: { kind: 'markdown', text: '' }, after: null })),
    ).toBe('n c0 c1 c2 c3 c4');
  });

  it('are not added twice, under a taken name, or after a cell that is gone', () => {
    const cell = { kind: 'sql', name: 'SAFE', sql: '' } as const;
    expect(refusal({ kind: 'add-cell', id: id('n'), cell, after: null })).toBe(
      'edit-name: “SAFE” is taken by another cell or source.',
    );
    expect(refusal({ kind: 'add-cell', id: id('c1'), cell: spec.cells[0] ?? cell, after: null })).toMatch(
      'edit-value',
    );
    expect(refusal({ kind: 'add-cell', id: id('n'), cell, after: id('gone') })).toMatch('edit-no-cell');
  });

  it('are removed and moved, stopping at the ends', () => {
    expect(ids(edited({ kind: 'remove-cell', id: id('c1') }))).toBe('c0 c2 c3 c4');
    expect(ids(edited({ kind: 'move-cell', id: id('c1'), by: 2 }))).toBe('c0 c2 c3 c1 c4');
    expect(ids(edited({ kind: 'move-cell', id: id('c1'), by: -99 }))).toBe('c1 c0 c2 c3 c4');
    const notebook = open();
    expect(edited({ kind: 'move-cell', id: id('c4'), by: 1 }, notebook)).toBe(notebook);
    expect(refusal({ kind: 'move-cell', id: id('gone'), by: 1 })).toMatch('edit-no-cell');
    expect(refusal({ kind: 'remove-cell', id: id('gone') })).toMatch('edit-no-cell');
  });

  it('are duplicated under a free name', () => {
    const copied = edited({ kind: 'duplicate-cell', id: id('c3'), newId: id('n') });
    expect([ids(copied), copied.cells[4]]).toEqual([
      'c0 c1 c2 c3 n c4',
      { kind: 'sql', id: 'n', name: 'safe_2', sql: 'FROM cell_1' },
    ]);
    const step = open({ ...spec, cells: [{ kind: 'foreign', info: 'chart name=a of=safe', text: '' }] });
    expect(edited({ kind: 'duplicate-cell', id: id('c0'), newId: id('n') }, step).cells[1]).toEqual({
      kind: 'foreign',
      id: 'n',
      info: 'chart name=a_2 of=safe',
      text: '',
    });
  });

  it('change their text, and the same text changes nothing', () => {
    const notebook = open();
    const edit = { kind: 'change-text', id: id('c1'), text: 'FROM users LIMIT 1' } as const;
    expect(edited(edit, notebook).cells[1]).toEqual({
      kind: 'sql',
      id: 'c1',
      name: 'cell_1',
      sql: edit.text,
    });
    expect(edited({ ...edit, text: 'FROM users' }, notebook)).toBe(notebook);
    expect(refusal({ ...edit, id: id('c4') })).toMatch('edit-wrong-kind');
    expect([coalescingKey(edit), coalescingKey({ kind: 'remove-cell', id: id('c1') })]).toEqual([
      'text:c1',
      null,
    ]);
  });

  it('change how they publish', () => {
    const change = { order: ['id'], title: 'T' };
    const changed = edited({ kind: 'change-publish', id: id('c4'), change });
    expect(changed.cells[4]).toEqual({ ...spec.cells[4], id: 'c4', ...change });
    const back = edited(
      { kind: 'change-publish', id: id('c4'), change: { title: undefined, order: [] } },
      changed,
    );
    expect(back.cells[4]).toStrictEqual(open().cells[4]);
    expect(refusal({ kind: 'change-publish', id: id('c1'), change })).toMatch('edit-wrong-kind');
  });
});

describe('checks', () => {
  const checks = [{ kind: 'unique', parameters: { column: 'id' } }] as const;

  it('are changed as a list, and nothing else is a check cell', () => {
    const changed = edited({ kind: 'change-checks', id: id('c2'), change: { checks } });
    expect(changed.cells[2]).toEqual({ kind: 'check', id: 'c2', of: 'CELL_1', checks });
    const moved = edited({ kind: 'change-checks', id: id('c2'), change: { of: 'safe' } });
    expect(moved.cells[2]).toMatchObject({
      of: 'safe',
      checks: [{ kind: 'not_null' }, { kind: 'foreign_key' }],
    });
    const open0 = open();
    expect(edited({ kind: 'change-checks', id: id('c2'), change: { of: 'CELL_1' } }, open0)).toBe(open0);
    expect(refusal({ kind: 'change-checks', id: id('c1'), change: { checks } })).toMatch('edit-wrong-kind');
    expect(refusal({ kind: 'change-text', id: id('c2'), text: '- x' })).toMatch('edit-wrong-kind');
  });

  it('are added with their cell', () => {
    const cell = { kind: 'check', of: 'safe', checks } as const;
    const added = edited({ kind: 'add-cell', id: id('new'), cell, after: id('c4') });
    expect(added.cells.at(-1)).toEqual({ ...cell, id: 'new' });
  });
});

describe('renaming', () => {
  const rewritten = new Map([[id('c3'), 'FROM recent']]);

  it('takes along the SQL, publish and check cells that read the cell', () => {
    expect(edited({ kind: 'rename-cell', id: id('c1'), name: 'recent', rewritten }).cells).toEqual([
      { kind: 'markdown', id: 'c0', text: '# Users' },
      { kind: 'sql', id: 'c1', name: 'recent', sql: 'FROM users' },
      {
        kind: 'check',
        id: 'c2',
        of: 'recent',
        checks: [
          { kind: 'not_null', parameters: { column: 'id' } },
          { kind: 'foreign_key', parameters: { columns: ['id'], to: 'recent' } },
        ],
      },
      { kind: 'sql', id: 'c3', name: 'safe', sql: 'FROM recent' },
      { ...spec.cells[4], id: 'c4', of: 'recent' },
    ]);
  });

  it('keeps a source in its place', () => {
    const two = { ...spec.sources, more: { file: 'b.csv', import: { format: 'csv' as const } } };
    const edit = { kind: 'rename-source', name: 'users', newName: 'people', rewritten: new Map() } as const;
    expect(Object.keys(edited(edit, open({ ...spec, sources: two })).sources)).toEqual(['people', 'more']);
    expect(refusal({ ...edit, newName: 'SAFE' })).toMatch('edit-name');
    expect(refusal({ ...edit, name: 'toString' })).toMatch('edit-no-source');
  });

  it('may change the case only, but not take a name', () => {
    expect(edited({ kind: 'rename-cell', id: id('c3'), name: 'Safe', rewritten }).cells[3]).toMatchObject({
      name: 'Safe',
    });
    expect(refusal({ kind: 'rename-cell', id: id('c3'), name: 'users', rewritten })).toMatch('edit-name');
    expect(refusal({ kind: 'rename-cell', id: id('c0'), name: 'a', rewritten })).toMatch('edit-wrong-kind');
  });
});

describe('settings', () => {
  it('change title, zone and policy, and refuse what is none', () => {
    expect(edited({ kind: 'change-title', title: 'New' }).title).toBe('New');
    expect(edited({ kind: 'change-timezone', timezone: 'Asia/Tokyo' }).timezone).toBe('Asia/Tokyo');
    expect(refusal({ kind: 'change-timezone', timezone: '+02:00' })).toMatch('edit-value');
    expect(
      edited({ kind: 'change-policy', change: { quasi: ['a'], dismissed: { b: 'why' } } }).policy,
    ).toEqual({
      k: 5,
      quasi: ['a'],
      dismissed: { b: 'why' },
    });
    for (const k of [0, 1.5, NaN])
      expect(refusal({ kind: 'change-policy', change: { k } })).toMatch('edit-value');
  });

  it('add, change and remove sources', () => {
    const source = { file: 'b.csv', import: { format: 'csv' } } as const;
    expect(edited({ kind: 'add-source', name: 'b', source }).sources).toEqual({ ...spec.sources, b: source });
    expect(refusal({ kind: 'add-source', name: 'Safe', source })).toMatch('edit-name');
    expect(refusal({ kind: 'add-source', name: 'b', source: { ...source, file: '/etc/b.csv' } })).toMatch(
      'edit-value',
    );
    const sha256 = 'a'.repeat(64);
    const bound = edited({ kind: 'change-source', name: 'users', change: { sha256 } });
    expect(bound.sources['users']).toEqual({ ...spec.sources['users'], sha256 });
    expect(
      edited({ kind: 'change-source', name: 'users', change: { sha256: undefined } }, bound),
    ).toStrictEqual(open());
    expect(edited({ kind: 'remove-source', name: 'users' }).sources).toEqual({});
    expect(refusal({ kind: 'remove-source', name: 'constructor' })).toMatch('edit-no-source');
  });

  it('declare columns of any name, and take declarations back', () => {
    const edit = { kind: 'declare-column', source: 'users', column: '__proto__' } as const;
    const declared = edited({ ...edit, declaration: { sensitivity: 'secret' } });
    expect(Object.entries(declared.sources['users']?.columns ?? {})).toEqual([
      ['__proto__', { sensitivity: 'secret' }],
    ]);
    expect(edited({ ...edit, declaration: null }, declared)).toStrictEqual(open());
    const notebook = open();
    expect(edited({ ...edit, declaration: null }, notebook)).toBe(notebook);
  });
});
