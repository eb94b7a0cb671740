// in_set, not_in_set: values of a list; must not know how rows are counted.
import type { CheckTarget, CompileCheck } from '../compiled-check.ts';
import { writeLiteral } from '../typed-literal.ts';

function compileSet(
  target: CheckTarget,
  isIn: string,
): { readonly examined: string; readonly failing: string } {
  const column = target.column();
  const name = target.quoted();
  const values = target.list('values').map((value) => writeLiteral(value, column));
  return { examined: `${name} IS NOT NULL`, failing: `${name} ${isIn} (${values.join(', ')})` };
}

/** NULL is left out; text is compared as it is, with case and blanks. */
export const inSet: CompileCheck = (target) => ({ form: 'rows', ...compileSet(target, 'NOT IN') });

/** NULL is left out. */
export const notInSet: CompileCheck = (target) => ({ form: 'rows', ...compileSet(target, 'IN') });
