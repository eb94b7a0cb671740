// `inputs:` of the front matter → inputs, each member checked; must not know how they are written or used.
import type { Members, Path, YamlReader } from '../yaml-reader.ts';
import { choiceTypeOf } from './choice-type.ts';
import { inputNameProblem, inputProblem } from './input-form.ts';
import { INPUT_TYPES } from './input-types.ts';
import type { Ends, InputChoice, InputOptions, InputSpec, InputSpecs, InputType } from './input-types.ts';

type ReadValue<T> = (reader: YamlReader, value: unknown, path: Path) => T;

/** Also `date range`, as people say it. */
function readType(reader: YamlReader, value: unknown, path: Path): InputType {
  const written = typeof value === 'string' ? value.replace(/[\s_]+/g, '-') : value;
  return reader.oneOf(written, path, INPUT_TYPES);
}

const readNumber: ReadValue<number> = (reader, value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return reader.refuse(path, `“${path.join('.')}” must be a number.`, 'Write a number such as 2.5.');
};

const readText: ReadValue<string> = (reader, value, path) => reader.text(value, path);

const readChoice: ReadValue<InputChoice> = (reader, value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? value : reader.text(value, path);

function orNull<T>(read: ReadValue<T>): ReadValue<T | null> {
  return (reader, value, path) => (value === null || value === undefined ? null : read(reader, value, path));
}

/** `{ min: …, max: … }`, or a list of two. */
function readEnds<T>(read: ReadValue<T>): ReadValue<Ends<T>> {
  const end = orNull(read);
  return (reader, value, path) => {
    if (Array.isArray(value)) {
      const [min, max] = value as unknown[];
      if (value.length !== 2)
        return reader.refuse(path, `“${path.join('.')}” must have two ends.`, 'Write { min: 1, max: 5 }.');
      return { min: end(reader, min, [...path, 0]), max: end(reader, max, [...path, 1]) };
    }
    const members = reader.members(value ?? null, path);
    return {
      min: end(reader, members['min'], [...path, 'min']),
      max: end(reader, members['max'], [...path, 'max']),
    };
  };
}

const readColumnType: ReadValue<string> = (reader, value, path) => {
  const type = reader.text(value, path);
  if (choiceTypeOf(type) !== null) return type;
  return reader.refuse(
    path,
    `Values of a column of type “${type}” cannot be chosen.`,
    'Write the type of a column of single values as DuckDB names it, such as DATE or DECIMAL(9,2), or leave it out.',
  );
};

const readOptions: ReadValue<InputOptions> = (reader, value, path) => {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return reader.list(value, path, (item, at) => readChoice(reader, item, at));
  const { of, column, type } = reader.members(value, path);
  if (of === undefined || column === undefined)
    return reader.refuse(
      path,
      '“options” must be a list, or a column.',
      'Write [a, b], or { of: users, column: country }.',
    );
  const options = { of: reader.text(of, [...path, 'of']), column: reader.text(column, [...path, 'column']) };
  return type === undefined ? options : { ...options, type: readColumnType(reader, type, [...path, 'type']) };
};

const readBounds: ReadValue<{ min?: number; max?: number; step?: number }> = (reader, value, path) => {
  const members = reader.members(value, path);
  const bounds: { min?: number; max?: number; step?: number } = {};
  for (const key of ['min', 'max', 'step'] as const)
    if (members[key] != null) bounds[key] = readNumber(reader, members[key], [...path, key]);
  return bounds;
};

function readByType(reader: YamlReader, type: InputType, members: Members, path: Path): InputSpec {
  const { value } = members;
  const at = [...path, 'value'];
  const options = (): InputOptions => readOptions(reader, members['options'], [...path, 'options']);
  switch (type) {
    case 'text':
    case 'date':
      return { type, value: orNull(readText)(reader, value, at) };
    case 'number':
      return { type, value: orNull(readNumber)(reader, value, at), ...readBounds(reader, members, path) };
    case 'range':
      return { type, value: readEnds(readNumber)(reader, value, at), ...readBounds(reader, members, path) };
    case 'date-range':
      return { type, value: readEnds(readText)(reader, value, at) };
    case 'select':
      return { type, value: orNull(readChoice)(reader, value, at), options: options() };
    case 'multi-select':
      return {
        type,
        value: reader.list(value ?? null, at, (item, place) => readChoice(reader, item, place)),
        options: options(),
      };
  }
}

function readInput(reader: YamlReader, value: unknown, path: Path): InputSpec {
  const members = reader.members(value, path);
  const type = readType(reader, members['type'], [...path, 'type']);
  const read = readByType(reader, type, members, path);
  const label = members['label'];
  const spec: InputSpec = label == null ? read : { ...read, label: reader.text(label, [...path, 'label']) };
  const problem = inputProblem(spec);
  return problem === null
    ? spec
    : reader.refuse(path, `the input “${path.at(-1)}”: ${problem}`, 'Correct it.');
}

export function readInputs(reader: YamlReader, value: unknown, path: Path): InputSpecs {
  const inputs = reader.record(value, path, (item, at) => readInput(reader, item, at));
  const before: Record<string, InputSpec> = {};
  for (const [name, spec] of Object.entries(inputs)) {
    const problem = inputNameProblem(before, name, spec);
    if (problem !== null) reader.refuse([...path, name], problem, 'Give the input another name.');
    before[name] = spec;
  }
  return inputs;
}
