// Instants as people of a time zone read them, and the days of that zone as instants; knows nothing of the log.

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatIn(timezone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  FORMATS.set(timezone, made);
  return made;
}

/** Local date and time with the offset that held then: `2026-11-21 15:10:53 +01:00`. The text itself where it is no instant. */
export function formatLocal(iso: string, timezone: string): string {
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatIn(timezone).formatToParts(instant)) parts[type] = value;
  const offset = (parts['timeZoneName'] ?? '').replace('GMT', '') || '+00:00';
  const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
  return `${date} ${parts['hour']}:${parts['minute']}:${parts['second']} ${offset}`;
}

/** The calendar day of an instant in that zone: `2026-11-21`. */
export function localDay(instant: Date, timezone: string): string {
  return formatLocal(instant.toISOString(), timezone).slice(0, 10);
}

/** `2026-11-21` and 1 give `2026-11-22`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/**
 * UTC ISO 8601 of the first instant of a calendar day (`2026-11-21`) in that zone; null where it is no day. Where clocks
 * skip midnight the day begins later.
 */
export function startOfDay(day: string, timezone: string): string | null {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(midnight)) return null;
  const local = (at: number) =>
    Date.parse(`${formatLocal(new Date(at).toISOString(), timezone).slice(0, 19).replace(' ', 'T')}Z`);
  // Offsets lie between -12 and +14 hours, so the first instant of the day is within these bounds.
  let [before, from] = [midnight - 15 * 3_600_000, midnight + 13 * 3_600_000];
  while (from - before > 1000) {
    const middle = Math.floor((before + from) / 2000) * 1000;
    if (local(middle) < midnight) before = middle;
    else from = middle;
  }
  return new Date(from).toISOString();
}
