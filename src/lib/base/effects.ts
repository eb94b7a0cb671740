// Clock and randomness as one argument; the only shape in which they reach the library.

export interface Effects {
  /** Current instant. */
  now(): Date;
  /** Cryptographically secure random bytes. */
  randomBytes(length: number): Uint8Array;
}

/** Effects of the running platform (browser, worker or Node: all have WebCrypto). */
export const platformEffects: Effects = {
  now: () => new Date(),
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
