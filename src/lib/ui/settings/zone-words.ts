// Time zones to choose from, and what time it is there; must not know who chooses.

export const MACHINE_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every zone the browser knows, UTC first. */
export function listZones(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

/** `UTC+02:00`, as the zone stands at that moment; empty where there is no such zone. */
export function offsetOf(zone: string, at: Date): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
      at,
    );
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return offset.replace('GMT', 'UTC');
  } catch {
    return '';
  }
}
