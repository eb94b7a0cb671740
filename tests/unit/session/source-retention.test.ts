// When copies of source files go: never before their time, never without a warning a day before.
import { describe, expect, it } from 'vitest';
import { dueForRemoval, expiringSoon, expiryOf } from '../../../src/lib/session/source-retention.ts';

const copy = (sha256: string, addedAt: string) => ({
  sha256,
  fileName: `${sha256}.csv`,
  sizeBytes: 1,
  addedAt,
});

describe('retention of source copies', () => {
  const all = expiryOf(
    [copy('aaaa', '2026-01-01T00:00:00.000Z'), copy('bbbb', '2026-01-01T00:00:00.000Z')],
    [{ text: 'sha256: aaaa', updatedAt: '2026-03-01T00:00:00.000Z' }],
    30,
  );

  it('counts from the last touch of the copy or a notebook that names it', () => {
    expect(all.map(({ sha256, expiresAt }) => [sha256, expiresAt.slice(0, 10)])).toEqual([
      ['bbbb', '2026-01-31'],
      ['aaaa', '2026-03-31'],
    ]);
  });

  it('warns 14 days before', () => {
    const soon = (day: string) => expiringSoon(all, new Date(`${day}T00:00:00Z`)).map(({ sha256 }) => sha256);
    expect(soon('2026-01-16')).toEqual([]);
    expect(soon('2026-01-17')).toEqual(['bbbb']);
    expect(soon('2026-03-17')).toEqual(['bbbb', 'aaaa']);
  });

  it('removes nothing that a person was not told of a day before', () => {
    const now = new Date('2026-02-10T00:00:00Z');
    expect(dueForRemoval(all, {}, now)).toEqual([]);
    expect(dueForRemoval(all, { bbbb: '2026-02-09T12:00:00.000Z' }, now)).toEqual([]);
    const due = dueForRemoval(
      all,
      { bbbb: '2026-02-08T00:00:00.000Z', aaaa: '2026-02-08T00:00:00.000Z' },
      now,
    );
    expect(due.map(({ sha256 }) => sha256)).toEqual(['bbbb']);
  });
});
