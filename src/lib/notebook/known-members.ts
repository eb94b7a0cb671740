// Members of a YAML mapping by name, each with its own reading; must not know what they are of.
import type { Members, Path, YamlReader } from './yaml-reader.ts';

export type Reading<T> = (reader: YamlReader, value: unknown, path: Path) => T;

/** One reading for each member of `T`, in the order in which they are kept. */
export type Readings<T> = { readonly [Key in keyof T]-?: Reading<T[Key]> };

export const readText: Reading<string> = (reader, value, path) => reader.text(value, path);

/** The members named in `readings`, in that order, each read and checked; all others are left out. */
export function readKnown<T extends object>(
  reader: YamlReader,
  members: Members,
  path: Path,
  readings: Readings<T>,
): Partial<T> {
  const read: Partial<T> = {};
  for (const key in readings) {
    const isThere = Object.hasOwn(members, key) && members[key] !== undefined;
    if (isThere) read[key] = readings[key](reader, members[key], [...path, key]);
  }
  return read;
}
