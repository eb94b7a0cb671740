// What is wrong with a passphrase that a person typed twice; must not know what it protects.

export const SHORTEST_PASSPHRASE = 12;

export interface PassphraseProblems {
  readonly first: string | null;
  readonly second: string | null;
}

/** Length counts characters as people see them (grapheme clusters, UAX #29), after NFC. */
export function checkPassphrase(first: string, second: string): PassphraseProblems {
  const length = [...new Intl.Segmenter().segment(first.normalize('NFC'))].length;
  const isShort = length < SHORTEST_PASSPHRASE;
  return {
    first: isShort ? `At least ${SHORTEST_PASSPHRASE} characters; this has ${length}.` : null,
    second: first === second ? null : 'The two are not the same.',
  };
}
