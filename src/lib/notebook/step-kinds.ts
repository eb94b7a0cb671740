// Every kind of step with its form; must not know how a step is computed.
import { ROW_STEPS } from './step-forms-rows.ts';
import { VALUE_STEPS } from './step-forms-values.ts';
import type { StepForm, StepParameter } from './step-types.ts';

const STEP_FORMS = { ...VALUE_STEPS, ...ROW_STEPS } as const;

export type StepKind = keyof typeof STEP_FORMS;

/** In the order in which a menu shows them. */
export const STEP_KINDS: readonly StepKind[] = Object.keys(STEP_FORMS) as StepKind[];

export function isStepKind(kind: string): kind is StepKind {
  return Object.hasOwn(STEP_FORMS, kind);
}

export function formOfStep(kind: StepKind): StepForm {
  return STEP_FORMS[kind];
}

export function parameterOfStep(kind: StepKind, name: string): StepParameter | undefined {
  return formOfStep(kind).parameters.find((parameter) => parameter.name === name);
}
