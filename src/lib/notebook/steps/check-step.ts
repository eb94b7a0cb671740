// Whether the parameters of a step have the form its kind asks for; must not know the text form or any column that exists.
import { definitionOf } from './step-kinds.ts';
import {
  CONDITION_WORDS,
  type StepFault,
  type StepKind,
  type StepParameter,
  type StepParameters,
} from './step-types.ts';

type Fault = Omit<StepFault, 'path'> & { readonly inside?: readonly (string | number)[] };

const TYPE = /^[A-Za-z][A-Za-z0-9_ ]*(\(\s*\d+\s*(,\s*\d+\s*)?\))?(\[\])?$/;

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Of a whole number beyond 2^53 the digits that were written are lost. */
function isRounded(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value) && !isRounded(value))
  );
}

/** What is wrong with a value that is no scalar, or `otherwise`. */
function scalarFault(value: unknown, otherwise: Fault): Fault {
  return isRounded(value)
    ? {
        what: 'holds a whole number beyond 9007199254740991, which loses digits',
        hint: `Write it in quotes, e.g. "9007199254740993".`,
      }
    : otherwise;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameFault(value: unknown): Fault | null {
  return isName(value) ? null : { what: 'must be a name', hint: 'Write one name.' };
}

function namesFault(value: unknown): Fault | null {
  if (isName(value)) return null;
  if (!Array.isArray(value) || value.length === 0)
    return { what: 'must be a name or a list of names', hint: 'Write for example [age, salary].' };
  const at = value.findIndex((item) => !isName(item));
  return at < 0 ? null : { what: 'must hold names only', hint: 'Take it out.', inside: [at] };
}

function numberFault(value: unknown, { least, most }: StepParameter): Fault | null {
  const isNumber = typeof value === 'number' && Number.isFinite(value);
  if (isNumber && (least === undefined || value >= least) && (most === undefined || value <= most))
    return null;
  const range =
    least === undefined ? '' : most === undefined ? ` of at least ${least}` : ` from ${least} to ${most}`;
  return { what: `must be a number${range}`, hint: 'Write a number such as 1.5.' };
}

function mappingFault(value: unknown, isTypes: boolean): Fault | null {
  const hint = isTypes ? 'Write for example { age: INTEGER }.' : 'Write for example { left: right }.';
  if (!isMapping(value) || Object.keys(value).length === 0) return { what: 'must be pairs of names', hint };
  const wrong = Object.entries(value).find(
    ([key, item]) => !isName(key) || !isName(item) || (isTypes && !TYPE.test(item)),
  );
  return wrong ? { what: isTypes ? 'must be a type' : 'must be a name', hint, inside: [wrong[0]] } : null;
}

function sharesFault(value: unknown): Fault | null {
  const hint = 'Write for example { train: 0.8, test: 0.2 }.';
  if (!isMapping(value) || Object.keys(value).length === 0)
    return { what: 'must be parts with shares', hint };
  const shares = Object.values(value);
  const areShares = shares.every((share) => typeof share === 'number' && share > 0 && share <= 1);
  const sum = shares.reduce<number>((total, share) => total + Number(share), 0);
  return areShares && Math.abs(sum - 1) < 1e-6 ? null : { what: 'must be shares that add up to 1', hint };
}

function conditionFault(condition: unknown): Fault | null {
  const hint = 'Write for example { column: age, is: ">=", value: 18 }.';
  if (!isMapping(condition) || !isName(condition['column'])) return { what: 'must name a column', hint };
  const word = CONDITION_WORDS.find((each) => each === condition['is']);
  if (word === undefined) return { what: `must say one of ${CONDITION_WORDS.join(', ')}`, hint };
  const extra = Object.keys(condition).find((key) => !['column', 'is', 'value'].includes(key));
  if (extra !== undefined) return { what: 'has a member that is not known', hint, inside: [extra] };
  const value = condition['value'];
  const values = Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value];
  const isList = word === 'in' || word === 'not in';
  const wanted = word === 'missing' || word === 'present' ? 0 : word === 'between' ? 2 : isList ? null : 1;
  const fits = values.every(isScalar) && (wanted === null ? values.length > 0 : values.length === wanted);
  if (fits) return null;
  const what =
    wanted === 0
      ? 'takes no value'
      : wanted === null
        ? 'needs a list of values'
        : wanted === 2
          ? 'needs two values'
          : 'needs one value';
  return { ...scalarFault(values.find(isRounded), { what, hint }), inside: ['value'] };
}

