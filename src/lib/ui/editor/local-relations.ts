// Relations that a statement makes for itself (WITH, subqueries in FROM), with their columns as far as the text tells; must not know the session.
import { isCode, sqlTokens, type SqlToken } from '../../base/sql-tokens.ts';
import { relationsNamedIn } from './completion-relations.ts';
import type { CompletionColumn, CompletionRelation } from './completion-relations.ts';

function isSign(token: SqlToken | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function nameOf(token: SqlToken | undefined): string | null {
  if (token?.kind === 'word' && !/^[\d$]/.test(token.text)) return token.text;
  return token?.kind === 'quoted' ? token.text.slice(1, -1).replaceAll('""', '"') : null;
}

/** Index of the bracket that closes the one at `open`, or the end. */
function closing(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isSign(tokens[index], '(')) depth += 1;
    if (isSign(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** The items between commas outside of brackets. */
function items(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
    if (depth === 0 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** The SELECT list of a query, up to its FROM. */
function selectList(body: readonly SqlToken[]): readonly SqlToken[] {
  const start = body.findIndex((token) => isWord(token, 'select'));
  if (start < 0) return [];
  let depth = 0;
  for (let index = start + 1; index < body.length; index++) {
    if (isSign(body[index], '(')) depth += 1;
    if (isSign(body[index], ')')) depth -= 1;
    if (depth === 0 && isWord(body[index], 'from')) return body.slice(start + 1, index);
  }
  return body.slice(start + 1);
}

const UNKNOWN_TYPE = { type: '', sensitivity: null, badge: null };

function columnsOf(
  body: readonly SqlToken[],
  text: string,
  known: readonly CompletionRelation[],
): readonly CompletionColumn[] {
  const read = relationsNamedIn(text, known).flatMap((relation) => relation.columns);
  const list = selectList(body);
  if (list.length === 0) return read;
  return items(list).flatMap((item) => {
    if (item.some((token, index) => isSign(token, '*') && (index === 0 || isSign(item[index - 1], '.'))))
      return [...read];
    const name = nameOf(item.at(-1));
    if (name === null) return [];
    const isRenamed = item.length > 1 && !isSign(item.at(-2), '.');
    const same = isRenamed
      ? undefined
      : read.find((column) => column.name.toLowerCase() === name.toLowerCase());
    return [same ?? { name, ...UNKNOWN_TYPE }];
  });
}

/** `name AS (` and `name (a, b) AS (` of a WITH clause: the name, the list, and where the query's bracket opens. */
function commonTableAt(
  code: readonly SqlToken[],
  at: number,
): { readonly name: string; readonly listed: readonly string[]; readonly open: number } | null {
  const name = nameOf(code[at]);
  if (name === null) return null;
  const isListed = isSign(code[at + 1], '(');
  const listEnd = isListed ? closing(code, at + 1) : at;
  const listed = isListed ? code.slice(at + 2, listEnd).flatMap((token) => nameOf(token) ?? []) : [];
  let next = listEnd + 1;
  if (!isWord(code[next], 'as')) return null;
  next += 1;
  while (isWord(code[next], 'not') || isWord(code[next], 'materialized')) next += 1;
  const opens = isSign(code[next], '(') && !isWord(code[at], 'as');
  return opens ? { name, listed, open: next } : null;
}

/** In the order of the text; a name hides an earlier one. Half-written statements give what they have so far. */
export function localRelations(
  sql: string,
  known: readonly CompletionRelation[],
): readonly CompletionRelation[] {
  const code = sqlTokens(sql).filter(isCode);
  const found: CompletionRelation[] = [];
  const textOf = (from: number, to: number): string =>
    sql.slice(code[from]?.from ?? sql.length, code[to - 1]?.to ?? sql.length);
  const add = (name: string, open: number, listed: readonly string[]): void => {
    const end = closing(code, open);
    const made = columnsOf(code.slice(open + 1, end), textOf(open + 1, end), [...found, ...known]);
    const columns = listed.length === 0 ? made : listed.map((each) => ({ name: each, ...UNKNOWN_TYPE }));
    found.unshift({ name, kind: 'query', columns });
  };
  for (let index = 0; index < code.length; index++) {
    const common = commonTableAt(code, index);
    if (common !== null) add(common.name, common.open, common.listed);
    const opensQuery =
      isSign(code[index], '(') && (isWord(code[index + 1], 'select') || isWord(code[index + 1], 'from'));
    if (
      !opensQuery ||
      !(isWord(code[index - 1], 'from') || isWord(code[index - 1], 'join') || isSign(code[index - 1], ','))
    )
      continue;
    const end = closing(code, index);
    const alias = nameOf(code[isWord(code[end + 1], 'as') ? end + 2 : end + 1]);
    if (alias !== null && !CLAUSE_WORDS.has(alias.toLowerCase())) add(alias, index, []);
  }
  return found;
}

/** Words that may follow a subquery without naming it. */
const CLAUSE_WORDS = new Set(
  'where group order having limit on using join left right inner full cross natural qualify union select asof'.split(
    ' ',
  ),
);
