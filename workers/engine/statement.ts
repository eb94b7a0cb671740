// One user statement made safe to wrap: a single SELECT-like statement that names nothing of Sluice's own; must not run anything.
import { fail, succeed, type Problem, type Result } from '../../src/lib/base/result.ts';
import { quoteIdentifier } from '../../src/lib/base/sql-text.ts';
import type { SqlToken } from './duck-port.ts';
import type { SqlOrigin } from './problems.ts';

export interface CheckedStatement {
  /** The statement without trailing semicolons and what follows them. */
  readonly text: string;
  readonly sql: string;
  /** `SHOW`, `DESCRIBE` and `SUMMARIZE` are no SELECT to DuckDB until they stand in a FROM. */
  readonly form: 'select' | 'show';
}

interface Word {
  readonly text: string;
  readonly kind: SqlToken['kind'];
  readonly position: number;
}

const SHOW_LIKE = new Set(['SHOW', 'DESCRIBE', 'DESC', 'SUMMARIZE']);
const SELECT_LIKE = new Set([
  'SELECT',
  'FROM',
  'WITH',
  'VALUES',
  'TABLE',
  'PIVOT',
  'PIVOT_WIDER',
  'PIVOT_LONGER',
  'UNPIVOT',
  '(',
  ...SHOW_LIKE,
]);
/** They read a relation whose name is computed, so no analysis could tell which; or the bytes of any table. */
const REFUSED_FUNCTIONS = /^(query|query_table|pragma_\w+|checkpoint|force_checkpoint)$/i;
const OWN_SCHEMA = /sluice_key/i;

function splitWords(sql: string, tokens: readonly SqlToken[]): Word[] {
  const bytes = new TextEncoder().encode(sql);
  const decoder = new TextDecoder();
  const words: Word[] = [];
  let position = 0;
  let from = 0;
  tokens.forEach((token, index) => {
    position += decoder.decode(bytes.subarray(from, token.offset)).length;
    from = token.offset;
    if (token.kind === 'comment') return;
    const end = tokens[index + 1]?.offset ?? bytes.length;
    const text = decoder.decode(bytes.subarray(token.offset, end)).trim();
    words.push({ text: token.kind === 'operator' ? text.charAt(0) : text, kind: token.kind, position });
  });
  return words;
}

function refuse(
  sql: string,
  message: string,
  hint: string,
  position?: number,
): { ok: false; error: Problem } {
  return fail({ code: 'engine-sql', message, hint, sql, ...(position === undefined ? {} : { position }) });
}

function findUnbalanced(words: readonly Word[]): number | null {
  let depth = 0;
  for (const word of words) {
    if (word.kind !== 'operator') continue;
    if (word.text === '(') depth++;
    if (word.text === ')' && --depth < 0) return word.position;
  }
  return null;
}

function isCall(words: readonly Word[], index: number): boolean {
  return words[index + 1]?.text === '(';
}

function findRefused(words: readonly Word[]): Word | null {
  const bare = (word: Word): string => /^[\w$]+/.exec(word.text.replace(/^"/, ''))?.[0] ?? '';
  return (
    words.find(
      (word, index) =>
        (word.kind !== 'operator' && word.kind !== 'number' && OWN_SCHEMA.test(word.text)) ||
        (word.kind !== 'string' && REFUSED_FUNCTIONS.test(bare(word)) && isCall(words, index)),
    ) ?? null
  );
}

/** Checks the user's SQL against its tokens (from DuckDB's own scanner). */
export function checkStatement(sql: string, tokens: readonly SqlToken[]): Result<CheckedStatement> {
  const nul = sql.indexOf('\0');
  if (nul >= 0) return refuse(sql, 'The statement holds a NUL character.', 'Remove it.', nul);
  const words = splitWords(sql, tokens);
  const end = words.findIndex((word) => word.kind === 'operator' && word.text === ';');
  const own = end < 0 ? words : words.slice(0, end);
  const next = end < 0 ? undefined : words.slice(end).find((word) => word.text !== ';');
  const first = own[0];
  if (first === undefined) return refuse(sql, 'There is no statement to run.', 'Write a SELECT.');
  if (next !== undefined) {
    return refuse(
      sql,
      'A cell holds one statement, and here a second one follows.',
      'Move it to a cell of its own.',
      next.position,
    );
  }
  const verb = /^\w+|^\(/.exec(first.text)?.[0].toUpperCase() ?? '';
  if (!SELECT_LIKE.has(verb)) {
    return refuse(
      sql,
      `A cell can only read: it cannot begin with ${verb === '' ? 'this' : verb}.`,
      'Write a SELECT; its result becomes a table under the name of the cell.',
      first.position,
    );
  }
  const unbalanced = findUnbalanced(own);
  if (unbalanced !== null)
    return refuse(
      sql,
      'A closing parenthesis has no opening one.',
      'Remove it, or open one before it.',
      unbalanced,
    );
  const refused = findRefused(own);
  if (refused !== null) {
    return refuse(
      sql,
      'This name is not open to cells.',
      'Name the sources and cells you read in FROM.',
      refused.position,
    );
  }
  const text = end < 0 ? sql : sql.slice(0, words[end]?.position);
  return succeed({ text, sql, form: SHOW_LIKE.has(verb) ? 'show' : 'select' });
}

export interface WrappedStatement {
  readonly text: string;
  readonly origin: SqlOrigin;
}

function wrap(before: string, statement: CheckedStatement, after: string): WrappedStatement {
  const prefixBytes = new TextEncoder().encode(before).length;
  return { text: `${before}${statement.text}\n${after}`, origin: { sql: statement.sql, prefixBytes } };
}

/** Keeps the result as a table in one step, so that a failing run leaves the earlier table alone. */
export function wrapAsTable(statement: CheckedStatement, into: string): WrappedStatement {
  const target = `CREATE OR REPLACE TABLE main.${quoteIdentifier(into)} AS `;
  return statement.form === 'show'
    ? wrap(`${target}SELECT * FROM (\n`, statement, ')')
    : wrap(`${target}(\n`, statement, ')');
}

/** The statement as a relation; `selectList` is chosen by the caller. */
export function wrapAsSelect(statement: CheckedStatement, before: string, after: string): WrappedStatement {
  return wrap(`${before}(\n`, statement, `)${after}`);
}
