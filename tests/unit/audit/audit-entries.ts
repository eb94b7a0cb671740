// Chains and entries for the tests of the log.
import type { AuditEntry, AuditEvent } from '../../../src/lib/audit/audit-types.ts';
import { EMPTY_CHAIN, linkEntry } from '../../../src/lib/audit/chain.ts';

export const NOTEBOOK = { id: 'n1', title: 'Salaries' };

export function event(change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    action: 'cell-ran',
    subject: 'safe',
    notebook: NOTEBOOK,
    details: { outcome: 'done', rows: 57 },
    ...change,
  };
}

/** One entry an hour from midnight UTC of 2026-03-01. */
export async function chainOf(events: readonly AuditEvent[], actor = 'ann'): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const [index, each] of events.entries()) {
    const now = new Date(Date.UTC(2026, 2, 1, index));
    entries.push(await linkEntry(each, entries.at(-1) ?? EMPTY_CHAIN, { now, actor }));
  }
  return entries;
}
