// Renames a relation in the text of a statement that reads it, keeping everything else as written; must not know cells.
import { quoteIdentifier } from '../base/sql-text.ts';
import { foldIdentifier, isPlainName, nameText } from './identifiers.ts';
import type { ParseTree } from './lineage-types.ts';
import { commonTables, visitRelations, type Hidden } from './references.ts';
import { isAbsent, isRecord, type Fields } from './tree.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Renaming {
  /** Folded old name. */
  readonly from: string;
  readonly edits: Edit[];
  readonly written: string;
}

function spanOf(identifier: unknown): { readonly start: number; readonly end: number } | null {
  const span = isRecord(identifier) ? identifier['span'] : null;
  if (!isRecord(span) || typeof span['start'] !== 'number' || typeof span['end'] !== 'number') return null;
  return { start: span['start'], end: span['end'] };
}

function isNamed(identifier: unknown, folded: string): boolean {
  const name = nameText(identifier);
  return name !== null && foldIdentifier(name) === folded;
}

function edit(renaming: Renaming, identifier: unknown, suffix = ''): void {
  const span = spanOf(identifier);
  if (span) renaming.edits.push({ ...span, text: `${renaming.written}${suffix}` });
}

/** True where the old name stands for a whole row, or inside a name like `users.email` that has no parts in the tree. */
function isUsedBare(part: unknown, folded: string): boolean {
  if (Array.isArray(part)) return part.some((item) => isUsedBare(item, folded));
  if (!isRecord(part)) return false;
  return Object.entries(part).some(([key, value]) => {
    if ((key === 'pivot' || key === 'unpivot') && isRecord(value))
      return isUsedBare({ ...value, this: null }, folded);
    if (key === 'column' && isRecord(value) && isAbsent(value['table']) && isNamed(value['name'], folded))
      return true;
    const excluded = key === 'except' && Array.isArray(value) ? value : [];
    const isDotted = excluded.some((name) => foldIdentifier(nameText(name) ?? '').startsWith(`${folded}.`));
    return isDotted || isUsedBare(value, folded);
  });
}

/** What the old name means as a qualifier in a FROM clause: the relation, something else, or nothing of its own. */
function meaningIn(items: readonly unknown[], folded: string, hidden: Hidden): boolean | null {
  let meaning: boolean | null = null;
  for (const item of items) {
    const found = meaningOf(item, folded, hidden);
    if (found === false) return false;
    meaning ??= found;
  }
  return meaning;
}

function meaningOf(item: unknown, folded: string, hidden: Hidden): boolean | null {
  if (!isRecord(item)) return null;
  const [entry] = Object.entries(item);
  if (!entry || !isRecord(entry[1])) return null;
  const [kind, fields] = entry;
  if (!isAbsent(fields['alias'])) return isNamed(fields['alias'], folded) ? false : null;
  if (kind === 'table') return isNamed(fields['name'], folded) ? !hidden.has(folded) : null;
  if (kind === 'joined_table') return meaningIn([fields['left'], ...joined(fields['joins'])], folded, hidden);
  return kind === 'paren' || kind === 'annotated' ? meaningOf(fields['this'], folded, hidden) : null;
}

function joined(joins: unknown): readonly unknown[] {
  return Array.isArray(joins) ? joins.map((join) => (isRecord(join) ? join['this'] : null)) : [];
}

function fromItems(select: Fields): readonly unknown[] {
  const from = isRecord(select['from']) ? select['from']['expressions'] : [];
  return [...(Array.isArray(from) ? from : []), ...joined(select['joins'])];
}

/** Edits `users` in `users.email`, `users.*` and `main.users.email` where it means the relation. */
function visitQualifiers(part: unknown, hidden: Hidden, isMeant: boolean, renaming: Renaming): void {
  if (Array.isArray(part)) {
    for (const item of part) visitQualifiers(item, hidden, isMeant, renaming);
    return;
  }
  if (!isRecord(part)) return;
  const { bodies, after } = commonTables(part['with'], hidden);
  for (const [body, seen] of bodies) visitQualifiers(body, seen, isMeant, renaming);
  const meant = meaningIn(fromItems(part), renaming.from, after) ?? isMeant;
  for (const [key, value] of Object.entries(part)) {
    if (key === 'with' && bodies.length > 0) continue;
    if ((key === 'column' || key === 'star') && isRecord(value) && meant) editQualifier(value, renaming);
    visitQualifiers(value, after, meant, renaming);
  }
}

function editQualifier(fields: Fields, renaming: Renaming): void {
  if (isNamed(fields['table'], renaming.from)) edit(renaming, fields['table']);
  else if (isNamed(fields['table'], 'main') && isNamed(fields['name'], renaming.from))
    edit(renaming, fields['name']);
}

function applyEdits(sql: string, edits: readonly Edit[]): string {
  const unique = new Map(edits.map((one) => [one.start, one]));
  const ordered = [...unique.values()].sort((a, b) => b.start - a.start);
  return ordered.reduce(
    (text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end),
    sql,
  );
}

/**
 * `sql` with every use of the relation `from` written as `to`: in FROM and as the qualifier of a column. Common table
 * expressions and aliases of that name stay, as do spaces, comments and letter case elsewhere. Where the old name also
 * stands for a whole row, which a column could be called as well, it is kept as an alias: `FROM new AS old`.
 * @param tree the parse tree of exactly this `sql`
 */
export function renameReferences(sql: string, tree: ParseTree, from: string, to: string): string {
  const renaming: Renaming = {
    from: foldIdentifier(from),
    edits: [],
    written: isPlainName(to) ? to : quoteIdentifier(to),
  };
  const keepsAlias = isUsedBare(tree, renaming.from);
  visitRelations(tree, new Set(), ({ name, identifier, table, isCommonTable }) => {
    if (isCommonTable || foldIdentifier(name) !== renaming.from) return;
    const needsAlias = keepsAlias && 'alias' in table && isAbsent(table['alias']);
    const own = isPlainName(from) ? from : quoteIdentifier(from);
    edit(renaming, identifier, needsAlias ? ` AS ${own}` : '');
  });
  if (!keepsAlias) visitQualifiers(tree, new Set(), false, renaming);
  return applyEdits(sql, renaming.edits);
}
