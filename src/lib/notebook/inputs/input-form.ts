// What an input may be: its names in SQL, its value, and why one cannot be; must not know YAML or SQL's text.
import { foldName, nameFormProblem } from '../names.ts';
import type { ColumnOptions, Ends, InputOptions, InputSpec, InputSpecs, InputType } from './input-types.ts';

/** An input before anybody chose anything. */
export function emptyInput(type: InputType): InputSpec {
  switch (type) {
    case 'text':
    case 'number':
    case 'date':
      return { type, value: null };
    case 'range':
    case 'date-range':
      return { type, value: { min: null, max: null } };
    case 'select':
      return { type, value: null, options: [] };
    case 'multi-select':
      return { type, value: [], options: [] };
  }
}

export function hasEnds(spec: InputSpec): boolean {
  return spec.type === 'range' || spec.type === 'date-range';
}

/** The names under which SQL reads it, without `$`: two of a range. */
export function namesInSql(name: string, spec: InputSpec): readonly string[] {
  return hasEnds(spec) ? [`${name}_min`, `${name}_max`] : [name];
}

export function isOfColumn(options: InputOptions): options is ColumnOptions {
  return !Array.isArray(options);
}

/** An ISO date that is in the calendar, from year 1 on. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** True where a JavaScript number keeps every digit that was written. */
function isKept(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function numberProblem(value: number | null): string | null {
  return value === null || isKept(value)
    ? null
    : 'The number has more digits than can be kept: use a text input and cast it.';
}

function dayProblem(value: string | null): string | null {
  return value === null || isDay(value) ? null : `“${value}” is not a date: write it as 2016-01-31.`;
}

function endsProblem<T extends string | number>(
  { min, max }: Ends<T>,
  problemOf: (value: T | null) => string | null,
): string | null {
  const problem = problemOf(min) ?? problemOf(max);
  if (problem !== null) return problem;
  return min !== null && max !== null && min > max ? 'The lower end is above the upper one.' : null;
}

function boundsProblem(spec: InputSpec): string | null {
  if (spec.type !== 'number' && spec.type !== 'range') return null;
  const { min = null, max = null, step } = spec;
  if (step !== undefined && !(step > 0)) return 'The step must be more than 0.';
  return endsProblem({ min, max }, numberProblem);
}

function valueProblem(spec: InputSpec): string | null {
  switch (spec.type) {
    case 'text':
      return null;
    case 'number':
      return numberProblem(spec.value);
    case 'range':
      return endsProblem(spec.value, numberProblem);
    case 'date':
      return dayProblem(spec.value);
    case 'date-range':
      return endsProblem(spec.value, dayProblem);
    case 'select':
      return typeof spec.value === 'number' ? numberProblem(spec.value) : null;
    case 'multi-select':
      return spec.value
        .map((each) => (typeof each === 'number' ? numberProblem(each) : null))
        .reduce((first, each) => first ?? each, null);
  }
}

/** Why the input cannot be like this, in a sentence, or null. */
export function inputProblem(spec: InputSpec): string | null {
  return boundsProblem(spec) ?? valueProblem(spec);
}

/**
 * Why `name` cannot name an input, in a sentence, or null. Inputs have names of their own: a cell may be called the same.
 * `except` is the present name of what is being renamed.
 */
export function inputNameProblem(
  inputs: InputSpecs,
  name: string,
  spec: InputSpec,
  except?: string,
): string | null {
  const formProblem = nameFormProblem(name);
  if (formProblem !== null) return formProblem;
  const others = Object.entries(inputs).filter(([other]) => other !== except);
  if (others.some(([other]) => foldName(other) === foldName(name)))
    return `There is an input “${name}” already.`;
  const taken = new Set(others.flatMap(([other, each]) => namesInSql(other, each).map(foldName)));
  const clash = namesInSql(name, spec).find((each) => taken.has(foldName(each)));
  return clash === undefined ? null : `“$${clash}” would mean two inputs: choose another name.`;
}

/** `since: 2016-01-01`, for reading. */
export function describeInput(name: string, { value }: InputSpec): string {
  if (value === null) return `${name}: no value`;
  if (typeof value !== 'object') return `${name}: ${value}`;
  if ('min' in value) return `${name}: ${value.min ?? ''}..${value.max ?? ''}`;
  return `${name}: ${value.length === 0 ? 'nothing chosen' : value.join(', ')}`;
}
