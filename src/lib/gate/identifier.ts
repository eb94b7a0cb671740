// Writes a column's name into an expression that a person reads; must not know what the expression does.
import { quoteIdentifier } from '../base/sql-text.ts';
import { RESERVED_WORDS } from '../notebook/reserved-words.ts';

/** Not reserved in the engine, but read as something else by it or by the parser of cells where they stand alone. */
const MISREAD = new Set(
  `alter delete drop exists insert interval set try_cast current_date current_time current_timestamp current_user localtime
  localtimestamp session_user user rowid`.split(/\s+/),
);

/** Plain identifiers that mean nothing else in SQL stand as they are, all others in double quotes. */
export function writeIdentifier(name: string): string {
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED_WORDS.has(name) && !MISREAD.has(name);
  return isPlain ? name : quoteIdentifier(name);
}
