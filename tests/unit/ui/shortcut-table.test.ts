import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CELL_SHORTCUTS, FRAME_SHORTCUTS } from '../../../src/lib/ui/notebook/cell-shortcuts.ts';
import { listShortcuts } from '../../../src/lib/ui/palette/shortcuts.ts';

/** As docs/notebook.md must hold it. */
function writeTable(): string {
  const rows = listShortcuts(false).flatMap(({ title, shortcuts }) =>
    shortcuts.map(({ keys, words }) => `- ${title}: \`${keys}\` ${words}`),
  );
  return rows.join('\n');
}

describe('the shortcuts', () => {
  it('stand in the guide as the code has them', () => {
    expect(readFileSync('docs/notebook.md', 'utf8')).toContain(writeTable());
  });

  it('mean one thing each', () => {
    for (const list of [CELL_SHORTCUTS, FRAME_SHORTCUTS]) {
      const keys = list.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
