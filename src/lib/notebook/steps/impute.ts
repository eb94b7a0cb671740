// Steps that fill what is missing; must not know what else a step can do.
import type { StepDefinition, StepParameter, StepSpec } from './step-types.ts';
import { figureOf, listWords, replaceColumns, StepReader, writeLiteral, writeName } from './write-sql.ts';

const COLUMNS: StepParameter = { name: 'column', form: 'columns', label: 'Columns', isRequired: true };
const NUMBERS: StepParameter = { ...COLUMNS, family: 'number' };

function present(column: string): string {
  return `null_if_nan(${writeName(column)})`;
}

/** As `present`, without infinities, which would make every mean infinite. */
function finite(column: string): string {
  return `null_if_not_finite(${writeName(column)})`;
}

/** As `present`, of a column of any type. */
function presentOfAny(column: string): string {
  return `impute_value(${writeName(column)}, NULL)`;
}

/** Each column with `filling` of it where it is missing. */
function fill(step: StepSpec, filling: (column: string) => string): string {
  const columns = new StepReader(step).texts('column');
  return replaceColumns(
    step.of,
    columns.map((name) => ({ name, expression: `impute_value(${writeName(name)}, ${filling(name)})` })),
  );
}

function describe(by: string): (step: StepSpec) => string {
  return (step) => `Impute ${listWords(new StepReader(step).texts('column'))} by ${by}`;
}

const common = { group: 'cleanse', keepsRows: true } as const;

export const IMPUTE_STEPS: readonly StepDefinition[] = [
  {
    ...common,
    kind: 'impute-mean',
    title: 'Impute by the mean',
    purpose:
      'Fills missing numbers with the mean of the others; the column becomes DOUBLE. NaN counts as missing, infinities do not count.',
    parameters: [NUMBERS],
    describe: describe('the mean'),
    writeSql: (step) => fill(step, (column) => figureOf(step.of, `avg(${finite(column)})`)),
  },
  {
    ...common,
    kind: 'impute-median',
    title: 'Impute by the median',
    purpose:
      'Fills missing numbers with the median of the others, which outliers do not move; the column becomes DOUBLE.',
    parameters: [NUMBERS],
    describe: describe('the median'),
    writeSql: (step) => fill(step, (column) => figureOf(step.of, `median(${present(column)})`)),
  },
  {
    ...common,
    kind: 'impute-mode',
    title: 'Impute by the most frequent value',
    purpose:
      'Fills what is missing with the most frequent value; of several the first in order. NaN counts as missing.',
    parameters: [COLUMNS],
    describe: describe('the most frequent value'),
    writeSql: (step) =>
      fill(step, (column) => {
        const name = writeName(column);
        return (
          `(SELECT ${name} FROM ${writeName(step.of)} WHERE ${presentOfAny(column)} IS NOT NULL ` +
          `GROUP BY ${name} ORDER BY count(*) DESC, ${name} LIMIT 1)`
        );
      }),
  },
  {
    ...common,
    kind: 'impute-value',
    title: 'Impute by a value',
    purpose: 'Fills what is missing with a value you give.',
    parameters: [COLUMNS, { name: 'value', form: 'value', label: 'Value', isRequired: true }],
    describe: (step) =>
      `Impute ${listWords(new StepReader(step).texts('column'))} by ${new StepReader(step).text('value')}`,
    writeSql: (step) => fill(step, () => writeLiteral(new StepReader(step).value('value'))),
  },
  {
    ...common,
    kind: 'impute-group-mean',
    title: 'Impute by the mean of the group',
    purpose:
      'Fills missing numbers with the mean of the rows that are equal in the group columns; the column becomes DOUBLE. A group without any number stays missing.',
    parameters: [NUMBERS, { name: 'group', form: 'columns', label: 'Groups by', isRequired: true }],
    describe: (step) => {
      const read = new StepReader(step);
      return `Impute ${listWords(read.texts('column'))} by the mean within ${listWords(read.texts('group'))}`;
    },
    writeSql: (step) => {
      const groups = new StepReader(step).texts('group').map(writeName).join(', ');
      return fill(step, (column) => `avg(${finite(column)}) OVER (PARTITION BY ${groups})`);
    },
  },
  {
    ...common,
    kind: 'impute-forward',
    title: 'Impute by the value before',
    purpose:
      'Fills what is missing with the last value before it, in the order of another column. NaN counts as missing.',
    parameters: [
      COLUMNS,
      { name: 'order', form: 'columns', label: 'In the order of', isRequired: true },
      { name: 'group', form: 'columns', label: 'Within each' },
    ],
    describe: (step) => {
      const read = new StepReader(step);
      return `Impute ${listWords(read.texts('column'))} by the value before, in the order of ${listWords(read.texts('order'))}`;
    },
    writeSql: (step) => {
      const read = new StepReader(step);
      const groups = read.texts('group').map(writeName).join(', ');
      const order = read.texts('order').map(writeName).join(', ');
      const frame = `${groups === '' ? '' : `PARTITION BY ${groups} `}ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`;
      return fill(step, (column) => `last_value(${presentOfAny(column)} IGNORE NULLS) OVER (${frame})`);
    },
  },
];
