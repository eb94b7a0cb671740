// Finds the words of a column name that hint at an entity, in any common spelling; knows nothing of values or types.
import type { NameHints } from './recognizers/recognizer.ts';

/** Longest run of words joined before it is compared: `date_of_birth` is three. */
const LONGEST_RUN = 4;
/** From this length a hint is distinctive enough to count as the start or end of a longer word: `userpassword`. */
const DISTINCTIVE_LENGTH = 8;
/** What is added must be a word of its own: `shipaddress` does not end in `ipaddress`. */
const SHORTEST_ADDITION = 3;

const LETTERS_WITHOUT_DECOMPOSITION: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};

/** Lower-case, without accents. */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßłøđæœı]/g, (letter) => LETTERS_WITHOUT_DECOMPOSITION[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

/** Words of a snake_case, camelCase, kebab-case, dotted or spaced name, folded; digits stand apart. */
export function splitName(name: string): readonly string[] {
  return name
    .slice(0, 512)
    .normalize('NFC')
    .replace(/['’ʼ`]/g, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(foldText)
    .filter((word) => word !== '');
}

/** A run of neighbouring words, joined. */
interface WordRun {
  readonly joined: string;
  readonly words: readonly string[];
}

function runsOf(words: readonly string[]): readonly WordRun[] {
  const runs: WordRun[] = [];
  for (let length = Math.min(LONGEST_RUN, words.length); length >= 1; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      const run = words.slice(start, start + length);
      runs.push({ joined: run.join(''), words: run });
    }
  }
  return runs;
}

function isHit(run: WordRun, hint: string): boolean {
  if (run.joined === hint) return true;
  const isPart =
    run.words.length === 1 &&
    hint.length >= DISTINCTIVE_LENGTH &&
    run.joined.length >= hint.length + SHORTEST_ADDITION;
  return isPart && (run.joined.endsWith(hint) || run.joined.startsWith(hint));
}

function findHint(runs: readonly WordRun[], hints: readonly string[]): WordRun | null {
  for (const run of runs) if (hints.some((hint) => isHit(run, hint))) return run;
  return null;
}

export interface NameHintFound {
  /** The words that hinted, e.g. `first name`. */
  readonly words: string;
  readonly strength: 'strong' | 'weak';
}

const foldedHints = new WeakMap<readonly string[], readonly string[]>();

function folded(hints: readonly string[]): readonly string[] {
  const known = foldedHints.get(hints);
  if (known) return known;
  const made = hints.map(foldText);
  foldedHints.set(hints, made);
  return made;
}

/** True where a word of the name makes the values count for nothing. */
export function isVetoed(name: string, hints: NameHints): boolean {
  return hints.veto !== undefined && findHint(runsOf(splitName(name)), folded(hints.veto)) !== null;
}

/** The strongest hint in a name. A word that speaks against makes any hint weak: then only values can carry a finding. */
export function findNameHint(name: string, hints: NameHints): NameHintFound | null {
  const runs = runsOf(splitName(name));
  const isDoubtful = findHint(runs, folded(hints.against)) !== null;
  const strong = findHint(runs, folded(hints.strong));
  if (strong) return { words: strong.words.join(' '), strength: isDoubtful ? 'weak' : 'strong' };
  const weak = findHint(runs, folded(hints.weak));
  return weak ? { words: weak.words.join(' '), strength: 'weak' } : null;
}
