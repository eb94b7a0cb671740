// Kinds of steps that choose rows, join relations or change columns, with their parameters, as data; must not know their SQL.
import type { StepChoice, StepForm, StepParameter } from './step-types.ts';

function choices(words: Readonly<Record<string, string>>): readonly StepChoice[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

const KEY: StepParameter = {
  name: 'key',
  type: 'columns',
  label: 'Key',
  help: 'Rows of one key stay together. Rows without a key count as one.',
  required: true,
};
const SEED: StepParameter = {
  name: 'seed',
  type: 'integer',
  label: 'Seed',
  help: 'Another number makes another choice.',
  default: 1,
};
const KEYED: StepParameter = {
  name: 'keyed',
  type: 'boolean',
  label: 'Key identifies people',
  help: 'Takes the key through hmac_sha256 first, so that the gate lets it decide.',
  default: false,
};

const OUTLIERS: StepForm = {
  title: 'Outliers',
  group: 'clean',
  purpose: 'Finds values far from the others, and flags, removes or clips them, or asks for each row.',
  parameters: [
    { name: 'column', type: 'column', label: 'Column', required: true, suits: 'number' },
    {
      name: 'method',
      type: 'enum',
      label: 'Far away means',
      default: 'iqr',
      choices: choices({ iqr: 'Beyond the quartiles (IQR)', zscore: 'Many deviations from the mean' }),
    },
    {
      name: 'k',
      type: 'number',
      label: 'Times the quartile range',
      default: 1.5,
      min: 0,
      when: { parameter: 'method', is: ['iqr'] },
    },
    {
      name: 'threshold',
      type: 'number',
      label: 'Deviations',
      default: 3,
      min: 0,
      when: { parameter: 'method', is: ['zscore'] },
    },
    {
      name: 'action',
      type: 'enum',
      label: 'Do',
      default: 'flag',
      choices: choices({
        flag: 'Flag them in a new column',
        remove: 'Remove the rows',
        clip: 'Pull values in to the bounds',
        review: 'Decide for each row',
      }),
    },
    {
      name: 'into',
      type: 'text',
      label: 'Flag column',
      help: 'Without a name: the column’s, with _outlier.',
      when: { parameter: 'action', is: ['flag'] },
    },
    {
      name: 'key',
      type: 'column',
      label: 'Column that tells rows apart',
      when: { parameter: 'action', is: ['review'] },
    },
    {
      name: 'decisions',
      type: 'decisions',
      label: 'Decisions',
      help: 'By the key’s value: keep or remove. What was not decided is kept.',
      when: { parameter: 'action', is: ['review'] },
    },
  ],
};

const DEDUPLICATE: StepForm = {
  title: 'Remove duplicates',
  group: 'rows',
  purpose: 'Keeps one row of those that agree in the keys.',
  parameters: [
    { name: 'keys', type: 'columns', label: 'Rows are the same where these agree', required: true },
    {
      name: 'keep',
      type: 'enum',
      label: 'Keep',
      default: 'first',
      choices: choices({
        first: 'The first row',
        last: 'The last row',
        'most-complete': 'The row with the fewest gaps',
      }),
    },
    {
      name: 'columns',
      type: 'columns',
      label: 'Gaps are counted in',
      when: { parameter: 'keep', is: ['most-complete'] },
    },
    {
      name: 'order',
      type: 'order',
      label: 'In the order of',
      help: 'Where rows are equal in it, their other values decide.',
    },
    { ...KEYED, label: 'Keys identify people' },
  ],
};

const JOIN: StepForm = {
  title: 'Join',
  group: 'combine',
  purpose: 'Brings in columns of another relation where keys match.',
  parameters: [
    { name: 'with', type: 'relation', label: 'Join with', required: true },
    {
      name: 'type',
      type: 'enum',
      label: 'Rows',
      default: 'left',
      choices: choices({
        left: 'All rows, with what matches',
        inner: 'Rows that match',
        semi: 'Rows that match, without new columns',
        anti: 'Rows that do not match',
        asof: 'All rows, with the last match before (time series)',
      }),
    },
    { name: 'on', type: 'pairs', label: 'Where these are equal', columnsOf: 'with' },
    {
      name: 'asof',
      type: 'pairs',
      label: 'And this is the last not after',
      help: 'One pair: the time here, and the time there.',
      columnsOf: 'with',
      when: { parameter: 'type', is: ['asof'] },
    },
    {
      name: 'columns',
      type: 'columns',
      label: 'Bring in',
      help: 'Without any: all but the keys.',
      columnsOf: 'with',
      when: { parameter: 'type', is: ['left', 'inner', 'asof'] },
    },
    {
      name: 'prefix',
      type: 'text',
      label: 'Prefix of their names',
      when: { parameter: 'type', is: ['left', 'inner', 'asof'] },
    },
  ],
};

export const ROW_STEPS = {
  outliers: OUTLIERS,
  deduplicate: DEDUPLICATE,
  join: JOIN,
  append: {
    title: 'Append',
    group: 'combine',
    purpose: 'Puts the rows of other relations below, columns matched by name.',
    parameters: [
      { name: 'with', type: 'relations', label: 'Append', required: true },
      {
        name: 'sourceColumn',
        type: 'text',
        label: 'Column with the name of the source',
        help: 'Such as _source; without it there is none.',
      },
    ],
  },
  filter: {
    title: 'Filter',
    group: 'rows',
    purpose: 'Keeps, drops or flags the rows that meet conditions.',
    parameters: [
      { name: 'clauses', type: 'clauses', label: 'Conditions', required: true },
      {
        name: 'match',
        type: 'enum',
        label: 'Rows meet',
        default: 'all',
        choices: choices({ all: 'All conditions', any: 'Any condition' }),
      },
      {
        name: 'action',
        type: 'enum',
        label: 'Do',
        default: 'keep',
        choices: choices({ keep: 'Keep them', drop: 'Drop them', flag: 'Flag them in a new column' }),
      },
      {
        name: 'into',
        type: 'text',
        label: 'Flag column',
        default: 'matches',
        when: { parameter: 'action', is: ['flag'] },
      },
    ],
  },
  split: {
    title: 'Split for training and testing',
    group: 'rows',
    purpose: 'Says for each row which part it belongs to, by a hash of its key, so that runs agree.',
    parameters: [
      KEY,
      {
        name: 'parts',
        type: 'shares',
        label: 'Parts',
        help: 'Their shares add up to 1.',
        default: { train: 0.8, test: 0.2 },
      },
      SEED,
      { name: 'column', type: 'text', label: 'New column', default: 'split' },
      KEYED,
    ],
  },
  columns: {
    title: 'Columns',
    group: 'columns',
    purpose: 'Renames, retypes, drops and reorders columns.',
    parameters: [
      { name: 'rename', type: 'pairs', label: 'Rename' },
      {
        name: 'cast',
        type: 'types',
        label: 'Change the type',
        help: 'A value that does not fit is an error.',
      },
      { name: 'drop', type: 'columns', label: 'Drop' },
      { name: 'order', type: 'columns', label: 'Put first', help: 'By their new names.' },
    ],
    someOf: ['rename', 'cast', 'drop', 'order'],
  },
  sample: {
    title: 'Sample',
    group: 'rows',
    purpose: 'Keeps a share of the rows, by a hash of the key, so that runs agree.',
    parameters: [
      KEY,
      { name: 'share', type: 'number', label: 'Share of keys', required: true, min: 0, max: 1 },
      SEED,
      KEYED,
    ],
  },
} as const satisfies Readonly<Record<string, StepForm>>;
