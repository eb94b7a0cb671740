// The chain of the audit log: how an entry is tied to the one before, and where a chain does not hold; knows no storage.
import { canonicalJson } from '../base/canonical-json.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { AuditEntry, AuditEvent, ChainReport } from './audit-types.ts';

/** What the first entry follows. */
export const NO_HASH = '0'.repeat(64);

/** Where a log ends: the last entry's sequence (0 for none) and hash. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

export const EMPTY_CHAIN: ChainEnd = { sequence: 0, hash: NO_HASH };

/** An entry as storage gave it back: whoever can write there may have left anything. */
export type RawEntry = Readonly<Record<string, unknown>>;

/** At so many entries at once digests are computed: enough to be quick, few enough to let the page breathe. */
const DIGESTS_AT_ONCE = 500;

/** Lower-case hex SHA-256 (FIPS 180-4) over the canonical JSON of all members but `hash`. */
export function hashEntry({ hash: _hash, ...members }: RawEntry): Promise<string> {
  return sha256Hex(new TextEncoder().encode(canonicalJson(members)));
}

/** The entry for an event that happened at `now` by `actor`, tied to the end of the log. */
export async function linkEntry(
  { action, subject, notebook, details }: AuditEvent,
  previous: ChainEnd,
  { now, actor }: { readonly now: Date; readonly actor: string },
): Promise<AuditEntry> {
  const members = {
    action,
    subject,
    notebook: notebook === null ? null : { id: notebook.id, title: notebook.title },
    details: { ...details },
    sequence: previous.sequence + 1,
    at: now.toISOString(),
    actor,
    previousHash: previous.hash,
  };
  return { ...members, hash: await hashEntry(members) };
}

function broken(entries: number, brokenAt: number, message: string): ChainReport {
  return { isWhole: false, entries, brokenAt, message };
}

async function hashAll(entries: readonly RawEntry[]): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (let at = 0; at < entries.length; at += DIGESTS_AT_ONCE)
    hashes.push(...(await Promise.all(entries.slice(at, at + DIGESTS_AT_ONCE).map(hashEntry))));
  return hashes;
}

function checkOrder(entries: readonly RawEntry[], index: number): ChainReport | null {
  const expected = index + 1;
  if (entries[index]?.['sequence'] === expected) return null;
  const comesLater = entries.slice(index + 1).some((entry) => entry['sequence'] === expected);
  const message = comesLater
    ? `Entry ${expected} is not in its place: the order of entries was changed.`
    : `Entry ${expected} is missing: one or more entries were removed here.`;
  return broken(entries.length, expected, message);
}

function checkTail(entries: readonly RawEntry[], head: ChainEnd | null): ChainReport | null {
  const count = entries.length;
  const last = entries.at(-1);
  if (head === null)
    return last === undefined
      ? null
      : broken(
          count,
          count,
          'The record of where the log ends is missing: later entries may have been removed.',
        );
  if (count < head.sequence) {
    const message = `The log ends at entry ${count}, but entry ${head.sequence} was written: the end was cut off.`;
    return broken(count, count + 1, message);
  }
  if (count > head.sequence)
    return broken(count, head.sequence + 1, `Entry ${head.sequence + 1} was put behind the end of the log.`);
  return last === undefined || last['hash'] === head.hash
    ? null
    : broken(count, count, `Entry ${count} is not the one with which the log ended: it was replaced.`);
}

/**
 * Whether the entries, in the order in which they are stored, are the chain that `head` ends. Names the first entry that
 * does not fit. `head` is null where none is stored.
 */
export async function verifyChain(entries: readonly RawEntry[], head: ChainEnd | null): Promise<ChainReport> {
  const hashes = await hashAll(entries);
  for (const [index, entry] of entries.entries()) {
    const outOfOrder = checkOrder(entries, index);
    if (outOfOrder) return outOfOrder;
    if (entry['hash'] !== hashes[index])
      return broken(entries.length, index + 1, `Entry ${index + 1} was changed after it was written.`);
    if (entry['previousHash'] !== (hashes[index - 1] ?? NO_HASH)) {
      const message = `Entry ${index + 1} does not follow from the one before: one of the two was replaced.`;
      return broken(entries.length, index + 1, message);
    }
  }
  const cut = checkTail(entries, head);
  if (cut) return cut;
  const message =
    entries.length === 0
      ? 'The log is empty.'
      : `All ${entries.length} entries are as they were written, in order, none missing.`;
  return { isWhole: true, entries: entries.length, brokenAt: null, message };
}
