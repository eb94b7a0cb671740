// What differs between the columns a source had and those of the file that is to take its place; must not know either.
import type { ColumnType } from '../../engine/contract.ts';

export interface ColumnDifference {
  readonly column: string;
  readonly kind: 'missing' | 'added' | 'retyped';
  /** Null where the column was not there or its type is not known. */
  readonly expected: string | null;
  readonly found: string | null;
}

/** Missing columns first, then retyped, then added; an expected type of null is not compared. */
export function compareColumns(
  expected: readonly { readonly name: string; readonly type: string | null }[],
  found: readonly ColumnType[],
): readonly ColumnDifference[] {
  const byName = new Map(found.map((column) => [column.name, column.type]));
  const expectedNames = new Set(expected.map((column) => column.name));
  const missing = expected
    .filter((column) => !byName.has(column.name))
    .map((column) => ({ column: column.name, kind: 'missing' as const, expected: column.type, found: null }));
  const retyped = expected.flatMap((column) => {
    const type = byName.get(column.name);
    if (type === undefined || column.type === null || type === column.type) return [];
    return [{ column: column.name, kind: 'retyped' as const, expected: column.type, found: type }];
  });
  const added = found
    .filter((column) => !expectedNames.has(column.name))
    .map((column) => ({ column: column.name, kind: 'added' as const, expected: null, found: column.type }));
  return [...missing, ...retyped, ...added];
}
