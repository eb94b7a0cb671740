// Sizes, times and places as people read them; must not know what they measure.
import type { S3Settings } from '../lib/publish/s3-types.ts';
import type { OutboxJob } from '../lib/store/publisher-types.ts';

const COUNT = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const DECIMAL = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const INSTANT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** `1 file`, `9 files`. */
export function quantityWords(count: number, singular: string): string {
  return `${COUNT.format(count)} ${singular}${count === 1 ? '' : 's'}`;
}

/** Decimal units: `0 bytes`, `89.4 MB`. */
export function bytesWords(sizeBytes: number): string {
  if (sizeBytes < 1000) return quantityWords(sizeBytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(sizeBytes) / 3));
  return `${DECIMAL.format(sizeBytes / 1000 ** power)} ${units[power - 1]}`;
}

/** Local date and time. */
export function instantWords(iso: string): string {
  return INSTANT.format(new Date(iso));
}

/** The host that requests go to, in its ASCII form, with the port where it is not the usual one. */
export function hostOf({ endpoint, bucket, forcePathStyle }: S3Settings): string {
  const host = URL.parse(endpoint)?.host ?? endpoint;
  return forcePathStyle ? host : `${bucket}.${host}`;
}

/** `s3.example.org / bucket / prefix`: all of where something goes. */
export function placeWords(settings: S3Settings): string {
  const parts = [hostOf(settings), settings.bucket, settings.prefix];
  return parts.filter((part) => part !== '').join(' / ');
}

/** What a look-up is called: of one version every file is fetched. */
export function lookupVerb({ version }: OutboxJob): 'Look up' | 'Fetch' {
  return version === null ? 'Look up' : 'Fetch';
}

/** `hr/users 1.0.0`, `hr/users`, `all modules`. */
export function subjectWords({ namespace, module, version }: OutboxJob): string {
  if (namespace === null || module === null) return 'all modules';
  return version === null ? `${namespace}/${module}` : `${namespace}/${module} ${version}`;
}
