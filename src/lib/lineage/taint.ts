// How sensitive a value is after what was done to it; must not know the parse tree or the gate's rules.
import { higherSensitivity, lowerSensitivity, type Sensitivity } from '../base/sensitivity-level.ts';
import type { MacroRegistry } from '../macros/macro-types.ts';
import type {
  ColumnLineage,
  ColumnRef,
  FunctionStep,
  IndirectEdge,
  RelationLineage,
} from './lineage-types.ts';

/** Sensitivity of a source column. */
export type LevelOf = (column: ColumnRef) => Sensitivity;

/** Aggregates that say how many, never what. */
const COUNTS = new Set(['count', 'approx_count_distinct']);

/** Aggregates that blend many values; only outside of windows (`sum over` is another name). */
const BLENDS = new Set(
  `sum fsum kahan_sum sumkahan avg mean favg stddev stddev_pop stddev_samp var_pop var_samp variance corr entropy`.split(
    /\s+/,
  ),
);

function afterMacro(step: FunctionStep, level: Sensitivity, registry: MacroRegistry): Sensitivity {
  const macro = registry.find(step.name);
  if (!macro) return level;
  if (macro.sanitizer) {
    // Only the first argument is what a sanitizer takes care of: a pad or a prefix comes out as it went in.
    if (step.argument !== 0) return level;
    const { residual } = macro.sanitizer;
    if (level === 'secret' && residual !== 'none') return 'direct';
    return lowerSensitivity(level, residual);
  }
  return macro.name.toLowerCase().startsWith('is_') ? 'none' : level;
}

function afterFunction(step: FunctionStep, level: Sensitivity): Sensitivity {
  if (COUNTS.has(step.name)) return 'none';
  if (BLENDS.has(step.name) || /^regr_\w+$/.test(step.name)) return lowerSensitivity(level, 'quasi');
  return level;
}

/**
 * What is left of a level after all steps, innermost first: a sanitizer of the library leaves its residual, validators
 * and counts leave nothing, sums and means leave quasi at most, everything else keeps. A secret behind a mask stays direct.
 */
export function sensitivityAlong(
  via: readonly FunctionStep[],
  level: Sensitivity,
  registry: MacroRegistry,
): Sensitivity {
  return via.reduce<Sensitivity>(
    (current, step) =>
      step.isLibraryMacro ? afterMacro(step, current, registry) : afterFunction(step, current),
    level,
  );
}

/** The most sensitive of all that a column is made of. */
export function columnSensitivity(
  column: ColumnLineage,
  levelOf: LevelOf,
  registry: MacroRegistry,
): Sensitivity {
  return column.direct.reduce<Sensitivity>(
    (highest, edge) => higherSensitivity(highest, sensitivityAlong(edge.via, levelOf(edge.from), registry)),
    'none',
  );
}

export interface SensitiveDecision {
  readonly edge: IndirectEdge;
  readonly sensitivity: Sensitivity;
  /** Output column, or null where it decides whole rows. */
  readonly column: string | null;
}

/** Indirect edges through which a direct or secret column decides rows or values. */
export function sensitiveDecisions(
  lineage: RelationLineage,
  levelOf: LevelOf,
  registry: MacroRegistry,
): readonly SensitiveDecision[] {
  const judge = (column: string | null) => (edge: IndirectEdge) => {
    const sensitivity = sensitivityAlong(edge.via, levelOf(edge.from), registry);
    return sensitivity === 'direct' || sensitivity === 'secret' ? [{ edge, sensitivity, column }] : [];
  };
  return [
    ...lineage.indirect.flatMap(judge(null)),
    ...lineage.columns.flatMap((column) => column.indirect.flatMap(judge(column.name))),
  ];
}
