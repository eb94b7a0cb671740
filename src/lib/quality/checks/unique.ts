// unique, compound_unique, primary_key: no two rows are equal in the columns; must not know how rows are counted.
import { quoteIdentifier } from '../../base/sql-text.ts';
import type { CheckTarget, CompileCheck, RowCheck } from '../compiled-check.ts';

function quoteAll(target: CheckTarget): readonly string[] {
  return target.texts('columns').map((name) => quoteIdentifier(target.find(name).name));
}

function inGroups(keys: readonly string[]): Pick<RowCheck, 'failing' | 'also'> {
  const list = keys.join(', ');
  return {
    failing: `count(*) OVER (PARTITION BY ${list}) > 1`,
    also: {
      sql: `row_number() OVER (PARTITION BY ${list}) > 1`,
      words: 'surplus (beyond the first of its group)',
    },
  };
}

function compileUnique(keys: readonly string[]): RowCheck {
  const examined = keys.map((key) => `${key} IS NOT NULL`).join(' AND ');
  return { form: 'rows', examined, ...inGroups(keys) };
}

/** Every row of a duplicate group fails; the surplus rows are counted beside. NULL is left out (SQL's UNIQUE). */
export const unique: CompileCheck = (target) => compileUnique([target.quoted()]);

/** As `unique`, over several columns; a row with NULL in any of them is left out (SQL's UNIQUE). */
export const compoundUnique: CompileCheck = (target) => compileUnique(quoteAll(target));

/** As `compound_unique`, and NULL in any of the columns fails. Every row counts. */
export const primaryKey: CompileCheck = (target) => {
  const keys = quoteAll(target);
  const isNull = keys.map((key) => `${key} IS NULL`).join(' OR ');
  const { failing, also } = inGroups(keys);
  return {
    form: 'rows',
    examined: 'TRUE',
    failing: `${isNull} OR ${failing}`,
    ...(also ? { also: { ...also, sql: `NOT (${isNull}) AND ${also.sql}` } } : {}),
  };
};
