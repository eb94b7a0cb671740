// Numbers, sizes, times and dates as people read them; must not know what they measure.
import { createSubscriber } from 'svelte/reactivity';

let locale: string | undefined;
let formats = makeFormats();
let changed = (): void => {};
/** What was formatted is formatted again when the locale changes. */
const follow = createSubscriber((update) => {
  changed = update;
});

function makeFormats() {
  return {
    count: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    decimal: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
  };
}

/** A BCP 47 tag; null for what the browser says. */
export function useFigureLocale(tag: string | null): void {
  if (locale === (tag ?? undefined)) return;
  locale = tag ?? undefined;
  formats = makeFormats();
  changed();
}

function numbers(): typeof formats {
  follow();
  return formats;
}

/** `1,000`. */
export function formatCount(count: number): string {
  return numbers().count.format(count);
}

/** `1 row`, `1,000 rows`; `plural` defaults to the singular with an s. */
export function formatQuantity(count: number, singular: string, plural = `${singular}s`): string {
  return `${numbers().count.format(count)} ${count === 1 ? singular : plural}`;
}

/** Decimal units, as on disks: `0 bytes`, `89.4 MB`. */
export function formatBytes(sizeBytes: number): string {
  if (sizeBytes < 1000) return formatQuantity(sizeBytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(sizeBytes) / 3));
  return `${numbers().decimal.format(sizeBytes / 1000 ** power)} ${units[power - 1]}`;
}

/** `340 ms`, `2.1 s`, `3 min 5 s`. */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 1000) return `${numbers().count.format(elapsedMs)} ms`;
  if (elapsedMs < 60_000) return `${numbers().decimal.format(elapsedMs / 1000)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  return `${numbers().count.format(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** A share from 0 to 1 as percent, one decimal where it tells something: `12 %`, `0.4 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${(percent > 0 && percent < 10 ? numbers().decimal : numbers().count).format(percent)} %`;
}

/** Date and time in an IANA zone, with the zone: `28 Jul 2026, 14:05 UTC`. The text itself where it is no date. */
export function formatInstant(iso: string, timeZone?: string): string {
  follow();
  const instant = new Date(iso);
  if (Number.isNaN(instant.getTime())) return iso;
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  };
  return new Intl.DateTimeFormat(locale, timeZone ? { ...options, timeZone } : options).format(instant);
}
