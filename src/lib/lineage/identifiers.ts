// Names as the engine compares them; must not know what they name.
import { isRecord, NotUnderstood, onlyFields } from './tree.ts';

/** The engine compares identifiers, quoted or not, without regard to the case of ASCII letters. */
export function foldIdentifier(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export interface Identifier {
  readonly name: string;
  readonly isQuoted: boolean;
}

/** Reads an identifier of the tree. @throws NotUnderstood */
export function readIdentifier(value: unknown): Identifier {
  const fields = onlyFields(value, 'a name', ['name', 'quoted']);
  const name = fields['name'];
  if (typeof name !== 'string') throw new NotUnderstood('a name has an unknown form');
  return { name, isQuoted: fields['quoted'] === true };
}

export function identifierOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : readIdentifier(value).name;
}

/** Text of a name, quoted or bare, where the tree holds either an identifier or text. */
export function nameText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return isRecord(value) && typeof value['name'] === 'string' ? value['name'] : null;
}

/**
 * `a, a, a_1` → `a, a_1, a_1_1`: the names the engine gives to columns that are listed twice.
 * Columns whose name only the engine knows are empty and stay so.
 */
export function distinctNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let candidate = name;
    for (let number = 1; name !== '' && seen.has(foldIdentifier(candidate)); number++)
      candidate = `${name}_${number}`;
    seen.add(foldIdentifier(candidate));
    return candidate;
  });
}

/** A name that the engine never makes up for an expression. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** Stands for a column whose name only the engine knows, by its zero-based position. */
export function positionName(index: number): string {
  return `#${index + 1}`;
}
