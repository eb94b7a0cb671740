// phone_valid: each value is a phone number of its region; must not know how rows are counted.
import { quoteIdentifier, quoteLiteral } from '../../base/sql-text.ts';
import type { CheckTarget, CompileCheck } from '../compiled-check.ts';
import { refuseCheck } from '../compiled-check.ts';

/**
 * Calling code (ITU-T E.164 list of assigned country codes) and the length of a national number without its trunk
 * prefix, shortest and longest, by ISO 3166-1 alpha-2 region.
 */
const REGIONS: Readonly<Record<string, readonly [code: string, shortest: number, longest: number]>> = {
  AR: ['54', 10, 11],
  AT: ['43', 4, 13],
  AU: ['61', 9, 9],
  BE: ['32', 8, 9],
  BG: ['359', 7, 9],
  BR: ['55', 10, 11],
  CA: ['1', 10, 10],
  CH: ['41', 9, 9],
  CL: ['56', 9, 9],
  CN: ['86', 10, 11],
  CO: ['57', 8, 10],
  CZ: ['420', 9, 9],
  DE: ['49', 5, 13],
  DK: ['45', 8, 8],
  EE: ['372', 7, 8],
  ES: ['34', 9, 9],
  FI: ['358', 5, 12],
  FR: ['33', 9, 9],
  GB: ['44', 9, 10],
  GR: ['30', 10, 10],
  HK: ['852', 8, 8],
  HR: ['385', 8, 9],
  HU: ['36', 8, 9],
  IE: ['353', 7, 9],
  IL: ['972', 8, 9],
  IN: ['91', 10, 10],
  IS: ['354', 7, 9],
  IT: ['39', 6, 11],
  JP: ['81', 9, 10],
  KR: ['82', 8, 11],
  LT: ['370', 8, 8],
  LU: ['352', 4, 11],
  LV: ['371', 8, 8],
  MX: ['52', 10, 10],
  NL: ['31', 9, 9],
  NO: ['47', 8, 8],
  NZ: ['64', 8, 10],
  PL: ['48', 9, 9],
  PT: ['351', 9, 9],
  RO: ['40', 9, 9],
  RS: ['381', 8, 9],
  RU: ['7', 10, 10],
  SE: ['46', 7, 10],
  SG: ['65', 8, 8],
  SI: ['386', 8, 8],
  SK: ['421', 9, 9],
  TR: ['90', 10, 10],
  UA: ['380', 9, 9],
  US: ['1', 10, 10],
  ZA: ['27', 9, 9],
};

/** North American numbers: area and exchange start with 2 to 9 (NANPA). */
const NORTH_AMERICAN = '^[2-9][0-9]{2}[2-9][0-9]{6}$';

/** `text` is SQL of the value, `region` SQL of an upper-case region or NULL. */
function writeShape(text: string, region: string): string {
  const bare = `regexp_replace(${text}, '[\\s().\\-/\\x{00a0}]', '', 'g')`;
  const cases = Object.entries(REGIONS).map(([name, [code, shortest, longest]]) => {
    const national = `regexp_replace(${bare}, '^(\\+${code}|00${code}|0)', '')`;
    const pattern = code === '1' ? NORTH_AMERICAN : `^[1-9][0-9]{${shortest - 1},${longest - 1}}$`;
    const italian = name === 'IT' ? `^[0-9]{${shortest},${longest}}$` : pattern;
    const stripped = name === 'IT' ? `regexp_replace(${bare}, '^(\\+39|0039)', '')` : national;
    const prefixed = code === '1' ? `regexp_replace(${stripped}, '^1([2-9])', '\\1')` : stripped;
    return `WHEN ${quoteLiteral(name)} THEN regexp_matches(${prefixed}, ${quoteLiteral(italian)})`;
  });
  return `CASE WHEN ${region} IS NULL THEN regexp_matches(${bare}, '^\\+[1-9][0-9]{7,14}$')
    ELSE CASE ${region} ${cases.join(' ')} ELSE FALSE END END`;
}

function regionOf(target: CheckTarget): string {
  if (target.has('region_column')) {
    const column = quoteIdentifier(target.column('region_column').name);
    return `nullif(upper(trim(CAST(${column} AS VARCHAR))), '')`;
  }
  if (!target.has('region')) return 'NULL';
  const region = target.text('region').trim().toUpperCase();
  if (!target.registry.find('is_phone') && !Object.hasOwn(REGIONS, region))
    return refuseCheck(
      'region',
      `${region} is no region whose numbers are known.`,
      `Use the two letters of a country: ${Object.keys(REGIONS).join(', ')}.`,
    );
  return quoteLiteral(region);
}

/**
 * The library's `is_phone` where it is loaded; else the shape alone: calling code and length of the region's numbers
 * (`region`, or of each row's `region_column`), without a region a whole number with `+`. NULL is left out; a region that
 * is not known fails.
 */
export const phoneValid: CompileCheck = (target) => {
  const name = target.quoted();
  const region = regionOf(target);
  const text = `CAST(${name} AS VARCHAR)`;
  const isValid = target.registry.find('is_phone')
    ? `sluice.is_phone(${text}, ${region})`
    : writeShape(text, region);
  return { form: 'rows', examined: `${name} IS NOT NULL`, failing: `NOT coalesce(${isValid}, FALSE)` };
};
