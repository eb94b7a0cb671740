// Follows sensitivity along the lineage of every output column; must not know what a rule makes of it.
import { higherSensitivity, type Sensitivity } from '../base/sensitivity-level.ts';
import type { ColumnType } from '../engine/contract.ts';
import type { ColumnLineage, ColumnRef, DirectEdge, FunctionStep } from '../lineage/lineage-types.ts';
import { sensitivityAlong } from '../lineage/taint.ts';
import type { MacroDefinition, MacroRegistry } from '../macros/macro-types.ts';
import type { GateInput, SourceLevel } from './gate-input.ts';

/** One way from a source column into an output column. */
export interface Origin {
  readonly edge: DirectEdge;
  /** Null where the source column is in no list: unknown. */
  readonly source: SourceLevel | null;
  /** What is left of its sensitivity at the end; null where unknown. */
  readonly left: Sensitivity | null;
}

export interface JudgedColumn extends ColumnType {
  /** Null where the lineage says nothing of it. */
  readonly lineage: ColumnLineage | null;
  readonly origins: readonly Origin[];
  /** The highest of what is left; null where anything is unknown. */
  readonly sensitivity: Sensitivity | null;
}

/** The engine's names do not tell case apart. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function findSource(sources: readonly SourceLevel[], ref: ColumnRef): SourceLevel | null {
  const found = sources.find(
    (source) => isSameName(source.relation, ref.relation) && isSameName(source.column, ref.column),
  );
  return found ?? null;
}

export function leftAlong(
  source: SourceLevel | null,
  via: readonly FunctionStep[],
  registry: MacroRegistry,
): Sensitivity | null {
  return source ? sensitivityAlong(via, source.sensitivity, registry) : null;
}

/**
 * The same for a value that only decides: asking whether there is one at all tells nothing of it. That is so of the value
 * itself only: `nullif(email, 'bob') IS NULL` tells who it is.
 */
export function leftInDecision(
  source: SourceLevel | null,
  via: readonly FunctionStep[],
  registry: MacroRegistry,
): Sensitivity | null {
  const isPresence = via[0]?.name === 'is null' && !via[0].isLibraryMacro;
  return source && isPresence ? 'none' : leftAlong(source, via, registry);
}

/** `users.email → safe.contact → module.contact` */
export function writePath(path: readonly string[], column: string | null): string {
  return [...path, column === null ? 'module' : `module.${column}`].join(' → ');
}

/** The library macro a value passed last, where it is a sanitizer and nothing was done to its result. */
export function lastSanitizer(via: readonly FunctionStep[], registry: MacroRegistry): MacroDefinition | null {
  const last = via.at(-1);
  if (!last?.isLibraryMacro) return null;
  const macro = registry.find(last.name);
  return macro?.sanitizer ? macro : null;
}

function judgeColumn(
  column: ColumnType,
  lineage: ColumnLineage | null,
  input: Pick<GateInput, 'sources' | 'registry'>,
): JudgedColumn {
  const origins = (lineage?.direct ?? []).map((edge): Origin => {
    const source = findSource(input.sources, edge.from);
    return { edge, source, left: leftAlong(source, edge.via, input.registry) };
  });
  const isKnown = lineage !== null && origins.every((origin) => origin.left !== null);
  const level = origins.reduce<Sensitivity>(
    (highest, { left }) => higherSensitivity(highest, left ?? 'none'),
    'none',
  );
  return { ...column, lineage, origins, sensitivity: isKnown ? level : null };
}

/** The engine's columns beside their lineage, by position; a column whose lineage has another name is unknown. */
export function judgeColumns(
  input: Pick<GateInput, 'columns' | 'lineage' | 'sources' | 'registry'>,
): readonly JudgedColumn[] {
  const { columns, lineage } = input;
  const isUsable = lineage.unknown === null && lineage.columns.length === columns.length;
  return columns.map((column, position) => {
    const traced = isUsable ? (lineage.columns[position] ?? null) : null;
    return judgeColumn(column, traced && isSameName(traced.name, column.name) ? traced : null, input);
  });
}
