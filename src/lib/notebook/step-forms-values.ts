// Kinds of steps that change values, with the parameters they take, as data; must not know the SQL they become.
import type { StepChoice, StepForm, StepParameter } from './step-types.ts';

function choices(words: Readonly<Record<string, string>>): readonly StepChoice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

const COLUMN = { name: 'column', type: 'column', label: 'Column', required: true } as const;
const NUMBER = { ...COLUMN, suits: 'number' } as const;
const COLUMNS = { name: 'columns', type: 'columns', label: 'Columns', required: true } as const;
const BY = { name: 'by', type: 'columns', label: 'Within groups of' } as const;
const INTO: StepParameter = {
  name: 'into',
  type: 'text',
  label: 'New column',
  help: 'Its name; without one the column itself is replaced.',
};
const ARGUMENTS: StepParameter = {
  name: 'arguments',
  type: 'list',
  label: 'Further arguments',
  help: 'What the macro takes after the column, in order.',
};

export const VALUE_STEPS = {
  'impute-mean': {
    title: 'Impute with the mean',
    group: 'fill',
    purpose: 'Fills what is missing (NULL and NaN) with the mean of what is there.',
    parameters: [NUMBER],
  },
  'impute-median': {
    title: 'Impute with the median',
    group: 'fill',
    purpose: 'Fills what is missing with the median, which outliers do not move.',
    parameters: [NUMBER],
  },
  'impute-mode': {
    title: 'Impute with the most frequent value',
    group: 'fill',
    purpose: 'Fills what is missing with the value most rows have; of several the smallest.',
    parameters: [COLUMN],
  },
  'impute-value': {
    title: 'Impute with a value',
    group: 'fill',
    purpose: 'Fills what is missing with a value you give.',
    parameters: [COLUMN, { name: 'value', type: 'scalar', label: 'Value', required: true }],
  },
  'impute-group-mean': {
    title: 'Impute with the mean of the group',
    group: 'fill',
    purpose:
      'Fills what is missing with the mean of the rows of its group; a group without any stays missing.',
    parameters: [NUMBER, { ...BY, required: true }],
  },
  'impute-forward': {
    title: 'Impute with the value before',
    group: 'fill',
    purpose: 'Fills what is missing with the last value before it, in an order you state.',
    parameters: [COLUMN, { name: 'order', type: 'order', label: 'In the order of', required: true }, BY],
  },
  scale: {
    title: 'Scale',
    group: 'clean',
    purpose: 'Brings numbers to one scale; a constant column becomes 0.',
    parameters: [
      { ...COLUMNS, suits: 'number' },
      {
        name: 'method',
        type: 'enum',
        label: 'Method',
        default: 'standard',
        choices: choices({
          standard: 'Standard: mean 0, deviation 1',
          minmax: 'Min–max: from 0 to 1',
          robust: 'Robust: median 0, quartile range 1',
          log: 'Logarithm of 1 + value',
        }),
      },
      {
        name: 'suffix',
        type: 'text',
        label: 'Suffix of new columns',
        help: 'Adds columns, e.g. salary_scaled; without it the columns are replaced.',
      },
    ],
  },
  text: {
    title: 'Tidy text',
    group: 'clean',
    purpose: 'Sets the case, takes out surplus blanks and accents, turns blank text into NULL.',
    parameters: [
      { ...COLUMNS, suits: 'text' },
      {
        name: 'case',
        type: 'enum',
        label: 'Case',
        default: 'keep',
        choices: choices({
          keep: 'As it is',
          lower: 'lower case',
          upper: 'UPPER CASE',
          title: 'Title Case',
          sentence: 'Sentence case',
        }),
      },
      { name: 'trim', type: 'boolean', label: 'Trim, and join runs of blanks', default: true },
      { name: 'unaccent', type: 'boolean', label: 'Take off accents', default: false },
      { name: 'blankToNull', type: 'boolean', label: 'Blank becomes NULL', default: true },
    ],
  },
  parse: {
    title: 'Read text as numbers, dates or truth values',
    group: 'clean',
    purpose: 'Reads text as values of a type; what cannot be read becomes NULL and is counted.',
    parameters: [
      { ...COLUMN, suits: 'text' },
      {
        name: 'as',
        type: 'enum',
        label: 'As',
        required: true,
        choices: choices({ number: 'Number', date: 'Date', boolean: 'True or false' }),
      },
      {
        name: 'format',
        type: 'text',
        label: 'Format',
        help: 'Of a date, as in %d/%m/%Y; without it only unambiguous dates are read.',
        when: { parameter: 'as', is: ['date'] },
      },
      INTO,
    ],
  },
  'encode-label': {
    title: 'Encode as labels',
    group: 'encode',
    purpose: 'Gives every distinct value a whole number from 0, in sorted order. NULL stays NULL.',
    parameters: [COLUMN, INTO],
  },
  'encode-ordinal': {
    title: 'Encode in a stated order',
    group: 'encode',
    purpose: 'Gives values their place in your list, from 0. Values that are not in it become NULL.',
    parameters: [COLUMN, { name: 'order', type: 'list', label: 'Values in order', required: true }, INTO],
  },
  'encode-frequency': {
    title: 'Encode as frequency',
    group: 'encode',
    purpose: 'Gives every value the share of rows that have it.',
    parameters: [COLUMN, INTO],
  },
  'encode-one-hot': {
    title: 'Encode one-hot',
    group: 'encode',
    purpose:
      'Makes a column of 0 and 1 for each listed value; a value that is not listed is 0 in all of them.',
    parameters: [
      COLUMN,
      { name: 'values', type: 'list', label: 'Values', required: true },
      { name: 'keepColumn', type: 'boolean', label: 'Keep the column', default: false },
    ],
  },
  mask: {
    title: 'Mask',
    group: 'protect',
    purpose: 'Hides all but a harmless part of each value.',
    parameters: [
      COLUMNS,
      { name: 'macro', type: 'macro', label: 'Mask', required: true, topic: 'mask' },
      ARGUMENTS,
    ],
  },
  hash: {
    title: 'Hash',
    group: 'protect',
    purpose: 'Replaces values by tokens made with the project key: equal values stay equal.',
    parameters: [
      COLUMNS,
      { name: 'macro', type: 'macro', label: 'Hash', default: 'hmac_sha256', topic: 'hash' },
      ARGUMENTS,
    ],
  },
  generalize: {
    title: 'Generalize',
    group: 'protect',
    purpose: 'Makes values coarser: ranges, years, districts.',
    parameters: [
      COLUMN,
      { name: 'macro', type: 'macro', label: 'To', required: true, topic: 'generalize' },
      ARGUMENTS,
      INTO,
    ],
  },
} as const satisfies Readonly<Record<string, StepForm>>;
