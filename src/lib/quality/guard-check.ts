// The SQL a person wrote into a check, looked at as that of any cell before it runs; must not know any kind of check.
import { ProblemError, type Result } from '../base/result.ts';
import { guardStatement } from '../lineage/guard.ts';
import type { ParseTree } from '../lineage/lineage-types.ts';
import { findReferences } from '../lineage/references.ts';
import { SQL_PARAMETERS } from '../notebook/check-kinds.ts';
import type { CheckSpec } from '../notebook/notebook-types.ts';
import { refuseCheck } from './compiled-check.ts';

/** A parser that may live in another thread. */
export type ParseStatement = (sql: string) => Promise<Result<ParseTree>>;

/** Clauses that an expression in brackets does not have, as the parser names them. */
const CLAUSES = ['from', 'where_clause', 'group_by', 'having', 'qualify', 'order_by', 'limit', 'offset'];

function isOneExpression(tree: ParseTree): boolean {
  const select: unknown = tree[0]?.['select'];
  if (typeof select !== 'object' || select === null) return false;
  const expressions: unknown = Reflect.get(select, 'expressions');
  const hasClause = CLAUSES.some((clause) => {
    const value: unknown = Reflect.get(select, clause);
    return value !== null && value !== undefined;
  });
  return Array.isArray(expressions) && expressions.length === 1 && !hasClause;
}

/** @throws ProblemError where it is no SQL, or nothing a cell may say. */
async function guardOne(key: string, sql: string, parse: ParseStatement): Promise<readonly string[]> {
  const isStatement = key === 'sql';
  const parsed = await parse(isStatement ? sql : `SELECT (\n${sql}\n)`);
  if (!parsed.ok) throw new ProblemError(parsed.error);
  const problem = guardStatement(parsed.value);
  if (problem !== null) throw new ProblemError(problem);
  if (!isStatement && !isOneExpression(parsed.value))
    return refuseCheck(
      'expression',
      `“${key}” must be one expression.`,
      'Write one condition, such as a > 0.',
    );
  return findReferences(parsed.value);
}

/**
 * The relations that the check's SQL reads.
 * @throws ProblemError as `guardStatement` says, or `check-expression`.
 */
export async function guardCheck(check: CheckSpec, parse: ParseStatement): Promise<readonly string[]> {
  const reads: string[] = [];
  for (const key of SQL_PARAMETERS) {
    const sql = check.parameters[key];
    if (typeof sql === 'string') reads.push(...(await guardOne(key, sql, parse)));
  }
  return reads;
}

/** Every relation a check needs besides the one it is about; what cannot be parsed reads nothing. */
export async function relationsOfCheck(check: CheckSpec, parse: ParseStatement): Promise<readonly string[]> {
  const to = check.kind === 'foreign_key' ? check.parameters['to'] : undefined;
  const named = typeof to === 'string' ? [to] : [];
  try {
    return [...named, ...(await guardCheck(check, parse))];
  } catch (error) {
    if (error instanceof ProblemError) return named;
    throw error;
  }
}
