// The log as a table that people open in a spreadsheet; must not know how it is handed out.
import type { AuditEntry } from './audit-types.ts';
import { formatLocal } from './local-time.ts';
import { describeDetails, describeEntry, labelAction } from './words.ts';

/**
 * A cell by RFC 4180. One that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection);
 * numbers that are written by the log itself are no formulas.
 */
function writeCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function writeRow(cells: readonly (string | number)[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

/** RFC 4180 with a header, local time of `timezone` (IANA) beside UTC, entries in the order given. */
export function auditCsv(entries: readonly AuditEntry[], timezone: string): string {
  const header = [
    'Number',
    `Time (${timezone})`,
    'Time (UTC)',
    'Who',
    'Action',
    'What happened',
    'Subject',
    'Notebook',
    'Details',
    'Notebook id',
    'Hash of the entry before',
    'Hash',
  ];
  const rows = entries.map((entry) => [
    entry.sequence,
    formatLocal(entry.at, timezone),
    entry.at,
    entry.actor,
    labelAction(entry.action),
    describeEntry(entry),
    entry.subject ?? '',
    entry.notebook?.title ?? '',
    describeDetails(entry.details, (value) => value),
    entry.notebook?.id ?? '',
    entry.previousHash,
    entry.hash,
  ]);
  return [header, ...rows].map(writeRow).join('');
}
