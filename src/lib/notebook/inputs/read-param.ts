// A value for an input as it is typed on a command line; must not know where it was typed.
import { fail, succeed, type Result } from '../../base/result.ts';
import { inputProblem, isOfColumn } from './input-form.ts';
import type { Ends, InputChoice, InputSpec } from './input-types.ts';

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

class NotANumber extends Error {}

function readNumber(text: string): number | null {
  if (text.trim() === '') return null;
  if (!NUMBER.test(text.trim())) throw new NotANumber(text);
  return Number(text);
}

function readDay(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function readEnds<T>(text: string, read: (end: string) => T | null): Ends<T> | null {
  const parts = text.split('..');
  return parts.length === 2 ? { min: read(parts[0] ?? ''), max: read(parts[1] ?? '') } : null;
}

/** Numbers where all that can be chosen are numbers. */
function readChoice(text: string, spec: Extract<InputSpec, { options: unknown }>): InputChoice {
  const { options, value } = spec;
  const known: readonly unknown[] = Array.isArray(options) ? options : [value].flat();
  const areNumbers = known.length > 0 && known.every((each) => typeof each === 'number');
  return areNumbers ? (readNumber(text) ?? text) : text;
}

/** What is chosen but not among the typed options; values of a column are known only when it is there. */
function unknownChoice(spec: InputSpec): InputChoice | undefined {
  if (!('options' in spec) || isOfColumn(spec.options)) return undefined;
  const { options, value } = spec;
  return [value ?? []].flat().find((each) => !options.includes(each));
}

/** A JSON list, or words set apart by commas; nothing is the empty list. */
function readList(text: string): readonly string[] {
  if (text.trim() === '') return [];
  if (!text.trim().startsWith('[')) return text.split(',').map((each) => each.trim());
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.map(String) : [text];
}

function withValue(spec: InputSpec, text: string): InputSpec | null {
  switch (spec.type) {
    case 'text':
      return { ...spec, value: text };
    case 'number':
      return { ...spec, value: readNumber(text) };
    case 'date':
      return { ...spec, value: readDay(text) };
    case 'range': {
      const value = readEnds(text, readNumber);
      return value && { ...spec, value };
    }
    case 'date-range': {
      const value = readEnds(text, readDay);
      return value && { ...spec, value };
    }
    case 'select':
      return { ...spec, value: text === '' ? null : readChoice(text, spec) };
    case 'multi-select':
      return { ...spec, value: readList(text).map((each) => readChoice(each, spec)) };
  }
}

const FORMS: Readonly<Record<InputSpec['type'], string>> = {
  text: 'any text',
  number: 'a number such as 2.5',
  date: 'a date such as 2016-01-31',
  range: 'two numbers with two dots between: 1..5, and nothing for an open end',
  'date-range': 'two dates with two dots between: 2016-01-01..2016-12-31, and nothing for an open end',
  select: 'one of its options',
  'multi-select': 'options with commas between, or a JSON list',
};

/**
 * The input with the value that `text` says; nothing means NULL, but for texts.
 * @returns `input-param` where it says none for this type.
 */
export function readParam(name: string, spec: InputSpec, text: string): Result<InputSpec> {
  const refuse = (why: string) =>
    fail({
      code: 'input-param',
      message: `“${text}” is no value for the input ${name}${why}.`,
      hint: `Write ${FORMS[spec.type]}.`,
    });
  try {
    const changed = withValue(spec, text);
    if (changed === null) return refuse('');
    const unknown = unknownChoice(changed);
    if (unknown !== undefined) return refuse(`: there is no option “${unknown}”`);
    const problem = inputProblem(changed);
    return problem === null ? succeed(changed) : refuse(`: ${problem.replace(/\.$/, '')}`);
  } catch (error) {
    if (error instanceof NotANumber || error instanceof SyntaxError) return refuse('');
    throw error;
  }
}
