// outlier_ratio: how large a share of a column lies far off; must not know how it is compared.
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { CompileCheck } from '../compiled-check.ts';
import { requireNumeric } from '../typed-literal.ts';

/** Tukey's fences (Exploratory Data Analysis, 1977). */
const IQR_FACTOR = 1.5;
const Z_FACTOR = 3;

/**
 * Share of non-NULL values beyond the quartiles by more than `factor` (1.5) interquartile ranges, or with
 * `method: zscore` farther than `factor` (3) sample standard deviations from the mean; of n values |z| cannot exceed
 * (n - 1) / sqrt(n), so ten never reach 3. NULL is left out; vacuous without values.
 */
export const outlierRatio: CompileCheck = (target) => {
  const name = quoteIdentifier(requireNumeric(target.column()).name);
  const isZ = target.has('method') && target.text('method') === 'zscore';
  const factor = target.has('factor') ? target.number('factor') : isZ ? Z_FACTOR : IQR_FACTOR;
  const stated = isZ
    ? `avg(${name}) - ${factor} * coalesce(stddev_samp(${name}), 0) AS low, avg(${name}) + ${factor} * coalesce(stddev_samp(${name}), 0) AS high`
    : `quantile_cont(${name}, 0.25) - ${factor} * (quantile_cont(${name}, 0.75) - quantile_cont(${name}, 0.25)) AS low, quantile_cont(${name}, 0.75) + ${factor} * (quantile_cont(${name}, 0.75) - quantile_cont(${name}, 0.25)) AS high`;
  return {
    form: 'figure',
    figure: 'count(*) FILTER (WHERE v < low OR v > high) / nullif(count(v), 0)',
    from: (rows) =>
      `(SELECT v, low, high FROM (SELECT ${name} AS v FROM ${rows}), (SELECT ${stated} FROM ${rows}))`,
    max: String(target.number('max')),
    threshold: `at most ${String(target.value('max'))} beyond ${factor} ${isZ ? 'standard deviations' : 'interquartile ranges'}`,
    ofNothing: 'vacuous',
  };
};
