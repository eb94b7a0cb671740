// Which kept sources a tab still needs, said to all tabs by web locks; must not know notebooks or files.

/** Held shared by every tab that may still need the source, and exclusively while it is removed. */
export function sourceLock(sha256: string): string {
  return `sluice-source-used:${sha256}`;
}

/** One tab's holds. They end with the tab, however it ends. */
export class SourceHolds {
  readonly #letGo = new Map<string, () => void>();

  /** Holds these too, by digest; what is held already stays so. */
  add(digests: Iterable<string>): void {
    for (const sha256 of digests) {
      if (this.#letGo.has(sha256)) continue;
      const until = Promise.withResolvers<null>();
      this.#letGo.set(sha256, () => until.resolve(null));
      navigator.locks
        .request(sourceLock(sha256), { mode: 'shared' }, () => until.promise)
        .catch(() => {
          this.#letGo.delete(sha256);
        });
    }
  }

  /** Holds these and no others. */
  set(digests: Iterable<string>): void {
    const wanted = new Set(digests);
    this.add(wanted);
    for (const [sha256, letGo] of this.#letGo) {
      if (wanted.has(sha256)) continue;
      this.#letGo.delete(sha256);
      letGo();
    }
  }
}

/** Does `work` unless some tab needs the source; false where one does. */
export async function whileUnheld(sha256: string, work: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(sourceLock(sha256), { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}
