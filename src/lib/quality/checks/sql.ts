// expression_true, custom_sql: what a person says in SQL; must not know whether it was let through.
import type { CompileCheck } from '../compiled-check.ts';

/** The expression is true for each row. Rows for which it is NULL are left out (SQL's CHECK lets them pass). */
export const expressionTrue: CompileCheck = (target) => {
  const expression = `(\n${target.text('expression')}\n)`;
  return { form: 'rows', examined: `${expression} IS NOT NULL`, failing: `NOT ${expression}` };
};

/** The statement returns the failing rows; a percentage is of the rows of the checked relation. */
export const customSql: CompileCheck = (target) => ({
  form: 'statement',
  sql: target.text('sql').replace(/;\s*$/, ''),
});
