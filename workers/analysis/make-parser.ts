// Turns a parser of SQL into one that never throws, hangs or misleads; must not know where it was loaded from.
import { fail, succeed, type Problem, type Result } from '../../src/lib/base/result.ts';
import type { ParseSql, ParseTree } from '../../src/lib/lineage/lineage-types.ts';
import { lexicalForm } from './lexical-form.ts';

/** What the parsing library answers. Offsets count Unicode characters. */
export interface RawParse {
  readonly success: boolean;
  readonly ast?: unknown;
  readonly error?: string | null;
  readonly errorStart?: number;
}

const TOO_DEEP: Problem = {
  code: 'sql-too-deep',
  message: 'The statement is nested too deeply or too long to be read.',
  hint: 'Split it into several cells.',
};

/** UTF-16 offset of every character, where they differ; null where all characters are one unit long. */
function offsetsOf(sql: string): readonly number[] | null {
  if (!/[\ud800-\udfff]/.test(sql)) return null;
  const offsets: number[] = [];
  let offset = 0;
  for (const char of sql) {
    offsets.push(offset);
    offset += char.length;
  }
  offsets.push(offset);
  return offsets;
}

function isTree(value: unknown): value is ParseTree {
  return (
    Array.isArray(value) &&
    value.every((item) => item !== null && typeof item === 'object' && !Array.isArray(item))
  );
}

/** Rewrites all spans of a fresh tree in place, without recursion. */
function convertSpans(tree: ParseTree, offsets: readonly number[]): void {
  const waiting: unknown[] = [...tree];
  while (waiting.length > 0) {
    const part = waiting.pop();
    if (part === null || typeof part !== 'object') continue;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'span' && value !== null && typeof value === 'object') convertSpan(value, offsets);
      else waiting.push(value);
    }
  }
}

function convertSpan(span: { start?: unknown; end?: unknown }, offsets: readonly number[]): void {
  if (typeof span.start === 'number') span.start = offsets[span.start] ?? span.start;
  if (typeof span.end === 'number') span.end = offsets[span.end] ?? span.end;
}

/** The parser's message in words for people. */
function explain(error: string): string {
  const plain = error
    .replace(/^(Parse|Tokenization) error at line \d+, column \d+: /, '')
    .replace(/^Invalid expression \/ /, '')
    .replace(/\.$/, '');
  return `The statement cannot be read: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}.`;
}

/** Statements the parser does not know, which would be refused if it did. */
const UNPARSED = new Set(['load', 'export', 'import', 'force', 'reset', 'vacuum', 'checkpoint']);

function unparsedStatement(sql: string): Problem | null {
  const word = /^[\s;]*([A-Za-z]+)/.exec(sql)?.[1] ?? '';
  if (!UNPARSED.has(word.toLowerCase())) return null;
  return {
    code: 'statement-refused',
    message: `${word.toUpperCase()} is not allowed in a cell: a cell reads cells and sources and changes nothing else.`,
    hint: 'Write a query: SELECT, FROM, VALUES, UNPIVOT, SUMMARIZE or DESCRIBE.',
    sql,
    position: 0,
  };
}

function syntaxProblem(raw: RawParse, sql: string, offsets: readonly number[] | null): Problem {
  const error = raw.error ?? 'unknown';
  if (/E_GUARD_|WASM|call stack/.test(error)) return { ...TOO_DEEP, sql };
  const unparsed = unparsedStatement(sql);
  if (unparsed) return unparsed;
  const start = raw.errorStart;
  const position = start === undefined ? undefined : (offsets?.[start] ?? start);
  const problem: Problem = {
    code: 'sql-syntax',
    message: explain(error),
    hint: 'Look at what stands just before this place.',
    sql,
  };
  return position === undefined ? problem : { ...problem, position: Math.min(position, sql.length) };
}

/**
 * A parser whose spans are UTF-16 offsets into the statement as it was given.
 * Problems: `sql-syntax` (with position), `sql-too-long`, `sql-too-deep`.
 */
export function makeParser(parse: (sql: string) => RawParse): ParseSql {
  return (sql): Result<ParseTree> => {
    const form = lexicalForm(sql);
    if (!form.ok) return form;
    const offsets = offsetsOf(sql);
    let raw: RawParse;
    try {
      raw = parse(form.value);
    } catch {
      return fail({ ...TOO_DEEP, sql });
    }
    if (!raw.success) return fail(syntaxProblem(raw, sql, offsets));
    if (!isTree(raw.ast))
      return fail<Problem>({
        code: 'sql-syntax',
        message: 'The statement cannot be read.',
        hint: 'Write a SELECT statement.',
        sql,
      });
    if (offsets) convertSpans(raw.ast, offsets);
    return succeed(raw.ast);
  };
}
