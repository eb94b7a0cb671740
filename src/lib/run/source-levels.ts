// Which sensitivity counts for a source column: what was declared, else what was found; must not know how it is found.
import { sensitivityRank, type Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnDeclaration } from '../notebook/notebook-types.ts';
import type { ColumnFinding } from '../sensitivity/sensitivity-types.ts';

export interface SourceColumnLevel {
  readonly relation: string;
  readonly column: string;
  readonly sensitivity: Sensitivity;
  readonly entity: string | null;
}

/** A declaration may raise the level freely; it lowers it only with a reason. */
export function effectiveLevel(
  finding: ColumnFinding | null,
  declared: ColumnDeclaration | null,
): { readonly sensitivity: Sensitivity; readonly entity: string | null } {
  const found = finding?.sensitivity ?? 'none';
  const wanted = declared?.sensitivity ?? found;
  const lowers = sensitivityRank(wanted) < sensitivityRank(found);
  const sensitivity = lowers && !declared?.reason?.trim() ? found : wanted;
  return { sensitivity, entity: declared?.entity ?? finding?.entity ?? null };
}

/** The declaration of a column, whose name is the same in any case. */
export function declarationOf(
  declarations: Readonly<Record<string, ColumnDeclaration>>,
  column: string,
): ColumnDeclaration | null {
  const named = Object.keys(declarations).find((name) => name.toLowerCase() === column.toLowerCase());
  return named === undefined ? null : (declarations[named] ?? null);
}

export function levelsOfSource(
  relation: string,
  findings: readonly ColumnFinding[],
  declarations: Readonly<Record<string, ColumnDeclaration>>,
): readonly SourceColumnLevel[] {
  return findings.map((finding) => ({
    relation,
    column: finding.name,
    ...effectiveLevel(finding, declarationOf(declarations, finding.name)),
  }));
}
