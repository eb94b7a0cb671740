import { describe, expect, it } from 'vitest';
import { disabledNames, foldOf, isDisabled, withFlags } from '../../../src/lib/notebook/cell-flags.ts';
import { completeNotebook, specOf } from '../../../src/lib/notebook/complete.ts';
import { applyEdit } from '../../../src/lib/notebook/edit.ts';
import { reviveNotebook } from '../../../src/lib/notebook/edit-several.ts';
import type { Edit } from '../../../src/lib/notebook/edit-types.ts';
import type { CellId, Notebook } from '../../../src/lib/notebook/notebook-types.ts';
import { runModeOf } from '../../../src/lib/notebook/run-mode.ts';
import { parseNotebook } from '../../../src/lib/notebook/text-parse.ts';
import { writeNotebook } from '../../../src/lib/notebook/text-write.ts';

const TEXT = `---
sluice: 1
title: Flags
timezone: UTC
mode: auto
---
# Words

\`\`\`sql name=a pinned fold=text
SELECT 1 AS n
\`\`\`

\`\`\`check of=a disabled
- not_null: { column: n }
\`\`\`

\`\`\`input name=b kind=later of=a
column: n
\`\`\`

\`\`\`publish of=a fold
namespace: hr
module: users
formats: [parquet]
\`\`\`
`;

function open(text = TEXT): Notebook {
  const parsed = parseNotebook(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  let number = 0;
  return completeNotebook(parsed.value, () => `c${number++}`);
}

function apply(notebook: Notebook, edit: Edit): Notebook {
  const edited = applyEdit(notebook, edit);
  if (!edited.ok) throw new Error(edited.error.message);
  return edited.value;
}

const id = (text: string): CellId => text as CellId;
const order = (notebook: Notebook): string => notebook.cells.map((cell) => cell.id).join(' ');

describe('flags of cells', () => {
  it('are read from the info string of every kind of cell, and the text stays as it was', () => {
    const notebook = open();
    expect(notebook.cells.map(foldOf)).toEqual(['none', 'text', 'none', 'none', 'all']);
    expect(notebook.cells.map(isDisabled)).toEqual([false, false, true, false, false]);
    expect(writeNotebook(specOf(notebook))).toBe(TEXT);
  });

  it('are written beside what else the info string says, and read again', () => {
    const all = open().cells.map((cell) => cell.id);
    const changed = apply(open(), {
      kind: 'change-flags',
      ids: all,
      change: { fold: 'result', disabled: true },
    });
    const text = writeNotebook(specOf(changed));
    expect(text).toContain('```sql name=a pinned fold=result disabled\n');
    expect(text).toContain('```input name=b kind=later of=a fold=result disabled\n');
    expect(text).toContain('```publish of=a fold=result disabled\n');
    expect(open(text).cells.map(foldOf)).toEqual(['none', 'result', 'result', 'result', 'result']);
    expect([...disabledNames(open(text))]).toEqual(['a', 'b']);
    const back = apply(changed, {
      kind: 'change-flags',
      ids: all,
      change: { fold: 'none', disabled: false },
    });
    expect(writeNotebook(specOf(back))).toContain('```sql name=a pinned\n');
  });

  it('change nothing where they say it already', () => {
    const [, sql] = open().cells;
    if (sql) expect(withFlags(sql, { fold: 'text', disabled: false })).toBe(sql);
    expect.assertions(1);
  });
});

describe('the run mode', () => {
  it('is lazy but where the front matter says auto, and goes there', () => {
    expect(runModeOf(open())).toBe('auto');
    const lazy = apply(open(), { kind: 'change-mode', mode: 'lazy' });
    expect(writeNotebook(specOf(lazy))).not.toContain('mode:');
    const auto = apply(lazy, { kind: 'change-mode', mode: 'auto' });
    expect(writeNotebook(specOf(auto))).toContain('mode: auto\n');
  });
});

describe('several cells at once', () => {
  it('move together behind a cell, or to the top', () => {
    const ids = [id('c1'), id('c3')];
    expect(order(apply(open(), { kind: 'move-cells', ids, after: id('c4') }))).toBe('c0 c2 c4 c1 c3');
    expect(order(apply(open(), { kind: 'move-cells', ids, after: null }))).toBe('c1 c3 c0 c2 c4');
    expect(applyEdit(open(), { kind: 'move-cells', ids, after: id('c1') }).ok).toBe(false);
  });

  it('are one edit, or none where one of them cannot be', () => {
    const removals = (names: readonly string[]): Edit => ({
      kind: 'several',
      words: 'deleted',
      edits: names.map((name) => ({ kind: 'remove-cell', id: id(name) })),
    });
    expect(order(apply(open(), removals(['c0', 'c2'])))).toBe('c1 c3 c4');
    expect(applyEdit(open(), removals(['c0', 'nowhere'])).ok).toBe(false);
  });
});

describe('an earlier state', () => {
  it('keeps the identity of cells that are still there, by name or by what they say', () => {
    const now = apply(open(), { kind: 'change-text', id: id('c1'), text: 'SELECT 2 AS n' });
    const fewer = apply(now, { kind: 'remove-cell', id: id('c0') });
    const revived = reviveNotebook(specOf(open()), fewer, () => 'new');
    expect(order(revived)).toBe('new c1 c2 c3 c4');
    expect(specOf(apply(fewer, { kind: 'restore', notebook: revived }))).toEqual(specOf(open()));
  });
});
