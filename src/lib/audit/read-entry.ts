// Entries as storage gave them back, made fit to be shown even where someone tampered with them; must not judge them.
import type { AuditAction, AuditDetails, AuditEntry } from './audit-types.ts';
import type { RawEntry } from './chain.ts';

function readText(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readDetails(value: unknown): AuditDetails {
  if (!isRecord(value)) return {};
  const plain: Record<string, string | number | boolean> = {};
  for (const [name, detail] of Object.entries(value))
    if (typeof detail === 'string' || typeof detail === 'number' || typeof detail === 'boolean')
      plain[name] = detail;
  return plain;
}

/** The entry with every member of its type: what is of another type becomes empty, and a missing time `unknown`. */
export function readEntry(raw: RawEntry): AuditEntry {
  const { sequence, notebook } = raw;
  return {
    sequence: typeof sequence === 'number' ? sequence : 0,
    at: readText(raw['at'], 'unknown'),
    actor: readText(raw['actor'], 'unknown'),
    // An action of another version is shown by its code.
    action: readText(raw['action'], 'unknown') as AuditAction,
    subject: typeof raw['subject'] === 'string' ? raw['subject'] : null,
    notebook: isRecord(notebook)
      ? { id: readText(notebook['id']), title: readText(notebook['title']) }
      : null,
    details: readDetails(raw['details']),
    previousHash: readText(raw['previousHash']),
    hash: readText(raw['hash']),
  };
}
