// MAJOR.MINOR.PATCH (Semantic Versioning 2.0.0, numbers only); must not know what changed.

export type VersionChange = 'patch' | 'minor' | 'major';

type Numbers = readonly [number, number, number];

function numbersOf(version: string): Numbers {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

/** Negative where `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

export function bumpVersion(version: string, change: VersionChange): string {
  const [major, minor, patch] = numbersOf(version);
  if (change === 'major') return `${major + 1}.0.0`;
  return change === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

const RANK: Readonly<Record<VersionChange, number>> = { patch: 0, minor: 1, major: 2 };

export function higherChange(a: VersionChange, b: VersionChange): VersionChange {
  return RANK[a] >= RANK[b] ? a : b;
}

/** The first number that `change` leads to and that is not taken. */
export function freeVersion(from: string | null, change: VersionChange, taken: ReadonlySet<string>): string {
  let version = from === null ? '1.0.0' : bumpVersion(from, change);
  while (taken.has(version)) version = bumpVersion(version, from === null ? 'patch' : change);
  return version;
}
