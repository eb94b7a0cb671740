// What a type that somebody asked for would change in a value without a word, as `1.5` read as BIGINT; must not know formats of files.

/** Types that round or cut instead of refusing; of all others an unreadable value is NULL or an error. */
export type CuttingType =
  | { readonly kind: 'whole' }
  | { readonly kind: 'decimal'; readonly digits: number; readonly scale: number }
  | { readonly kind: 'date' };

const INTEGER = /^U?(?:TINYINT|SMALLINT|INTEGER|INT|BIGINT|HUGEINT)$/;
const DECIMAL = /^(?:DECIMAL|NUMERIC)(?:\((\d+)(?:,\s*(\d+))?\))?$/;
const MOST_DIGITS = 38;

export function cuttingType(type: string): CuttingType | null {
  const name = type.trim().toUpperCase();
  if (INTEGER.test(name)) return { kind: 'whole' };
  if (name === 'DATE') return { kind: 'date' };
  const decimal = DECIMAL.exec(name);
  if (decimal === null) return null;
  const digits = decimal[1] === undefined ? 18 : Number(decimal[1]);
  return { kind: 'decimal', digits, scale: decimal[1] === undefined ? 3 : Number(decimal[2] ?? 0) };
}

const NUMBER = /^[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?$/i;
const FRACTION = /[.,](\d*?)0*$/;
const CLOCK = /^\d{4}-\d\d?-\d\d?[ T](\d\d?:\d\d.*)$/;

/** Digits behind the point that count, of a number as it is written. */
function fractionDigits(text: string): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  return Math.max(0, (FRACTION.exec(mantissa)?.[1]?.length ?? 0) - Number(exponent));
}

/** Whether a value, as it stands in a delimited file, would be changed; one that cannot be read at all is not. */
export function isCut(text: string, type: CuttingType): boolean {
  if (type.kind === 'date')
    return /[1-9]/.test(CLOCK.exec(text)?.[1]?.replace(/(?:Z|[+-]\d\d(?::?\d\d)?)$/, '') ?? '');
  return NUMBER.test(text) && fractionDigits(text) > (type.kind === 'whole' ? 0 : type.scale);
}

/** A type that takes all the other does, and shows what it would change; null where there is none. */
export function widerType(type: string): string | null {
  const cutting = cuttingType(type);
  if (cutting === null) return null;
  if (cutting.kind === 'date') return 'TIMESTAMP';
  if (cutting.kind === 'decimal')
    return `DECIMAL(${MOST_DIGITS}, ${MOST_DIGITS - (cutting.digits - cutting.scale)})`;
  return /HUGEINT/i.test(type) ? null : `DECIMAL(${MOST_DIGITS}, 18)`;
}

/** A condition, never NULL: reading `value`, of the type `from`, as `asked` would change it. Values that cannot be read do not count. */
export function cutSql(value: string, from: string, asked: string): string {
  const cutting = cuttingType(asked);
  const isText = from === 'VARCHAR';
  const isFloat = /^(?:DOUBLE|FLOAT)$/.test(from);
  const isExact = INTEGER.test(from) || from.startsWith('DECIMAL');
  const read = `TRY_CAST(${value} AS ${asked})`;
  const changed = (condition: string): string => `coalesce(${condition}, FALSE)`;
  if (cutting?.kind === 'date' && (isText || from.startsWith('TIMESTAMP')))
    return changed(`TRY_CAST(${value} AS TIMESTAMP) <> CAST(${read} AS TIMESTAMP)`);
  if ((cutting?.kind === 'whole' || cutting?.kind === 'decimal') && (isFloat || isExact))
    return changed(isFloat ? `CAST(${value} AS DOUBLE) <> CAST(${read} AS DOUBLE)` : `${value} <> ${read}`);
  if (cutting?.kind === 'whole' && isText)
    return changed(`TRY_CAST(${value} AS DOUBLE) <> floor(TRY_CAST(${value} AS DOUBLE))`);
  if (cutting?.kind === 'decimal' && isText)
    return changed(`TRY_CAST(${value} AS ${widerType(asked) ?? asked}) <> ${read}`);
  if (/^BOOLEAN$/i.test(asked) && (isFloat || isExact)) return changed(`${value} NOT IN (0, 1)`);
  if (/^DOUBLE$/i.test(asked) && INTEGER.test(from))
    return changed(`TRY_CAST(${read} AS HUGEINT) <> ${value}`);
  return 'FALSE';
}

export function cutReason(type: string): string {
  return `${type} would change this value: it has more than that type keeps.`;
}
