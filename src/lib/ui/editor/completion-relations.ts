// Relations and columns as the editor offers them, and which of them a text names; must not know menus or the session.
import type { Sensitivity } from '../../base/sensitivity-level.ts';

export interface CompletionColumn {
  readonly name: string;
  /** Engine type; empty where it is not known. */
  readonly type: string;
  readonly sensitivity: Sensitivity | null;
  /** e.g. `masked: shows the last 4 digits`. */
  readonly badge: string | null;
}

export interface CompletionRelation {
  readonly name: string;
  /** `query`: made within the statement itself. */
  readonly kind: 'source' | 'cell' | 'query';
  readonly columns: readonly CompletionColumn[];
}

const PLAIN_NAME = /^[a-z_][a-z0-9_]*$/i;

/** The name as it must stand in SQL. */
export function writeName(name: string): string {
  return PLAIN_NAME.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `VARCHAR · direct`. */
export function describeColumn(column: CompletionColumn): string {
  const isPlain = column.sensitivity === null || column.sensitivity === 'none';
  return [column.type, isPlain ? '' : column.sensitivity].filter((part) => part !== '').join(' · ');
}

/** Relations whose name stands in the text as a word, in their order. */
export function relationsNamedIn(
  text: string,
  relations: readonly CompletionRelation[],
): readonly CompletionRelation[] {
  const lower = text.toLowerCase();
  const words = new Set(lower.match(/[\p{L}\p{N}_]+/gu) ?? []);
  return relations.filter((relation) => {
    const name = relation.name.toLowerCase();
    return words.has(name) || (!PLAIN_NAME.test(name) && lower.includes(`"${name}"`));
  });
}
