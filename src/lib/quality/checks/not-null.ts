// not_null: a value is there; must not know how rows are counted.
import type { CompileCheck } from '../compiled-check.ts';
import { isFloat } from '../typed-literal.ts';

/** NULL fails; NaN with `nan: true`, text of blanks only with `blank: true`. Every row counts. */
export const notNull: CompileCheck = (target) => {
  const column = target.column();
  const name = target.quoted();
  const parts = [`${name} IS NULL`];
  if (target.flag('nan') && isFloat(column.type)) parts.push(`isnan(${name})`);
  if (target.flag('blank') && column.type === 'VARCHAR')
    parts.push(`NOT regexp_matches(${name}, '[^\\s\\p{Z}]')`);
  return { form: 'rows', examined: 'TRUE', failing: parts.join(' OR ') };
};
