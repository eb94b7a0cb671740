// Finds commands by a few typed letters; must not know what commands do.

export interface Searchable {
  readonly words: string;
}

/** Higher is better; null where not every typed word is found. Beginnings of words count more than their middles. */
function scoreWords(words: string, query: string): number | null {
  const text = words.toLowerCase();
  let score = 0;
  for (const part of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = text.indexOf(part);
    if (at < 0) return null;
    const isBeginning = at === 0 || /[\s:/]/.test(text[at - 1] ?? '');
    const atBeginning = isBeginning || text.includes(` ${part}`);
    score += (atBeginning ? 20 : 5) - Math.min(4, at / 10);
  }
  return score;
}

/** Those that hold every typed word, best first, equals in their given order. */
export function searchPalette<Entry extends Searchable>(
  entries: readonly Entry[],
  query: string,
): readonly Entry[] {
  return entries
    .map((entry, index) => ({ entry, index, score: scoreWords(entry.words, query.trim()) }))
    .filter((each): each is typeof each & { score: number } => each.score !== null)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((each) => each.entry);
}
