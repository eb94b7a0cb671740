// Telephone numbers (E.164, RFC 3966 visual separators, North American and trunk-zero national forms); must not know any table.
import type { Recognizer, SqlShape } from './recognizer.ts';

/** `+` and 8 to 15 digits with the usual separators. */
export const INTERNATIONAL_RE2 =
  '(?:^|[^0-9A-Za-z+.])\\+[1-9][0-9]{0,3}(?:[ ().\\x{00A0}/-]{0,3}[0-9]){6,14}(?:$|[^0-9A-Za-z.]|\\.(?:$|[^0-9]))';
/** North American Numbering Plan, with separators: area code and exchange start with 2 to 9. */
export const NANP_RE2 =
  '(?:^|[^0-9A-Za-z.+-])(?:1[ .-])?(?:\\([2-9][0-9]{2}\\)[ -]?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?:$|[^0-9A-Za-z.-]|\\.(?:$|[^0-9]))';
/** National form with a trunk zero and separators: `06 12 34 56 78`, `(030) 123-45 67`. */
const TRUNK_RE2 = '^\\s*\\(?0[0-9]{1,4}\\)?(?:[ /-]{1,2}[0-9]{2,8}){1,5}\\s*$';
const BARE_RE2 = '^\\s*(?:00|\\+)?[0-9]{7,15}(?:\\s*(?:x|ext\\.?)\\s*[0-9]{1,6})?\\s*$';
const LOOSE_RE2 = '^\\s*[+(]?[0-9][0-9 ().\\x{00A0}/-]{5,24}[0-9](?:\\s*(?:x|ext\\.?|#)\\s*[0-9]{1,6})?\\s*$';

const digitsCount = "length(regexp_replace(v, '[^0-9]', '', 'g'))";
const isDate =
  "regexp_matches(v, '^\\s*(?:[0-9]{4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4})')";

/** Written as a telephone number and nothing else. */
export const PHONE_SURE_SQL = `CASE WHEN contains(v, '+') AND regexp_matches(v, '${INTERNATIONAL_RE2}') THEN TRUE WHEN (contains(v, '-') OR contains(v, ' ') OR contains(v, '.')) AND regexp_matches(v, '${NANP_RE2}') THEN TRUE ELSE FALSE END`;
const trunk = `CASE WHEN regexp_matches(v, '${TRUNK_RE2}') THEN ${digitsCount} BETWEEN 9 AND 12 AND NOT ${isDate} ELSE FALSE END`;
const loose = `CASE WHEN regexp_matches(v, '${LOOSE_RE2}') OR regexp_matches(v, '${BARE_RE2}') THEN ${digitsCount} BETWEEN 7 AND 19 AND NOT ${isDate} ELSE FALSE END`;

/** Could be one, if the name of the column or the words around say so. */
export const PHONE_WITH_CONTEXT_SQL = `(${PHONE_SURE_SQL} OR ${loose})`;

const text: SqlShape = { matched: PHONE_WITH_CONTEXT_SQL, validated: `(${PHONE_SURE_SQL} OR ${trunk})` };
/** Bare digits; nothing to validate them by. */
const number: SqlShape = { matched: 'CAST(x AS DOUBLE) BETWEEN 1e6 AND 999999999999999', validated: 'FALSE' };

export const phoneNumber: Recognizer = {
  entity: 'PHONE_NUMBER',
  sensitivity: 'direct',
  hints: {
    strong: [
      ...[
        'phone',
        'telephone',
        'phonenumber',
        'phoneno',
        'phonenr',
        'mobile',
        'mobilephone',
        'mobileno',
        'cellphone',
      ],
      ...[
        'cellular',
        'tel',
        'telno',
        'telnr',
        'fax',
        'msisdn',
        'whatsapp',
        'telefon',
        'telefonnummer',
        'rufnummer',
      ],
      ...['handynummer', 'mobilnummer', 'telefono', 'movil', 'celular', 'cellulare', 'telefone'],
      ...['telemovel', 'numerotelephone', 'komorka', 'numertelefonu', 'телефон', 'мобільний', 'мобильный'],
    ],
    weak: ['contact', 'number', 'numero', 'nummer', 'cell', 'handy', 'mobil', 'portable'],
    against: [
      ...[
        'model',
        'brand',
        'type',
        'os',
        'status',
        'verified',
        'valid',
        'count',
        'price',
        'cost',
        'plan',
        'provider',
      ],
      ...[
        'carrier',
        'opt',
        'consent',
        'has',
        'is',
        'device',
        'app',
        'usage',
        'minutes',
        'service',
        'data',
        'version',
        'hash',
      ],
      ...['phase', 'culture', 'line', 'lines', 'multiple'],
    ],
  },
  families: ['text', 'integer', 'decimal', 'float'],
  shapes: { text, integer: number, decimal: number, float: number },
  hintConfidence: 0.4,
  shareWithoutHint: 0.05,
  shareOfMatched: 0.3,
  shareWithWeakHint: 0.3,
  content: {
    kind: 'any',
    certain: { text: PHONE_SURE_SQL },
    withHint: { text: PHONE_WITH_CONTEXT_SQL, integer: number.matched },
  },
};
