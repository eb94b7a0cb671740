// Payment card numbers (ISO/IEC 7812-1: 12 to 19 digits, an issuer in use, Luhn); must not know any table.
import { luhnSql } from '../luhn.ts';
import type { Recognizer } from './recognizer.ts';

/**
 * Issuer ranges with their lengths, digits only. Source: the brands' published ranges as collected in the
 * "Payment card number" article of Wikipedia (Visa 4; Mastercard 51-55, 2221-2720; American Express 34, 37; Diners 30, 36,
 * 38, 39; Discover 6011, 644-649, 65; JCB 3528-3589 and the older 3088, 3096, 3112, 3158, 3337; UnionPay 62; Maestro 50,
 * 56-58, 60-69; Mir 2200-2204; enRoute 2014, 2149; Switch 4903, 4905, 4911, 4936).
 */
export const CARD_ISSUER_RE2 =
  '(?:4[0-9]{12}(?:[0-9]{3}){0,2}|5[1-5][0-9]{14}|2(?:2(?:2[1-9]|[3-9][0-9])|[3-6][0-9]{2}|7(?:[01][0-9]|20))[0-9]{12}' +
  '|3[47][0-9]{13}|3(?:0[0-5]|095|[689][0-9])[0-9]{11,16}|35(?:2[89]|[3-8][0-9])[0-9]{12,15}|3(?:088|096|112|158|337)[0-9]{12}' +
  '|220[0-4][0-9]{12,15}|(?:2014|2149)[0-9]{11}|49(?:03|05|11|36)[0-9]{14}|62[0-9]{14,17}|(?:5[0678]|6[0-9])[0-9]{10,17})';

/** A run of 12 to 19 digits that stands alone, or digits in the groups printed on cards. */
export const CARD_TOKEN_RE2 =
  '\\b(?:[0-9]{4}(?:[ -][0-9]{4}){2}(?:[ -][0-9]{1,7})?|[0-9]{4}[ -][0-9]{6}[ -][0-9]{4,5}|[0-9]{12,19})\\b';

/** What holds digits but no card: UUIDs (RFC 9562) and decimal fractions. */
export const NO_CARD_RE2 =
  '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}|\\b[0-9]{1,9}\\.[0-9]{10,}|\\+[0-9]{8,15}\\b';

const digits = "regexp_replace(_sl_card, '[^0-9]', '', 'g')";
const isCard = `CASE WHEN regexp_full_match(${digits}, '${CARD_ISSUER_RE2}') THEN ${luhnSql(digits)} ELSE FALSE END`;
const token = `CASE WHEN regexp_matches(v, '[0-9]{4}') THEN regexp_matches(v, '${CARD_TOKEN_RE2}') ELSE FALSE END`;
/** Barcodes (EAN-13, UPC-A: GS1 General Specifications) have 12 or 13 digits, and one in ten of them passes Luhn. */
const isNoBarcode = `CASE WHEN len(${digits}) > 13 THEN ${isCard} ELSE FALSE END`;
const anyIn = (condition: string): string =>
  `len(list_filter(regexp_extract_all(regexp_replace(v, '${NO_CARD_RE2}', '#', 'g'), '${CARD_TOKEN_RE2}'), lambda _sl_card: ${condition})) > 0`;
/** What a spreadsheet leaves of a card number: `5.54563E+15`. */
const damaged = "regexp_full_match(v, '\\s*[2-6](?:[.,][0-9]+)?[eE]\\+?1[1-8]\\s*')";

/** Any text or integer value that holds a valid card number. */
export const CARD_SQL = `CASE WHEN ${token} THEN ${anyIn(isCard)} ELSE FALSE END`;
const LONG_CARD_SQL = `CASE WHEN ${token} THEN ${anyIn(isNoBarcode)} ELSE FALSE END`;
/** A whole number of card length held as a float; exact up to 2^53. */
export const CARD_FLOAT_SQL = `CASE WHEN x BETWEEN 1e11 AND 9007199254740991 AND x = floor(x) THEN list_count(list_filter([CAST(CAST(x AS BIGINT) AS VARCHAR)], lambda _sl_card: ${isCard})) > 0 ELSE FALSE END`;

const longWhole = `CASE WHEN x BETWEEN 10000000000000 AND 9999999999999999999 THEN ${LONG_CARD_SQL} ELSE FALSE END`;
const LONG_FLOAT_SQL = `CASE WHEN x >= 1e13 THEN ${CARD_FLOAT_SQL} ELSE FALSE END`;
const whole = `CASE WHEN x BETWEEN 100000000000 AND 9999999999999999999 THEN ${CARD_SQL} ELSE FALSE END`;
const isLong = 'x BETWEEN 100000000000 AND 9999999999999999999';

export const creditCard: Recognizer = {
  entity: 'CREDIT_CARD',
  sensitivity: 'direct',
  hints: {
    strong: [
      ...[
        'creditcard',
        'creditcardnumber',
        'creditcardno',
        'cardnumber',
        'cardno',
        'cardnum',
        'ccnumber',
        'ccnum',
        'ccno',
      ],
      ...[
        'debitcard',
        'paymentcard',
        'bankcard',
        'kreditkarte',
        'kreditkartennummer',
        'kartennummer',
        'tarjeta',
      ],
      ...[
        'numerotarjeta',
        'cartebancaire',
        'numerocarte',
        'cartao',
        'numerocartao',
        'cartadicredito',
        'kartakredytowa',
      ],
      ...['numerkarty', 'номеркарти', 'номеркарты', 'картка'],
    ],
    weak: ['cc', 'card', 'pan', 'carta', 'carte', 'karta', 'karte'],
    against: [
      'type',
      'brand',
      'provider',
      'issuer',
      'status',
      'count',
      'has',
      'is',
      'expiry',
      'expires',
      'exp',
      'limit',
      'balance',
      'score',
    ],
  },
  families: ['text', 'integer', 'decimal', 'float'],
  shapes: {
    text: { matched: `(${token} OR ${damaged})`, validated: CARD_SQL },
    integer: { matched: isLong, validated: whole },
    decimal: { matched: isLong, validated: CARD_FLOAT_SQL },
    float: { matched: 'x BETWEEN 1e11 AND 1e19', validated: CARD_FLOAT_SQL },
  },
  hintConfidence: 0.4,
  shareWithoutHint: 0,
  shareOfMatched: 0.5,
  shareWithWeakHint: 0.3,
  weakHintOverShape: 0.5,
  content: {
    kind: 'any',
    certain: { text: LONG_CARD_SQL, integer: longWhole, decimal: LONG_FLOAT_SQL, float: LONG_FLOAT_SQL },
    withHint: { text: CARD_SQL, integer: whole, decimal: CARD_FLOAT_SQL, float: CARD_FLOAT_SQL },
  },
};
