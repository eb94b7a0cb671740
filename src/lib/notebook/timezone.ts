// Which names are time zones, as the platform's Intl knows them (ECMA-402); knows nothing of notebooks.

/** True for an IANA zone name; fixed offsets such as `+02:00` are refused, since they know no summer time. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
