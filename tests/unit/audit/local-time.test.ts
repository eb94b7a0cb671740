import { describe, expect, it } from 'vitest';
import { addDays, formatLocal, localDay, startOfDay } from '../../../src/lib/audit/local-time.ts';

describe('local time', () => {
  it.each([
    ['2026-07-01T22:30:00.000Z', 'Europe/Berlin', '2026-07-02 00:30:00 +02:00'],
    ['2026-01-01T00:00:00.000Z', 'America/New_York', '2025-12-31 19:00:00 -05:00'],
    ['2026-01-01T00:00:00.000Z', 'Asia/Kathmandu', '2026-01-01 05:45:00 +05:45'],
    ['2026-01-01T00:00:00.000Z', 'UTC', '2026-01-01 00:00:00 +00:00'],
    ['unknown', 'UTC', 'unknown'],
  ])('%s in %s reads %s', (iso, zone, text) => expect(formatLocal(iso, zone)).toBe(text));

  it('knows the day, and the days around it', () => {
    expect(localDay(new Date('2026-07-01T22:30:00Z'), 'Europe/Berlin')).toBe('2026-07-02');
    expect([addDays('2026-03-01', -1), addDays('2026-12-31', 1)]).toEqual(['2026-02-28', '2027-01-01']);
  });

  it.each([
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00.000Z'],
    ['2026-01-01', 'Etc/GMT+12', '2026-01-01T12:00:00.000Z'],
    // Clocks skipped midnight: 23:59:59 -03 was followed by 01:00:00 -02 (tz database, Brazil 2018).
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['no day', 'UTC', null],
    ['2026-13-01', 'UTC', null],
  ])('%s in %s begins at %s', (day, zone, instant) => expect(startOfDay(day, zone)).toBe(instant));
});
