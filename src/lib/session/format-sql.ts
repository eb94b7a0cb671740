// Lays a statement out anew without changing what it means: where that cannot be shown, it is refused. Must not know cells.
import { fail, succeed, type Problem, type Result } from '../base/result.ts';
import { isCode, sqlTokens, type SqlToken } from '../base/sql-tokens.ts';
import type { ParseTree } from '../lineage/lineage-types.ts';
import type { AsyncParse } from '../run/notebook-analysis.ts';

const UNSURE: Problem = {
  code: 'format-unsure',
  message: 'This statement cannot be formatted without the risk of changing it.',
  hint: 'It stays as it is: lay it out by hand.',
};

/** Members of a tree that say where and how something was written, not what. */
const WRITING = /^(?:span|.*comments)$/;

function meaningOf(tree: ParseTree): string {
  return JSON.stringify(tree, (key, value: unknown) => (WRITING.test(key) ? undefined : value));
}

/** All but the space between the parts; words in any case, since the trees compare their case where it matters. */
function partsOf(sql: string): string {
  const parts = sqlTokens(sql).filter((token) => token.kind !== 'space');
  return JSON.stringify(
    parts.map(({ kind, text }) => [kind, kind === 'word' ? text.toLowerCase() : text.trim()]),
  );
}

function spaceBefore(tokens: readonly SqlToken[], index: number): boolean {
  return tokens[index - 1]?.kind !== 'space' ? false : tokens[index]?.text === '(';
}

/** Takes out the space before an opening bracket where there was none: `mask_email (x)`. */
function closeCalls(before: string, after: string): string {
  const code = sqlTokens(before);
  const wasApart = code.flatMap((token, index) => (token.text === '(' ? [spaceBefore(code, index)] : []));
  const laidOut = sqlTokens(after);
  let bracket = -1;
  return laidOut
    .map((token, index) => {
      const next = laidOut[index + 1];
      if (token.text === '(' && token.kind === 'sign') bracket += 1;
      const isApart = next?.text === '(' && next.kind === 'sign' && wasApart[bracket + 1] === false;
      const isInCall = isApart && laidOut[index - 1]?.kind === 'word' && token.text === ' ';
      return token.kind === 'space' && isInCall ? '' : token.text;
    })
    .join('');
}

async function layOut(sql: string, keywordCase: 'upper' | 'preserve'): Promise<string | null> {
  const { duckdb, formatDialect } = await import('sql-formatter');
  try {
    const formatted = formatDialect(sql, {
      dialect: duckdb,
      keywordCase,
      tabWidth: 2,
      expressionWidth: 90,
      paramTypes: { named: ['$'], numbered: ['$'] },
    });
    return closeCalls(sql, formatted);
  } catch {
    return null;
  }
}

/**
 * Keywords in capitals where no name changes with them. `sql-…` where the statement cannot be read, `format-unsure` where
 * the outcome would not be the same statement with the same comments.
 */
export async function formatSql(sql: string, parse: AsyncParse): Promise<Result<string>> {
  if (!sqlTokens(sql).some(isCode)) return succeed(sql);
  const before = await parse(sql);
  if (!before.ok) return before;
  for (const keywordCase of ['upper', 'preserve'] as const) {
    const formatted = await layOut(sql, keywordCase);
    if (formatted === null || partsOf(formatted) !== partsOf(sql)) continue;
    const after = await parse(formatted);
    if (after.ok && meaningOf(after.value) === meaningOf(before.value)) return succeed(formatted);
  }
  return fail(UNSURE);
}
