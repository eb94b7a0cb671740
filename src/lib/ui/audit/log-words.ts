// How the log's filters are told in words; must not know the log.

/** `All actions`, the one that is chosen, or `3 actions`. */
export function summarizeChoice(
  chosen: readonly string[],
  nouns: { readonly all: string; readonly many: string },
): string {
  if (chosen.length === 0) return nouns.all;
  return chosen.length === 1 ? (chosen[0] ?? '') : `${chosen.length} ${nouns.many}`;
}

/** Which entries of how many stand on this page: `Entries 101 to 200 of 340`. */
export function describePage(
  offset: number,
  size: number,
  count: number,
  formatCount: (count: number) => string,
): string {
  if (count === 0) return 'No entries';
  const last = Math.min(offset + size, count);
  return `${formatCount(offset + 1)} to ${formatCount(last)} of ${formatCount(count)}`;
}
