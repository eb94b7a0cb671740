// Which columns of a result are looked at and in which order; pure.

interface ColumnsLookedAt {
  /** Names. */
  readonly hidden: readonly string[];
  readonly pinned: readonly string[];
}

/** Places in `names`: pinned columns first, as they were pinned, hidden ones left out. */
export function shownPlaces(
  names: readonly string[],
  { hidden, pinned }: ColumnsLookedAt,
): readonly number[] {
  const shown = names.flatMap((name, index) => (hidden.includes(name) ? [] : [index]));
  const first = pinned.map((name) => names.indexOf(name)).filter((index) => shown.includes(index));
  return [...first, ...shown.filter((index) => !first.includes(index))];
}
