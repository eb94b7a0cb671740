import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../src/lib/audit/audit-types.ts';
import { hashEntry, linkEntry, NO_HASH, verifyChain, type ChainEnd } from '../../../src/lib/audit/chain.ts';
import { chainOf, event } from './audit-entries.ts';

const five = () => chainOf(['a', 'b', 'c', 'd', 'e'].map((subject) => event({ subject })));
const endOf = (entries: readonly AuditEntry[]): ChainEnd => {
  const last = entries.at(-1);
  if (!last) throw new Error('empty');
  return { sequence: last.sequence, hash: last.hash };
};
/** As the log's store hands them out: plain records that nobody vouches for. */
const asStored = (entries: readonly AuditEntry[]) => entries.map((entry) => ({ ...entry }));
const rehash = async (entry: AuditEntry): Promise<AuditEntry> => ({
  ...entry,
  hash: await hashEntry({ ...entry }),
});
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
};

describe('linking', () => {
  it('hashes the canonical JSON of all other members, whatever their order', async () => {
    const [first, second] = await chainOf([event(), event({ details: { rows: 1, code: 'x' } })]);
    if (!first || !second) throw new Error('no entries');
    const json = `{
  "action": "cell-ran",
  "actor": "ann",
  "at": "2026-03-01T00:00:00.000Z",
  "details": {
    "outcome": "done",
    "rows": 57
  },
  "notebook": {
    "id": "n1",
    "title": "Salaries"
  },
  "previousHash": "${'0'.repeat(64)}",
  "sequence": 1,
  "subject": "safe"
}
`;
    expect(first.hash).toBe(createHash('sha256').update(json).digest('hex'));
    expect([first.previousHash, second.previousHash, second.sequence]).toEqual([NO_HASH, first.hash, 2]);
  });

  it('keeps nothing of an event but what an entry has', async () => {
    const more = { ...event(), value: 'ann@example.com' };
    const entry = await linkEntry(more, { sequence: 0, hash: NO_HASH }, { now: new Date(0), actor: 'a' });
    expect(JSON.stringify(entry)).not.toContain('example.com');
  });
});

describe('a chain', () => {
  it('is whole as it was written', async () => {
    const entries = await five();
    expect(await verifyChain(asStored(entries), endOf(entries))).toEqual({
      isWhole: true,
      entries: 5,
      brokenAt: null,
      message: 'All 5 entries are as they were written, in order, none missing.',
    });
    expect((await verifyChain([], null)).isWhole).toBe(true);
  });

  type Tamper = (entries: AuditEntry[]) => Promise<AuditEntry[]> | AuditEntry[];
  const cases: readonly [string, Tamper, number, RegExp][] = [
    ['a changed subject', (all) => all.with(2, { ...at(all, 2), subject: 'z' }), 3, /was changed/],
    ['a changed detail', (all) => all.with(2, { ...at(all, 2), details: { rows: 5 } }), 3, /was changed/],
    [
      'a changed time',
      (all) => all.with(0, { ...at(all, 0), at: '2020-01-01T00:00:00.000Z' }),
      1,
      /was changed/,
    ],
    ['a changed actor', (all) => all.with(4, { ...at(all, 4), actor: 'bob' }), 5, /was changed/],
    ['a changed hash', (all) => all.with(1, { ...at(all, 1), hash: NO_HASH }), 2, /was changed/],
    ['an added member', (all) => all.with(1, Object.assign({ extra: 1 }, at(all, 1))), 2, /was changed/],
    [
      'an entry changed and hashed again',
      async (all) => all.with(2, await rehash({ ...at(all, 2), subject: 'z' })),
      4,
      /does not follow/,
    ],
    [
      'the last entry changed and hashed again',
      async (all) => all.with(4, await rehash({ ...at(all, 4), subject: 'z' })),
      5,
      /replaced/,
    ],
    ['an entry removed', (all) => all.toSpliced(2, 1), 3, /is missing/],
    ['the first entry removed', (all) => all.slice(1), 1, /is missing/],
    ['an entry inserted', (all) => all.toSpliced(2, 0, { ...at(all, 1), subject: 'new' }), 3, /order/],
    [
      'two entries exchanged',
      (all) => [at(all, 0), at(all, 2), at(all, 1), at(all, 3), at(all, 4)],
      2,
      /order/,
    ],
    [
      'two entries exchanged with their numbers',
      (all) => all.with(1, { ...at(all, 2), sequence: 2 }).with(2, { ...at(all, 1), sequence: 3 }),
      2,
      /was changed/,
    ],
    ['the end cut off', (all) => all.slice(0, 3), 4, /cut off/],
    ['all entries removed', () => [], 1, /cut off/],
    [
      'an entry put behind the end',
      async (all) => [...all, await linkEntry(event(), at(all, 4), { now: new Date(), actor: 'eve' })],
      6,
      /behind the end/,
    ],
  ];
  it.each(cases)('tells of %s', async (_name, tamper, brokenAt, message) => {
    const entries = await five();
    const report = await verifyChain(
      (await tamper(entries)).map((entry) => ({ ...entry })),
      endOf(entries),
    );
    expect([report.isWhole, report.brokenAt]).toEqual([false, brokenAt]);
    expect(report.message).toMatch(message);
  });

  it('tells that the record of its end is missing', async () => {
    expect(await verifyChain(asStored(await five()), null)).toMatchObject({ isWhole: false, brokenAt: 5 });
  });

  it('cannot tell a whole chain forged with its end: that takes a hash kept elsewhere', async () => {
    const forged = await chainOf([event({ subject: 'never happened' })]);
    expect((await verifyChain(asStored(forged), endOf(forged))).isWhole).toBe(true);
    expect(endOf(forged).hash).not.toBe(endOf(await five()).hash);
  });
});
