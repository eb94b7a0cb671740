// between: each value lies within bounds; must not know how rows are counted.
import { typedBounds } from '../bounds.ts';
import type { CompileCheck } from '../compiled-check.ts';
import { isFloat } from '../typed-literal.ts';

/** Bounds included. NULL is left out, NaN fails. */
export const between: CompileCheck = (target) => {
  const column = target.column();
  const name = target.quoted();
  const { min, max } = typedBounds(target, column);
  const parts = [
    ...(min === undefined ? [] : [`${name} < ${min}`]),
    ...(max === undefined ? [] : [`${name} > ${max}`]),
    ...(isFloat(column.type) ? [`isnan(${name})`] : []),
  ];
  return { form: 'rows', examined: `${name} IS NOT NULL`, failing: parts.join(' OR ') };
};
