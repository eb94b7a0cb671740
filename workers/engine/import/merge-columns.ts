// The columns of several files as those of one table, with what a person should know of it; must not read files.
import type { ColumnType } from '../../../src/lib/engine/contract.ts';

export interface FoundColumns {
  readonly file: string;
  readonly columns: readonly ColumnType[];
}

export interface MergedColumn extends ColumnType {
  /** Types in the files that have it. */
  readonly found: readonly string[];
  readonly notes: readonly string[];
}

const WHOLE = ['TINYINT', 'UTINYINT', 'SMALLINT', 'USMALLINT', 'INTEGER', 'UINTEGER', 'BIGINT', 'HUGEINT'];
const MOST_NAMED = 3;

/** The narrowest type that every value of these types has a place in, without loss but for long whole numbers as DOUBLE. */
export function widest(types: readonly string[]): string {
  const kinds = [...new Set(types)];
  const [only] = kinds;
  if (kinds.length === 1 && only !== undefined) return only;
  const ranks = kinds.map((type) => WHOLE.indexOf(type));
  if (ranks.every((rank) => rank >= 0)) {
    return ranks.every((rank) => rank <= WHOLE.indexOf('BIGINT')) ? 'BIGINT' : 'HUGEINT';
  }
  if (kinds.every((type) => type === 'DOUBLE' || type === 'FLOAT' || WHOLE.includes(type))) return 'DOUBLE';
  if (kinds.every((type) => type === 'DATE' || type === 'TIMESTAMP')) return 'TIMESTAMP';
  return 'VARCHAR';
}

function nameFiles(files: readonly string[]): string {
  const rest = files.length - MOST_NAMED;
  return files.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** In the order in which the files bring them; names are compared as they are written. */
export function mergeColumns(files: readonly FoundColumns[]): readonly MergedColumn[] {
  const byName = new Map<string, { readonly types: string[]; readonly files: string[] }>();
  for (const { file, columns } of files) {
    for (const { name, type } of columns) {
      const known = byName.get(name) ?? { types: [], files: [] };
      known.types.push(type);
      known.files.push(file);
      byName.set(name, known);
    }
  }
  return [...byName].map(([name, { types, files: having }]) => {
    const type = widest(types);
    const without = files.filter(({ file }) => !having.includes(file)).map(({ file }) => file);
    const distinct = [...new Set(types)];
    const notes = [
      ...(without.length === 0 ? [] : [`“${name}” is not in ${nameFiles(without)}; it is NULL there.`]),
      ...(distinct.length === 1
        ? []
        : [`“${name}” is ${distinct.join(' and ')} in different files; it is read as ${type}.`]),
    ];
    return { name, type, found: types, notes };
  });
}
