// SQL text cut into its smallest parts, whatever they mean: words, texts, comments, signs; knows no grammar and never fails.

export type SqlTokenKind = 'space' | 'comment' | 'text' | 'quoted' | 'word' | 'sign';

export interface SqlToken {
  readonly kind: SqlTokenKind;
  /** UTF-16 offsets; every character belongs to exactly one token. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const SPACE = /\s+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const ESCAPED_TEXT = /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y;
const TEXT = /'(?:[^']|'')*(?:'|$)/y;
const QUOTED = /"(?:[^"]|"")*(?:"|$)/y;
const DOLLAR = /\$([\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const NUMBER = /\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /\$?[\p{L}_][\p{L}\p{N}_$]*|\$\d+/uy;
const SIGN = /::|->>|->|<=|>=|<>|!=|\|\||\/\/|:=|=>|[\s\S]/y;

function matchAt(pattern: RegExp, sql: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? null;
}

/** Comments of this kind nest in the engine; one that nothing closes reaches to the end. */
function blockComment(sql: string, at: number): string | null {
  if (!sql.startsWith('/*', at)) return null;
  let depth = 0;
  let end = at;
  while (end < sql.length) {
    const pair = sql.slice(end, end + 2);
    depth += pair === '/*' ? 1 : pair === '*/' ? -1 : 0;
    end += pair === '/*' || pair === '*/' ? 2 : 1;
    if (depth === 0) break;
  }
  return sql.slice(at, end);
}

function dollarText(sql: string, at: number): string | null {
  const open = matchAt(DOLLAR, sql, at);
  if (open === null) return null;
  const close = sql.indexOf(open, at + open.length);
  return sql.slice(at, close < 0 ? sql.length : close + open.length);
}

function nextToken(sql: string, at: number): readonly [SqlTokenKind, string] {
  const readings: readonly (readonly [SqlTokenKind, () => string | null])[] = [
    ['space', () => matchAt(SPACE, sql, at)],
    ['comment', () => matchAt(LINE_COMMENT, sql, at) ?? blockComment(sql, at)],
    ['text', () => matchAt(ESCAPED_TEXT, sql, at) ?? matchAt(TEXT, sql, at) ?? dollarText(sql, at)],
    ['quoted', () => matchAt(QUOTED, sql, at)],
    ['word', () => matchAt(NUMBER, sql, at) ?? matchAt(WORD, sql, at)],
  ];
  for (const [kind, read] of readings) {
    const text = read();
    if (text !== null) return [kind, text];
  }
  return ['sign', matchAt(SIGN, sql, at) ?? sql.slice(at, at + 1)];
}

export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < sql.length) {
    const [kind, text] = nextToken(sql, at);
    tokens.push({ kind, from: at, to: at + text.length, text });
    at += text.length;
  }
  return tokens;
}

export function isCode(token: SqlToken): boolean {
  return token.kind !== 'space' && token.kind !== 'comment';
}

export interface SqlStatement {
  readonly from: number;
  readonly to: number;
  /** Without the semicolon and the space around it. */
  readonly text: string;
}

/** The statements of a text, set apart by semicolons; stretches without any code are left out. */
export function statementsOf(sql: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let from = 0;
  let hasCode = false;
  const end = (to: number): void => {
    const raw = sql.slice(from, to);
    const start = from + raw.length - raw.trimStart().length;
    if (hasCode) statements.push({ from: start, to: start + raw.trim().length, text: raw.trim() });
    hasCode = false;
  };
  for (const token of sqlTokens(sql)) {
    if (token.kind === 'sign' && token.text === ';') {
      end(token.from);
      from = token.to;
    } else hasCode ||= isCode(token);
  }
  end(sql.length);
  return statements;
}

/** The statement around a place, or the last one before it; null where there is none. */
export function statementAt(sql: string, at: number): SqlStatement | null {
  const statements = statementsOf(sql);
  return statements.find((statement) => at <= statement.to) ?? statements.at(-1) ?? null;
}
