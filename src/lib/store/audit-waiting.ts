// What a tab could not append to the audit log before it was closed: kept synchronously, taken over by the next; must not know what it says.

const KEY_PREFIX = 'sluice-audit-waiting:';

function lockName(key: string): string {
  return `lock:${key}`;
}

/** The place of one tab. Others take what lies in it only once the tab is gone. */
export class WaitingPlace {
  readonly #key = `${KEY_PREFIX}${crypto.randomUUID()}`;

  constructor() {
    // Held for as long as the tab lives; the promise never ends.
    if (typeof navigator !== 'undefined' && navigator.locks !== undefined)
      void navigator.locks.request(lockName(this.#key), () => new Promise(() => undefined));
  }

  /** Keeps plain data before the call returns; false where the browser refuses. */
  keep(waiting: readonly unknown[]): boolean {
    try {
      if (waiting.length === 0) localStorage.removeItem(this.#key);
      else localStorage.setItem(this.#key, JSON.stringify(waiting));
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Hands over, place by place, what tabs that are gone left behind; a place is cleared where `take` answers true.
   * What cannot be read is dropped.
   */
  async takeOver(take: (waiting: readonly unknown[]) => Promise<boolean>): Promise<void> {
    for (const key of listKeys()) {
      if (key === this.#key) continue;
      await navigator.locks.request(lockName(key), { ifAvailable: true }, async (lock) => {
        if (lock && (await take(readPlace(key)))) localStorage.removeItem(key);
      });
    }
  }
}

function listKeys(): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(KEY_PREFIX));
  } catch {
    return [];
  }
}

function readPlace(key: string): readonly unknown[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
