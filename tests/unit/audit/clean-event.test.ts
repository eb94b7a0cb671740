import { describe, expect, it } from 'vitest';
import { cleanActor, cleanDetails, cleanEvent } from '../../../src/lib/audit/clean-event.ts';
import { event } from './audit-entries.ts';

describe('what is stored of an event', () => {
  it('has no e-mail, card, phone or address in any of its texts', () => {
    const clean = cleanEvent(
      event({
        subject: 'cell of ann.lee@example.com',
        notebook: { id: 'n1', title: 'Card 4111 1111 1111 1111, host 192.168.17.4' },
        details: { code: 'call +1 650 253 0000', rows: 3 },
      }),
    );
    expect(clean.subject).toBe('cell of [REDACTED]');
    expect(JSON.stringify(clean)).not.toMatch(/example\.com|4111|192\.168|253/);
    expect(clean.details['rows']).toBe(3);
  });

  it('masks a value before it cuts the text, so that no part of it stays', () => {
    const { subject } = cleanEvent(event({ subject: `${'x '.repeat(95)} someone.long@example.com` }));
    expect(subject).not.toMatch(/someone/);
    expect(subject?.length).toBeLessThanOrEqual(200);
  });

  it('leaves names, digests, fingerprints and versions as they are', () => {
    const details = {
      sha256: 'a3'.repeat(32),
      fingerprint: '00f1e2d3c4b5a697',
      rules: 'direct-identifier, small-group',
      version: '1.0.0',
    };
    expect(cleanDetails(details)).toEqual(details);
    for (const subject of ['users', 'hr/users 1.0.0', 'users.birthdate', 'cell_1', 'mean_salary'])
      expect(cleanEvent(event({ subject })).subject).toBe(subject);
  });

  it('does not take a card number for a fingerprint', () => {
    expect(cleanDetails({ fingerprint: '4111111111111111' })).toEqual({ fingerprint: '[REDACTED]' });
  });

  it('has whole numbers below 10^12 and nothing but plain details', () => {
    const details: object = {
      elapsedMs: 12.6,
      card: 4111111111111111,
      bad: NaN,
      list: ['a'],
      'no name': 1,
      ok: true,
    };
    expect(cleanDetails(Object.assign({} as Record<string, number>, details))).toEqual({
      elapsedMs: 13,
      card: '[REDACTED]',
      ok: true,
    });
  });

  it('is of one line and of bounded length', () => {
    expect(cleanEvent(event({ subject: 'a\r\n\tb' })).subject).toBe('a b');
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`d${i}`, i]));
    expect(Object.keys(cleanDetails(many))).toHaveLength(24);
  });
});

describe('the name in the log', () => {
  it.each([
    ['  Ann \n Lee ', 'Ann Lee'],
    ['', 'analyst'],
    ['   ', 'analyst'],
    ['x'.repeat(99), 'x'.repeat(60)],
    ['ann@example.com', 'ann@example.com'],
  ])('%j becomes %j', (typed, kept) => expect(cleanActor(typed)).toBe(kept));
});
