import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../src/lib/audit/audit-types.ts';
import { EMPTY_CHAIN, linkEntry, verifyChain, type ChainEnd } from '../../../src/lib/audit/chain.ts';
import { AuditWriter } from '../../../src/lib/session/audit-writer.ts';
import {
  appendAuditEntries,
  readAuditLog,
  type StoredAuditEntry,
} from '../../../src/lib/store/audit-records.ts';
import { closeDatabase } from '../../../src/lib/store/database.ts';

const MODULE = '/src/lib/store/audit-records.ts';

function event(subject: string): AuditEvent {
  return { action: 'cell-ran', subject, notebook: null, details: { rows: 1 } };
}

/** Links `subjects` to the end of the log. */
function link(subjects: readonly string[]) {
  return async (end: ChainEnd | null): Promise<readonly StoredAuditEntry[]> => {
    let last: ChainEnd = end ?? EMPTY_CHAIN;
    const entries: StoredAuditEntry[] = [];
    for (const subject of subjects) {
      const entry = await linkEntry(event(subject), last, { now: new Date(), actor: 'ann' });
      entries.push({ ...entry });
      last = entry;
    }
    return entries;
  };
}

async function readAll() {
  const read = await readAuditLog();
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

async function verify() {
  const { entries, head } = await readAll();
  return verifyChain(entries, head);
}

async function openRaw() {
  return openDB('sluice');
}

const quiet = { appended: () => undefined, troubled: () => undefined };

beforeEach(() => localStorage.clear());
afterEach(async () => {
  await closeDatabase();
  await deleteDB('sluice');
});

describe('the stored log', () => {
  it('grows by what is appended, in order, and is there after a new connection', async () => {
    expect(await appendAuditEntries(link(['a', 'b']))).toMatchObject({ ok: true, value: { sequence: 2 } });
    await closeDatabase();
    await appendAuditEntries(link(['c']));
    const { entries, head } = await readAll();
    expect(entries.map((entry) => entry['subject'])).toEqual(['a', 'b', 'c']);
    expect(head).toEqual({ sequence: 3, hash: entries[2]?.hash });
    expect(await verify()).toMatchObject({ isWhole: true, entries: 3 });
    const news = await readAuditLog(2);
    expect(news.ok && news.value.entries.map((entry) => entry.sequence)).toEqual([3]);
  });

  it('never replaces an entry, and writes nothing where one cannot be written', async () => {
    await appendAuditEntries(link(['a', 'b']));
    const before = await readAll();
    const refused = await appendAuditEntries(async (end) => {
      const made = await link(['c', 'forged'])(end);
      return made.map((entry, index) => (index === 1 ? { ...entry, sequence: 1 } : entry));
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(await readAll()).toEqual(before);
  });

  it('stays one chain with two writers at once', async () => {
    const other = document.createElement('iframe');
    document.body.append(other);
    const script = other.contentDocument?.createElement('script');
    if (!script || !other.contentWindow) throw new Error('no frame');
    const done = new Promise<unknown>((resolve) => {
      addEventListener('message', (message) => resolve(message.data), { once: true });
    });
    script.type = 'module';
    script.textContent = `
      import { appendAuditEntries } from '${MODULE}';
      import { EMPTY_CHAIN, linkEntry } from '/src/lib/audit/chain.ts';
      const event = (subject) => ({ action: 'cell-ran', subject, notebook: null, details: {} });
      let failures = 0;
      for (let i = 0; i < 40; i += 1) {
        const written = await appendAuditEntries(async (end) =>
          [{ ...(await linkEntry(event('there ' + i), end ?? EMPTY_CHAIN, { now: new Date(), actor: 'bob' })) }]);
        if (!written.ok) failures += 1;
      }
      parent.postMessage({ failures }, '*');`;
    other.contentDocument?.body.append(script);
    for (let i = 0; i < 40; i += 1) expect((await appendAuditEntries(link([`here ${i}`]))).ok).toBe(true);
    expect(await done).toEqual({ failures: 0 });
    other.remove();
    expect(await verify()).toMatchObject({ isWhole: true, entries: 80 });
    const of = (who: string) =>
      readAll().then(({ entries }) =>
        entries.filter((entry) => entry['actor'] === who).map((entry) => entry['subject']),
      );
    expect(await of('bob')).toEqual(Array.from({ length: 40 }, (_, i) => `there ${i}`));
    expect(await of('ann')).toEqual(Array.from({ length: 40 }, (_, i) => `here ${i}`));
  });

  it('keeps a tail that was cut off to be seen, however much is written after it', async () => {
    await appendAuditEntries(link(['a', 'b', 'c']));
    const raw = await openRaw();
    await raw.delete('auditEntries', 3);
    raw.close();
    expect(await verify()).toMatchObject({ isWhole: false, brokenAt: 3 });
    await appendAuditEntries(link(['d']));
    expect(await verify()).toMatchObject({ isWhole: false, brokenAt: 3 });
  });

  it('goes on where the record of its end was removed', async () => {
    await appendAuditEntries(link(['a']));
    const raw = await openRaw();
    await raw.clear('auditHead');
    raw.close();
    expect(await verify()).toMatchObject({ isWhole: false, brokenAt: 1 });
    expect((await appendAuditEntries(link(['b']))).ok).toBe(true);
  });
});

describe('the writer', () => {
  it('writes a burst of 2,000 events in order and quickly, without holding up who records them', async () => {
    const writer = new AuditWriter(quiet);
    await writer.ready();
    const started = performance.now();
    for (let i = 0; i < 2000; i += 1) writer.record(event(`cell_${i}`));
    const recordedMs = performance.now() - started;
    await writer.flush();
    expect([writer.waitingCount, await verify()]).toMatchObject([0, { isWhole: true, entries: 2000 }]);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(recordedMs).toBeLessThan(4_000);
    const { entries } = await readAll();
    expect(entries.map((entry) => entry['subject'])).toEqual(
      Array.from({ length: 2000 }, (_, i) => `cell_${i}`),
    );
  });

  it('uses the chosen name from then on, and after a restart', async () => {
    const writer = new AuditWriter(quiet);
    writer.record(event('a'));
    await writer.flush();
    expect(await writer.changeActor(' Ann  Lee ')).toBe(null);
    writer.record(event('b'));
    await writer.flush();
    const next = new AuditWriter(quiet);
    next.record(event('c'));
    await next.flush();
    expect((await readAll()).entries.map((entry) => entry['actor'])).toEqual([
      'analyst',
      'Ann Lee',
      'Ann Lee',
    ]);
  });

  it('tells once that it cannot write, keeps what it has, and writes it when that goes again', async () => {
    const told: (string | null)[] = [];
    const writer = new AuditWriter({ ...quiet, troubled: (problem) => told.push(problem?.code ?? null) });
    await writer.ready();
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    try {
      writer.record(event('a'));
      await writer.flush();
      writer.record(event('b'));
      await writer.flush();
    } finally {
      IDBObjectStore.prototype.add = add;
    }
    expect([told, writer.waitingCount]).toEqual([['storage-full'], 2]);
    await writer.flush();
    expect([told, writer.waitingCount]).toEqual([['storage-full', null], 0]);
    expect((await readAll()).entries.map((entry) => entry['subject'])).toEqual(['a', 'b']);
  });

  it('takes over what a tab that is gone could not write, and nothing twice', async () => {
    const first = new AuditWriter(quiet);
    first.record(event('written'));
    await first.flush();
    const [written] = (await readAll()).entries;
    const left = { at: '2026-03-01T00:00:00.000Z', actor: 'ann' };
    const again = { event: event('written'), at: written?.['at'], actor: written?.['actor'] };
    localStorage.setItem(
      'sluice-audit-waiting:gone',
      JSON.stringify([again, { event: event('left behind'), ...left }, 'no event']),
    );
    await new AuditWriter(quiet).ready();
    expect((await readAll()).entries.map((entry) => entry['subject'])).toEqual(['written', 'left behind']);
    expect(localStorage.length).toBe(0);
    expect(await verify()).toMatchObject({ isWhole: true });
  });

  it('keeps what is waiting when the page goes, before anything else can run', async () => {
    const writer = new AuditWriter(quiet);
    writer.record(event('last words'));
    writer.leave();
    const kept = Object.keys(localStorage).map((key) => localStorage.getItem(key) ?? '');
    expect(kept.join()).toContain('last words');
    await writer.flush();
    expect(localStorage.length).toBe(0);
  });
});
