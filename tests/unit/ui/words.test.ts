import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../src/lib/notebook/notebook-types.ts';
import { checkPassphrase } from '../../../src/lib/ui/key/passphrase.ts';
import {
  formatBytes,
  formatElapsed,
  formatInstant,
  formatQuantity,
  formatShare,
} from '../../../src/lib/ui/primitives/figures.ts';
import { describeCell } from '../../../src/lib/ui/shell/cell-title.ts';
import { isNotebookFile } from '../../../src/lib/ui/start/opened-files.ts';

describe('figures as people read them', () => {
  it('counts bytes in decimal units', () => {
    expect([0, 1, 999, 1000, 147_880, 89_400_000, 3_100_000_000].map(formatBytes)).toEqual([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1 kB',
      '147.9 kB',
      '89.4 MB',
      '3.1 GB',
    ]);
  });

  it('tells quantities, times and shares', () => {
    expect(formatQuantity(1, 'row')).toBe('1 row');
    expect(formatQuantity(10_000_000, 'row')).toBe('10,000,000 rows');
    expect(formatQuantity(2, 'class', 'classes')).toBe('2 classes');
    expect([7, 2100, 185_000].map(formatElapsed)).toEqual(['7 ms', '2.1 s', '3 min 5 s']);
    expect([0, 0.004, 0.129, 1].map(formatShare)).toEqual(['0 %', '0.4 %', '13 %', '100 %']);
  });

  it('shows an instant with its zone, and text that is no instant as it is', () => {
    expect(formatInstant('2026-07-28T11:04:00Z', 'UTC')).toMatch(/2026.*11:04.*UTC/);
    expect(formatInstant('last week')).toBe('last week');
  });
});

describe('passphrases', () => {
  it('asks for twelve characters, twice the same', () => {
    expect(checkPassphrase('correct horse', 'correct horse')).toEqual({ first: null, second: null });
    expect(checkPassphrase('short', 'shorter')).toEqual({
      first: 'At least 12 characters; this has 5.',
      second: 'The two are not the same.',
    });
  });

  it('counts characters as people see them', () => {
    expect(checkPassphrase('👩‍👩‍👧‍👦'.repeat(11), '').first).toBe('At least 12 characters; this has 11.');
    expect(checkPassphrase('é'.repeat(12), '').first).toBeNull();
    expect(checkPassphrase('', '')).toEqual({ first: 'At least 12 characters; this has 0.', second: null });
  });
});

describe('what a cell is called in the outline', () => {
  const cell = (spec: Record<string, unknown>) => ({ id: 'c', ...spec }) as Cell;

  it('names SQL cells, modules and the first words of a text', () => {
    expect(describeCell(cell({ kind: 'sql', name: 'safe', sql: '' }))).toBe('safe');
    expect(describeCell(cell({ kind: 'publish', namespace: 'hr', module: 'users' }))).toBe(
      'Publish hr/users',
    );
    expect(describeCell(cell({ kind: 'publish', namespace: '', module: '' }))).toBe('Publish');
    expect(describeCell(cell({ kind: 'markdown', text: '\n\n## *Users*, `cleansed`\nmore' }))).toBe(
      'Users, cleansed',
    );
    expect(describeCell(cell({ kind: 'markdown', text: '- a list' }))).toBe('a list');
    expect(describeCell(cell({ kind: 'markdown', text: ' \n' }))).toBe('Empty text');
  });
});

describe('telling notebooks from data', () => {
  it('goes by the end of the name', () => {
    const names = ['users.sluice.md', 'USERS.MD', 'users.csv', 'md', 'notes.md.csv'];
    expect(names.filter((name) => isNotebookFile({ name }))).toEqual(['users.sluice.md', 'USERS.MD']);
  });
});
