// Patience with an object store: again after a pause, not too often and not too long; must not know what is tried.
import { isClockSkew, isTransient, readFailure } from './s3-failure.ts';

export interface Patience {
  /** Attempts of one request, the first included. */
  readonly attempts: number;
  /** Longest time in which another attempt is begun, ms. */
  readonly totalTimeoutMs: number;
  /** Rejects at once when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 8000;

/** Rejects with the signal's reason as soon as it aborts. */
export function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason as Error);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Doubles with each attempt; the upper half is random, so that many writers do not come back at once. */
function pauseAfter(attempt: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return longest / 2 + (Math.random() * longest) / 2;
}

/** Tries `work` until it succeeds. @throws the last error: one that trying again cannot mend, or when patience ends. */
export async function insist<T>(
  work: () => Promise<T>,
  patience: Patience,
  signal?: AbortSignal,
): Promise<T> {
  const begun = patience.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      signal?.throwIfAborted();
      return await work();
    } catch (error) {
      const failure = readFailure(error);
      const isWorthIt = isTransient(failure) || (attempt === 1 && isClockSkew(failure));
      const pause = pauseAfter(attempt);
      const isLate = patience.now() - begun + pause > patience.totalTimeoutMs;
      if (signal?.aborted === true || !isWorthIt || attempt >= patience.attempts || isLate) throw error;
      await patience.sleep(pause, signal);
    }
  }
}
