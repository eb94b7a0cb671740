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

/** What leaves a value the same value and never turns it into NULL, so that a count of it still says only how many. */
const NORMALIZES = new Set('cast lower upper trim ltrim rtrim l_trim r_trim . row'.split(' '));

/** A level on its way. */
interface Carried {
  readonly level: Sensitivity;
  /** It is still a credential, masked or not. */
  readonly isSecret: boolean;
  /** So far the value itself, normalized or passed through the library: nothing chose whether it is NULL. */
  readonly isWhole: boolean;
}

const NOTHING: Carried = { level: 'none', isSecret: false, isWhole: true };

function afterMacro(step: FunctionStep, carried: Carried, registry: MacroRegistry): Carried {
  const macro = registry.find(step.name);
  if (!macro) return carried;
  if (!macro.sanitizer) return macro.name.toLowerCase().startsWith('is_') ? NOTHING : carried;
  // Only the first argument is what a sanitizer takes care of: a pad or a prefix comes out as it went in.
  if (step.argument !== 0) return carried;
  const { residual } = macro.sanitizer;
  if (residual === 'none') return NOTHING;
  return carried.isSecret
    ? { ...carried, level: 'direct' }
    : { ...carried, level: lowerSensitivity(carried.level, residual), isSecret: false };
}

/** `count(nullif(email, 'x'))` beside `count(*)` tells in which group x is: only a count of the value itself hides it. */
function afterCount(carried: Carried): Carried {
  const isIdentifying = carried.level === 'direct' || carried.level === 'secret';
  return isIdentifying && !carried.isWhole ? carried : NOTHING;
}

function afterFunction(step: FunctionStep, carried: Carried): Carried {
  if (COUNTS.has(step.name)) return afterCount(carried);
  if (isBlend(step.name))
    return { ...carried, level: lowerSensitivity(carried.level, 'quasi'), isSecret: false };
  return carried;
}

function isBlend(name: string): boolean {
  return BLENDS.has(name) || /^regr_\w+$/.test(name);
}

function afterStep(step: FunctionStep, carried: Carried, registry: MacroRegistry): Carried {
  const after = step.isLibraryMacro ? afterMacro(step, carried, registry) : afterFunction(step, carried);
  const isKept = step.argument === 0 && (step.isLibraryMacro || NORMALIZES.has(step.name));
  return isKept || after === NOTHING ? after : { ...after, isWhole: false };
}

/**
 * What is left of a level after all steps, innermost first: a sanitizer of the library leaves its residual, validators
 * and counts of the value itself leave nothing, sums and means leave quasi at most, everything else keeps. A secret behind a
 * mask stays direct.
 */
export function sensitivityAlong(
  via: readonly FunctionStep[],
  level: Sensitivity,
  registry: MacroRegistry,
): Sensitivity {
  const start: Carried = { level, isSecret: level === 'secret', isWhole: true };
  return via.reduce<Carried>((carried, step) => afterStep(step, carried, registry), start).level;
}

/** Whether a count, a sum or mean (not over a window), or a validator stands on the way: no value of one row comes out. */
export function isSummarized(via: readonly FunctionStep[], registry: MacroRegistry): boolean {
  return via.some(({ name, isLibraryMacro }) => {
    if (!isLibraryMacro) return COUNTS.has(name) || name === 'count_if' || isBlend(name);
    const macro = registry.find(name);
    return macro !== undefined && !macro.sanitizer && macro.name.toLowerCase().startsWith('is_');
  });
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
