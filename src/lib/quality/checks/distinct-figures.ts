// distinct_count_between, unique_ratio_between: how many values differ; must not know how they are compared.
import { numberBounds } from '../bounds.ts';
import type { CompileCheck } from '../compiled-check.ts';

/** Distinct values, counted exactly. NULL is left out; no values are 0. */
export const distinctCountBetween: CompileCheck = (target) => ({
  form: 'figure',
  figure: `count(DISTINCT ${target.quoted()})`,
  ...numberBounds(target),
  ofNothing: 'error',
});

/** Distinct values over non-NULL values; vacuous without values. */
export const uniqueRatioBetween: CompileCheck = (target) => ({
  form: 'figure',
  figure: `count(DISTINCT ${target.quoted()}) / nullif(count(${target.quoted()}), 0)`,
  ...numberBounds(target),
  ofNothing: 'vacuous',
});
