// Steps that choose rows: conditions, duplicates, samples, and the split into training and test; must not know other steps.
import type { StepCondition, StepDefinition, StepScalar, StepSpec } from './step-types.ts';
import { addColumns, listWords, StepReader, writeList, writeLiteral, writeName } from './write-sql.ts';

function valuesOf(condition: StepCondition): readonly StepScalar[] {
  const { value } = condition;
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly StepScalar[]) : [value as StepScalar];
}

function writeCondition(condition: StepCondition): string {
  const column = writeName(condition.column);
  const [first = '', second = first] = valuesOf(condition);
  switch (condition.is) {
    case 'missing':
      return `${column} IS NULL`;
    case 'present':
      return `${column} IS NOT NULL`;
    case 'in':
      return `${column} IN (${writeList(valuesOf(condition))})`;
    case 'not in':
      return `(${column} NOT IN (${writeList(valuesOf(condition))}) OR ${column} IS NULL)`;
    case 'between':
      return `${column} BETWEEN ${writeLiteral(first)} AND ${writeLiteral(second)}`;
    case 'contains':
      return `contains(lower(CAST(${column} AS VARCHAR)), lower(${writeLiteral(String(first))}))`;
    case 'starts with':
      return `starts_with(lower(CAST(${column} AS VARCHAR)), lower(${writeLiteral(String(first))}))`;
    case '!=':
      return `${column} IS DISTINCT FROM ${writeLiteral(first)}`;
    default:
      return `${column} ${condition.is} ${writeLiteral(first)}`;
  }
}

function writeFilter(step: StepSpec): string {
  const read = new StepReader(step);
  const joint = read.text('match', 'all') === 'any' ? '\n  OR ' : '\n  AND ';
  const where = read.list<StepCondition>('where').map(writeCondition).join(joint);
  switch (read.text('action', 'keep')) {
    case 'drop':
      return `SELECT *\nFROM ${writeName(step.of)}\nWHERE NOT coalesce(${where}, FALSE)`;
    case 'flag':
      return addColumns(step.of, [
        { name: read.text('into', 'is_match'), expression: `coalesce(${where}, FALSE)` },
      ]);
    default:
      return `SELECT *\nFROM ${writeName(step.of)}\nWHERE ${where}`;
  }
}

/** Keys as they are, or as tokens where they name people: what identifies may not decide about rows. */
function keysOf(step: StepSpec, parameter: string): readonly string[] {
  const read = new StepReader(step);
  const names = read.texts(parameter).map(writeName);
  return read.flag('token') ? names.map((name) => `hmac_sha256(${name})`) : names;
}

function writeDeduplicate(step: StepSpec): string {
  const read = new StepReader(step);
  const keep = read.text('keep', 'first');
  const direction = keep === 'last' ? ' DESC' : '';
  const filled = read
    .texts('columns')
    .map((column) => `CASE WHEN ${writeName(column)} IS NULL THEN 0 ELSE 1 END`)
    .join(' + ');
  const order = [
    ...(keep === 'most-complete' && filled !== '' ? [`${filled} DESC`] : []),
    ...read.texts('order').map((column) => `${writeName(column)}${direction} NULLS LAST`),
    `_sl_row${direction}`,
  ];
  return (
    `SELECT * EXCLUDE (_sl_row)\n` +
    `FROM (SELECT *, row_number() OVER () AS _sl_row FROM ${writeName(step.of)})\n` +
    `QUALIFY row_number() OVER (PARTITION BY ${keysOf(step, 'keys').join(', ')} ORDER BY ${order.join(', ')}) = 1\n` +
    `ORDER BY _sl_row`
  );
}

/** A number from 0 to 1 that the key alone decides, so that rows of one key stay together; those without one too. */
function shareOf(step: StepSpec): string {
  const keys = keysOf(step, 'key').map((key) => `coalesce(CAST(${key} AS VARCHAR), '')`);
  const key = keys.length === 1 ? (keys[0] ?? '') : `concat_ws(chr(31), ${keys.join(', ')})`;
  return `hash_share(${key}, ${new StepReader(step).number('seed', 1)})`;
}

function writeSplit(step: StepSpec): string {
  const read = new StepReader(step);
  const parts = read.mapping('parts').map(([name, share]) => ({ name, share: Number(share) }));
  let reached = 0;
  const cases = parts.slice(0, -1).map(({ name, share }) => {
    reached = Math.round((reached + share) * 1e9) / 1e9;
    return `WHEN ${shareOf(step)} < ${reached} THEN ${writeLiteral(name)}`;
  });
  const last = writeLiteral(parts.at(-1)?.name ?? 'train');
  const expression = cases.length === 0 ? last : `CASE\n    ${cases.join('\n    ')}\n    ELSE ${last}\n  END`;
  return addColumns(step.of, [{ name: read.text('into', 'split'), expression }]);
}

