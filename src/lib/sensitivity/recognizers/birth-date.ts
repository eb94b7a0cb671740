// Dates of birth, by column name and a plausible range; any other date is no personal date; must not know any table.
import type { Recognizer, SqlShape } from './recognizer.ts';

const MONTHS =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|f[eé]v|avr|mai|juin|juil|ao[uû]t|sept|d[eé]c|ene|abr|ago|dic|m[aä]r|okt|dez)';
/** Written dates in the common orders: ISO 8601, `3/8/1971`, `8.3.1971`, `8 Mar 1971`, `March 8, 1971`, `19710308`. */
export const WRITTEN_DATE_RE2 =
  `(?:(?:1[89]|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ](?:(?:1[89]|20)?[0-9]{2})` +
  `|[0-9]{1,2}(?:st|nd|rd|th|\\.)?[ -]${MONTHS}[^0-9 .,-]*\\.?[ ,-]{1,2}(?:(?:1[89]|20)?[0-9]{2})` +
  `|${MONTHS}[^0-9 .,-]*\\.? [0-9]{1,2}(?:st|nd|rd|th)?,? (?:1[89]|20)[0-9]{2}|(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))`;

const written = `regexp_full_match(lower(v), '\\s*${WRITTEN_DATE_RE2}(?:[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?(?: ?[ap]m)?(?:z|[+-][0-9:]{2,6})?)?\\s*')`;
const year = "TRY_CAST(regexp_extract(v, '((?:1[89]|20)[0-9]{2})', 1) AS INTEGER)";
/** People alive, or recently so; the upper end only keeps typing errors out. */
const inRange = 'BETWEEN 1885 AND 2099';

const text: SqlShape = {
  matched: written,
  validated: `CASE WHEN ${written} THEN coalesce(${year} ${inRange}, TRUE) ELSE FALSE END`,
};
const stored: SqlShape = { matched: 'TRUE', validated: `year(x) ${inRange}` };
const compact: SqlShape = {
  matched: 'x BETWEEN 18850101 AND 20991231',
  validated:
    'x BETWEEN 18850101 AND 20991231 AND x % 100 BETWEEN 1 AND 31 AND (x // 100) % 100 BETWEEN 1 AND 12',
};

/** Words that make a hint speak of a year, a place or a count rather than a day. */
const NO_DAY: readonly string[] = [
  ...[
    'year',
    'jahr',
    'ano',
    'annee',
    'anno',
    'rok',
    'рік',
    'год',
    'yr',
    'month',
    'decade',
    'place',
    'city',
    'country',
    'town',
  ],
  ...[
    'weight',
    'rate',
    'order',
    'count',
    'certificate',
    'has',
    'is',
    'ort',
    'lugar',
    'lieu',
    'luogo',
    'miejsce',
  ],
];

export const birthDate: Recognizer = {
  entity: 'DATE_TIME',
  sensitivity: 'direct',
  hints: {
    strong: [
      ...[
        'birthdate',
        'dateofbirth',
        'dob',
        'birthday',
        'bday',
        'birth',
        'born',
        'bornon',
        'birthdt',
        'birthtime',
      ],
      ...[
        'geburtsdatum',
        'geburtstag',
        'geboren',
        'fechanacimiento',
        'fechadenacimiento',
        'nacimiento',
        'datenaissance',
      ],
      ...[
        'datedenaissance',
        'naissance',
        'datanascimento',
        'datadenascimento',
        'nascimento',
        'datadinascita',
        'datanascita',
      ],
      ...[
        'nascita',
        'dataurodzenia',
        'urodzenia',
        'urodzony',
        'датанародження',
        'народження',
        'датарождения',
        'рождения',
      ],
    ],
    weak: [],
    against: NO_DAY,
  },
  families: ['text', 'date', 'timestamp', 'integer'],
  shapes: { text, date: stored, timestamp: stored, integer: compact },
  hintConfidence: 0.5,
  shareWithoutHint: null,
  shareOfMatched: 0.5,
  shareWithWeakHint: 0.9,
};
