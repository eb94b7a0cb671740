// The text by which a grid shows a value, as SQL, and whether it holds a text looked for; must not know relations or who looks.
import { textLiteral } from '../base/sql-text.ts';
import { isNumber, isTemporal, kindOf } from '../profile/column-kind.ts';

/** As JavaScript writes numbers (ECMA-262, Number::toString): the engine has `1.0`, `1e+16`, `1e-05`, `nan` and `inf`. */
function floatText(value: string): string {
  const text = `CAST(${value} AS VARCHAR)`;
  const digits = `regexp_replace(${text}, '[-.]|e.*', '', 'g')`;
  const sign = `if(${value} < 0, '-', '')`;
  return [
    `CASE WHEN isnan(${value}) THEN 'NaN'`,
    `WHEN isinf(${value}) THEN ${sign} || 'Infinity'`,
    `WHEN ${value} = 0 THEN '0'`,
    `WHEN suffix(${text}, '.0') THEN left(${text}, -2)`,
    `WHEN NOT contains(${text}, 'e') THEN ${text}`,
    `WHEN regexp_matches(${text}, 'e-0[56]$') THEN ${sign} || '0.' || repeat('0', CAST(right(${text}, 1) AS INTEGER) - 1) || ${digits}`,
    `WHEN regexp_matches(${text}, 'e[+](1.|20)$') THEN ${sign} || rpad(${digits}, CAST(right(${text}, 2) AS INTEGER) + 1, '0')`,
    `ELSE replace(${text}, 'e-0', 'e-') END`,
  ].join(' ');
}

/** `2016-02-03T07:55:29Z`; years before Christ keep the engine's spaces. */
function momentText(value: string, type: string): string {
  const text = `CAST(${value} AS VARCHAR)`;
  const zoned = type === 'TIMESTAMP WITH TIME ZONE' ? `replace(${text}, '+00', 'Z')` : text;
  return `if(contains(${text}, '('), ${zoned}, replace(${zoned}, ' ', 'T'))`;
}

/**
 * SQL for the text that a grid shows of a value, NULL for NULL: what the engine's pages make of it, written as JavaScript
 * writes it. Beyond a page's text stand only the signs for line breaks and tabs, see `holdsText`; a grid cuts what it draws
 * after 300 characters, this does not.
 */
export function shownText(value: string, type: string): string {
  switch (kindOf(type)) {
    case 'text':
      return value;
    case 'float':
      return floatText(value);
    case 'timestamp':
      return momentText(value, type);
    case 'bytes':
      return `lower(hex(${value}))`;
    default:
      return `CAST(${value} AS VARCHAR)`;
  }
}

/** False where no value of the type is shown with the text in it: such columns need not be read at all. */
export function canHold(type: string, text: string): boolean {
  const kind = kindOf(type);
  if (isNumber(kind)) return /^[\d.+-]*$|^[\d.+e-]*$|^[infaty-]*$/i.test(text);
  if (isTemporal(kind)) return /^[\d:.+\- tzbc()]*$|^[infty-]*$/i.test(text);
  if (kind === 'bytes') return /^[\da-f]*$/i.test(text);
  return kind !== 'boolean' || 'true false'.includes(text.toLowerCase());
}

/** The signs a grid draws for line breaks and tabs, in the order in which they are put. */
const SIGNS: readonly (readonly [string, string])[] = [
  ['chr(13) || chr(10)', '↵'],
  ['chr(13)', '↵'],
  ['chr(10)', '↵'],
  ['chr(9)', '⇥'],
];

/** Condition that the value as a grid shows it holds the text, upper or lower case alike; no row of NULL has it. */
export function holdsText(value: string, type: string, text: string): string {
  const written = shownText(value, type);
  const drawn = /[↵⇥]/.test(text)
    ? SIGNS.reduce((inner, [code, sign]) => `replace(${inner}, ${code}, '${sign}')`, written)
    : written;
  return `contains(lower(${drawn}), lower(${textLiteral(text)}))`;
}
