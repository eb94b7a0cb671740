// Whether the parameters of a step have the form its kind asks for; must not know the text form, columns or SQL.
import { faultOfValue, type ValueFault } from './step-values.ts';
import { formOfStep, type StepKind } from './step-kinds.ts';
import type { StepParameter, StepParameters } from './step-types.ts';

export interface StepFault {
  /** Parameter and what is meant within it; empty for the step as a whole. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly hint: string;
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function quote(path: ValueFault['path'], parameter: StepParameter): string {
  return `“${[parameter.name, ...path].join('.')}”`;
}

/** The first parameter that its kind does not take or that has another form, or null. What is missing is no fault. */
export function stepFault(kind: StepKind, parameters: Readonly<Record<string, unknown>>): StepFault | null {
  const known = formOfStep(kind).parameters;
  for (const [name, value] of Object.entries(parameters)) {
    const parameter = known.find((each) => each.name === name);
    if (!parameter)
      return {
        path: [name],
        what: `the step ${kind} has no setting “${name}”.`,
        hint: `It takes ${known.map((each) => each.name).join(', ')}.`,
      };
    if (!isGiven(value)) continue;
    const fault = faultOfValue(value, parameter);
    if (fault)
      return {
        path: [name, ...fault.path],
        what: `${quote(fault.path, parameter)} ${fault.what}.`,
        hint: fault.hint,
      };
  }
  return null;
}

function isAsked(
  parameter: StepParameter,
  parameters: StepParameters,
  known: readonly StepParameter[],
): boolean {
  const { when } = parameter;
  if (!when) return true;
  const value = parameters[when.parameter] ?? known.find(({ name }) => name === when.parameter)?.default;
  return when.is.some((each) => each === value);
}

/** Parameters that count only together with what others say, or null. */
function jointGap(kind: StepKind, parameters: StepParameters): StepFault | null {
  const need = (name: string): StepFault => ({
    path: [],
    what: `the step ${kind} needs “${name}”.`,
    hint: `Choose “${name}”.`,
  });
  if (kind === 'outliers' && parameters['action'] === 'review' && !isGiven(parameters['key']))
    return need('key');
  if (kind === 'deduplicate' && parameters['keep'] === 'most-complete' && !isGiven(parameters['columns']))
    return need('columns');
  if (kind !== 'join') return null;
  if (parameters['type'] === 'asof' && !isGiven(parameters['asof'])) return need('asof');
  if (parameters['type'] !== 'asof' && !isGiven(parameters['on'])) return need('on');
  if (isGiven(parameters['prefix']) && !isGiven(parameters['columns'])) return need('columns');
  return null;
}

/** What is missing before the step can run, or null. */
export function stepGap(kind: StepKind, parameters: StepParameters): StepFault | null {
  const form = formOfStep(kind);
  for (const parameter of form.parameters)
    if (
      parameter.required === true &&
      !isGiven(parameters[parameter.name]) &&
      isAsked(parameter, parameters, form.parameters)
    )
      return {
        path: [],
        what: `the step ${kind} needs “${parameter.name}”.`,
        hint: `Fill in ${parameter.label.toLowerCase()}.`,
      };
  const { someOf } = form;
  if (someOf && !someOf.some((name) => isGiven(parameters[name])))
    return {
      path: [],
      what: `the step ${kind} needs ${someOf.join(' or ')}.`,
      hint: 'Fill in at least one of them.',
    };
  return jointGap(kind, parameters);
}

/** Without those that are null or undefined. */
export function givenParameters(parameters: Readonly<Record<string, unknown>>): StepParameters {
  return Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => isGiven(value)),
  ) as StepParameters;
}
