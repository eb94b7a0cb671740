// The step that marks, removes or pulls in values far from the others; must not know what else a step can do.
import type { StepDefinition, StepSpec } from './step-types.ts';
import { addColumns, figureOf, replaceColumns, StepReader, writeList, writeName } from './write-sql.ts';

interface Bounds {
  readonly low: string;
  readonly high: string;
}

/**
 * Bounds as single figures of the relation. z-score: mean ± t times the population's standard deviation. IQR: quartiles
 * by linear interpolation (`quantile_cont`), as in Tukey, Exploratory Data Analysis (1977).
 */
function boundsOf(step: StepSpec): Bounds {
  const read = new StepReader(step);
  const value = `null_if_not_finite(${writeName(read.text('column'))})`;
  if (read.text('method', 'iqr') === 'zscore') {
    const reach = `${read.number('threshold', 3)} * nullif(stddev_pop(${value}), 0)`;
    return {
      low: figureOf(step.of, `avg(${value}) - ${reach}`),
      high: figureOf(step.of, `avg(${value}) + ${reach}`),
    };
  }
  const [first, third] = [`quantile_cont(${value}, 0.25)`, `quantile_cont(${value}, 0.75)`];
  const reach = `${read.number('threshold', 1.5)} * (${third} - ${first})`;
  return { low: figureOf(step.of, `${first} - ${reach}`), high: figureOf(step.of, `${third} + ${reach}`) };
}

function isOutlier(step: StepSpec): string {
  const read = new StepReader(step);
  const column = writeName(read.text('column'));
  const { low, high } = boundsOf(step);
  const outside = `coalesce(null_if_nan(${column}) < ${low}\n  OR null_if_nan(${column}) > ${high}, FALSE)`;
  const kept = read.values('keep');
  return kept.length === 0 ? outside : `${outside}\n  AND ${column} NOT IN (${writeList(kept)})`;
}

/** Different values that are listed for a person to look at, the farthest first. */
const MOST_REVIEWED = 500;

/** The values that are outliers, those that are kept among them, with their rows; null where the step has none to decide. */
export function writeOutlierReview(step: StepSpec): string | null {
  const read = new StepReader(step);
  if (read.text('action', 'flag') === 'clip') return null;
  const column = writeName(read.text('column'));
  const { low, high } = boundsOf(step);
  return (
    `SELECT v, n, v > high\n` +
    `FROM (SELECT ${column} AS v, count(*) AS n FROM ${writeName(step.of)} GROUP BY 1),\n` +
    `  (SELECT ${low} AS low, ${high} AS high)\n` +
    `WHERE null_if_nan(v) < low OR null_if_nan(v) > high\n` +
    `ORDER BY greatest(v - high, low - v) DESC, v\nLIMIT ${MOST_REVIEWED}`
  );
}

function writeSql(step: StepSpec): string {
  const read = new StepReader(step);
  const name = read.text('column');
  const column = writeName(name);
  switch (read.text('action', 'flag')) {
    case 'remove':
      return `SELECT *\nFROM ${writeName(step.of)}\nWHERE NOT (${isOutlier(step)})`;
    case 'clip': {
      const { low, high } = boundsOf(step);
      const value = `null_if_nan(${column})`;
      const expression = `CASE\n  WHEN ${value} < ${low} THEN ${low}\n  WHEN ${value} > ${high} THEN ${high}\n  ELSE ${column}\nEND`;
      return replaceColumns(step.of, [{ name, expression }]);
    }
    default:
      return addColumns(step.of, [{ name: `${name}_outlier`, expression: isOutlier(step) }]);
  }
}

const ACTIONS: Readonly<Record<string, string>> = {
  flag: 'add a column that says so',
  remove: 'remove the rows',
  clip: 'pull the value to the bound',
};
const DONE: Readonly<Record<string, string>> = { flag: 'Flag', remove: 'Remove', clip: 'Clip' };

export const OUTLIER_STEP: StepDefinition = {
  kind: 'outliers',
  title: 'Outliers',
  group: 'cleanse',
  keepsRows: false,
  purpose:
    'Finds values far from the others, by interquartile range or z-score, and flags, removes or clips them. Missing values are none.',
  parameters: [
    { name: 'column', form: 'column', label: 'Column', isRequired: true, family: 'number' },
    {
      name: 'method',
      form: 'choice',
      label: 'Far means',
      fallback: 'iqr',
      choices: { iqr: 'beyond the quartiles (IQR)', zscore: 'beyond the mean (z-score)' },
    },
    {
      name: 'threshold',
      form: 'number',
      label: 'How far',
      least: 0,
      help: 'Interquartile ranges (1.5 by default), or standard deviations of the population (3 by default).',
    },
    { name: 'action', form: 'choice', label: 'Then', fallback: 'flag', choices: ACTIONS },
    {
      name: 'keep',
      form: 'values',
      label: 'Keep these values',
      family: 'number',
      onlyWhere: { name: 'action', values: ['flag', 'remove'] },
      help: 'Values that were looked at and are right.',
    },
  ],
  describe: (step) => {
    const read = new StepReader(step);
    const method = read.text('method', 'iqr') === 'zscore' ? 'z-score' : 'IQR';
    return `${DONE[read.text('action', 'flag')] ?? 'Flag'} outliers of ${read.text('column')} by ${method}`;
  },
  writeSql,
};
