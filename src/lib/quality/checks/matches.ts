// matches: each value holds a pattern; must not know how rows are counted.
import { quoteLiteral } from '../../base/sql-text.ts';
import type { CompileCheck } from '../compiled-check.ts';

/** RE2, found anywhere in the value as text; `^…$` asks for the whole. NULL is left out, empty text is not. */
export const matches: CompileCheck = (target) => {
  const name = target.quoted();
  return {
    form: 'rows',
    examined: `${name} IS NOT NULL`,
    failing: `NOT regexp_matches(CAST(${name} AS VARCHAR), ${quoteLiteral(target.text('pattern'))})`,
  };
};
