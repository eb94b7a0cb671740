// foreign_key: each value is there in another relation; must not know how rows are counted.
import { quoteIdentifier } from '../../base/sql-text.ts';
import { nameFormProblem } from '../../notebook/names.ts';
import type { CompileCheck } from '../compiled-check.ts';
import { refuseCheck } from '../compiled-check.ts';

/** Orphans fail. A row with NULL in any of the columns is left out (SQL's MATCH SIMPLE). */
export const foreignKey: CompileCheck = (target) => {
  const names = target.texts('columns').map((name) => target.find(name).name);
  const to = target.text('to');
  const toColumns = target.has('to_columns') ? target.texts('to_columns') : names;
  if (nameFormProblem(to) !== null)
    return refuseCheck('relation', `${to} names no cell or source.`, 'Name a cell or a source.');
  if (toColumns.length !== names.length)
    return refuseCheck('setting', 'There are not as many to_columns as columns.', 'Give one for each.');
  const pairs = names.map(
    (name, index) =>
      `"_sl_parent".${quoteIdentifier(toColumns[index] ?? '')} = "_sl_child".${quoteIdentifier(name)}`,
  );
  return {
    form: 'rows',
    examined: names.map((name) => `${quoteIdentifier(name)} IS NOT NULL`).join(' AND '),
    failing: `NOT EXISTS (SELECT 1 FROM ${quoteIdentifier(to)} AS "_sl_parent" WHERE ${pairs.join(' AND ')})`,
    others: [{ relation: to, columns: toColumns }],
  };
};