function conditionsFault(value: unknown): Fault | null {
  if (!Array.isArray(value) || value.length === 0)
    return { what: 'must be a list of conditions', hint: 'Add at least one condition.' };
  for (const [index, condition] of (value as readonly unknown[]).entries()) {
    const fault = conditionFault(condition);
    if (fault)
      return {
        ...fault,
        what: `${fault.what} in condition ${index + 1}`,
        inside: [index, ...(fault.inside ?? [])],
      };
  }
  return null;
}

function valuesFault(value: unknown): Fault | null {
  const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const at = values.findIndex((item) => !isScalar(item));
  if (values.length > 0 && at < 0) return null;
  const fault = { what: 'must be values', hint: 'Write numbers, texts, true or false.' };
  return { ...scalarFault(values[at], fault), inside: at < 0 ? [] : [at] };
}

function choiceFault(value: unknown, parameter: StepParameter): Fault | null {
  const words = Object.keys(parameter.choices ?? {});
  return typeof value === 'string' && words.includes(value)
    ? null
    : { what: `must be one of ${words.join(', ')}`, hint: 'Choose one of these words.' };
}

function faultOf(value: unknown, parameter: StepParameter): Fault | null {
  switch (parameter.form) {
    case 'column':
    case 'relation':
      return nameFault(value);
    case 'columns':
    case 'relations':
      return namesFault(value);
    case 'choice':
      return choiceFault(value, parameter);
    case 'number':
      return numberFault(value, parameter);
    case 'text':
      return typeof value === 'string' ? null : { what: 'must be a text', hint: 'Write a text.' };
    case 'flag':
      return typeof value === 'boolean'
        ? null
        : { what: 'must be true or false', hint: 'Write true or false.' };
    case 'value':
      return isScalar(value)
        ? null
        : scalarFault(value, { what: 'must be one value', hint: 'Write a number, a text, true or false.' });
    case 'values':
      return valuesFault(value);
    case 'mapping':
    case 'types':
      return mappingFault(value, parameter.form === 'types');
    case 'shares':
      return sharesFault(value);
    case 'conditions':
      return conditionsFault(value);
  }
}

/** Whether a parameter is asked for beside the others as they are. */
function applies(
  { onlyWhere }: StepParameter,
  parameters: Readonly<Record<string, unknown>>,
  known: readonly StepParameter[],
): boolean {
  if (onlyWhere === undefined) return true;
  const fallback = known.find(({ name }) => name === onlyWhere.name)?.fallback;
  const value = parameters[onlyWhere.name] ?? fallback;
  return onlyWhere.values.some((each) => each === value);
}

/** The first thing that is wrong with the parameters, or null. */
export function checkStep(kind: StepKind, parameters: Readonly<Record<string, unknown>>): StepFault | null {
  const { parameters: known, fault } = definitionOf(kind);
  for (const key of Object.keys(parameters))
    if (!known.some(({ name }) => name === key))
      return {
        path: [key],
        what: `the step ${kind} has no setting “${key}”`,
        hint: `It takes ${known.map(({ name }) => name).join(', ')}.`,
      };
  for (const parameter of known) {
    const value = parameters[parameter.name];
    if (value === undefined || value === null) {
      if (parameter.isRequired && applies(parameter, parameters, known))
        return {
          path: [],
          what: `the step ${kind} needs “${parameter.name}”`,
          hint: `Add “${parameter.name}: …”.`,
        };
      continue;
    }
    const wrong = faultOf(value, parameter);
    if (wrong)
      return {
        path: [parameter.name, ...(wrong.inside ?? [])],
        what: `“${parameter.name}” ${wrong.what}`,
        hint: wrong.hint,
      };
  }
  return fault?.(presentParameters(parameters)) ?? null;
}

/** Parameters without those that are null; their values must have been checked. */
export function presentParameters(parameters: Readonly<Record<string, unknown>>): StepParameters {
  return Object.fromEntries(
    Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined),
  ) as StepParameters;
}
