// Words for inputs, and their values as text fields hold them; must not know SQL.
import type { InputChoice, InputSpec, InputType } from '../../notebook/inputs/input-types.ts';

export const TYPE_WORDS: Readonly<Record<InputType, string>> = {
  text: 'Text',
  number: 'Number',
  range: 'Range of numbers',
  date: 'Date',
  'date-range': 'Range of dates',
  select: 'One of several',
  'multi-select': 'Several at once',
};

const USE_WORDS: Readonly<Record<InputType, string>> = {
  text: 'Compare with it: name = $name',
  number: 'Compare with it: salary > $name',
  range: 'It has two ends: salary BETWEEN $name_min AND $name_max',
  date: 'Compare with it: joined_on >= $name',
  'date-range': 'It has two ends: joined_on BETWEEN $name_min AND $name_max',
  select: 'Compare with it: country = $name',
  'multi-select': 'It is a list: country IN $name',
};

/** The rule with the input's own name in it. */
export function useWords(type: InputType, name: string): string {
  return `${USE_WORDS[type].replaceAll('$name', `$${name}`)}.`;
}

export function labelOf(name: string, spec: InputSpec): string {
  return spec.label ?? name;
}

/** An empty field is no value. */
export function numberIn(text: string): number | null {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}

/** One choice a line; numbers where every line is one as Sluice writes it. */
export function choicesIn(text: string): readonly InputChoice[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const unique = [...new Set(lines)];
  const areNumbers = unique.length > 0 && unique.every((line) => String(Number(line)) === line);
  return areNumbers ? unique.map(Number) : unique;
}
