import { describe, expect, it } from 'vitest';
import type { AuditAction, AuditDetails } from '../../../src/lib/audit/audit-types.ts';
import { ALL_ACTIONS, describeEntry, labelAction } from '../../../src/lib/audit/words.ts';

describe('the words for an entry', () => {
  it.each<[AuditAction, string | null, AuditDetails, string]>([
    ['cell-ran', 'safe', { outcome: 'done', rows: 1, elapsedMs: 1200 }, 'Cell safe ran (1 row, 1,200 ms).'],
    ['cell-ran', 'safe', { outcome: 'failed', code: 'engine-sql' }, 'Cell safe failed: engine-sql.'],
    [
      'source-imported',
      'users',
      { rows: 1000, columns: 8, rejected: 2 },
      'Source users imported (1,000 rows, 8 columns, 2 lines rejected).',
    ],
    [
      'source-imported',
      'users',
      { outcome: 'failed', code: 'csv-broken' },
      'Source users could not be imported: csv-broken.',
    ],
    [
      'column-declared',
      'users.salary',
      { from: 'none', to: 'quasi' },
      'Column users.salary declared: none to quasi.',
    ],
    ['policy-changed', null, { from: 5, to: 10 }, 'Policy changed: smallest group k from 5 to 10.'],
    ['gate-checked', 'hr/users', { verdict: 'passed' }, 'The gate passed hr/users.'],
    [
      'gate-checked',
      'hr/users',
      { verdict: 'blocked', findings: 2, rules: 'canary' },
      'The gate blocked hr/users (2 findings, rules: canary).',
    ],
    [
      'result-saved',
      'base',
      { format: 'xlsx', rows: 3, columns: 4, sensitive: 2 },
      '3 rows, 4 columns (2 sensitive) of base written as xlsx, outside the gate.',
    ],
    ['result-copied', 'safe', { rows: 3, columns: 1 }, '3 rows, 1 column of safe copied to the clipboard.'],
    [
      'log-exported',
      null,
      { entries: 1, scope: 'as filtered' },
      'Log exported as CSV: 1 entry, as filtered.',
    ],
    [
      'log-exported',
      null,
      { entries: 2, scope: 'as filtered' },
      'Log exported as CSV: 2 entries, as filtered.',
    ],
    ['notebook-changed', 'Cell safe', { change: 'text changed' }, 'Cell safe: text changed.'],
    [
      'module-sent',
      'hr/users 1.0.0',
      { files: 9, sizeBytes: 12345 },
      'Module sent: hr/users 1.0.0 (files: 9, size bytes: 12,345).',
    ],
  ])('%s of %s', (action, subject, details, words) =>
    expect(describeEntry({ action, subject, details })).toBe(words),
  );

  it('are there for every action, with details or without', () => {
    for (const action of ALL_ACTIONS) {
      const words = describeEntry({ action: action as AuditAction, subject: 'X', details: {} });
      expect([action, words]).toEqual([action, expect.stringMatching(/^[A-Z].*\.$/)]);
      expect([action, words]).toEqual([action, expect.not.stringMatching(/undefined|null|\(\)|entrys/)]);
      expect(labelAction(action as AuditAction)).not.toBe(action);
    }
  });
});
