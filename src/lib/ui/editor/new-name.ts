// Whether what is being typed is a name that the statement makes itself, which nothing should complete; must not know what could be offered.

/** Words after which a value, a column or a table is expected, so that what follows is no alias. */
const EXPECTING: ReadonlySet<string> = new Set(
  `all and any anti asof between by case cast cross distinct else except exclude exists filter following for from
  full group having if ilike in inner intersect interval into is join lateral left like limit natural not offset on only
  or order over partition pivot positional preceding qualify range recursive rename replace returning right row rows select
  semi set similar some tablesample then to union unpivot using values when where window with`.split(/\s+/),
);

/** A type follows, not a name. */
function isWithinCast(before: string): boolean {
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    if (before[at] === ')') depth++;
    else if (before[at] === '(' && depth-- === 0) return /\b(?:try_)?cast\s*$/i.test(before.slice(0, at));
  }
  return false;
}

/** What an expression or a table ends with: then a word is its alias, or a keyword. */
const OPERAND = /(?:\)|\]|"[^"]*"|'[^']*'|[\p{L}_][\p{L}\p{N}_]*|\d)\s+$/u;

/**
 * `new`: after AS or WITH. `alias`: after an expression or a table, where a keyword can
 * stand as well. `before`: the text up to the word.
 */
export function namePosition(before: string): 'new' | 'alias' | null {
  if (/\bas\s+$/i.test(before)) return isWithinCast(before) ? null : 'new';
  if (/\bwith\s+(?:recursive\s+)?$/i.test(before)) return 'new';
  if (!OPERAND.test(before)) return null;
  const word = /([\p{L}_][\p{L}\p{N}_]*)\s+$/u.exec(before)?.[1];
  return word !== undefined && EXPECTING.has(word.toLowerCase()) ? null : 'alias';
}
