// Reads the CREATE MACRO statement of a macro file: name, parameters and calls; must not know headers or the registry.
import { fail, succeed, type Result } from '../base/result.ts';

export interface MacroStatement {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly default: string | null }[];
  /** Names called as `sluice.<name>(…)`. */
  readonly calls: ReadonlySet<string>;
  /** Names called without a schema, built-in functions included. */
  readonly unqualifiedCalls: ReadonlySet<string>;
}

/**
 * The statement with every comment and the inside of every quoted part turned into blanks, so that what is left can be
 * searched; same length as the input.
 */
function blankQuoted(sql: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"/g, (part) => {
    const quote = part[0];
    if (quote === "'" || quote === '"') return `${quote}${blank(part.slice(1, -1))}${quote}`;
    return blank(part);
  });
}

function findClosing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** Parts between commas that stand in no bracket and no quotes, without the blanks around them. */
export function splitAtCommas(sql: string): readonly string[] {
  const blanked = blankQuoted(sql);
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < blanked.length; at += 1) {
    const char = blanked[at] ?? '';
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0) {
      parts.push(sql.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(sql.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function readParameter(text: string): { readonly name: string; readonly default: string | null } {
  const [declared = '', value] = text.split(/:=([\s\S]*)/);
  return { name: declared.trim().split(/\s+/)[0] ?? '', default: value === undefined ? null : value.trim() };
}

function collectCalls(blanked: string): Pick<MacroStatement, 'calls' | 'unqualifiedCalls'> {
  const calls = new Set<string>();
  const unqualifiedCalls = new Set<string>();
  for (const match of blanked.matchAll(/(?:\b([a-z_]\w*)\s*\.\s*)?\b([a-z_]\w*)\s*\(/gi)) {
    const schema = match[1]?.toLowerCase();
    const name = match[2]?.toLowerCase() ?? '';
    if (schema === 'sluice') calls.add(name);
    else if (schema === undefined) unqualifiedCalls.add(name);
  }
  return { calls, unqualifiedCalls };
}

/** @returns the reason, without the file's name, where the text is not one `CREATE OR REPLACE MACRO sluice.<name> …;`. */
export function parseStatement(sql: string): Result<MacroStatement, string> {
  const blanked = blankQuoted(sql);
  const head = /^CREATE OR REPLACE MACRO sluice\.([a-z_][a-z0-9_]*)\s*\(/.exec(blanked);
  if (!head) return fail('the comment is not followed by CREATE OR REPLACE MACRO sluice.<name> (…) AS …');
  if (blanked.indexOf(';') !== blanked.length - 1)
    return fail('the file must hold one statement that ends in a semicolon');
  const open = head[0].length - 1;
  const close = findClosing(blanked, open);
  if (close === -1) return fail('the bracket of the parameter list is not closed');
  const parameters = splitAtCommas(sql.slice(open + 1, close)).map(readParameter);
  return succeed({ name: head[1] ?? '', parameters, ...collectCalls(blanked.slice(close)) });
}
