// length_between: each value has so many characters; must not know how rows are counted.
import { numberBounds } from '../bounds.ts';
import type { CompileCheck } from '../compiled-check.ts';

/** Unicode code points of the value as text, bounds included. NULL is left out, empty text has length 0. */
export const lengthBetween: CompileCheck = (target) => {
  const name = target.quoted();
  const length = `length(CAST(${name} AS VARCHAR))`;
  const { min, max } = numberBounds(target);
  const parts = [
    ...(min === undefined ? [] : [`${length} < ${min}`]),
    ...(max === undefined ? [] : [`${length} > ${max}`]),
  ];
  return { form: 'rows', examined: `${name} IS NOT NULL`, failing: parts.join(' OR ') };
};
