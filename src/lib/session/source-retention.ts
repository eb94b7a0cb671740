// When the copy of a source file has been kept long enough; must not know where copies lie or who shows what expires.
import type { ExpiringSource, RetentionDays } from './storage-types.ts';

const DAY_MS = 86_400_000;
/** So long before it is removed a person is told. */
export const WARNING_DAYS = 14;

interface KeptCopy {
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** UTC ISO 8601. */
  readonly addedAt: string;
}

interface UsingNotebook {
  readonly text: string;
  /** UTC ISO 8601. */
  readonly updatedAt: string;
}

/** Copies with the time from which they may go: so many days after they, or a notebook that names them, were last touched. */
export function expiryOf(
  copies: readonly KeptCopy[],
  notebooks: readonly UsingNotebook[],
  days: NonNullable<RetentionDays>,
): readonly ExpiringSource[] {
  return copies
    .map(({ sha256, fileName, sizeBytes, addedAt }) => {
      const touched = [
        addedAt,
        ...notebooks.filter(({ text }) => text.includes(sha256)).map((one) => one.updatedAt),
      ];
      const last = Math.max(...touched.map((at) => Date.parse(at)).filter((at) => !Number.isNaN(at)), 0);
      return { sha256, fileName, sizeBytes, expiresAt: new Date(last + days * DAY_MS).toISOString() };
    })
    .sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
}

/** Those a person is to be told of now. */
export function expiringSoon(all: readonly ExpiringSource[], now: Date): readonly ExpiringSource[] {
  const horizon = new Date(now.getTime() + WARNING_DAYS * DAY_MS).toISOString();
  return all.filter(({ expiresAt }) => expiresAt <= horizon);
}

/**
 * Those that go now: expired, and told of at least a day ago, so that nothing goes without a warning even where the app
 * was not opened for a year. `warnedAt` holds by digest when a person was first told (UTC ISO 8601).
 */
export function dueForRemoval(
  all: readonly ExpiringSource[],
  warnedAt: Readonly<Record<string, string>>,
  now: Date,
): readonly ExpiringSource[] {
  const yesterday = new Date(now.getTime() - DAY_MS).toISOString();
  return all.filter(({ sha256, expiresAt }) => {
    const warned = warnedAt[sha256];
    return expiresAt <= now.toISOString() && warned !== undefined && warned <= yesterday;
  });
}
