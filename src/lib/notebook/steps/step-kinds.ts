// Every kind of step by its name, and the SQL of a step; must not know the text form.
import { COMBINE_STEPS } from './combine.ts';
import { ENCODE_STEPS } from './encode.ts';
import { IMPUTE_STEPS } from './impute.ts';
import { OUTLIER_STEP } from './outliers.ts';
import { PROTECT_STEPS } from './protect.ts';
import { ROW_STEPS } from './rows.ts';
import { SCALE_STEP } from './scale.ts';
import type { StepDefinition, StepKind, StepSpec } from './step-types.ts';
import { TEXT_STEPS } from './text.ts';

/** In the order in which a menu shows them. */
export const STEP_DEFINITIONS: readonly StepDefinition[] = [
  ...IMPUTE_STEPS,
  OUTLIER_STEP,
  SCALE_STEP,
  ...TEXT_STEPS,
  ...ENCODE_STEPS,
  ...PROTECT_STEPS,
  ...COMBINE_STEPS,
  ...ROW_STEPS,
];

const BY_KIND: ReadonlyMap<string, StepDefinition> = new Map(
  STEP_DEFINITIONS.map((definition) => [definition.kind, definition]),
);

export function isStepKind(kind: string): kind is StepKind {
  return BY_KIND.has(kind);
}

export function definitionOf(kind: StepKind): StepDefinition {
  const definition = BY_KIND.get(kind);
  if (!definition) throw new RangeError(`there is no step called ${kind}`);
  return definition;
}

/** What the step does, in words. */
export function describeStep(step: StepSpec): string {
  return definitionOf(step.kind).describe(step);
}

/** The SQL of a step whose parameters were checked (`check-step.ts`). */
export function writeStepSql(step: StepSpec): string {
  return definitionOf(step.kind).writeSql(step);
}

/** Lower-case names of the parameters that name other relations. */
export function relationParameters(kind: StepKind): readonly string[] {
  return definitionOf(kind)
    .parameters.filter(({ form }) => form === 'relation' || form === 'relations')
    .map(({ name }) => name);
}

/** The step with one relation called otherwise; the same object where it does not name it. */
export function followRelation(
  step: StepSpec,
  isMeant: (name: string) => boolean,
  newName: string,
): StepSpec {
  const rename = (value: unknown): unknown => (typeof value === 'string' && isMeant(value) ? newName : value);
  const of = isMeant(step.of) ? newName : step.of;
  const changed = relationParameters(step.kind).flatMap((name) => {
    const value = step.parameters[name];
    const renamed = Array.isArray(value) ? (value as readonly unknown[]).map(rename) : rename(value);
    return JSON.stringify(renamed) === JSON.stringify(value) ? [] : [[name, renamed] as const];
  });
  if (of === step.of && changed.length === 0) return step;
  return {
    ...step,
    of,
    parameters: { ...step.parameters, ...Object.fromEntries(changed) } as StepSpec['parameters'],
  };
}
