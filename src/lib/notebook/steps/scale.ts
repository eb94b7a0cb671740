// The step that brings numbers to a common scale; must not know what else a step can do.
import type { StepDefinition, StepSpec } from './step-types.ts';
import { addColumns, figureOf, listWords, replaceColumns, StepReader, writeName } from './write-sql.ts';

const METHODS: Readonly<Record<string, string>> = {
  standard: 'mean 0, standard deviation 1',
  minmax: 'from 0 to 1',
  robust: 'median 0, interquartile range 1',
  log: 'natural logarithm of 1 + value',
};

/** Center and width, as scikit-learn's StandardScaler, MinMaxScaler and RobustScaler take them; width 0 gives 0. */
function scaled(of: string, column: string, method: string): string {
  const name = writeName(column);
  const value = `null_if_not_finite(${name})`;
  const rescale = (center: string, width: string) =>
    `rescale(${name}, ${figureOf(of, center)}, ${figureOf(of, width)})`;
  switch (method) {
    case 'minmax':
      return rescale(`min(${value})`, `max(${value}) - min(${value})`);
    case 'robust':
      return rescale(`median(${value})`, `quantile_cont(${value}, 0.75) - quantile_cont(${value}, 0.25)`);
    case 'log':
      return `scale_log(${name})`;
    default:
      return rescale(`avg(${value})`, `stddev_pop(${value})`);
  }
}

function writeSql(step: StepSpec): string {
  const read = new StepReader(step);
  const method = read.text('method', 'standard');
  const isAdded = read.flag('add');
  const columns = read.texts('column').map((column) => ({
    name: isAdded ? `${column}_scaled` : column,
    expression: scaled(step.of, column, method),
  }));
  return isAdded ? addColumns(step.of, columns) : replaceColumns(step.of, columns);
}

export const SCALE_STEP: StepDefinition = {
  kind: 'scale',
  title: 'Scale',
  group: 'cleanse',
  keepsRows: true,
  purpose: 'Brings numbers of different size to one scale. A constant column becomes 0; missing values stay.',
  parameters: [
    { name: 'column', form: 'columns', label: 'Columns', isRequired: true, family: 'number' },
    { name: 'method', form: 'choice', label: 'To', fallback: 'standard', choices: METHODS },
    { name: 'add', form: 'flag', label: 'Keep the original beside it (…_scaled)', fallback: false },
  ],
  describe: (step) => {
    const read = new StepReader(step);
    return `Scale ${listWords(read.texts('column'))} (${read.text('method', 'standard')})`;
  },
  writeSql,
};
