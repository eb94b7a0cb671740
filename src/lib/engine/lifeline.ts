// Answers that may never come because the other side has ended: they then end too; must not know what is asked.

/** What one side waits for from the other, for as long as the other lives. */
export class Lifeline<E> {
  readonly #waiting = new Set<(end: E) => void>();
  #end: { readonly reason: E } | null = null;

  get ended(): boolean {
    return this.#end !== null;
  }

  /** Settles as `answer` does, or with `onEnd(reason)` as soon as the other side has ended. Keeps nothing once settled. */
  async hold<T>(answer: Promise<T>, onEnd: (reason: E) => T): Promise<T> {
    if (this.#end !== null) {
      answer.catch(() => {});
      return onEnd(this.#end.reason);
    }
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const settle = (reason: E): void => {
      try {
        resolve(onEnd(reason));
      } catch (error) {
        reject(error);
      }
    };
    this.#waiting.add(settle);
    answer.then(resolve, reject);
    try {
      return await promise;
    } finally {
      this.#waiting.delete(settle);
    }
  }

  /** Tells everyone who waits; the first reason counts. */
  end(reason: E): void {
    if (this.#end !== null) return;
    this.#end = { reason };
    for (const settle of this.#waiting) settle(reason);
    this.#waiting.clear();
  }
}
