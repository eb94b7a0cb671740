import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditEntry, AuditFilter } from '../../../src/lib/audit/audit-types.ts';
import { filterEntries, NO_FILTER } from '../../../src/lib/audit/filter.ts';
import { chainOf, event } from './audit-entries.ts';

let entries: readonly AuditEntry[];
beforeAll(async () => {
  const chain = await chainOf([
    event({ action: 'source-imported', subject: 'users', details: { rows: 1000, sha256: 'ab'.repeat(32) } }),
    event(),
    event({ action: 'gate-checked', subject: 'hr/users', details: { verdict: 'blocked', rules: 'canary' } }),
    event({ notebook: { id: 'n2', title: 'Other' }, subject: 'raw' }),
  ]);
  entries = chain.map((entry, index) => (index === 3 ? { ...entry, actor: 'bob' } : entry));
});
const numbers = (change: Partial<AuditFilter>) =>
  filterEntries(entries, { ...NO_FILTER, ...change }, 'Europe/Berlin').map((entry) => entry.sequence);

describe('filters', () => {
  it.each<[string, Partial<AuditFilter>, number[]]>([
    ['nothing', {}, [1, 2, 3, 4]],
    ['one action', { actions: ['cell-ran'] }, [2, 4]],
    ['two actions', { actions: ['source-imported', 'gate-checked'] }, [1, 3]],
    ['a person', { actors: ['bob'] }, [4]],
    ['a notebook', { notebookId: 'n1' }, [1, 2, 3]],
    ['a word of the sentence, in any case', { text: 'IMPORTED' }, [1]],
    ['all words, in any order', { text: 'users gate' }, [3]],
    ['a detail', { text: 'canary' }, [3]],
    ['the whole digest', { text: 'ab'.repeat(32) }, [1]],
    ['the local time', { text: '04:00:00 +01:00' }, [4]],
    ['the number', { text: '#2' }, [2]],
    ['a notebook by title', { text: 'other' }, [4]],
    ['a word that is nowhere', { text: 'nowhere' }, []],
    ['from an instant on, inclusive', { since: '2026-03-01T02:00:00.000Z' }, [3, 4]],
    ['up to an instant, exclusive', { until: '2026-03-01T02:00:00.000Z' }, [1, 2]],
    ['everything at once', { text: 'cell', actions: ['cell-ran'], actors: ['ann'], notebookId: 'n1' }, [2]],
  ])('by %s', (_name, filter, expected) => expect(numbers(filter)).toEqual(expected));

  it('goes through 50,000 entries quickly, and more so the second time', async () => {
    const many = Array.from({ length: 50_000 }, (_, index): AuditEntry => ({
      ...event({ subject: `cell_${index}` }),
      sequence: index + 1,
      at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
      actor: 'ann',
      previousHash: '',
      hash: '',
    }));
    const search = (text: string) => filterEntries(many, { ...NO_FILTER, text }, 'Europe/Berlin').length;
    expect(search('cell_4999')).toBe(11);
    const started = performance.now();
    expect(search('cell_49999 ran')).toBe(1);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
