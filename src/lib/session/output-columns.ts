// What is shown of a cell's output columns: level, badge, lineage; must not know engine or interface.
import type { Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { ColumnLineage, RelationLineage } from '../lineage/lineage-types.ts';
import { columnSensitivity } from '../lineage/taint.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type { SourceColumnLevel } from '../run/source-levels.ts';
import type { OutputColumnView } from './cell-run-types.ts';

/** `masked: shows the last 4 digits` for the sanitizer nearest to the output; null where there is none. */
function badgeOf(column: ColumnLineage, registry: MacroRegistry): string | null {
  const shown = new Set<string>();
  for (const edge of column.direct)
    for (const step of edge.via) {
      const sanitizer = step.isLibraryMacro ? registry.find(step.name)?.sanitizer : null;
      if (sanitizer)
        shown.add(
          sanitizer.residual === 'none'
            ? `protected: ${sanitizer.shows}`
            : `masked: shows ${sanitizer.shows}`,
        );
    }
  return shown.size === 0 ? null : [...shown].join('; ');
}

/** Columns are matched with their lineage by position; where the counts differ the level is unknown. */
export function describeOutputColumns(
  columns: readonly ColumnType[],
  lineage: RelationLineage | null,
  levels: readonly SourceColumnLevel[],
  registry: MacroRegistry,
): readonly OutputColumnView[] {
  const isKnown = lineage !== null && lineage.unknown === null && lineage.columns.length === columns.length;
  const levelOf = (relation: string, column: string): Sensitivity =>
    levels.find(
      (level) =>
        level.relation.toLowerCase() === relation.toLowerCase() &&
        level.column.toLowerCase() === column.toLowerCase(),
    )?.sensitivity ?? 'none';
  return columns.map(({ name, type }, index) => {
    const traced = isKnown ? lineage.columns[index] : undefined;
    if (!traced || !lineage) return { name, type, sensitivity: null, badge: null, direct: [], indirect: [] };
    return {
      name,
      type,
      sensitivity: columnSensitivity(traced, (ref) => levelOf(ref.relation, ref.column), registry),
      badge: badgeOf(traced, registry),
      direct: traced.direct,
      indirect: [...traced.indirect, ...lineage.indirect],
    };
  });
}