const TOKEN = {
  name: 'token',
  form: 'flag',
  label: 'Compare by token (needed where the key names people)',
  fallback: false,
} as const;

export const ROW_STEPS: readonly StepDefinition[] = [
  {
    kind: 'filter',
    title: 'Filter rows',
    group: 'shape',
    keepsRows: false,
    purpose: 'Keeps, drops or flags rows by conditions on any number of columns.',
    parameters: [
      { name: 'where', form: 'conditions', label: 'Conditions', isRequired: true },
      {
        name: 'match',
        form: 'choice',
        label: 'Of which',
        fallback: 'all',
        choices: { all: 'all hold', any: 'at least one holds' },
      },
      {
        name: 'action',
        form: 'choice',
        label: 'Then',
        fallback: 'keep',
        choices: { keep: 'keep the row', drop: 'drop the row', flag: 'add a column that says so' },
      },
      {
        name: 'into',
        form: 'text',
        label: 'Column',
        fallback: 'is_match',
        onlyWhere: { name: 'action', values: ['flag'] },
      },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      const columns = [...new Set(read.list<StepCondition>('where').map(({ column }) => column))];
      const done: Readonly<Record<string, string>> = { keep: 'Keep', drop: 'Drop', flag: 'Flag' };
      return `${done[read.text('action', 'keep')] ?? 'Keep'} rows by ${listWords(columns)}`;
    },
    writeSql: writeFilter,
  },
  {
    kind: 'deduplicate',
    title: 'Remove duplicates',
    group: 'cleanse',
    keepsRows: false,
    purpose: 'Keeps one row of those that are equal in the key columns. Rows stay in their order.',
    parameters: [
      { name: 'keys', form: 'columns', label: 'Equal in', isRequired: true },
      {
        name: 'keep',
        form: 'choice',
        label: 'Keep',
        fallback: 'first',
        choices: {
          first: 'the first row',
          last: 'the last row',
          'most-complete': 'the row with most values',
        },
      },
      {
        name: 'order',
        form: 'columns',
        label: 'In the order of',
        help: 'The order of the rows where none is named.',
      },
      {
        name: 'columns',
        form: 'columns',
        label: 'Count values in',
        isRequired: true,
        onlyWhere: { name: 'keep', values: ['most-complete'] },
      },
      TOKEN,
    ],
    describe: (step) => `Remove duplicates by ${listWords(new StepReader(step).texts('keys'))}`,
    writeSql: writeDeduplicate,
  },
  {
    kind: 'split',
    title: 'Split into training and test',
    group: 'shape',
    keepsRows: true,
    purpose:
      'Adds a column that says which part a row belongs to. Rows of one key stay together, and so do those without a key.',
    parameters: [
      { name: 'key', form: 'columns', label: 'Key', isRequired: true },
      { name: 'parts', form: 'shares', label: 'Parts', isRequired: true },
      { name: 'seed', form: 'number', label: 'Seed', fallback: 1 },
      { name: 'into', form: 'text', label: 'Column', fallback: 'split' },
      TOKEN,
    ],
    describe: (step) => {
      const read = new StepReader(step);
      return `Split into ${listWords(read.mapping('parts').map(([name]) => name))} by ${listWords(read.texts('key'))}`;
    },
    writeSql: writeSplit,
  },
  {
    kind: 'sample',
    title: 'Sample rows',
    group: 'shape',
    keepsRows: false,
    purpose:
      'Keeps a share of the rows, the same at each run. Rows of one key stay together, and so do those without a key.',
    parameters: [
      { name: 'key', form: 'columns', label: 'Key', isRequired: true },
      { name: 'share', form: 'number', label: 'Share, from 0 to 1', isRequired: true, least: 0, most: 1 },
      { name: 'seed', form: 'number', label: 'Seed', fallback: 1 },
      TOKEN,
    ],
    describe: (step) => `Sample ${new StepReader(step).number('share', 0) * 100} % of the rows`,
    writeSql: (step) =>
      `SELECT *\nFROM ${writeName(step.of)}\nWHERE ${shareOf(step)} < ${new StepReader(step).number('share', 0)}`,
  },
];
