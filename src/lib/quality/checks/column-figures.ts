// mean, median, stddev, sum, min, max, quantile of a column; must not know how they are compared.
import { quoteIdentifier } from '../../base/sql-text.ts';
import { numberBounds, typedBounds } from '../bounds.ts';
import type { CompileCheck } from '../compiled-check.ts';
import { requireNumeric } from '../typed-literal.ts';

/** NULL is left out everywhere; a figure of no values cannot be computed, and that fails. */
function compileFigure(write: (column: string) => string): CompileCheck {
  return (target) => ({
    form: 'figure',
    figure: write(quoteIdentifier(requireNumeric(target.column()).name)),
    ...numberBounds(target),
    ofNothing: 'error',
  });
}

export const meanBetween = compileFigure((column) => `avg(${column})`);

/** The mean of the two in the middle where they are even in number. */
export const medianBetween = compileFigure((column) => `quantile_cont(${column}, 0.5)`);

/** Of the sample (n - 1), as pandas and Great Expectations have it; needs two values. */
export const stddevBetween = compileFigure((column) => `stddev_samp(${column})`);

export const sumBetween = compileFigure((column) => `sum(${column})`);

/** Interpolated between neighbours (type 7 of Hyndman and Fan, 1996). */
export const quantileBetween: CompileCheck = (target) =>
  compileFigure((column) => `quantile_cont(${column}, ${target.number('quantile')})`)(target);

function compileExtreme(aggregate: 'min' | 'max'): CompileCheck {
  return (target) => ({
    form: 'figure',
    figure: `${aggregate}(${target.quoted()})`,
    ...typedBounds(target, target.column()),
    ofNothing: 'error',
  });
}

/** Of numbers, dates, times or text. */
export const minBetween = compileExtreme('min');
export const maxBetween = compileExtreme('max');
