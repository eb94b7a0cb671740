import { describe, expect, it } from 'vitest';
import { auditCsv } from '../../../src/lib/audit/csv.ts';
import { chainOf, event } from './audit-entries.ts';

describe('the CSV of the log', () => {
  it('has readable headers, local time with its offset, UTC, and words', async () => {
    const [entry] = await chainOf([event()]);
    if (!entry) throw new Error('no entry');
    expect(auditCsv([entry], 'Europe/Berlin')).toBe(
      [
        'Number,Time (Europe/Berlin),Time (UTC),Who,Action,What happened,Subject,Notebook,Details,Notebook id,Hash of the entry before,Hash',
        `1,2026-03-01 01:00:00 +01:00,2026-03-01T00:00:00.000Z,ann,Cell ran,Cell safe ran (57 rows).,safe,Salaries,"outcome: done, rows: 57",n1,${entry.previousHash},${entry.hash}`,
        '',
      ].join('\r\n'),
    );
  });

  it('quotes what RFC 4180 wants quoted', async () => {
    const entries = await chainOf([event({ subject: 'a "b", c', notebook: null })]);
    expect(auditCsv(entries, 'UTC')).toContain(',"a ""b"", c",');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=x'])('makes no formula of %j', async (subject) => {
    const csv = auditCsv(
      await chainOf([event({ subject, notebook: { id: '=x', title: '=HYPERLINK("http://x")' } })]),
      'UTC',
    );
    const cells = csv.split('\r\n')[1] ?? '';
    expect(csv).toContain(`'${subject}`);
    expect(cells).not.toMatch(/(^|,)"?[=+\-@\t]/);
  });
});
